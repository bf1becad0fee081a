"""What names give to read: those of steps, decisions, loops, `start` and `case`."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from tuoban.kernel.expressions import (
    ANY,
    BOOLEAN,
    DATETIME,
    NUMBER,
    TEXT,
    Shape,
    choice_of,
    context_of,
    list_of,
)
from tuoban.kernel.language.declared import Declaration
from tuoban.kernel.language.scope import field_shapes


def step_shape(
    outcomes: Collection[str],
    own: Mapping[str, Declaration],
    brought: Mapping[str, Shape] | None = None,
    *,
    is_limited: bool = False,
) -> Shape:
    """What a step's name gives to read: how, when, by whom and how often it was done.

    Args:
        brought: what its activity gives to read.
        is_limited: whether it has limits, and may have been late; what it has of its own comes
            before that.
    """
    lateness = {"late": NUMBER} if is_limited else {}
    members = {**lateness, **field_shapes(own), **(brought or {}), "at": DATETIME, "by": TEXT}
    if outcomes:
        members["outcome"] = choice_of(*outcomes)
    return with_lists(members)


def with_lists(members: Mapping[str, Shape]) -> Shape:
    """What the name of something gives to read that may be done several times: these members of
    the newest time, `all` that count, the whole `history`, and how often."""
    made = list_of(context_of(members))
    return context_of({**members, "count": NUMBER, "all": made, "history": made})


OFFERED_BY_DECISIONS = ("rules", "at", "count", "all", "history")
"""What the name of a decision gives to read beside its outputs, none of which may be called so."""


def decision_shape(outputs: Mapping[str, Shape]) -> Shape:
    """What the name of a `decide` gives to read: its outputs, the numbers of the rules that fitted,
    when and how often it was made."""
    return with_lists({**outputs, "rules": list_of(NUMBER), "at": DATETIME})


def loop_shape(own: Mapping[str, Declaration]) -> Shape:
    """What the name of a `repeat` gives to read."""
    return context_of({**field_shapes(own), "round": NUMBER, "exhausted": BOOLEAN})


def start_shape(requests: Collection[str]) -> Shape:
    """What `start` gives to read."""
    request = choice_of(*requests) if requests else TEXT
    members = {"request": request, "by": TEXT, "at": DATETIME, "unit": TEXT, "channel": TEXT}
    return context_of(members)


def case_shape(
    fields: Mapping[str, Declaration], priority: str | None, facts: Mapping[str, Shape]
) -> Shape:
    """What `case` gives to read: its fields, its number and unit, its rank if it has one, and what
    services know of it, unless a field is called so."""
    members = {**facts, **field_shapes(fields), "number": TEXT, "unit": TEXT}
    if priority is not None:
        members["priority"] = members.get(priority, ANY)
    return context_of(members)
