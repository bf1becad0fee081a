"""Indicators in words: their values, groups and targets, in both languages."""

from __future__ import annotations

from datetime import timedelta
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from tuoban.kernel.clocks import Amount, Measure, amount_text
from tuoban.kernel.definition import Booked, Indicator, Sampled, Text
from tuoban.runtime.people import directory
from tuoban.runtime.people.models import Unit

NOTHING = Text("—", "—")
NO_GROUP = Text("（未填）", "(none)")
_TENTH = Decimal("0.1")
_CENT = Decimal("0.01")
_MICROSECOND = timedelta(microseconds=1)
_SIGNS = {"=": "＝", "!=": "≠", "<": "＜", "<=": "≤", ">": "＞", ">=": "≥"}


def in_words(indicator: Indicator, value: Any) -> Text:
    """A value of an indicator as people read it."""
    if isinstance(value, timedelta):
        size = abs(value) // _MICROSECOND
        measure = Measure.WORKING if indicator.kind == "work" else Measure.ELAPSED
        text = amount_text(Amount(measure, size))
        return Text(f"-{text.zh}", f"-{text.en}") if value < timedelta(0) else text
    if isinstance(value, bool) or not isinstance(value, Decimal):
        return NOTHING
    if indicator.kind == "share":
        shown = f"{_plain((value * 100).quantize(_TENTH, ROUND_HALF_UP))} %"
        return Text(shown, shown)
    number = _plain(value.quantize(_CENT, ROUND_HALF_UP))
    if indicator.unit is None:
        return Text(number, number)
    return Text(f"{number} {indicator.unit.zh}", f"{number} {indicator.unit.en}")


def _plain(number: Decimal) -> str:
    """Without needless zeros, in groups of thousands."""
    shown = f"{number:,f}"
    return shown.rstrip("0").rstrip(".") if "." in shown else shown


def target_in_words(indicator: Indicator) -> Text:
    """The target as it is written, with the sign that people know."""
    target = indicator.target
    if target is None:
        return NOTHING
    wanted = target.text.removeprefix(target.test).strip()
    return Text(f"{_SIGNS[target.test]} {wanted}", f"{_SIGNS[target.test]} {wanted}")


def group_in_words(indicator: Indicator, group: str) -> Text:
    """What a group is called."""
    measure = indicator.measure
    per = measure.per if isinstance(measure, Sampled) else None
    if not group or per is None:
        return NO_GROUP
    if per.by == "option":
        return per.options.get(group) or Text(group, group)
    if per.by == "unit":
        names = Unit.objects.filter(key=group).values_list("name_zh", "name_en").first()
        return Text(*names) if names is not None else Text(group, group)
    name = directory.name_of(group) if per.by == "person" else group
    return Text(name, name)


_MADE = {
    "count": Text("{over}数", "number of {over}"),
    "share": Text("{over}中的比率", "share of {over}"),
    "sum": Text("{over}的合计", "sum over {over}"),
    "mean": Text("{over}的平均值", "mean of {over}"),
    "median": Text("{over}的中位数", "median of {over}"),
    "p90": Text("{over}中九成不超过的值", "what nine in ten of {over} do not exceed"),
    "min": Text("{over}中的最小值", "least of {over}"),
    "max": Text("{over}中的最大值", "greatest of {over}"),
}


def measure_in_words(indicator: Indicator) -> Text:
    """What is measured: how, and of which cases; of a calculation its formula."""
    measure = indicator.measure
    if isinstance(measure, Booked):
        zh, en = measure.label.zh, measure.label.en
        of = measure.account
        return Text(f"{zh}：{of}", f"{en}: {of}") if of else measure.label
    if not isinstance(measure, Sampled):
        formula = " ".join(measure.of.text.split())
        return Text(f"按公式计算：{formula}", f"calculated: {formula}")
    made, over = _MADE[measure.aggregate], measure.text
    zh, en = made.zh.format(over=over.zh), made.en.format(over=over.en)
    return Text(zh, en)
