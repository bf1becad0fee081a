"""`tuoban move`: running cases are taken to another version of their process."""

from datetime import timedelta

import pytest
from click.testing import CliRunner, Result

from tests.runtime.shop import NINE, PACK, SLUG, Shop, open_shop, row
from tuoban.faces.cli.commands.move import move
from tuoban.runtime.cases import definitions
from tuoban.runtime.cases.audit import audit

NEW = PACK.replace("version: 2026.1", "version: 2026.2").replace("step: mend\n", "step: fix\n")


@pytest.fixture
def shop(db: None) -> Shop:
    return open_shop()


def ask(*arguments: str) -> Result:
    return CliRunner().invoke(move, [SLUG, *arguments])


def test_what_would_come_of_it_is_told_before_cases_are_moved(shop: Shop) -> None:
    early, late = shop.start(), shop.start()
    shop.look(late)
    definitions.publish(SLUG, NEW, None, NINE + timedelta(seconds=1))

    tried = ask("--dry-run")

    assert tried.exit_code == 1
    assert tried.output.splitlines() == [
        f"{late.number} (2026.1): 不能改按版本 2026.2 办理："
        "正在办理“修理”（mend），新版本的同一位置没有它；改了名的，请写明旧名和新名。 / "
        "The case cannot go on by version 2026.2: "
        "“Mend it” (mend) is in hand, and the new version does not have it in the same place; "
        "where it is called otherwise, say so.",
        "可以移到 2026.2：1 件；不能移：1 件 / could move to 2026.2: 1; cannot move: 1",
    ]
    assert "2 running" in ask("--list").output.splitlines()[1]

    done = ask("--rename", "mend=fix", "--reason", "new rules")

    assert (done.exit_code, done.output.splitlines()) == (
        0,
        ["已移到 2026.2：2 件；不能移：0 件 / moved to 2026.2: 2; cannot move: 0"],
    )
    assert {row(each).definition.version for each in (early, late)} == {"2026.2"}
    assert audit().findings == ()


def test_one_case_alone_is_moved_and_what_does_not_exist_is_named(shop: Shop) -> None:
    one, other = shop.start(), shop.start()
    definitions.publish(SLUG, NEW, None, NINE + timedelta(seconds=1))

    assert ask("--case", one.number).exit_code == 0

    assert row(one).definition.version == "2026.2"
    assert row(other).definition.version == "2026.1"
    assert "SR-0" in ask("--case", "SR-0").output
    assert ask("--from", "3000").exit_code == 1
    assert ask("--to", "3000").exit_code == 1
    assert "OLD=NEW" in ask("--rename", "mend").output
