"""Indicators as pages show them: the newest measurement, and those before it.

What is shown is what the newest version of a process says; measurements of indicators that it does
not have any more are kept and not shown.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from django.db.models import F, Max, Window
from django.db.models.functions import RowNumber

from tuoban.kernel.definition import Definition, Derived, Indicator, Sampled, Text
from tuoban.kernel.expressions import Expression
from tuoban.runtime.cases import definitions
from tuoban.runtime.cases.indicators import words
from tuoban.runtime.cases.indicators.rounds import TOO_MANY, read
from tuoban.runtime.cases.models import Measurement, MeasuringRound, PublishedDefinition
from tuoban.runtime.cases.policy import works_by
from tuoban.runtime.cases.queries.processes import process_of
from tuoban.runtime.cases.queries.rows.indicators import (
    IndicatorList,
    IndicatorPack,
    IndicatorRow,
    Point,
)
from tuoban.runtime.cases.refusals import RuntimeRefused
from tuoban.runtime.people.models import RoleHolding, User

MOST_BEFORE = 12
"""Measurements that are shown beside one another."""


def indicator_packs(user: User) -> tuple[IndicatorPack, ...]:
    """The processes that have indicators which the user may see."""
    shown = [
        definition
        for definition in map(definitions.compiled, definitions.all_latest())
        if definition.indicators and works_by(user, definition.slug)
    ]
    missing = _missing_their_targets([each.slug for each in shown])
    return tuple(
        IndicatorPack(
            slug=each.slug,
            title=each.title,
            indicators=len(each.indicators),
            missed=sum((each.slug, name) in missing for name in each.indicators),
        )
        for each in shown
    )


def _missing_their_targets(slugs: Sequence[str]) -> frozenset[tuple[str, str]]:
    """The indicators, each with its process, that miss their target by the newest measurement."""
    of_all = Measurement.objects.filter(slug__in=slugs, is_group=False)
    newest = of_all.values("slug", "indicator").annotate(newest=Max("pk"))
    rows = of_all.filter(pk__in=newest.values("newest"), met=False)
    return frozenset(rows.values_list("slug", "indicator"))


def sees_indicators(user: User) -> bool:
    """Whether there are indicators that the user may see, of the newest versions; asked for every
    page."""
    compiled = map(definitions.compiled, definitions.all_latest())
    with_some = [each for each in compiled if each.indicators]
    if not with_some or user.is_staff:
        return bool(with_some)
    held = set(RoleHolding.objects.filter(user=user).values_list("role", flat=True))
    return any(held & set(each.roles) for each in with_some)


def measurable(user: User, slug: str) -> PublishedDefinition:
    """The newest version of a process whose indicators the user may see.

    Raises:
        RuntimeRefused: `unknown-process`, where there is none, or none that the user may see.
    """
    published = process_of(user, slug)
    if not definitions.compiled(published).indicators:
        raise RuntimeRefused("unknown-process", {"slug": slug})
    return published


def indicator_list(published: PublishedDefinition) -> IndicatorList:
    """Every indicator of a process with its newest measurement."""
    definition = definitions.compiled(published)
    rounds = MeasuringRound.objects.filter(slug=published.slug).order_by("-pk")
    newest = rounds.exclude(done_at=None).first()
    return IndicatorList(
        published.slug,
        definition.title,
        rows_of(definition, list(definition.indicators)),
        rounds.filter(done_at=None).exists(),
        newest is not None and newest.error == TOO_MANY,
    )


@dataclass(frozen=True, slots=True)
class _Measured:
    """What is shown of measurements.

    Attributes:
        newest: of each indicator the newest measurements of all cases, the newest first.
        beside: the measurements of the newest rounds of all cases, by round and indicator.
    """

    newest: Mapping[str, Sequence[Measurement]]
    beside: Mapping[tuple[int, str], Measurement]

    @classmethod
    def of(cls, slug: str, names: Sequence[str]) -> _Measured:
        rank = Window(RowNumber(), partition_by="indicator", order_by=F("pk").desc())
        of_all = Measurement.objects.filter(slug=slug, is_group=False)
        rows = of_all.filter(indicator__in=names).annotate(rank=rank)
        newest: dict[str, list[Measurement]] = {name: [] for name in names}
        for row in rows.filter(rank__lte=MOST_BEFORE).select_related("round").order_by("-pk"):
            newest[row.indicator].append(row)
        rounds = {found[0].round_id for found in newest.values() if found}
        beside = of_all.filter(round__in=rounds)
        return cls(newest, {(row.round_id, row.indicator): row for row in beside})


def rows_of(definition: Definition, names: Sequence[str]) -> tuple[IndicatorRow, ...]:
    """These indicators of a process, each with its newest measurements."""
    measured = _Measured.of(definition.slug, names)
    return tuple(_row(definition, name, measured) for name in names)


def _row(definition: Definition, name: str, measured: _Measured) -> IndicatorRow:
    indicator = definition.indicators[name]
    rows = measured.newest[name]
    newest = rows[0] if rows else None
    is_sampled = isinstance(indicator.measure, Sampled)
    return IndicatorRow(
        name=name,
        label=indicator.label,
        what=words.measure_in_words(indicator),
        target=words.target_in_words(indicator) if indicator.target is not None else None,
        schedule=indicator.schedule.text if indicator.schedule is not None else None,
        at=newest.at if newest is not None else None,
        value=value_in_words(indicator, newest),
        met=newest.met if newest is not None else None,
        counted=newest.cases if newest is not None and is_sampled else None,
        hits=newest.hits if newest is not None and is_of_condition(indicator) else None,
        unknown=newest.unknown if newest is not None else 0,
        foreign=newest.foreign if newest is not None else 0,
        trend=tuple(_points(indicator, rows)),
        parts=tuple(_parts(definition, indicator, newest, measured)),
        gives=_written(indicator.measure.of) if isinstance(indicator.measure, Sampled) else "",
        where=_written(indicator.measure.where) if isinstance(indicator.measure, Sampled) else "",
        missed=newest.round.missed if newest is not None else 0,
        is_each=isinstance(indicator.measure, Sampled) and indicator.measure.each is not None,
    )


def _written(expression: Expression | None) -> str:
    return " ".join(expression.text.split()) if expression is not None else ""


def is_of_condition(indicator: Indicator) -> bool:
    """Whether it counts the cases for which a condition is true."""
    measure = indicator.measure
    return isinstance(measure, Sampled) and measure.aggregate in ("count", "share")


def value_in_words(indicator: Indicator, row: Measurement | None) -> Text:
    """What it came to; None: it has not been measured."""
    return words.in_words(indicator, read(row.value) if row is not None else None)


def _points(indicator: Indicator, rows: Sequence[Measurement]) -> Iterator[Point]:
    """The measurements, the newest first; the bars show how they compare."""
    values = [read(row.value) for row in rows]
    longest = max((abs(each) for each in values if each is not None), default=None)
    for row, value in zip(rows, values, strict=True):
        bar = int(abs(value) / longest * 100) if value is not None and longest else None
        yield Point(row.at, words.in_words(indicator, value), row.met, bar)


def _parts(
    definition: Definition, indicator: Indicator, newest: Measurement | None, measured: _Measured
) -> Iterator[tuple[str, Text, Text]]:
    """What a calculation was made of: the measurements of the same round."""
    if not isinstance(indicator.measure, Derived):
        return
    for name in indicator.measure.names:
        part = definition.indicators[name]
        row = measured.beside.get((newest.round_id, name)) if newest is not None else None
        yield name, part.label, value_in_words(part, row)
