"""The verbs on open work: taking it, looking at it, doing it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from contextlib import suppress
from datetime import datetime
from types import MappingProxyType
from typing import Any, NamedTuple

from django.db import transaction

from tuoban.kernel import commands as c
from tuoban.kernel.engine import step_place
from tuoban.kernel.engine.pausing import is_in_charge
from tuoban.kernel.refusals import Refused
from tuoban.runtime.cases import line, personal
from tuoban.runtime.cases.busy import refused_when_busy
from tuoban.runtime.cases.carrying import Desk, Outcome, carry_out, once, open_case
from tuoban.runtime.cases.models import WorkItem
from tuoban.runtime.cases.personal import SignatureInput
from tuoban.runtime.cases.refusals import RuntimeRefused
from tuoban.runtime.cases.service.core import on_item
from tuoban.runtime.people.ids import Actor
from tuoban.runtime.people.models import User


class Witnessed(NamedTuple):
    """What an outside party enters, as far as it may, and the evidence of it, by the role that
    acts."""

    data: Mapping[str, Any]
    evidence: Mapping[str, Mapping[str, Any]] = MappingProxyType({})


Witness = Callable[[Desk, int], Witnessed]
"""Tells that of a case, and of the number of the work in it."""


def claim(item_id: int, *, by: User, at: datetime, key: str) -> Outcome:
    """Take work from the pool. Raises `Refused` as the kernel's `Claim`."""
    return on_item(item_id, ("claim",), by, at, key, lambda desk, item: c.Claim(by.person_id, item))


def take_next(*, by: User, at: datetime, key: str, pool: str = "") -> Outcome:
    """Take the work that is next in line: by priority, then by arrival, of the steps whose work
    nobody chooses. What the person may not do is left to others.

    Args:
        pool: `PoolCount.key` of one pool; empty for all of the person's pools.

    Raises:
        Refused: `nothing-next`.
    """

    def act() -> Outcome:
        for case_id, item in line.waiting(by, pool):
            try:
                return carry_out(open_case(case_id, at), c.Claim(by.person_id, item, next=True))
            except Refused:
                continue  # not theirs to do, or somebody was faster
        raise RuntimeRefused("nothing-next")

    return once(by, key, ("take-next", pool), at, act)


def release(item_id: int, *, by: User, at: datetime, key: str) -> Outcome:
    """Put work back into the pool. Raises `Refused` as the kernel's `Release`."""
    return on_item(
        item_id, ("release",), by, at, key, lambda desk, item: c.Release(by.person_id, item)
    )


def complete(
    item_id: int,
    *,
    outcome: str | None,
    data: Mapping[str, Any],
    checked: Iterable[str] = (),
    signatures: Mapping[str, SignatureInput] | None = None,
    stamped: Iterable[str] = (),
    named: Mapping[str, str] | None = None,
    papers: Mapping[str, tuple[Any, Any]] | None = None,
    witness: Witness | None = None,
    by: Actor,
    at: datetime,
    key: str,
) -> Outcome:
    """Finish work with what was entered.

    Args:
        witness: of an outside party, tells what counts of the data, and what is kept as evidence.

    Raises:
        Refused: as the kernel's `Complete`, and as the witness.
    """
    ticked, stamps, names = frozenset(checked), frozenset(stamped), dict(named or {})
    handed_in = papers or {}
    # Read before anything else looks at them: they may be anything that fits into JSON.
    signed = personal.read_signatures(signatures or {})

    def command(desk: Desk, item: int) -> c.Command:
        seen = witness(desk, item) if witness is not None else Witnessed(data)
        return c.Complete(
            by.person_id,
            item,
            outcome or None,
            _seal(desk, item, seen.data, by),
            ticked,
            personal.seal_signatures(signed, desk.envelope),
            stamps,
            named=names,
            papers=handed_in,
            evidence=personal.seal_evidence(seen.evidence, desk.envelope),
        )

    request = (
        "complete",
        outcome or None,
        data,
        ticked,
        signed,
        *sorted(stamps),
        names,
        papers or {},
    )
    return on_item(item_id, request, by, at, key, command)


def open_item(item_id: int, *, by: User, at: datetime, key: str) -> Outcome:
    """Record that somebody looks at work that they may do. Raises `Refused` as the kernel's
    `Open`."""
    return on_item(item_id, ("open",), by, at, key, lambda desk, item: c.Open(by.person_id, item))


@refused_when_busy()
def open_items(case_id: int, *, by: User, at: datetime) -> None:
    """Record that somebody looks at the work of a case that they hold, if they have not before.

    Raises:
        Refused: `unknown-case`, `busy`.
    """
    held = WorkItem.objects.filter(case=case_id, person=by, status=WorkItem.OPEN)
    if not held.exists():
        return
    with transaction.atomic():
        desk = open_case(case_id, at)
        for item in tuple(desk.state.items.values()):
            if item.person == by.person_id and by.person_id not in item.opened:
                with suppress(Refused):  # who may not do it any more has not begun it
                    carry_out(desk, c.Open(by.person_id, item.id))


def _seal(desk: Desk, item: int, data: Mapping[str, Any], by: Actor) -> Mapping[str, Any]:
    open_item = desk.state.items.get(item)
    if open_item is None:
        # The decision will refuse; nothing of the data is kept.
        return {}
    place = step_place(desk.definition, desk.state, open_item, desk.surroundings)
    return personal.seal_data(place, data, desk.envelope, (by.person_id, open_item.for_whom))


def try_again(item_id: int, *, by: User, at: datetime, key: str) -> Outcome:
    """Let the system try once more what it does by itself and could not do.

    Raises:
        Refused: `not-in-charge`, and as the kernel's `Perform`.
    """

    def command(desk: Desk, item: int) -> c.Command:
        people = desk.surroundings.directory
        is_charged = is_in_charge(desk.definition, desk.state, people, by.person_id)
        if not (by.is_staff or is_charged):
            raise Refused("not-in-charge")
        return c.Perform(item, by.person_id)

    return on_item(item_id, ("try-again",), by, at, key, command)
