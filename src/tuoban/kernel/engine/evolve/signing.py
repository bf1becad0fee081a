"""Events of work that others sign."""

from __future__ import annotations

from dataclasses import replace

from tuoban.kernel import events as e
from tuoban.kernel.definition import Definition
from tuoban.kernel.engine.evolve.changes import (
    Rows,
    Slots,
    change,
    with_seals,
    without,
    without_those_of,
)
from tuoban.kernel.rows import last_key
from tuoban.kernel.state import Opinion, Prepared, Signed, Signing, State


def _signing_begun(definition: Definition, state: State, event: e.SigningBegun) -> Slots:
    draft = {name: event.values[name] for name in event.draft}
    slots = change(
        state,
        event.item,
        person=event.by,
        prepared=Prepared(event.by, event.outcome, draft, event.checked),
        signing=Signing(
            outcome=event.outcome,
            values=event.values,
            checked=event.checked,
            asked=event.asked,
            signatures=event.signatures,
            stamped=event.stamped,
            shown=event.shown,
            named=event.named,
        ),
    )
    return slots | {
        "sealed": with_seals(state, event.values, event.signatures),
        "last_row": last_key(state.last_row, event.values),
    }


def _item_signed(definition: Definition, state: State, event: e.ItemSigned) -> Slots:
    item = state.items[event.item]
    if item.part is None:
        return {}
    whole = state.items[item.part.of]
    if whole.signing is None:
        return {}
    signed = Signed(item.id, item.part.role, event.by, event.at, event.stamped, event.for_whom)
    signing = replace(whole.signing, signed=(*whole.signing.signed, signed))
    return {
        "items": {
            **without(state.items, item.id),
            whole.id: replace(whole, signing=signing),
        },
        "clocks": without_those_of(state, item.id),
    }


def _signing_stopped(definition: Definition, state: State, event: e.SigningStopped) -> Slots:
    slots = change(state, event.item, signing=None)
    if event.part is not None:
        slots["items"] = without(slots["items"], event.part)
    return slots


def _signer_added(definition: Definition, state: State, event: e.SignerAdded) -> Slots:
    if event.part is not None:
        return {}  # they are asked at once
    return change(state, event.item, added=(*state.items[event.item].added, event.to))


def _opinion_given(definition: Definition, state: State, event: e.OpinionGiven) -> Slots:
    given = Opinion(event.item, event.by, event.at, event.agrees, event.words, event.for_whom)
    whole = state.items[event.of]
    asked = replace(whole, opinions=(*whole.opinions, given))
    return {
        "items": {**without(state.items, event.item), whole.id: asked},
        "clocks": without_those_of(state, event.item),
    }


def _signer_dropped(definition: Definition, state: State, event: e.SignerDropped) -> Slots:
    known = state.items[event.item].added
    return change(state, event.item, added=tuple(each for each in known if each != event.person))


ROWS: Rows = {
    e.SignerAdded: _signer_added,
    e.OpinionGiven: _opinion_given,
    e.SignerDropped: _signer_dropped,
    e.SigningBegun: _signing_begun,
    e.ItemSigned: _item_signed,
    e.SigningStopped: _signing_stopped,
}
