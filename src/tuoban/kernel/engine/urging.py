"""Urge 催办 and copy to 抄送: those who take part in a case tell others of it."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from tuoban.kernel import events as e
from tuoban.kernel.commands import CopyTo, Urge
from tuoban.kernel.engine import contacts
from tuoban.kernel.engine.barring import parts_of
from tuoban.kernel.engine.pausing import is_in_charge
from tuoban.kernel.engine.performers import may_take, takers
from tuoban.kernel.engine.wording import lock_reasons
from tuoban.kernel.refusals import Refused
from tuoban.kernel.state import Item

if TYPE_CHECKING:
    from tuoban.kernel.engine.flow import Flow

URGED_AGAIN_AFTER = timedelta(hours=1)
"""A piece of work is urged once in this time, whoever wishes it: more would be noise."""


def urge(flow: Flow, item: Item, command: Urge) -> None:
    """Ask whoever holds the work, else all who may take it, to see to it; where nobody may, the
    head of the unit. Who stands outside a block with a `contact` asks its holders instead.

    Raises:
        Refused: `not-taking-part`, `suspended`, `own-work`, `locked`, `urged-lately`.
    """
    check_takes_part(flow, command.by)
    label = flow.definition.nodes[item.node].label
    if flow.state.suspended is not None:
        raise Refused("suspended", {"reason": flow.state.suspended.reason})
    if item.person == command.by and item.signing is None:
        raise Refused("own-work", {"step": label})
    if item.locked is not None:
        raise Refused("locked", {"reasons": lock_reasons(flow.definition, item.node, item.locked)})
    at = flow.surroundings.at
    if item.urged_at is not None and at < item.urged_at + URGED_AGAIN_AFTER:
        raise Refused("urged-lately", {"step": label, "at": item.urged_at})
    to = tuple(sorted(_asked(flow, item, command.by) - {command.by}))
    flow.emit(e.WorkUrged(item.id, command.by, to, command.message.strip(), at))


def _asked(flow: Flow, item: Item, by: str) -> frozenset[str]:
    definition, state, directory = flow.definition, flow.state, flow.surroundings.directory
    block = contacts.between(definition, state, directory, item.node, by)
    if block is not None:
        return contacts.holders(definition, state, directory, block)
    return _who_may_see_to(flow, item)


def _who_may_see_to(flow: Flow, item: Item) -> frozenset[str]:
    if item.signing is not None:
        asked = (_who_may_see_to(flow, part) for part in parts_of(flow.state, item.id))
        return frozenset().union(*asked)
    if item.person is not None:
        return frozenset({item.person})
    head = flow.surroundings.directory.head(flow.state.unit)
    return takers(flow, item) or frozenset({head} if head is not None else ())


def copy_to(flow: Flow, command: CopyTo) -> None:
    """Let somebody read the case, now and later, and tell them so.

    Raises:
        Refused: `unknown-item` before the start, `not-taking-part`, `unknown-person`,
            `copied-already`.
    """
    check_takes_part(flow, command.by)
    if command.to not in flow.surroundings.directory.people:
        raise Refused("unknown-person", {"person": command.to})
    if command.to == command.by or command.to in flow.state.copied:
        raise Refused("copied-already", {"person": command.to})
    at = flow.surroundings.at
    flow.emit(e.CaseCopied(command.by, command.to, command.message.strip(), at))


def check_takes_part(flow: Flow, person: str) -> None:
    """Whether somebody takes part in the case: began it, did or may do something in it, got a copy
    of it, is turned to about what is open, or answers for it.

    Raises:
        Refused: `not-taking-part`.
    """
    state = flow.state
    named = {state.by, *state.copied}
    made = [each for history in state.completions.values() for each in history]
    named |= {each.by for each in made} | {signed.by for each in made for signed in each.signed}
    named |= {each for item in state.items.values() for each in item.opened}
    if person in named or any(may_take(flow, each, person) for each in state.items.values()):
        return
    directory = flow.surroundings.directory
    if contacts.is_contact(flow.definition, state, directory, person):
        return
    if not is_in_charge(flow.definition, state, directory, person):
        raise Refused("not-taking-part")
