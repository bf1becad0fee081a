"""Roles that nobody may hold both of."""

from __future__ import annotations

import pytest
from click.testing import CliRunner

from tests.runtime.shop import NINE, Shop
from tuoban.faces.cli.commands.user import user
from tuoban.runtime.cases import definitions
from tuoban.runtime.people.exclusions import ExclusiveRoles, set_exclusions
from tuoban.runtime.people.models import RoleHolding
from tuoban.runtime.people.service import grant, revoke
from tuoban.runtime.rehearsal import play, read_scenarios

PACK = """
pack: stores
version: "1"
title: 仓库
roles: {keeper: {zh: 库管, excludes: [fetcher]}, fetcher: 领料人}
fields: {what: {type: text, zh: 物料}}
starts: [{request: fetch, zh: 领料, by: fetcher, form: [what]}]
process:
  - {step: hand_out, zh: 发料, by: keeper}
  - {end: done, zh: 完成}
"""


@pytest.mark.parametrize(("first", "second"), [("keeper", "fetcher"), ("fetcher", "keeper")])
def test_whoever_holds_one_is_not_given_the_other_anywhere(
    shop: Shop, first: str, second: str
) -> None:
    definitions.publish("stores", PACK, None, NINE)
    grant(shop["lei"], first, shop.units["east"])
    with pytest.raises(ExclusiveRoles, match=f"{first}.*{second}"):
        grant(shop["lei"], second, shop.units["west"])
    assert not RoleHolding.objects.filter(user=shop["lei"], role=second).exists()
    grant(shop["lei"], first, shop.units["west"])
    revoke(shop["lei"], first, shop.units["east"])
    revoke(shop["lei"], first, shop.units["west"])
    grant(shop["lei"], second, shop.units["west"])


def test_the_newest_version_of_a_process_says_what_is_excluded(shop: Shop) -> None:
    definitions.publish("stores", PACK, None, NINE)
    freed = PACK.replace('"1"', '"2"').replace("{zh: 库管, excludes: [fetcher]}", "库管")
    definitions.publish("stores", freed, None, NINE)
    grant(shop["lei"], "keeper", shop.units["east"])
    grant(shop["lei"], "fetcher", shop.units["east"])


def test_whoever_holds_both_already_is_told_when_the_process_is_published(shop: Shop) -> None:
    for role in ("keeper", "fetcher"):
        grant(shop["lei"], role, shop.units["east"])
    grant(shop["han"], "keeper", shop.units["east"])
    row = definitions.publish("stores", PACK, None, NINE)
    assert definitions.holders_of_both(row) == (("李雷", "fetcher", "keeper"),)


def test_the_command_tells_why_a_role_is_not_given(shop: Shop) -> None:
    definitions.publish("stores", PACK, None, NINE)
    grant(shop["lei"], "keeper", shop.units["east"])
    done = CliRunner().invoke(user, ["grant", "lei", "fetcher", "east"])
    assert done.exit_code == 1
    assert "holds the role keeper, which excludes fetcher" in done.output


SCENARIO = """
- scenario: 领料
  cast: {ann: fetcher, bob: [keeper, fetcher]}
  start: {by: ann, request: fetch, what: 螺丝}
  play: [{bob: hand_out}]
  expect: {ended: done}
"""


@pytest.mark.django_db
def test_a_cast_keeps_to_it_whatever_other_processes_say() -> None:
    set_exclusions("elsewhere", [("fetcher", "ann")])
    (failed,) = read_scenarios(SCENARIO)
    assert [line.text.en for line in play(failed, PACK, "").lines] == [
        "bob holds the role keeper, which excludes fetcher"
    ]
    (passed,) = read_scenarios(SCENARIO.replace("[keeper, fetcher]", "keeper"))
    assert play(passed, PACK, "").passed
