"""Signing by people of the organisation (`signed-by`) 签署: what was completed waits for them.

Whoever does the step completes it; what they gave is kept with their item, and every signer gets a
part, a work item of their own. With the last signature the step is done, by whoever completed it.
Until then the item stays open: gates and limits go on, and it can be got back. Who refuses to sign
gives it back, what was entered a draft. Whoever completed it and all signers are different people.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from tuoban.kernel import events as e
from tuoban.kernel.commands import RefuseToSign, Sign
from tuoban.kernel.engine import adding, barring, joint, keeping, performers
from tuoban.kernel.engine.recording import Done, check_goes_on, record, step_place
from tuoban.kernel.forms import Place, entries, shown_digest
from tuoban.kernel.refusals import Problem, Refused, refuse_invalid
from tuoban.kernel.state import Item, Opinion, Part, Signed, Signing, State

if TYPE_CHECKING:
    from tuoban.kernel.engine.flow import Flow


def begin(flow: Flow, item: Item, place: Place, done: Done) -> None:
    """Keep what the item was completed with, and ask the signers."""
    draft = {entry.field for entry in entries(place) if not entry.read_only}
    flow.emit(
        e.SigningBegun(
            item=item.id,
            by=done.by,
            at=flow.surroundings.at,
            outcome=done.outcome,
            values=done.values,
            draft=tuple(
                name for name, value in done.values.items() if name in draft and value is not None
            ),
            checked=done.checked,
            asked=done.asked,
            signatures=done.signatures,
            stamped=done.stamped,
            shown=done.shown,
            named=dict(done.named),
        )
    )
    for person in item.added:
        adding.offer_part(flow, item, person, "after")
    node = flow.definition.nodes[item.node]
    for signer in node.step.inside_signers:
        part = Part(item.id, signer.role)
        offer = performers.resolve(flow, node, item.activation, part)
        flow.emit(
            e.ItemOffered(
                item=flow.state.last_item + 1,
                node=node.key,
                activation=item.activation,
                roles=offer.roles,
                pools=offer.pools,
                person=offer.person,
                assigned=offer.assigned,
                at=flow.surroundings.at,
                part=part,
            )
        )


def sign(flow: Flow, item: Item, command: Sign) -> None:
    """Sign what was completed; with the last signature the step is done.

    Raises:
        Refused: `not-to-sign`, `shown-changed`, `invalid` with `stamp-missing`, `suspended`,
            `locked`, or as `check_may_do`.
    """
    part, whole, signing = _signed_by(flow, item, command.by)
    check_goes_on(flow, item)
    if command.shown != signing.shown:
        raise Refused("shown-changed")
    node = flow.definition.nodes[item.node]
    stamps = any(each.stamps for each in node.step.inside_signers if each.role == part.role)
    if stamps and not command.stamped:
        label = flow.definition.roles[part.role].label
        raise refuse_invalid([Problem("stamp-missing", "stamp", {"role": label})])
    stamped = stamps and command.stamped
    at = flow.surroundings.at
    flow.emit(e.ItemSigned(item.id, command.by, at, signing.shown, stamped, item.for_whom))
    if not barring.parts_of(flow.state, whole.id):
        _finish(flow, flow.state.items[whole.id])


def refuse(flow: Flow, item: Item, command: RefuseToSign) -> None:
    """Give the work back to whoever completed it instead of signing.

    Raises:
        Refused: `not-to-sign`, `reason-missing`, `suspended`, or as `check_may_do`.
    """
    _, whole, _ = _signed_by(flow, item, command.by)
    if not command.reason.strip():
        raise Refused("reason-missing")
    if flow.state.suspended is not None:
        raise Refused("suspended", {"reason": flow.state.suspended.reason})
    flow.emit(
        e.SigningStopped(
            item=whole.id,
            why="refused",
            at=flow.surroundings.at,
            to=whole.person,
            by=command.by,
            part=item.id,
            reason=command.reason.strip(),
        )
    )
    _withdraw_parts(flow, whole)


def take_back(flow: Flow, item: Item) -> None:
    """Whoever completed the work goes on with it before all have signed."""
    flow.emit(e.SigningStopped(item.id, "got-back", flow.surroundings.at, by=item.person))
    _withdraw_parts(flow, item)


def settle(flow: Flow) -> None:
    """Stop the signing of what its performer may no longer do, or what signers would be shown
    otherwise now."""
    for item in tuple(flow.state.items.values()):
        if item.signing is None:
            continue
        if not keeping.may_keep(flow, item):
            flow.emit(e.SigningStopped(item.id, "nobody", flow.surroundings.at))
            _withdraw_parts(flow, item)
        elif _shown_now(flow, item, item.signing) != item.signing.shown:
            flow.emit(e.SigningStopped(item.id, "changed", flow.surroundings.at, item.person))
            _withdraw_parts(flow, item)


def check_is_work(flow: Flow, item: Item) -> None:
    """Whether an item is work in hand: no signer's part, and not with its signers.

    Raises:
        Refused: `only-opinion`, `only-signing`, `being-signed`.
    """
    label = flow.definition.nodes[item.node].label
    if item.part is not None and item.part.added == "before":
        raise Refused("only-opinion", {"step": label})
    if item.part is not None:
        raise Refused("only-signing", {"step": label})
    check_is_not_signed(flow, item)


def check_is_not_signed(flow: Flow, item: Item) -> None:
    """Whether an item is not with its signers.

    Raises:
        Refused: `being-signed`.
    """
    if item.signing is not None:
        raise Refused("being-signed", {"step": flow.definition.nodes[item.node].label})


def check_is_not_given(state: State, number: int) -> None:
    """Whether a part of this number was not signed.

    Raises:
        Refused: `item-done`.
    """
    items = state.items.values()
    given: list[Signed | Opinion] = [
        each for item in items if item.signing for each in item.signing.signed
    ]
    given += (each for item in items for each in item.opinions)
    for made in (each for history in state.completions.values() for each in history):
        given += (*made.signed, *made.opinions)
    for each in given:
        if each.item == number:
            raise Refused("item-done", {"by": each.by, "at": each.at})


def _signed_by(flow: Flow, item: Item, person: str) -> tuple[Part, Item, Signing]:
    """The part of somebody who may sign, with what it is a part of."""
    whole = flow.state.items[item.part.of] if item.part is not None else None
    if item.part is None or whole is None or whole.signing is None:
        raise Refused("not-to-sign", {"step": flow.definition.nodes[item.node].label})
    performers.check_may_do(flow.definition, flow.state, flow.surroundings.directory, item, person)
    return item.part, whole, whole.signing


def _finish(flow: Flow, item: Item) -> None:
    """Complete the step with what whoever did it gave, and the signatures."""
    signing = item.signing
    if signing is None or item.person is None:
        raise TypeError(f"item {item.id} is not being signed")
    place = step_place(flow.definition, flow.state, item, flow.surroundings)
    done = Done(
        by=item.person,
        for_whom=item.for_whom,
        outcome=signing.outcome,
        values=signing.values,
        checked=signing.checked,
        asked=signing.asked,
        signatures=signing.signatures,
        stamped=signing.stamped,
        shown=signing.shown,
        signed=signing.signed,
        named=signing.named,
    )
    record(flow, item, place, done)
    joint.judge(flow, flow.definition.nodes[item.node], item.activation)


def _shown_now(flow: Flow, item: Item, signing: Signing) -> str:
    """The digest of what signers would be shown now: what can only be read may have changed."""
    place = step_place(flow.definition, flow.state, item, flow.surroundings)
    values = dict(signing.values)
    for entry in entries(place):
        is_kept = entry.field in values and not place.is_own(entry.field)
        if entry.read_only and is_kept and place.value(entry.field) is not None:
            values[entry.field] = place.value(entry.field)
    return shown_digest(place, values, signing.checked)


def _withdraw_parts(flow: Flow, item: Item) -> None:
    for part in barring.parts_of(flow.state, item.id):
        flow.withdraw_item(part.id)
