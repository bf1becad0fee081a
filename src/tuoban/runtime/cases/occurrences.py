"""Occurrences of reactions in words: which one a piece of work belongs to, and what it holds."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import tzinfo
from typing import Any

from tuoban.kernel.definition import Definition, Field, Reaction, Text
from tuoban.kernel.state import Clock, Completion, State
from tuoban.runtime.cases.wording import in_words

LONGEST_NAME = 40  # characters of a value that still names something


def occurrence_around(definition: Definition, state: State, activation: int) -> Completion | None:
    """The occurrence that a live activation stands in, the innermost."""
    for around in reversed(state.scope(activation)):
        owner = definition.regions[state.activations[around].region].owner
        if owner is not None and isinstance(definition.nodes[owner].construct, Reaction):
            return occurrence_of(state, owner, around)
    return None


def occurrence_of(state: State, reaction: str, activation: int) -> Completion | None:
    """The occurrence of a reaction whose body is or was this activation."""
    made = state.completions.get(reaction, ())
    return next((each for each in made if each.place == activation), None)


def values_of(definition: Definition, state: State, made: Completion) -> list[tuple[Field, Any]]:
    """What was entered into the fields of an occurrence, in the order of the pack."""
    given = state.places.get(made.place, {})
    found = []
    for name, field in definition.place_fields.get(made.node, {}).items():
        entries = given.get(name, ())
        if entries and entries[-1].value is not None:
            found.append((field, entries[-1].value))
    return found


def name_of(
    definition: Definition,
    state: State,
    made: Completion,
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
    if len(state.completions[made.node]) == 1:
        return label
    number = number_of(state, made)
    return Text(f"{label.zh}（第 {number} 次）", f"{label.en} (no. {number})")


def number_of(state: State, made: Completion) -> int:
    """The place of an occurrence among all of its reaction, counted from 1."""
    return 1 + state.completions[made.node].index(made)


def occurrence_of_clock(definition: Definition, state: State, clock: Clock) -> Completion | None:
    """The occurrence that a clock of this state is about or stands in, if any."""
    its_own = occurrence_of(state, clock.node, clock.activation)
    if its_own is not None or clock.activation not in state.activations:
        return its_own
    return occurrence_around(definition, state, clock.activation)
