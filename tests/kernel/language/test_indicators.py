"""`indicators`: what is measured across cases, held against what the pack knows."""

from __future__ import annotations

import pytest

from tests.kernel.language.indicator_examples import indicators
from tests.kernel.language.support import compiled, found, refused
from tuoban.kernel.definition import Derived, Indicator, Over, Sampled
from tuoban.kernel.language import check_pack

TIMED = "\n  - {step: work, zh: 办理, by: clerk, within: 2 hours}\n  - {end: done, zh: 完成}"


def read(written: str, **sections: str) -> Indicator:
    return compiled(indicators(f"one: {{zh: 甲, {written}}}", **sections)).indicators["one"]


def test_an_indicator_has_all_that_is_said_of_it() -> None:
    made = read(
        'share: work.count > 0, over: ended last 30 days, where: amount > 1, target: ">= 50 %", '
        "every: day at 8:00, tell: [clerk, head]"
    )
    assert isinstance(made.measure, Sampled)
    assert (made.kind, made.measure.aggregate, made.tell) == ("share", "share", ("clerk", "head"))
    assert made.measure.over.text.zh == "最近 30 天内结束的工单"
    assert made.measure.over.text.en == "cases ended in the last 30 days"
    assert made.target is not None
    assert (made.target.test, made.target.percent) == (">=", True)
    assert made.schedule is not None
    assert made.schedule.minute == 480


@pytest.mark.parametrize(
    ("over", "zh", "en"),
    [
        ("all", "所有工单", "all cases"),
        ("running", "在办工单", "running cases"),
        ("started this month", "本月开始的工单", "cases started in this month"),
        ("ended previous quarter", "上季度结束的工单", "cases ended in the previous quarter"),
        ("ended last 2 months", "最近 2 个月内结束的工单", "cases ended in the last 2 months"),
    ],
)
def test_the_cases_that_are_looked_at_read_in_both_languages(over: str, zh: str, en: str) -> None:
    measure = read(f"count: cases, over: {over}").measure
    assert isinstance(measure, Sampled)
    assert (measure.over.text.zh, measure.over.text.en) == (zh, en)


@pytest.mark.parametrize(
    ("written", "kind"),
    [
        ("count: cases", "number"),
        ("sum: amount", "number"),
        ("p90: work.at - start.at", "time"),
        ("mean: end.at - start.at", "time"),
        ('is: "1 + 1"', "number"),
    ],
)
def test_what_is_measured_is_a_number_a_share_or_a_time(written: str, kind: str) -> None:
    assert read(written).kind == kind


def test_one_that_is_calculated_knows_what_it_is_calculated_from() -> None:
    made = compiled(
        indicators(
            'rate: {zh: 比率, is: good / many, unit: "%", target: ">= settings.least %"}',
            "good: {zh: 好的, count: 'end.outcome = \"done\"'}",
            "many: {zh: 全部, count: cases}",
            settings="{least: {type: number, default: 90, zh: 最低}}",
        )
    ).indicators
    assert list(made) == ["rate", "good", "many"]
    assert isinstance(made["rate"].measure, Derived)
    assert made["rate"].measure.names == ("good", "many")
    assert made["rate"].kind == "share"


@pytest.mark.parametrize(
    ("written", "by"),
    [
        ("case.unit", "unit"),
        ("work.by", "person"),
        ("kind", "option"),
        ("case.kind", "option"),
        ("case.number", "text"),
    ],
)
def test_groups_are_called_by_what_they_are(written: str, by: str) -> None:
    fields = "{kind: {type: choice, options: {a: 甲, b: 乙}, zh: 类别}}"
    starts = "[{request: ask, zh: 申请, by: [clerk, head], form: [kind]}]"
    made = read(f"count: cases, per: {written}", fields=fields, starts=starts).measure
    assert isinstance(made, Sampled)
    assert made.per is not None
    assert made.per.by == by
    assert [each.zh for each in made.per.options.values()] == (
        ["甲", "乙"] if by == "option" else []
    )


def test_how_often_something_was_late_is_known_of_what_has_a_limit() -> None:
    assert read("sum: late.work", process=TIMED).kind == "number"
    assert read("share: late.case = 0").kind == "share"
    text = indicators("one: {zh: 甲, sum: late.▸wrok}", process=TIMED)
    problem = refused(text)
    assert (problem.code, problem.facts["nearest"]) == ("unknown-member", "work")


@pytest.mark.parametrize(
    ("written", "code"),
    [
        ("▸sum: amount, count: cases", None),
        ("share: ▸amount", "wrong-kind"),
        ("mean: ▸note", "wrong-kind"),
        ("share: amount > 1, per: ▸amount", "wrong-kind"),
        ("share: ▸amuont > 1", "unknown-name"),
        ("count: cases, target: < ▸10 minutes", "wrong-kind"),
        ("mean: end.at - start.at, target: < ▸3 workdays", "wrong-kind"),
        ("mean: end.at - start.at, target: < settings.▸n", "unknown-member"),
        ("count: cases, ▸tell: head", "key-missing"),
        ("count: cases, target: '= 0', tell: ▸haed", "unknown-role"),
        ("count: cases, target: '= 0', tell: [head, ▸head]", "listed-twice"),
        ("count: cases, every: ▸now", "bad-schedule"),
        ("is: two, ▸over: running", "not-together"),
        ("count: cases, ▸by: x", "unknown-key"),
    ],
)
def test_a_mistake_is_told_at_its_place(written: str, code: str | None) -> None:
    text = indicators(f"one: {{zh: 甲, {written}}}", "two: {zh: 乙, count: cases}")
    if code is None:
        report = check_pack(text.replace("▸", ""))
        assert [each[0] for each in found(report)] == ["not-together"]
    else:
        assert refused(text).code == code


def test_every_mistake_of_an_indicator_is_told_at_once() -> None:
    text = indicators("one: {zh: 甲, sum: amuont, over: now, per: 1, target: no, tell: me}")
    codes = {code for code, _, _ in found(check_pack(text))}
    assert codes == {"unknown-name", "bad-over", "wrong-kind", "bad-target", "unknown-role"}


def test_all_cases_are_looked_at_where_nothing_is_said() -> None:
    measure = read("count: cases").measure
    assert isinstance(measure, Sampled)
    assert measure.over == Over()
