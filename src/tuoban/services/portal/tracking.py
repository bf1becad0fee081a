"""What an outside party sees of its case: where it stands, what is asked of it, what it did itself.

Nothing else of the case is told. The line of stops is made of the names of stages, and of steps
that stand in none; what is inside a stage stays inside. People of the organisation and the fields
of the case are not named, except those fields that the party entered or was shown in forms of its
own steps.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, tzinfo
from typing import Literal

from tuoban.kernel.computed import values_of
from tuoban.kernel.definition import (
    ROOT_REGION,
    Call,
    Definition,
    Link,
    Plan,
    Stage,
    Step,
    Text,
    Wait,
)
from tuoban.kernel.limits import is_due
from tuoban.kernel.names import Names
from tuoban.kernel.outsiders import outsider
from tuoban.kernel.state import Item, State
from tuoban.runtime.cases.models import WorkItem
from tuoban.runtime.cases.queries.rows import StepMark
from tuoban.runtime.cases.queries.scene import Laid, lay_open
from tuoban.runtime.cases.queries.strip import strip
from tuoban.runtime.cases.wording import in_words
from tuoban.services.portal.links import label_of

Standing = Literal["done", "yours", "now", "ahead", "maybe"]


@dataclass(frozen=True, slots=True)
class Stop:
    """A stop on the way of a case. `at`: when it was done; of what is the party's own to do, until
    when."""

    label: Text
    standing: Standing
    at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Todo:
    """Something that the party is to do."""

    item_id: int
    label: Text
    due_at: datetime | None


@dataclass(frozen=True, slots=True)
class Did:
    """Something that the party did by itself, and what came of it."""

    label: Text
    outcome: Text | None
    at: datetime


@dataclass(frozen=True, slots=True)
class Tracked:
    """A case as one of its outside parties sees it."""

    number: str
    process: Text
    unit: Text
    party: Text
    zone: tzinfo
    is_over: bool
    outcome: Text | None
    started_at: datetime
    ended_at: datetime | None
    promised_at: datetime | None
    """By when the whole is to be done."""
    is_suspended: bool
    stops: tuple[Stop, ...]
    todo: tuple[Todo, ...]
    did: tuple[Did, ...]
    fields: tuple[tuple[Text, Text], ...]


def track(case_id: int, role: str, at: datetime) -> Tracked:
    """The case, as the outside party of that role sees it.

    Raises:
        Refused: `unknown-case`.
    """
    laid = lay_open(case_id, at)
    row, definition, state = laid.row, laid.definition, laid.state
    mine = tuple(items_of(laid, role))
    return Tracked(
        number=row.number,
        process=definition.title,
        unit=row.unit.name,
        party=label_of(definition, role),
        zone=row.unit.zone,
        is_over=state.status == "ended",
        outcome=definition.outcome_label(row.outcome),
        started_at=row.started_at,
        ended_at=row.ended_at,
        promised_at=_promised(state),
        is_suspended=state.suspended is not None,
        stops=_stops(laid, {item.node for item in mine}, at),
        todo=_todo(laid, mine),
        did=tuple(_did(laid, role)),
        fields=tuple(_fields(laid, role)),
    )


def items_of(laid: Laid, role: str) -> Iterator[Item]:
    """The open work of an outside party that nothing holds back."""
    if laid.state.suspended is not None:
        return
    for item in laid.state.items.values():
        step = laid.definition.nodes[item.node].step
        is_asked = item.part is None and item.signing is None
        if role in step.by.roles and is_asked and item.locked is None:
            yield item


def _promised(state: State) -> datetime | None:
    """By when the whole case is due, where it says so itself."""
    clocks = (each for each in state.clocks.values() if not each.node and each.item is None)
    return min((each.due for each in clocks if is_due(each.limit) and each.due), default=None)


def _todo(laid: Laid, mine: Sequence[Item]) -> tuple[Todo, ...]:
    rows = WorkItem.objects.filter(case=laid.row, number__in=[item.id for item in mine])
    ids = dict(rows.values_list("number", "pk"))
    return tuple(
        Todo(ids[item.id], laid.label(item.node, item.activation), _due(laid.state, item))
        for item in mine
        if item.id in ids
    )


def _due(state: State, item: Item) -> datetime | None:
    """By when it is due by its own limit; what is due around it is the organisation's."""
    clocks = (each for each in state.clocks.values() if each.item == item.id)
    return min((each.due for each in clocks if is_due(each.limit) and each.due), default=None)


def _stops(laid: Laid, mine: set[str], at: datetime) -> tuple[Stop, ...]:
    marks = {mark.key: mark for mark in strip(laid.definition, laid.state, {}, at)}
    found = []
    for label, keys in _legs(laid.definition, ROOT_REGION):
        inside = [marks[key] for key in keys if key in marks]
        if inside:
            found.append(_stop(label, inside, is_mine=not mine.isdisjoint(keys)))
    return tuple(found)


def _legs(definition: Definition, region: str) -> Iterator[tuple[Text, tuple[str, ...]]]:
    """The parts of a region that have a name of their own, in order, each with the steps inside."""
    for key in definition.regions[region].nodes:
        node = definition.nodes[key]
        if isinstance(node.construct, Step | Wait | Link):
            yield node.label, (key,)
        elif isinstance(node.construct, Stage | Plan | Call):
            inside = (part for inner in node.regions for part in _legs(definition, inner))
            yield node.label, tuple(step for _, steps in inside for step in steps)
        else:
            for inner in node.regions:
                yield from _legs(definition, inner)


def _stop(label: Text, inside: Sequence[StepMark], *, is_mine: bool) -> Stop:
    states = {mark.state for mark in inside}
    if states & {"current", "late"}:
        return Stop(label, "yours" if is_mine else "now")
    if states == {"done"}:
        return Stop(label, "done", max((mark.at for mark in inside if mark.at), default=None))
    if "done" in states:
        return Stop(label, "now")
    return Stop(label, "maybe" if states == {"maybe"} else "ahead")


def _did(laid: Laid, role: str) -> Iterator[Did]:
    """What the party did itself, the newest first; what was recorded for it is not meant."""
    made = (each for history in laid.state.completions.values() for each in history)
    own = [each for each in made if each.by == outsider(role) and each.counts]
    for each in sorted(own, key=lambda each: each.at, reverse=True):
        step = laid.definition.nodes[each.node].step
        outcome = step.outcome(each.outcome) if each.outcome is not None else None
        yield Did(laid.label_done(each), outcome.label if outcome else None, each.at)


def _fields(laid: Laid, role: str) -> Iterator[tuple[Text, Text]]:
    """What the case knows by forms of the party's own: those of its requests, and of its steps that
    were done."""
    definition, state, surroundings = laid.definition, laid.state, laid.surroundings
    forms = [each.form for each in definition.starts.values() if role in each.by]
    forms += [
        node.step.form
        for key, node in definition.nodes.items()
        if isinstance(node.construct, Step)
        and role in node.step.by.roles
        and state.newest(key) is not None
    ]
    shown = {entry.field for form in forms for section in form for entry in section.entries}
    names = Names(definition, state, surroundings.opened, surroundings.zone)
    values = values_of(definition, state.values, names)
    for name, field in definition.fields.items():
        value = values.get(name)
        if name in shown and value not in (None, ()) and not field.holds_files:
            words = in_words(definition, field, value, surroundings.zone, surroundings.opened)
            yield field.label, words
