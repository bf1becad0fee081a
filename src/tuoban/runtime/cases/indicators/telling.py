"""Who is told of an indicator: once when it begins to miss its target, once when it meets it again.

Where it is measured by unit, whoever holds the role in that unit is told, or in the nearest above
it where somebody does; otherwise everybody who holds it anywhere.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from datetime import datetime
from typing import TYPE_CHECKING

from tuoban.kernel.codec import encode
from tuoban.kernel.definition import Definition, Indicator, Sampled
from tuoban.kernel.surroundings import Directory
from tuoban.kernel.text import Text
from tuoban.runtime.cases import canonical
from tuoban.runtime.cases.models import Measurement, MeasuringRound, Notice
from tuoban.runtime.cases.organisation import Organisation

if TYPE_CHECKING:
    from tuoban.runtime.cases.indicators.rounds import Result

MISSED, MET = "indicator-missed", "indicator-met"

TEXTS = {
    MISSED: Text("指标“{name}”没有达标：{found}", "“{name}” misses its target: {found}"),
    MET: Text("指标“{name}”恢复达标：{found}", "“{name}” meets its target again: {found}"),
}
"""What people are told; `found` is what was measured."""

MOST_GROUPS_TOLD = 5
"""So many groups are named in one notice."""


def tell(
    definition: Definition,
    row: MeasuringRound,
    made: Iterable[Result],
    there: Organisation,
    at: datetime,
) -> None:
    """Write the notices of a round, before its measurements are kept. The caller is in a
    transaction."""
    told: defaultdict[tuple[str, str, str], list[Result]] = defaultdict(list)
    for each in made:
        indicator = definition.indicators[each.indicator]
        code = _news(row, indicator, each)
        if code:
            for person in sorted(_people(indicator, each, there.directory)):
                told[person, each.indicator, code].append(each)
    Notice.objects.bulk_create(
        Notice(
            user_id=int(person),
            code=code,
            facts=canonical.dump(_facts(row, name, results)),
            at=at,
        )
        for (person, name, code), results in told.items()
    )


def _news(row: MeasuringRound, indicator: Indicator, result: Result) -> str:
    """What is new in a result; empty where nothing is. A measurement that could not tell whether
    the target is met is passed over."""
    is_by_group = isinstance(indicator.measure, Sampled) and indicator.measure.per is not None
    if not indicator.tell or result.met is None or is_by_group != (result.group is not None):
        return ""
    before = Measurement.objects.filter(
        slug=row.slug,
        indicator=indicator.name,
        is_group=is_by_group,
        group=result.group or "",
        met__isnull=False,
        round__lt=row.pk,
    )
    was_met = before.order_by("-round").values_list("met", flat=True).first()
    if result.met:
        return MET if was_met is False else ""
    return MISSED if was_met is not False else ""


def _people(indicator: Indicator, result: Result, people: Directory) -> frozenset[str]:
    measure = indicator.measure
    if isinstance(measure, Sampled) and measure.per is not None and measure.per.by == "unit":
        group = result.group or ""
        unit = people.nearest(indicator.tell, group) if group in people.parents else None
        if unit is not None:
            return people.all_holding(indicator.tell, unit)
    held = (them for (role, _), them in people.holders.items() if role in indicator.tell)
    return frozenset().union(*held)


def _facts(row: MeasuringRound, name: str, results: list[Result]) -> dict[str, object]:
    """What a notice keeps, of which its text is made when it is read."""
    shown = results[:MOST_GROUPS_TOLD]
    return {
        "pack": row.slug,
        "version": row.definition.version,
        "indicator": name,
        "found": [[each.group, encode(each.figure.value)] for each in shown],
        "more": len(results) - len(shown),
    }
