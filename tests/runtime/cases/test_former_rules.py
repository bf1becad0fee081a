"""A published version stays in force when the compiler has become stricter since."""

from __future__ import annotations

import pytest

from tests.runtime.shop import NINE, Shop
from tuoban.kernel.language import PackError, PackText, check_pack, check_published, identity
from tuoban.kernel.refusals import Refused
from tuoban.runtime.activities import registry
from tuoban.runtime.cases import definitions, service, settings
from tuoban.runtime.cases.audit import audit
from tuoban.runtime.cases.models import OrganisationSetting, PublishedDefinition, WorkItem

TEXT = """\
pack: two-desks
version: 1
title: 两个台
roles: {clerk: 文员, mender: 师傅}
settings: {answer: {type: duration, default: 2 hours, zh: 答复时限}}
fields: {note: {type: text, zh: 说明}}
starts: [{request: ask, zh: 申请, by: clerk, form: [note]}]
process:
  - parallel:
      - {step: left, zh: 左, by: clerk, form: [note], within: settings.answer}
      - {step: right, zh: 右, by: mender, form: [note]}
  - {end: done, zh: 完成}
"""
"""What today's rules refuse: two branches write one field."""


@pytest.fixture
def former(db: None, shop: Shop) -> PublishedDefinition:
    """The pack as it was published when that was allowed."""
    definition = check_published(PackText(TEXT), catalogue=registry.catalogue()).definition
    assert definition is not None
    row = PublishedDefinition(
        slug=definition.slug,
        version=definition.version,
        text=TEXT,
        digest=definition.digest,
        roles=definitions.roles_text(definition),
        published_at=NINE,
    )
    row.save()
    return row


def test_the_rules_of_today_refuse_it(former: PublishedDefinition) -> None:
    assert [each.code for each in check_pack(TEXT).problems] == ["two-writers"]
    with pytest.raises(PackError):
        definitions.publish(former.slug, TEXT.replace("version: 1", "version: 2"), None, NINE)


def test_cases_begin_and_end_on_it(former: PublishedDefinition, shop: Shop) -> None:
    definitions._compile.cache_clear()
    case = service.start_case(
        former.slug, "ask", by=shop["mei"], data={"note": "a"}, at=NINE, key=shop.key()
    )
    shop.complete(shop.item(case, "left"), "mei", note="b")
    shop.complete(shop.item(case, "right"), "lei", note="c")
    assert not WorkItem.objects.filter(case_id=case.case_id, status=WorkItem.OPEN)
    assert audit().is_clean
    assert definitions.is_intact(former)


def test_its_settings_can_be_set_and_are_still_held_against_it(former: PublishedDefinition) -> None:
    pack = definitions.settable(former)
    settings.change(pack, {"answer": "3 hours"}, at=NINE)
    assert OrganisationSetting.objects.filter(slug=former.slug, entry="answer").exists()
    with pytest.raises(Refused):
        settings.change(pack, {"answer": "soon"}, at=NINE)


def test_one_that_extends_it_is_judged_by_the_rules_of_today(former: PublishedDefinition) -> None:
    variant = f"pack: our-desks\nversion: 1\nextends: {identity(TEXT)}\n"
    with pytest.raises(PackError) as raised:
        definitions.publish("our-desks", variant, None, NINE)
    assert [each.code for each in raised.value.problems] == ["two-writers"]
