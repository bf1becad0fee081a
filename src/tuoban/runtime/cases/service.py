"""The verbs on cases: each is one command and one transaction.

Every verb takes the instant `at` and the caller's idempotency `key`: the same request sent twice
under one key answers the first result. A work item is addressed by its row (`WorkItem.pk`).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any

from django.db import transaction

from tuoban.kernel import commands as c
from tuoban.kernel.definition import Definition, Field, Text
from tuoban.kernel.engine import reaction_place, spot_of, start_place, step_place
from tuoban.kernel.engine.reacting import place_of
from tuoban.kernel.refusals import Refused, refuse_invalid
from tuoban.kernel.state import NEW
from tuoban.kernel.values import parse
from tuoban.runtime.cases import canonical, definitions, line, migrating, personal, policy, store
from tuoban.runtime.cases.busy import refused_when_busy
from tuoban.runtime.cases.carrying import Desk, Outcome, carry_out, lay_out, once, open_case
from tuoban.runtime.cases.models import Draft, Notice, WorkItem
from tuoban.runtime.cases.numbers import take_number
from tuoban.runtime.cases.personal import SignatureInput
from tuoban.runtime.cases.refusals import RuntimeRefused
from tuoban.runtime.cases.timers import fire_due_timers
from tuoban.runtime.people import directory
from tuoban.runtime.people.models import Unit, User

__all__ = [
    "Outcome",
    "SignatureInput",
    "add_work",
    "cancel_case",
    "claim",
    "complete",
    "copy_to",
    "correct_field",
    "delegate",
    "erase_personal_values",
    "extend_clock",
    "fire_due_timers",
    "get_back",
    "jump",
    "mark_notices_read",
    "migrate_case",
    "open_item",
    "open_items",
    "react",
    "recheck",
    "refuse_to_sign",
    "release",
    "resume_case",
    "return_to",
    "save_draft",
    "sign",
    "start_case",
    "suspend_case",
    "take_next",
    "transfer",
    "urge",
    "withdraw",
]

LONGEST_DRAFT = 200_000  # characters as JSON

_REASON = Field(name="reason", type="text", label=Text("原因", "Reason"), long=True)


def start_case(
    slug: str,
    request: str,
    *,
    by: User,
    unit: str | None = None,
    data: Mapping[str, Any],
    at: datetime,
    key: str,
    channel: str = "desk",
) -> Outcome:
    """Begin a case on the newest published version of a process.

    Args:
        unit: the unit's key; may be left out where the person may start in one unit only.

    Raises:
        Refused: `unknown-process`, `unknown-request`, `unknown-unit`, `unit-needed`,
            `not-starter`, `invalid`, `key-reused`.
    """

    def act() -> Outcome:
        published = definitions.latest(slug)
        definition = definitions.compiled(published)
        where = _starting_unit(definition, request, by, unit)
        number = take_number(definition.case.prefix, at, where.zone)
        desk = lay_out(store.new(published, where, number), at)
        place = start_place(definition, NEW, request, desk.surroundings)
        sealed = personal.seal_data(place, data, desk.envelope)
        return carry_out(desk, c.Start(by.person_id, request, where.key, number, sealed, channel))

    return once(by, key, ("start", slug, request, unit, data, channel), at, act)


def claim(item_id: int, *, by: User, at: datetime, key: str) -> Outcome:
    """Take work from the pool. Raises `Refused` as the kernel's `Claim`."""
    return _on_item(
        item_id, ("claim",), by, at, key, lambda desk, item: c.Claim(by.person_id, item)
    )


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
    return _on_item(
        item_id, ("release",), by, at, key, lambda desk, item: c.Release(by.person_id, item)
    )


def transfer(item_id: int, *, to: User, reason: str, by: User, at: datetime, key: str) -> Outcome:
    """Hand work to somebody else. Raises `Refused` as the kernel's `Transfer`."""

    def command(desk: Desk, item: int) -> c.Command:
        return c.Transfer(by.person_id, item, to.person_id, _read_reason(desk, reason))

    return _on_item(item_id, ("transfer", to.person_id, reason), by, at, key, command)


def complete(
    item_id: int,
    *,
    outcome: str | None,
    data: Mapping[str, Any],
    checked: Iterable[str] = (),
    signatures: Mapping[str, SignatureInput] | None = None,
    stamped: Iterable[str] = (),
    by: User,
    at: datetime,
    key: str,
) -> Outcome:
    """Finish work with what was entered. Raises `Refused` as the kernel's `Complete`."""
    ticked, stamps = frozenset(checked), frozenset(stamped)
    # Read before anything else looks at them: they may be anything that fits into JSON.
    signed = personal.read_signatures(signatures or {})

    def command(desk: Desk, item: int) -> c.Command:
        return c.Complete(
            by.person_id,
            item,
            outcome or None,
            _seal(desk, item, data),
            ticked,
            personal.seal_signatures(signed, desk.envelope),
            stamps,
        )

    request = ("complete", outcome or None, data, ticked, signed, *sorted(stamps))
    return _on_item(item_id, request, by, at, key, command)


def sign(
    item_id: int, *, shown: str, stamped: bool = False, by: User, at: datetime, key: str
) -> Outcome:
    """Sign what somebody completed. Raises `Refused` as the kernel's `Sign`."""

    def command(desk: Desk, item: int) -> c.Command:
        return c.Sign(by.person_id, item, shown, stamped)

    return _on_item(item_id, ("sign", shown, stamped), by, at, key, command)


def refuse_to_sign(item_id: int, *, reason: str, by: User, at: datetime, key: str) -> Outcome:
    """Give what somebody completed back to them. Raises `Refused` as the kernel's
    `RefuseToSign`."""

    def command(desk: Desk, item: int) -> c.Command:
        return c.RefuseToSign(by.person_id, item, _read_reason(desk, reason))

    return _on_item(item_id, ("refuse-to-sign", reason), by, at, key, command)


def return_to(
    item_id: int,
    *,
    to: str,
    reason: str,
    by: User,
    at: datetime,
    key: str,
    of: Sequence[int] = (),
) -> Outcome:
    """Send work back to a finished step. Raises `Refused` as the kernel's `Return`.

    Args:
        of: the element that is meant, as in the kernel's `Return`.
    """

    def command(desk: Desk, item: int) -> c.Command:
        return c.Return(by.person_id, item, to, _read_reason(desk, reason), tuple(of))

    return _on_item(item_id, ("return", to, reason, *of), by, at, key, command)


def withdraw(item_id: int, *, reason: str = "", by: User, at: datetime, key: str) -> Outcome:
    """Take back what one has completed. Raises `Refused` as the kernel's `Withdraw`."""

    def command(desk: Desk, item: int) -> c.Command:
        return c.Withdraw(by.person_id, item, _read_reason(desk, reason))

    return _on_item(item_id, ("withdraw", reason), by, at, key, command)


def delegate(item_id: int, *, to: User, reason: str, by: User, at: datetime, key: str) -> Outcome:
    """Let somebody else do the work for one. Raises `Refused` as the kernel's `Delegate`."""

    def command(desk: Desk, item: int) -> c.Command:
        return c.Delegate(by.person_id, item, to.person_id, _read_reason(desk, reason))

    return _on_item(item_id, ("delegate", to.person_id, reason), by, at, key, command)


def get_back(item_id: int, *, by: User, at: datetime, key: str) -> Outcome:
    """Take delegated work back. Raises `Refused` as the kernel's `GetBack`."""
    return _on_item(
        item_id, ("get-back",), by, at, key, lambda desk, item: c.GetBack(by.person_id, item)
    )


def jump(item_id: int, *, to: str, reason: str, by: User, at: datetime, key: str) -> Outcome:
    """Let a case go on at another step. Raises `Refused` as the kernel's `Jump`."""

    def command(desk: Desk, item: int) -> c.Command:
        return c.Jump(by.person_id, item, to, _read_reason(desk, reason))

    return _on_item(item_id, ("jump", to, reason), by, at, key, command)


def cancel_case(case_id: int, *, reason: str, by: User, at: datetime, key: str) -> Outcome:
    """End a case before its time. Raises `Refused` as the kernel's `Cancel`."""

    def command(desk: Desk) -> c.Command:
        return c.Cancel(by.person_id, _read_reason(desk, reason))

    return _on_case(case_id, ("cancel", reason), by, at, key, command)


def correct_field(
    case_id: int,
    field: str,
    value: Any,
    *,
    reason: str,
    by: User,
    at: datetime,
    key: str,
    activation: int = 0,
) -> Outcome:
    """Give a field another value afterwards. Raises `Refused` as the kernel's `Correct`.

    Args:
        value: as typed, a list as its rows.
        activation: which copy of the field is meant, as in the kernel's `Correct`.
    """

    def command(desk: Desk) -> c.Command:
        spot = spot_of(desk.definition, desk.state, desk.surroundings, field, activation)
        sealed = personal.seal_data(spot, {field: value}, desk.envelope)[field] if spot else None
        return c.Correct(by.person_id, field, sealed, _read_reason(desk, reason), activation)

    return _on_case(case_id, ("correct", field, activation, value, reason), by, at, key, command)


def add_work(
    case_id: int,
    node: str,
    activation: int | None = None,
    *,
    reason: str = "",
    by: User,
    at: datetime,
    key: str,
) -> Outcome:
    """Ask for what a plan leaves to people. Raises `Refused` as the kernel's `Add`.

    Args:
        activation: of its plan; may be left out where there is but one.
    """

    def command(desk: Desk) -> c.Command:
        return c.Add(by.person_id, node, activation, _read_reason(desk, reason))

    return _on_case(case_id, ("add", node, activation, reason), by, at, key, command)


def migrate_case(
    case_id: int,
    *,
    to: str,
    reason: str = "",
    renames: Mapping[str, str] | None = None,
    by: User,
    at: datetime,
    key: str,
) -> Outcome:
    """Let a case go on by another published version of its process.

    Args:
        renames: as in the kernel's `Migrate`.

    Raises:
        Refused: `not-to-migrate`, `unknown-case`, `invalid`, and as the kernel's `Migrate`.
    """

    def act() -> Outcome:
        if not policy.may_migrate(by):
            raise RuntimeRefused("not-to-migrate")
        desk = open_case(case_id, at)
        why = _read_reason(desk, reason)
        return migrating.migrate(desk, migrating.Wish(to, why, renames, by.person_id))

    return once(by, key, ("migrate", case_id, to, reason, renames), at, act)


def urge(item_id: int, *, message: str = "", by: User, at: datetime, key: str) -> Outcome:
    """Ask for work to be seen to. Raises `Refused` as the kernel's `Urge`."""

    def command(desk: Desk, item: int) -> c.Command:
        return c.Urge(by.person_id, item, _read_reason(desk, message))

    return _on_item(item_id, ("urge", message), by, at, key, command)


def copy_to(
    case_id: int, *, to: User, message: str = "", by: User, at: datetime, key: str
) -> Outcome:
    """Give somebody a case to read. Raises `Refused` as the kernel's `CopyTo`."""

    def command(desk: Desk) -> c.Command:
        return c.CopyTo(by.person_id, to.person_id, _read_reason(desk, message))

    return _on_case(case_id, ("copy", to.person_id, message), by, at, key, command)


def open_item(item_id: int, *, by: User, at: datetime, key: str) -> Outcome:
    """Record that somebody looks at work that they may do. Raises `Refused` as the kernel's
    `Open`."""
    return _on_item(item_id, ("open",), by, at, key, lambda desk, item: c.Open(by.person_id, item))


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
                carry_out(desk, c.Open(by.person_id, item.id))


def react(
    case_id: int,
    node: str,
    *,
    activation: int | None = None,
    data: Mapping[str, Any],
    by: User,
    at: datetime,
    key: str,
) -> Outcome:
    """Press the button of a reaction. Raises `Refused` as the kernel's `React`.

    Args:
        activation: where its host is active; may be left out where there is but one.
    """

    def command(desk: Desk) -> c.Command:
        sealed = _seal_reaction(desk, node, activation, data)
        return c.React(by.person_id, node, activation, sealed)

    return _on_case(case_id, ("react", node, activation, data), by, at, key, command)


def suspend_case(case_id: int, *, reason: str, by: User, at: datetime, key: str) -> Outcome:
    """Put a case aside: its lengths stand still. Raises `Refused` as the kernel's `Suspend`."""

    def command(desk: Desk) -> c.Command:
        return c.Suspend(by.person_id, _read_reason(desk, reason))

    return _on_case(case_id, ("suspend", reason), by, at, key, command)


def resume_case(case_id: int, *, by: User, at: datetime, key: str) -> Outcome:
    """Go on with a suspended case. Raises `Refused` as the kernel's `Resume`."""
    return _on_case(case_id, ("resume",), by, at, key, lambda desk: c.Resume(by.person_id))


def extend_clock(
    case_id: int, clock: int, *, length: str, reason: str, by: User, at: datetime, key: str
) -> Outcome:
    """Give a limit a further length of time, such as `2 working hours` or `3 工作日`.

    Raises `Refused` as the kernel's `Extend`.
    """

    def command(desk: Desk) -> c.Command:
        return c.Extend(by.person_id, clock, length, _read_reason(desk, reason))

    return _on_case(case_id, ("extend", clock, length, reason), by, at, key, command)


def recheck(case_id: int, at: datetime) -> bool:
    """Look at the gates and clocks of a case again; whether anything changed.

    Waits for another transaction that holds the case: it may have read what has changed before.

    Raises:
        Refused: `unknown-case`.
    """
    with transaction.atomic():
        desk = open_case(case_id, at)
        before = desk.case.row.seq
        return carry_out(desk, c.Recheck()).seq > before


@refused_when_busy()
@transaction.atomic
def save_draft(item_id: int, *, data: Mapping[str, Any], by: User, at: datetime) -> None:
    """Keep what somebody has typed so far, until the work is done.

    Raises:
        Refused: `unknown-item`, `not-held`, `draft-too-large`, `draft-unreadable`, `busy`.
    """
    desk = _desk_of_new_draft(item_id, by, at)  # commands too lock the case before its items
    item = WorkItem.objects.select_for_update().filter(pk=item_id, status=WorkItem.OPEN).first()
    if item is None:
        raise Refused("unknown-item")
    if not policy.may_draft(by, item, directory.snapshot()):
        raise Refused("not-held")
    text = _draft_text(data)
    if len(text) > LONGEST_DRAFT:
        raise RuntimeRefused("draft-too-large", {"limit": LONGEST_DRAFT})
    if desk is not None:
        carry_out(desk, c.Open(by.person_id, item.number))
    Draft.objects.update_or_create(item=item, user=by, defaults={"data": text, "at": at})


def _desk_of_new_draft(item_id: int, by: User, at: datetime) -> Desk | None:
    """The case in which somebody begins to draft, which is a fact to record; later it is none."""
    case_id = WorkItem.objects.filter(pk=item_id).values_list("case_id", flat=True).first()
    if case_id is None or Draft.objects.filter(item=item_id, user=by).exists():
        return None
    return open_case(case_id, at)


def _draft_text(data: Mapping[str, Any]) -> str:
    try:
        text = canonical.to_text(data)
        text.encode()
    except ValueError:
        # A half character, or a name that no field has: no database could keep it, or give it back.
        raise RuntimeRefused("draft-unreadable") from None
    return text


@refused_when_busy()
def mark_notices_read(
    by: User, at: datetime, ids: Iterable[int] | None = None, *, case_id: int | None = None
) -> int:
    """Mark the user's notices as read, all, these, or those of a case; how many were unread.

    Raises:
        Refused: `busy`.
    """
    rows = Notice.objects.filter(user=by, read_at=None)
    if ids is not None:
        rows = rows.filter(pk__in=list(ids))
    if case_id is not None:
        rows = rows.filter(case=case_id)
    return rows.update(read_at=at)


def erase_personal_values(
    case_id: int, *, by: User, reason: str, at: datetime, key: str, field: str | None = None
) -> Outcome:
    """Erase the personal values of a case, or those of one field, for good.

    The journal tells that they were erased, by whom and why, and stays whole and verifiable.
    Signatures are fields named `signature:<role>`. Where nothing is left to erase, nothing happens.

    Args:
        reason: stays in the journal, so it must not repeat what is erased.

    Raises:
        Refused: `not-staff`, `unknown-case`, `invalid`, and as the kernel's `Erase`.
    """

    def act() -> Outcome:
        if not policy.may_erase(by):
            raise RuntimeRefused("not-staff")
        desk = open_case(case_id, at)
        refs = personal.refs_held(case_id, field)
        for ref in refs:
            desk.envelope.opened.pop(ref, None)  # what follows is decided without them
        outcome = carry_out(desk, c.Erase(by.person_id, refs, _read_reason(desk, reason)))
        personal.erase(case_id, refs, at)
        return outcome

    return once(by, key, ("erase", case_id, field, reason), at, act)


def _on_item(
    item_id: int,
    request: tuple[Any, ...],
    by: User,
    at: datetime,
    key: str,
    command: Callable[[Desk, int], c.Command],
) -> Outcome:
    def act() -> Outcome:
        found = WorkItem.objects.filter(pk=item_id).values_list("case_id", "number").first()
        if found is None:
            raise Refused("unknown-item")
        case_id, item = found
        desk = open_case(case_id, at)
        return carry_out(desk, command(desk, item))

    return once(by, key, (item_id, *request), at, act)


def _on_case(
    case_id: int,
    request: tuple[Any, ...],
    by: User,
    at: datetime,
    key: str,
    command: Callable[[Desk], c.Command],
) -> Outcome:
    def act() -> Outcome:
        desk = open_case(case_id, at)
        return carry_out(desk, command(desk))

    return once(by, key, (case_id, *request), at, act)


def _seal(desk: Desk, item: int, data: Mapping[str, Any]) -> Mapping[str, Any]:
    open_item = desk.state.items.get(item)
    if open_item is None:
        # The decision will refuse; nothing of the data is kept.
        return {}
    place = step_place(desk.definition, desk.state, open_item, desk.surroundings)
    return personal.seal_data(place, data, desk.envelope)


def _seal_reaction(
    desk: Desk, node: str, activation: int | None, data: Mapping[str, Any]
) -> Mapping[str, Any]:
    try:
        where = place_of(desk.definition, desk.state, node, activation)
    except Refused:
        # The decision will refuse too, unless something has come due meanwhile; a personal value
        # in clear it refuses in any case.
        return data
    place = reaction_place(desk.definition, desk.state, where, desk.surroundings)
    return personal.seal_data(place, data, desk.envelope)


def _read_reason(desk: Desk, reason: str) -> str:
    text, problem = parse(_REASON, reason, desk.surroundings.zone)
    if problem is not None:
        raise refuse_invalid([problem])
    return text or ""


def _starting_unit(definition: Definition, request: str, by: User, wanted: str | None) -> Unit:
    start = definition.starts.get(request)
    if start is None:
        raise Refused("unknown-request", {"request": request})
    if wanted is None:
        people = directory.snapshot()
        possible = policy.starting_units(definition, start, by, people)
        if len(possible) > 1:
            units = Unit.objects.filter(key__in=possible).order_by("path")
            raise RuntimeRefused("unit-needed", {"units": tuple(each.name for each in units)})
        # Where nothing is possible any unit will do: the decision refuses in its own words.
        wanted = possible[0] if possible else next(iter(people.parents), None)
    unit = Unit.objects.filter(key=wanted).first()
    if unit is None:
        raise RuntimeRefused("unknown-unit", {"unit": wanted or ""})
    return unit
