"""An indicator with the cases behind its newest measurement."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Literal

from django.db.models import QuerySet

from tuoban.kernel import measuring
from tuoban.kernel.definition import Indicator, Sampled, Text
from tuoban.runtime.cases import definitions, paging, titles
from tuoban.runtime.cases.indicators import words
from tuoban.runtime.cases.indicators.rounds import read
from tuoban.runtime.cases.models import Case, MeasuredCase, Measurement, PublishedDefinition
from tuoban.runtime.cases.policy import visible_cases
from tuoban.runtime.cases.queries.indicators import is_of_condition, rows_of, value_in_words
from tuoban.runtime.cases.queries.rows.indicators import GroupRow, IndicatorDetail, MeasuredRow
from tuoban.runtime.people.models import Unit, User

_AT_ONCE = 500
"""Cases that one question asks for where all are wanted."""

Standing = Literal["all", "hit", "miss", "unknown", "foreign"]
ORDER = ("-case_id", "-item")


def indicator_detail(
    user: User,
    published: PublishedDefinition,
    name: str,
    *,
    standing: Standing = "all",
    unit: str = "",
    page: str = "",
) -> IndicatorDetail | None:
    """An indicator with the cases behind its newest measurement that the user may see; None where
    there is no such indicator.

    Args:
        unit: the key of a unit, of which, with all below it, the cases are shown.
    """
    definition = definitions.compiled(published)
    indicator = definition.indicators.get(name)
    if indicator is None:
        return None
    newest = _newest(published.slug, name)
    measured = _measured(newest, name)
    shown = _shown(user, measured, standing, unit).filter(paging.behind(ORDER, page))
    found, cursor = paging.cut(list(shown[: paging.PAGE_SIZE + 1]), ORDER)
    return IndicatorDetail(
        slug=published.slug,
        title=definition.title,
        row=rows_of(definition, [name])[0],
        groups=tuple(_groups(indicator, newest)),
        units=_units(measured),
        of_unit=_of_unit(indicator, measured, unit),
        judged=_judged(indicator),
        cases=tuple(_case_rows(indicator, found)),
        next=cursor,
    )


def indicator_cases(
    user: User, published: PublishedDefinition, name: str, *, standing: Standing, unit: str
) -> Iterator[MeasuredRow]:
    """All the cases that `indicator_detail` shows by pages."""
    indicator = definitions.compiled(published).indicators[name]
    rows = _shown(user, _measured(_newest(published.slug, name), name), standing, unit)
    cursor = ""
    while found := list(rows.filter(paging.behind(ORDER, cursor))[:_AT_ONCE]):
        yield from _case_rows(indicator, found)
        cursor = paging.cursor_at(ORDER, found[-1])


def _newest(slug: str, name: str) -> Measurement | None:
    """The newest measurement of all cases."""
    rows = Measurement.objects.filter(slug=slug, indicator=name, is_group=False)
    return rows.order_by("-pk").first()


def _measured(newest: Measurement | None, name: str) -> QuerySet[MeasuredCase]:
    rows = MeasuredCase.objects.filter(indicator=name)
    return rows.filter(round=newest.round_id) if newest is not None else rows.none()


def _shown(
    user: User, measured: QuerySet[MeasuredCase], standing: Standing, unit: str
) -> QuerySet[MeasuredCase]:
    rows = measured.filter(case__in=Case.objects.filter(visible_cases(user)))
    if standing != "all":
        rows = rows.filter(standing=standing)
    if unit:
        rows = rows.filter(case__unit__path__startswith=_path(unit))
    return rows.select_related("case__unit").defer("case__state").order_by(*ORDER)


def _path(unit: str) -> str:
    """Where a unit stands in the tree; something that no unit is below, if there is none."""
    return Unit.objects.filter(key=unit).values_list("path", flat=True).first() or "-"


def _units(measured: QuerySet[MeasuredCase]) -> tuple[tuple[str, Text], ...]:
    """The units of the cases."""
    keys = measured.order_by().values_list("case__unit", flat=True).distinct()
    rows = Unit.objects.filter(key__in=keys).order_by("path")
    return tuple((row.key, row.name) for row in rows)


def _of_unit(
    indicator: Indicator, measured: QuerySet[MeasuredCase], unit: str
) -> tuple[Text, int] | None:
    """What it comes to in a unit, and of how many cases."""
    measure = indicator.measure
    if not unit or not isinstance(measure, Sampled):
        return None
    rows = measured.filter(case__unit__path__startswith=_path(unit))
    values = rows.exclude(standing=MeasuredCase.FOREIGN).values_list("value", flat=True)
    made = measuring.figure(measure, (read(each) for each in values))
    return words.in_words(indicator, made.value), made.cases


def _judged(indicator: Indicator) -> Literal["condition", "target", ""]:
    measure = indicator.measure
    if not isinstance(measure, Sampled) or measure.of is None:
        return ""
    if is_of_condition(indicator):
        return "condition"
    return "target" if indicator.target is not None and measure.aggregate != "sum" else ""


def _groups(indicator: Indicator, newest: Measurement | None) -> Iterator[GroupRow]:
    if newest is None:
        return
    rows = Measurement.objects.filter(round=newest.round_id, indicator=indicator.name)
    for row in rows.filter(is_group=True).order_by("-cases", "group"):
        label = words.group_in_words(indicator, row.group)
        yield GroupRow(label, value_in_words(indicator, row), row.met, row.cases + row.unknown)


def _case_rows(indicator: Indicator, found: list[MeasuredCase]) -> Iterator[MeasuredRow]:
    named = titles.open_titles({row.case_id: row.case.title for row in found})
    per = isinstance(indicator.measure, Sampled) and indicator.measure.per is not None
    for row in found:
        yield MeasuredRow(
            row.case.number,
            named[row.case_id],
            row.case.unit.name,
            words.group_in_words(indicator, row.group) if per else None,
            _case_value(indicator, read(row.value)),
            row.standing,
            row.case.status,
        )


_HOLDS, _HOLDS_NOT = Text("符合", "yes"), Text("不符合", "no")


def _case_value(indicator: Indicator, value: Any) -> Text:
    if isinstance(value, bool):
        return _HOLDS if value else _HOLDS_NOT
    return words.in_words(indicator, value)
