"""Rounds: going through the cases of a process, and what that comes to."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime, tzinfo
from typing import Any, NamedTuple

from django.db import transaction
from django.db.models import Q, QuerySet

from tuoban.kernel import measurable, measuring
from tuoban.kernel.codec import decode, encode
from tuoban.kernel.definition import Booked, Definition, Derived, Indicator, Over, Sampled
from tuoban.kernel.measuring import Figure, Value
from tuoban.kernel.settings import in_force, offered
from tuoban.kernel.worked import Hours
from tuoban.runtime.activities import registry
from tuoban.runtime.cases import canonical, definitions, settings, states
from tuoban.runtime.cases.indicators import schedules, telling
from tuoban.runtime.cases.models import (
    Case,
    MeasuredCase,
    Measurement,
    MeasuringRound,
    PublishedDefinition,
)
from tuoban.runtime.cases.models.indicators import GROUP
from tuoban.runtime.cases.organisation import Organisation, organisation
from tuoban.runtime.jobs.duties import kept
from tuoban.runtime.jobs.retry import put_off
from tuoban.runtime.people import former_hours
from tuoban.runtime.people.models import User

CHUNK = 100
"""Cases that are looked at between two looks at what else is due."""
TOO_MANY = "too-many-cases"
"""The error of a round that would have to look at more cases than there may be."""


class Given(NamedTuple):
    """What one case, or one thing done in it (`item`), gives to one indicator."""

    indicator: str
    case: int
    value: bool | Value | None
    group: str
    standing: str
    item: int = 0


@dataclass(frozen=True, slots=True)
class Scene:
    """What a round measures, and by what its values are judged."""

    definition: Definition
    names: tuple[str, ...]
    at: datetime
    zone: tzinfo
    settings: Mapping[str, Any]
    _hours: dict[str, Hours] = field(default_factory=dict)

    def hours_of(self, unit: str) -> Hours:
        """The hours of a unit, read once."""
        if unit not in self._hours:
            self._hours[unit] = former_hours.in_force(unit)
        return self._hours[unit]

    @classmethod
    def of(cls, definition: Definition, names: Iterable[str], at: datetime, zone: tzinfo) -> Scene:
        """The scene of an organisation as it is now."""
        values = in_force(definition, settings.given(definition.slug))
        offered_ = offered(definition.settings, values, lambda value: value)
        wanted = measuring.needed(definition.indicators, names)
        return cls(definition, wanted, at, zone, offered_)

    @property
    def sampled(self) -> Iterator[tuple[Indicator, Sampled]]:
        """The indicators that look at cases."""
        for name in self.names:
            indicator = self.definition.indicators[name]
            if isinstance(indicator.measure, Sampled):
                yield indicator, indicator.measure


# -- by the worker --------------------------------------------------------------------------------


def measure_some(at: datetime) -> int:
    """Plan what has come due, and go on with every round that is not done; how much that was."""
    there = organisation()
    if there is None:
        return 0
    planned = schedules.plan_due(at, there)
    rows = MeasuringRound.objects.filter(done_at=None, next_try_at__lte=at).order_by("id")
    return planned + sum(_go_on_apart(row, at, there) for row in rows)


def _go_on_apart(row: MeasuringRound, at: datetime, there: Organisation) -> bool:
    tried = MeasuringRound.objects.filter(pk=row.pk)
    with kept(f"the measuring of {row}", lambda error: put_off(tried, error, at)):
        go_on(row, at, there)
        return True
    return False


def ask(
    published: PublishedDefinition, names: Iterable[str], at: datetime, by: User | None = None
) -> MeasuringRound:
    """Have indicators measured now, by the worker. A round that somebody asked for and that is not
    done yet is not asked for once more."""
    with transaction.atomic():
        # Whoever asks at the same time waits here.
        PublishedDefinition.objects.select_for_update().only("pk").get(pk=published.pk)
        wanted = canonical.dump(measuring.needed(definitions.compiled(published).indicators, names))
        waiting = MeasuringRound.objects.filter(
            definition=published, names=wanted, done_at=None
        ).first()
        return waiting or schedules.plan_round(published, list(names), at, asked_by=by)


def measure_to_its_end(row: MeasuringRound, at: datetime, most: int = 10_000) -> MeasuringRound:
    """Go on with a round until it is done, or has looked at its cases `most` times; the round as it
    is then."""
    there = organisation()
    if there is not None:
        for _ in range(most):
            if go_on(row, at, there):
                break
            row.refresh_from_db()
    row.refresh_from_db()
    return row


def go_on(row: MeasuringRound, at: datetime, there: Organisation) -> bool:
    """Look at some more cases; whether the round is done. Cases are read without being locked, and
    outside of any transaction, so that nobody waits for it."""
    definition = definitions.compiled(row.definition)
    known = (name for name in row.indicators if name in definition.indicators)
    scene = Scene.of(definition, known, row.at, there.root.zone)
    found = list(candidates(scene).filter(pk__gt=row.cursor).order_by("pk")[:CHUNK])
    if row.looked_at + len(found) > measuring.MOST_CASES:
        MeasuringRound.objects.filter(pk=row.pk).update(done_at=at, error=TOO_MANY)
        return True
    given = [each for case in found for each in look_at(scene, case)]
    with transaction.atomic():
        here = MeasuringRound.objects.filter(pk=row.pk, cursor=row.cursor, done_at=None)
        if found:
            row.cursor, row.looked_at = found[-1].pk, row.looked_at + len(found)
        if not here.update(cursor=row.cursor, looked_at=row.looked_at):
            return False  # somebody else goes on with it
        MeasuredCase.objects.bulk_create(_row(row, each) for each in given)
        if len(found) == CHUNK:
            return False
        _finish(row, scene, at, there)
    return True


def _row(row: MeasuringRound, given: Given) -> MeasuredCase:
    return MeasuredCase(
        round=row,
        indicator=given.indicator,
        case_id=given.case,
        group=given.group,
        value=_text(given.value),
        standing=given.standing,
        item=given.item,
    )


# -- the cases ------------------------------------------------------------------------------------


def candidates(scene: Scene) -> QuerySet[Case]:
    """The cases at which some indicator of the scene may look, of whatever version."""
    any_of_them = Q(pk__in=())
    for _, measure in scene.sampled:
        any_of_them |= _may_count(measure.over, scene)
    rows = Case.objects.filter(
        any_of_them, definition__slug=scene.definition.slug, started_at__lte=scene.at
    )
    return rows.select_related("definition", "unit").defer(
        *(f"definition__{each}" for each in definitions.TEXTS)
    )


def _may_count(over: Over, scene: Scene) -> Q:
    if over.which == "all":
        return Q(pk__gt=0)
    if over.which == "running":
        return Q(status="running")
    begin, end = measuring.window(over, scene.at, scene.zone)
    if over.which == "done":
        found = Q(started_at__lte=end)
        open_since = Q(ended_at=None) | Q(ended_at__gte=begin)
        return found & open_since if begin is not None else found
    column = f"{over.which}_at"
    found = Q(**{f"{column}__lte": end})
    return found & Q(**{f"{column}__gte": begin}) if begin is not None else found


def look_at(scene: Scene, case: Case) -> Iterator[Given]:
    """What a case gives to each indicator that looks at it."""
    definition = definitions.compiled(case.definition)
    state = states.read(case, definition)
    zone = case.unit.zone
    names = measuring.names_of(definition, state, scene.at, zone, scene.hours_of(state.unit))
    for indicator, measure in scene.sampled:
        if not measuring.is_over(measure.over, state, scene.at, scene.zone):
            continue
        if not measurable.is_known(definition, indicator):
            yield Given(indicator.name, case.pk, None, "", MeasuredCase.FOREIGN)
            continue
        for reading in measuring.readings(measure, definition, state, names, scene.at, scene.zone):
            standing = _standing(indicator, measure, reading.value, scene)
            group = reading.group[:GROUP]
            yield Given(indicator.name, case.pk, reading.value, group, standing, reading.item)


_OF_ALL = ("sum",)
"""Aggregates whose target says nothing of a single case."""


def _standing(
    indicator: Indicator, measure: Sampled, value: bool | Value | None, scene: Scene
) -> str:
    if value is None:
        return MeasuredCase.UNKNOWN
    if isinstance(value, bool):
        return MeasuredCase.HIT if value else MeasuredCase.MISS
    if indicator.target is None or measure.aggregate in _OF_ALL:
        return MeasuredCase.HIT
    met = measuring.is_met(indicator.target, value, scene.settings)
    return MeasuredCase.MISS if met is False else MeasuredCase.HIT


# -- what it comes to -----------------------------------------------------------------------------


class Result(NamedTuple):
    """What an indicator came to; `group` is None for all its cases."""

    indicator: str
    group: str | None
    figure: Figure
    foreign: int
    met: bool | None


def results(scene: Scene, given: Iterable[Given]) -> list[Result]:
    """What all indicators of a scene come to."""
    by_name: dict[str, list[Given]] = {name: [] for name in scene.names}
    for each in given:
        by_name[each.indicator].append(each)
    values: dict[str, Value | None] = {}
    found: list[Result] = []
    for name in measuring.in_order(scene.definition.indicators, scene.names):
        indicator = scene.definition.indicators[name]
        made = list(_results(scene, indicator, by_name[name], values))
        values[name] = made[0].figure.value
        found += made
    return found


def _results(
    scene: Scene, indicator: Indicator, given: list[Given], values: Mapping[str, Value | None]
) -> Iterator[Result]:
    measure = indicator.measure
    if isinstance(measure, Booked):
        figure = Figure(registry.ledger(measure.ledger, measure.account))
        yield _judged(scene, indicator, None, figure, 0)
        return
    if isinstance(measure, Derived):
        figure = Figure(measuring.derived(measure, values, scene.settings))
        yield _judged(scene, indicator, None, figure, 0)
        return
    own = [each for each in given if each.standing != MeasuredCase.FOREIGN]
    foreign = len(given) - len(own)
    whole = measuring.figure(measure, (each.value for each in own))
    yield _judged(scene, indicator, None, whole, foreign)
    if measure.per is None:
        return
    groups: dict[str, list[bool | Value | None]] = {}
    for each in own:
        groups.setdefault(each.group, []).append(each.value)
    largest = sorted(groups, key=lambda group: (-len(groups[group]), group))
    for group in largest[: measuring.MOST_GROUPS]:
        yield _judged(scene, indicator, group, measuring.figure(measure, groups[group]), 0)


def _judged(
    scene: Scene, indicator: Indicator, group: str | None, figure: Figure, foreign: int
) -> Result:
    met = None
    if indicator.target is not None:
        met = measuring.is_met(indicator.target, figure.value, scene.settings)
    return Result(indicator.name, group, figure, foreign, met)


def _finish(row: MeasuringRound, scene: Scene, at: datetime, there: Organisation) -> None:
    """Keep what the round comes to, tell people, and forget the cases of the rounds before it."""
    rows = MeasuredCase.objects.filter(round=row)
    columns = rows.values_list("indicator", "case", "value", "group", "standing", "item")
    given = (
        Given(i, case, read(value), group, how, item)
        for i, case, value, group, how, item in columns
    )
    made = results(scene, given)
    telling.tell(scene.definition, row, made, there, at)
    Measurement.objects.bulk_create(
        Measurement(
            round=row,
            slug=row.slug,
            indicator=each.indicator,
            is_group=each.group is not None,
            group=each.group or "",
            value=_text(each.figure.value),
            hits=each.figure.hits,
            cases=each.figure.cases,
            unknown=each.figure.unknown,
            foreign=each.foreign,
            met=each.met,
            at=row.at,
        )
        for each in made
    )
    MeasuringRound.objects.filter(pk=row.pk).update(done_at=at, error="")
    before = MeasuringRound.objects.filter(slug=row.slug, pk__lt=row.pk).exclude(done_at=None)
    former = MeasuredCase.objects.filter(round__in=before, indicator__in=scene.names)
    former.delete()


def _text(value: bool | Value | None) -> str:
    return canonical.dump(encode(value)) if value is not None else ""


def read(text: str) -> Any:
    """A value as it was kept; None where there is none."""
    return decode(json.loads(text)) if text else None
