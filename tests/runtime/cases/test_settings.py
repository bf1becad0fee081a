"""What the organisation sets for its packs."""

from __future__ import annotations

from datetime import timedelta

import pytest

from tests.runtime.shop import NINE, Shop, row
from tuoban.kernel.language import PackText, compile_pack
from tuoban.kernel.refusals import Refused
from tuoban.runtime.cases import definitions, service, settings, states
from tuoban.runtime.cases.models import OrganisationSetting, WorkItem
from tuoban.runtime.cases.service import Outcome

TEXT = """\
pack: triage
version: 1
title: 分诊
roles: {clerk: 接待}
settings:
  see_within: {type: duration, per: level, required: true, zh: 候诊时限, en: Seen within}
  fee: {type: money, default: 10, zh: 挂号费, en: Fee}
  ahead: {type: duration, default: 1 hour, zh: 提前, en: Ahead}
  way: {type: choice, options: {post: {zh: 邮寄, en: By post}, hand: 面交}, default: post, zh: 送达}
  shares:
    type: list
    of: percent
    default: [50, 50]
    rules: [{that: sum(shares) = 100, else: {zh: 合计须为100%, en: They must make 100 %}}]
    zh: 付款比例
fields:
  level: {type: choice, zh: 级别, required: true, options: {i: 一级, ii: 二级}}
starts:
  - {request: come, zh: 就诊, by: clerk, form: [level]}
process:
  - {step: see, zh: 接诊, by: clerk, within: settings.see_within(level)}
  - {step: later, zh: 复查, by: clerk, due: see.at + settings.ahead}
  - {end: done, zh: 完成}
"""
PACK = settings.Pack(compile_pack(TEXT), PackText(TEXT), {})


def come(shop: Shop, level: str = "i") -> Outcome:
    data = {"level": level}
    return service.start_case("triage", "come", by=shop["mei"], data=data, at=NINE, key=shop.key())


def refusal(**typed: str) -> Refused:
    with pytest.raises(Refused) as refused:
        settings.change(PACK, {key.replace("__", "."): text for key, text in typed.items()},
                        at=NINE)  # fmt: skip
    return refused.value


def test_a_pack_is_published_when_every_entry_has_a_value(shop: Shop) -> None:
    settings.change(PACK, {"see_within.i": "10 minutes"}, at=NINE)
    with pytest.raises(Refused) as refused:
        definitions.publish("triage", TEXT, None, NINE)
    assert refused.value.code == "setting-unset"
    assert "候诊时限：二级" in refused.value.read("zh")
    assert "tuoban settings triage see_within.ii=…" in refused.value.read("en")
    settings.change(PACK, {"see_within.ii": "1 working hour"}, at=NINE)
    assert definitions.publish("triage", TEXT, None, NINE).version == "1"


def test_a_case_keeps_the_settings_that_it_started_with(shop: Shop) -> None:
    settings.change(PACK, {"see_within.i": "10 minutes", "see_within.ii": "2 hours"}, at=NINE)
    published = definitions.publish("triage", TEXT, None, NINE)
    first = come(shop)
    settings.change(
        definitions.settable(published), {"see_within.i": "20 minutes"}, at=NINE, by=shop["root"]
    )
    second = come(shop)
    due = {
        case.case_id: WorkItem.objects.get(case_id=case.case_id, node="see").due_at
        for case in (first, second)
    }
    assert due[first.case_id] == NINE + timedelta(minutes=10)
    assert due[second.case_id] == NINE + timedelta(minutes=20)
    kept = states.read(row(first), PACK.definition).settings
    assert kept["see_within"] == {"i": timedelta(minutes=10), "ii": timedelta(hours=2)}
    stored = OrganisationSetting.objects.get(slug="triage", entry="see_within.i")
    assert stored.changed_by == shop["root"]


def test_what_cannot_be_set_so_changes_nothing(shop: Shop) -> None:
    wrong = refusal(see_within__i="soon", fee="much", see_within__ii="1 hour")
    assert wrong.code == "invalid"
    assert [(each.place, each.code) for each in wrong.problems] == [
        ("see_within.i", "not-duration"),
        ("fee", "not-money"),
    ]
    (broken,) = refusal(shares="50, 30").problems
    assert (broken.place, broken.code) == ("shares", "rule")
    assert refusal(see_within__iii="1 hour").code == "unknown-setting"
    unfit = refusal(ahead="2 working hours")
    assert unfit.code == "setting-unfit"
    assert "triage@1/pack.yaml:" in unfit.read("en")
    assert settings.given("triage") == {}


def test_a_value_is_taken_away_only_where_the_pack_has_its_own(shop: Shop) -> None:
    settings.change(PACK, {"fee": "12", "see_within.i": "1 hour"}, at=NINE)
    (changed,) = settings.change(PACK, {"fee": ""}, at=NINE)
    assert changed.key == "fee"
    assert refusal(see_within__i="").code == "setting-unset"
    assert set(settings.given("triage")) == {"see_within.i"}


def test_what_would_come_again_too_often_is_refused_where_it_is_set_and_where_it_is_published(
    shop: Shop,
) -> None:
    written = TEXT.replace(
        "  - {step: later, zh: 复查, by: clerk, due: see.at + settings.ahead}",
        "  - step: later\n    zh: 复查\n    by: clerk\n    during:\n"
        "      - {every: settings.see_within(level), then: [{tell: {clerk: inbox}, text: 还在}]}",
    )
    pack = settings.Pack(compile_pack(written), PackText(written), {})
    whole = {"see_within.i": "10 minutes", "see_within.ii": "1 hour"}
    with pytest.raises(Refused) as refused:
        settings.change(pack, whole | {"see_within.ii": "9 minutes"}, at=NINE)
    assert refused.value.code == "setting-unfit"
    assert "would come every 9 minutes" in refused.value.read("en")
    settings.change(PACK, whole | {"see_within.ii": "9 minutes"}, at=NINE)
    with pytest.raises(Refused) as refused:
        definitions.publish("triage", written, None, NINE)
    assert refused.value.code == "setting-unfit"
    settings.change(pack, whole, at=NINE)
    assert definitions.publish("triage", written, None, NINE).version == "1"
