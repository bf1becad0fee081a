"""`pick: named`: whoever completes the step before names who does the next.

The name stands in the completion, and falls with it. It is judged when the step is offered: one who
may not do it then is refused, where the naming is what just happened, and else left out, so that
the work lies in its pool. So it does where nobody was asked for a name: after a jump, when a limit
has run out, behind signers or a wait.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import TYPE_CHECKING

from tuoban.kernel import events as e
from tuoban.kernel.definition import Definition, Node
from tuoban.kernel.refusals import Problem, refuse_invalid
from tuoban.kernel.state import Completion, State
from tuoban.kernel.surroundings import Directory

if TYPE_CHECKING:
    from tuoban.kernel.engine.flow import Flow

NAMED = "named"


def to_name(definition: Definition, step: str) -> tuple[Node, ...]:
    """The steps whose performers may be named by whoever completes this one."""
    return tuple(
        definition.nodes[key] for key, namers in definition.namers.items() if step in namers
    )


def named_for(flow: Flow, node: Node, activation: int, able: Collection[str]) -> str | None:
    """Whoever was named to do a step whose turn has come, of those who are able.

    Raises:
        Refused: `invalid` with `performer-missing` or `performer-unfit`, where whoever completes
            the step before names nobody, or somebody who may not do it.
    """
    found = _newest(flow.definition, flow.state, node, activation)
    person = found.named[node.key] if found is not None else None
    if person in able:
        return person
    if able and _is_asked_now(flow, node, found, activation):
        place, facts = f"performer:{node.key}", {"step": node.label}
        if person is None:
            raise refuse_invalid([Problem("performer-missing", place, facts)])
        raise refuse_invalid([Problem("performer-unfit", place, facts)])
    return None


def _newest(definition: Definition, state: State, node: Node, activation: int) -> Completion | None:
    """The newest naming that counts, and has not been used up by doing the step here."""
    history = state.completions.get(node.key, ())
    since = max((each.item for each in history if each.scope[-1] == activation), default=0)
    found: Completion | None = None
    for namer in definition.namers.get(node.key, ()):
        for made in reversed(state.completions.get(namer, ())):
            if made.item <= since:
                break
            if made.counts and node.key in made.named:
                if found is None or made.item > found.item:
                    found = made
                break
    return found


def _is_asked_now(flow: Flow, node: Node, found: Completion | None, activation: int) -> bool:
    """Whether somebody has just completed a step by which they could have named the performer; not
    where it was signed since, or the step is done again by whoever did it."""
    if found is None and any(
        each.scope[-1] == activation for each in flow.state.completions.get(node.key, ())
    ):
        return False
    for event in flow.events:
        if isinstance(event, e.ItemCompleted) and not event.signed:
            made = flow.state.completion_of(event.item)
            if made is not None and made.node in flow.definition.namers[node.key]:
                return found is None or found.item == event.item
    return False


def check_named(
    definition: Definition, directory: Directory, node: Node, named: Mapping[str, str]
) -> list[Problem]:
    """The problems of whom somebody names by completing a step."""
    if not named:
        return []
    possible = {each.key for each in to_name(definition, node.key)}
    return [
        Problem("not-person", f"performer:{step}")
        for step, person in sorted(named.items())
        if step not in possible or person not in directory.people
    ]
