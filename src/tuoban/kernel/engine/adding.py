"""Adding signers 加签: whoever holds work asks others before it is completed, or to sign it after.

Before: the person added gives an opinion with an item of their own, and meanwhile the work is not
completed; it then is completed as ever, whatever they said. After: once the work is completed, they
sign it like the signers of the process, or refuse to. Of work that several do together, whoever is
added after gets a part of it. Who may be added is bounded as a transfer is.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from tuoban.kernel import events as e
from tuoban.kernel.commands import AddSigner, DropSigner, GiveOpinion
from tuoban.kernel.engine.barring import parts_of
from tuoban.kernel.engine.keeping import may_keep
from tuoban.kernel.engine.performers import (
    check_is_own,
    check_may_do,
    check_may_receive,
)
from tuoban.kernel.refusals import Refused
from tuoban.kernel.state import Item, Part

if TYPE_CHECKING:
    from tuoban.kernel.engine.flow import Flow


def add_signer(flow: Flow, item: Item, command: AddSigner) -> None:
    """Ask somebody for an opinion, or to sign the work once it is completed.

    Raises:
        Refused: `not-held`, `delegated`, `reason-missing`, `signs-in-turn`,
            `activity-not-signed`, `signs-already`, or as `check_may_do` and `check_may_receive`.
    """
    directory, node = flow.surroundings.directory, flow.definition.nodes[item.node]
    check_may_do(flow.definition, flow.state, directory, item, command.by)
    if item.person != command.by:
        raise Refused("not-held")
    check_is_own(item)
    if not command.reason.strip():
        raise Refused("reason-missing")
    if node.step.by.in_turn and not command.before:
        raise Refused("signs-in-turn", {"step": node.label})
    if node.step.do is not None and not command.before:
        # A service does what it has promised at the moment of completing, not when others sign.
        raise Refused("activity-not-signed", {"step": node.label})
    check_may_receive(flow, item, command.to)
    if command.to in (*item.delegates, item.for_whom):
        # Whoever prepared the work, or whose work a deputy has, counts as having done it, and
        # cannot speak about it as another.
        raise Refused("signs-already", {"step": node.label, "person": command.to})
    is_asked_now = command.before or node.step.by.agree is not None
    number = flow.state.last_item + 1 if is_asked_now else None
    at, reason = flow.surroundings.at, command.reason.strip()
    flow.emit(e.SignerAdded(item.id, command.by, command.to, command.before, reason, number, at))
    if command.before:
        offer_part(flow, item, command.to, "before")
    elif number is not None:
        flow.emit(
            e.ItemOffered(
                item=number,
                node=item.node,
                activation=item.activation,
                roles=item.roles,
                pools=item.pools,
                person=command.to,
                assigned=True,
                at=at,
            )
        )


def offer_part(flow: Flow, item: Item, person: str, added: str) -> None:
    """Give somebody who was added an item of their own."""
    flow.emit(
        e.ItemOffered(
            item=flow.state.last_item + 1,
            node=item.node,
            activation=item.activation,
            roles=(),
            pools=(),
            person=person,
            assigned=True,
            at=flow.surroundings.at,
            part=Part(item.id, "", added),
        )
    )


def give_opinion(flow: Flow, item: Item, command: GiveOpinion) -> None:
    """Say what one thinks of work that somebody else completes.

    Raises:
        Refused: `no-opinion-asked`, `suspended`, `reason-missing` where one does not agree, or as
            `check_may_do`.
    """
    node = flow.definition.nodes[item.node]
    if item.part is None or item.part.added != "before":
        raise Refused("no-opinion-asked", {"step": node.label})
    directory = flow.surroundings.directory
    check_may_do(flow.definition, flow.state, directory, item, command.by)
    if flow.state.suspended is not None:
        raise Refused("suspended", {"reason": flow.state.suspended.reason})
    words = command.words.strip()
    if not (command.agrees or words):
        raise Refused("reason-missing")
    whole = flow.state.items[item.part.of]
    flow.emit(
        e.OpinionGiven(
            item=item.id,
            of=whole.id,
            by=command.by,
            to=whole.person,
            agrees=command.agrees,
            words=words,
            at=flow.surroundings.at,
            for_whom=item.for_whom,
        )
    )


def drop_signer(flow: Flow, item: Item, command: DropSigner) -> None:
    """Do without somebody who was added and has not said anything yet.

    Raises:
        Refused: `not-added`, or as `add_signer` for who may.
    """
    directory = flow.surroundings.directory
    check_may_do(flow.definition, flow.state, directory, item, command.by)
    if item.person != command.by:
        raise Refused("not-held")
    check_is_own(item)
    asked = _asked(flow, item, command.person)
    if asked is None and command.person not in item.added:
        facts = {"step": flow.definition.nodes[item.node].label, "person": command.person}
        raise Refused("not-added", facts)
    _drop(flow, item, command.person, asked, by=command.by)


def check_opinions_are_given(flow: Flow, item: Item) -> None:
    """Whether nobody is still asked for an opinion of this work.

    Raises:
        Refused: `awaits-opinion`.
    """
    waiting = parts_of(flow.state, item.id)
    if waiting and item.signing is None:
        label = flow.definition.nodes[item.node].label
        raise Refused("awaits-opinion", {"step": label, "person": waiting[0].person})


def settle(flow: Flow) -> None:
    """Do without those who were added and may no longer sign, or are not there any more."""
    for item in tuple(flow.state.items.values()):
        part = item.part
        is_added = part is not None and part.added and item.id in flow.state.items
        if part is not None and is_added and item.whose and not may_keep(flow, item):
            _drop(flow, flow.state.items[part.of], item.whose, item)
    for item in tuple(flow.state.items.values()):
        for person in item.added:
            if person not in flow.surroundings.directory.people:
                _drop(flow, item, person, None)


def _asked(flow: Flow, item: Item, person: str) -> Item | None:
    """The open item with which somebody was asked."""
    found = (each for each in parts_of(flow.state, item.id) if each.part and each.part.added)
    return next((each for each in found if person in (each.person, each.for_whom)), None)


def _drop(flow: Flow, item: Item, person: str, asked: Item | None, by: str = "") -> None:
    to = item.person if not by else None
    flow.emit(e.SignerDropped(item.id, person, by, to))
    if item.signing is not None:
        flow.emit(e.SigningStopped(item.id, "dropped", flow.surroundings.at, item.person))
        for part in parts_of(flow.state, item.id):
            flow.withdraw_item(part.id)
    elif asked is not None:
        flow.withdraw_item(asked.id)
