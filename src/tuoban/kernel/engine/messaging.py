"""Messages: what a case takes of those that come to it.

A message reaches everything in the case that waits for one of its name and whose `matching`
holds: waits and reactions, and the case itself, which it joins where a start of the process says
so. A message may come again, since it is kept for what begins to wait later; whatever took it, in
whichever round, does not take it again, unless that counts no more.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from tuoban.kernel import events as e
from tuoban.kernel.commands import BeginByMessage, Deliver, Sealed
from tuoban.kernel.definition import (
    ROOT_REGION,
    Arrival,
    Awaited,
    Definition,
    Field,
    MessageKind,
    Reaction,
)
from tuoban.kernel.engine import hosts, reacting, waiting
from tuoban.kernel.facts import not_on_file
from tuoban.kernel.forms import Place, read_form
from tuoban.kernel.names import holds
from tuoban.kernel.refusals import Problem, Refused, refuse_invalid
from tuoban.kernel.rows import absent, numbered, read_value
from tuoban.kernel.settings import in_force
from tuoban.kernel.sight import OUTSIDE
from tuoban.kernel.state import ROOT, At, State, Waiting

if TYPE_CHECKING:
    from tuoban.kernel.engine.flow import Flow
    from tuoban.kernel.surroundings import Surroundings

KEPT = timedelta(days=30)
"""How long a message is kept for what does not wait for it yet."""

BY_MESSAGE = "message"
"""The channel of a case that began by a message."""

MESSAGE = "message"
"""By which name `matching` reads what a message carries."""


@dataclass(frozen=True, slots=True)
class Listener:
    """What waits for a message: a wait, or, where `wait` is None, a reaction."""

    where: At
    awaited: Awaited
    wait: Waiting | None = None


def listeners(definition: Definition, state: State) -> Iterator[Listener]:
    """Everything in a case that takes messages now."""
    for each in state.waits.values():
        awaited = definition.nodes[each.node].construct.awaited
        if awaited is not None:
            yield Listener(At(each.node, each.activation), awaited, each)
    for where in hosts.possible(definition, state):
        awaited = definition.nodes[where.node].construct.awaited
        if awaited is not None:
            yield Listener(where, awaited)


def listened(definition: Definition, state: State) -> frozenset[str]:
    """The names of the messages that may concern a case as it stands."""
    if not definition.messages or state.status != "running":
        return frozenset()
    waited = {each.awaited.name for each in listeners(definition, state)}
    return frozenset(waited | {each.awaited.name for each in _joined_by(definition)})


def _joined_by(definition: Definition) -> Iterator[Arrival]:
    """The starts by a message that joins a case which is there already."""
    for start in definition.starts.values():
        if start.arrival is not None and start.arrival.awaited.matching is not None:
            yield start.arrival


# -- a message comes to a case --------------------------------------------------------------------


def deliver(flow: Flow, command: Deliver) -> None:
    """Let everything take the message that waits for it; nothing does where it concerns nobody.

    Raises:
        Refused: `unknown-message`, or `invalid` where it carries what this process cannot read, or
            what the fields cannot hold that take it.
    """
    kind = kind_of(flow.definition, command.name)
    found = [
        each
        for each in listeners(flow.definition, flow.state)
        if each.awaited.name == command.name and not _has_taken(flow.state, command.message, each)
    ]
    arrivals = [each for each in _joined_by(flow.definition) if each.awaited.name == command.name]
    known = flow.state.received.get(command.message)
    if known is not None:
        arrivals = []
    if not found and not arrivals:
        return
    values = read_values(flow, kind, command.values)
    said = {MESSAGE: flow.names_from(OUTSIDE).said(kind.fields, values)}
    takers = [each for each in found if _holds(flow, each.awaited, each.where.activation, said)]
    joins = any(_holds(flow, each.awaited, ROOT, said) for each in arrivals)
    if known is None and (takers or joins):
        flow.emit(_received(flow, command, values, joined=joins))
    for each in takers:
        _take(flow, each, command.message, values)


def _received(
    flow: Flow,
    command: Deliver | BeginByMessage,
    values: Mapping[str, Any],
    *,
    joined: bool = False,
) -> e.MessageReceived:
    began = isinstance(command, BeginByMessage)
    name = (
        arrival_of(flow.definition, command.start).awaited.name
        if isinstance(command, BeginByMessage)
        else command.name
    )
    return e.MessageReceived(
        message=command.message,
        name=name,
        values=values,
        sent_at=command.sent_at,
        at=flow.surroundings.at,
        began=began,
        joined=joined,
    )


def _holds(flow: Flow, awaited: Awaited, activation: int, said: Mapping[str, Any]) -> bool:
    if awaited.matching is None:
        return True
    return holds(awaited.matching, flow.names(activation, said)) is True


def _take(flow: Flow, listener: Listener, message: str, values: Mapping[str, Any]) -> None:
    """One that took it just before may have withdrawn this one."""
    if listener.wait is not None:
        if listener.wait.id in flow.state.waits:
            waiting.end(flow, listener.wait, "message", message)
    elif listener.where in hosts.possible(flow.definition, flow.state):
        taken = flow.definition.nodes[listener.where.node].holding(Reaction).taken
        data = {name: values[name] for name in taken}
        reacting.begin_with(flow, listener.where, data, message=message)


def _has_taken(state: State, message: str, listener: Listener) -> bool:
    """Whether this message was taken by the same wait or reaction, for the same elements, and that
    still counts; or the case began by it."""
    known = state.received.get(message)
    if known is None:
        return False
    node, elements = listener.where.node, state.elements_around(listener.where.activation)
    counting = {each.item for each in state.completions.get(node, ()) if each.counts}
    return known.began or any(
        each.node == node and each.elements == elements and each.number in counting
        for each in known.takers
    )


# -- a case begins by a message -------------------------------------------------------------------


def arrival_of(definition: Definition, start: str) -> Arrival:
    """How a start comes by a message.

    Raises:
        Refused: `unknown-request`.
    """
    found = definition.starts.get(start)
    if found is None or found.arrival is None:
        raise Refused("unknown-request", {"request": start})
    return found.arrival


def begin(flow: Flow, command: BeginByMessage) -> None:
    """Begin the case because a message has come.

    Raises:
        Refused: `unknown-request`, or `invalid` where it carries what the process cannot read, or
            what the fields of the case cannot hold.
    """
    definition, surroundings = flow.definition, flow.surroundings
    arrival = arrival_of(definition, command.start)
    values = read_values(flow, definition.messages[arrival.awaited.name], command.values)
    place = arrival_place(definition, flow.state, command.start, surroundings)
    reading = read_form(place, {name: values[name] for name in arrival.take})
    if reading.problems:
        raise refuse_invalid(list(reading.problems))
    flow.emit(
        e.CaseStarted(
            request=command.start,
            by="",
            unit=command.unit,
            number=command.number,
            channel=BY_MESSAGE,
            at=surroundings.at,
            settings=in_force(definition, surroundings.settings),
        )
    )
    flow.emit(_received(flow, command, values))
    taken = {name: reading.values[name] for name in arrival.take}
    given = {name: value for name, value in taken.items() if value is not None}
    if given:
        flow.emit(e.FieldsSet(0, given, None))
    flow.enter_region(ROOT_REGION, None)


def arrival_place(
    definition: Definition, state: State, start: str, surroundings: Surroundings
) -> Place:
    """Where what a start takes from its message is entered."""
    return Place(
        definition,
        state,
        None,
        definition.starts[start].form,
        surroundings.opened,
        surroundings.zone,
        surroundings.at,
        people=surroundings.directory.people,
        units=surroundings.directory.parents.keys(),
    )


# -- what a message carries -----------------------------------------------------------------------


def kind_of(definition: Definition, name: str) -> MessageKind:
    """The message of this name as the process declares it.

    Raises:
        Refused: `unknown-message`.
    """
    kind = definition.messages.get(name)
    if kind is None:
        raise Refused("unknown-message", {"message": name})
    return kind


def read_values(flow: Flow, kind: MessageKind, raw: Mapping[str, Any]) -> dict[str, Any]:
    """What a message carries, typed; what the process does not know of is left out.

    Raises:
        Refused: `invalid` with every problem.
    """
    values: dict[str, Any] = {}
    problems: list[Problem] = []
    for field in kind.fields.values():
        value, found = _read(flow, field, raw.get(field.name))
        values[field.name] = value
        problems += found
    if problems:
        raise refuse_invalid(problems)
    return numbered(values, flow.state.last_row)


def _read(flow: Flow, field: Field, raw: Any) -> tuple[Any, tuple[Problem, ...]]:
    name, label = field.name, {"label": field.label}
    if isinstance(raw, Sealed):
        return raw, () if field.personal else (Problem("not-for-personal", name, label),)
    value, found = read_value(field, raw, flow.surroundings.zone)
    if not found and field.required and value in (None, ()):
        found = (Problem("required", name, label),)
    if not found and field.personal and value is not None:
        found = (Problem("not-sealed", name, label),)
    if not found and not isinstance(value, Sealed):
        directory = flow.surroundings.directory
        found = (
            *not_on_file(field, value, flow.surroundings.opened),
            *absent(field, value, directory.people, directory.parents),
        )
    return value, found
