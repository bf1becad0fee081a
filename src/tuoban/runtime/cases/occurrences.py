"""Occurrences of reactions, and of processes that are called without waiting, in words: which one a
piece of work belongs to, and what it holds."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import tzinfo
from typing import Any, NamedTuple

from tuoban.kernel.definition import Aside, Definition, Field, Reaction, Text
from tuoban.kernel.state import Clock, State
from tuoban.runtime.cases.wording import in_words

LONGEST_NAME = 40  # characters of a value that still names something


class Occurrence(NamedTuple):
    """One of several that may run at once of a node: of a reaction, or of a process that is called
    without waiting. `place` is the activation that has its fields."""

    node: str
    place: int


def occurrence_around(definition: Definition, state: State, activation: int) -> Occurrence | None:
    """The occurrence that a live activation stands in, the innermost."""
    for around in reversed(state.scope(activation)):
        owner = definition.regions[state.known(around).region].owner
        if owner is not None and isinstance(definition.nodes[owner].construct, Reaction | Aside):
            return Occurrence(owner, around)
    return None


def occurrence_of(
    definition: Definition, state: State, node: str, activation: int
) -> Occurrence | None:
    """The occurrence of a node whose body is or was this activation."""
    known = activation in _places(definition, state, node)
    return Occurrence(node, activation) if known else None


def _places(definition: Definition, state: State, node: str) -> list[int]:
    """The activations of all its occurrences, oldest first; none of what occurs but once."""
    found = definition.nodes.get(node)
    if found is None or not isinstance(found.construct, Reaction | Aside):
        return []
    return [each.id for each in state.instances.get(found.regions[0], ())]


def values_of(definition: Definition, state: State, made: Occurrence) -> list[tuple[Field, Any]]:
    """What was entered into the fields of an occurrence, in the order of the pack."""
    fields = definition.place_fields.get(made.node, {})
    given = [(field, state.at_place(made.place, name)) for name, field in fields.items()]
    return [(field, value) for field, value in given if value is not None]


def name_of(
    definition: Definition,
    state: State,
    made: Occurrence,
    zone: tzinfo,
    opened: Mapping[str, Any] | None,
) -> Text:
    """What an occurrence is known by: `发现增项 · 皮带`; its number where nothing entered names it
    and there are several.

    Args:
        opened: personal values by reference; None for a reader who may not see them.
    """
    label = definition.nodes[made.node].label
    given = [
        (field, value)
        for field, value in values_of(definition, state, made)
        if not field.long and not field.personal
    ]
    # A text names a thing best; without one, a number or a choice does.
    ranked = sorted(given, key=lambda each: each[0].type != "text")
    for field, value in ranked:
        words = in_words(definition, field, value, zone, opened)
        if field.type != "boolean" and len(words.zh) <= LONGEST_NAME:
            return Text(f"{label.zh} · {words.zh}", f"{label.en} · {words.en}")
    places = _places(definition, state, made.node)
    if len(places) == 1:
        return label
    number = 1 + places.index(made.place)
    return Text(f"{label.zh}（第 {number} 次）", f"{label.en} (no. {number})")


def occurrence_of_clock(definition: Definition, state: State, clock: Clock) -> Occurrence | None:
    """The occurrence that a clock of this state is about or stands in, if any."""
    its_own = occurrence_of(definition, state, clock.node, clock.activation)
    if its_own is not None or clock.activation not in state.activations:
        return its_own
    return occurrence_around(definition, state, clock.activation)
