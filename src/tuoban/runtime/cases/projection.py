"""Rows of work items, pools and timers, kept equal to what the state says.

Events tell which items and timers were touched (`TOUCHES`); their rows are then made from the
state, by the same functions with which `audit.py` compares them.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime
from typing import Any

from tuoban.kernel import events as e
from tuoban.kernel.clocks import Within
from tuoban.kernel.definition import Definition
from tuoban.kernel.due import clocks_over, governing
from tuoban.kernel.engine import Decision
from tuoban.kernel.engine.evolve.items import offered
from tuoban.kernel.events import Event
from tuoban.kernel.limits import OPENS
from tuoban.kernel.state import NEW, Item, State
from tuoban.kernel.state import Timer as StateTimer
from tuoban.runtime.cases import canonical, outside
from tuoban.runtime.cases.elements import labels_of_new
from tuoban.runtime.cases.messaging import listening
from tuoban.runtime.cases.models import (
    NEVER,
    Case,
    CaseCopy,
    Timer,
    WorkItem,
)
from tuoban.runtime.cases.store import tables, work
from tuoban.runtime.driver import Statement
from tuoban.runtime.people.ids import user_id

TOUCHES: Mapping[type[Any], tuple[str, ...]] = {
    e.CaseStarted: (),
    e.FieldsSet: (),
    e.RegionEntered: (),
    e.RegionLeft: (),
    e.BranchChosen: (),
    e.ElementsListed: (),
    e.WorkAdded: (),
    e.TurnHeld: (),
    e.TurnFreed: (),
    e.ReentryHeld: (),
    e.ReentryOver: (),
    e.DecisionMade: (),
    e.AssignmentMade: (),
    e.FactsLearned: (),
    e.FactsWritten: (),
    e.WaitBegan: (),
    e.WaitEnded: (),
    e.WaitWithdrawn: (),
    e.WaitsOutside: (),
    e.MessageSent: (),
    e.MessageReceived: (),
    e.PassedOver: (),
    e.ItemOffered: ("item",),
    e.ItemReoffered: ("item",),
    e.ItemLocked: ("item",),
    e.ItemUnlocked: ("item",),
    e.ItemClaimed: ("item",),
    e.ItemReleased: ("item",),
    e.ItemOpened: (),
    e.ItemTransferred: ("item",),
    e.ItemDelegated: ("item",),
    e.ItemPrepared: ("item",),
    e.ItemGotBack: ("item",),
    e.ItemStoodIn: ("item",),
    e.ItemCompleted: ("item",),
    e.ActivityDone: (),
    e.ActivityUndone: (),
    e.ActivityFailed: (),
    e.FactsChanged: (),
    e.SigningBegun: ("item",),
    e.ItemSigned: ("item",),
    e.SigningStopped: ("item", "part"),
    e.SignerAdded: (),
    e.OpinionGiven: ("item",),
    e.SignerDropped: (),
    e.WindingBegan: (),
    e.WindingOver: (),
    e.UndoBegan: (),
    e.LastStepsBegan: (),
    e.JointlyDecided: (),
    e.ItemWithdrawn: ("item",),
    e.WorkReturned: (),
    e.CameStraightBack: ("item",),
    e.WorkTakenBack: (),
    e.WorkUrged: (),
    e.CaseCopied: (),
    e.FileAttached: (),
    e.FileWithdrawn: (),
    e.Commented: (),
    e.CommentEdited: (),
    e.WorkJumped: (),
    e.CaseCancelled: (),
    e.CaseMigrated: ("clocks",),
    e.FieldCorrected: (),
    e.PaperReceived: (),
    e.PaperHandedOn: (),
    e.PaperStruck: (),
    e.DocumentPrinted: (),
    e.CompletionVoided: (),
    e.BlockDone: (),
    e.BlockWaits: (),
    e.HostLeft: (),
    e.MovedOn: (),
    e.BlockLapsed: (),
    e.CompletionLapsed: (),
    e.DoneAgain: (),
    e.AgainOver: (),
    e.ReactionBegun: (),
    e.ConditionFell: (),
    e.CallEnded: (),
    e.CaseCalled: (),
    e.CallAnswered: (),
    e.LoopLeft: (),
    e.LoopReset: (),
    e.DoneVoided: (),
    e.ClockOpened: ("clocks",),
    e.ClockChanged: ("clocks",),
    e.TimerSet: ("timer",),
    e.TimerCancelled: ("timer",),
    e.LimitPassed: ("timer",),
    e.Told: ("item",),
    e.CaseSuspended: (),
    e.CaseResumed: (),
    e.CaseEnded: (),
    e.ValuesErased: (),
}
"""Which rows an event touches: by the event's attribute that names the item or the timer; `clocks`
those of all open items, for which any clock may be the one that runs out first."""


def project(
    case: Case, definition: Definition, before: State, decision: Decision, at: datetime
) -> list[Statement]:
    """What brings the rows of the case, which stood as `before`, up to the decision's state: those
    of its work and its timers. The row of the case itself is written by then."""
    items = _touched(decision.events, "item") - {None}
    if any("clocks" in TOUCHES[type(event)] for event in decision.events):
        items |= set(decision.state.items)
    reranking = _reranking(definition)
    if any(isinstance(event, reranking) for event in decision.events):
        items |= _misranked(case)
    found: list[Statement] = []
    if items:
        elements = labels_of_new(definition, before, decision.events)
        found += _project_items(case, definition, elements, before, decision, items, at)
    timers = _touched(decision.events, "timer")
    if timers:
        found += _project_timers(case, decision.state, timers)
    return found


def follow(
    case: Case, definition: Definition, before: State, decision: Decision, at: datetime
) -> None:
    """Bring up the rows of what few cases have: copies, listening to messages, names on file."""
    copied = [event for event in decision.events if isinstance(event, e.CaseCopied)]
    if copied:
        rows = [CaseCopy(case=case, user_id=int(each.to)) for each in copied]
        CaseCopy.objects.bulk_create(rows)
    listening.follow(case, definition, decision, at)
    is_migrated = any(isinstance(event, e.CaseMigrated) for event in decision.events)
    outside.project(case.pk, definition, before, decision.state, is_migrated=is_migrated)


def item_columns(definition: Definition, state: State, item: Item, rank: int) -> dict[str, Any]:
    """What the row of an open item holds. It is due by the clock over it that runs out first."""
    clock = governing(definition, state, item)
    return {
        "node": item.node,
        "offered_to": canonical.to_text(item.pools),
        "person_id": int(item.person) if item.person is not None else None,
        "assigned": item.assigned,
        "locked": item.locked is not None,
        "lock_reasons": ",".join(str(place) for place in item.locked or ()),
        "due_at": clock.due if clock is not None else None,
        "due_sort": (clock.due if clock is not None else None) or NEVER,
        "clock_from": clock.begins if clock is not None else None,
        "opens_at": _opens_at(state, item),
        "stands_still": clock is None and _stands_still(definition, state, item),
        "offered_at": item.offered_at,
        "status": WorkItem.OPEN,
        "escalated": item.escalated,
        "signing": _signing(item),
        "priority_rank": rank,
        "closed_at": None,
    }


def passing_columns(definition: Definition, event: e.ItemOffered, rank: int) -> dict[str, Any]:
    """What the row of an item would hold that is gone again by the end of the command which offered
    it: nothing that is read from where it stood, since that may be gone, too."""
    return item_columns(definition, NEW, offered(event), rank)


def _signing(item: Item) -> str:
    if item.part is not None:
        return WorkItem.SPEAK if item.part.added == "before" else WorkItem.ASKED
    return WorkItem.OUT if item.signing is not None else ""


def _opens_at(state: State, item: Item) -> datetime | None:
    opening = (each for each in state.clocks.values() if each.limit == OPENS)
    return next((each.due for each in opening if each.item == item.id), None)


def _stands_still(definition: Definition, state: State, item: Item) -> bool:
    over = clocks_over(definition, state, item)
    return any(each.ledger.is_paused and isinstance(each.ledger.limit, Within) for each in over)


def open_pools(item: Item) -> tuple[tuple[str, str], ...]:
    """The pools in which an open item lies now: none while somebody holds it."""
    return item.pools if item.person is None else ()


def timer_columns(timer: StateTimer) -> dict[str, Any]:
    return {"timer": timer.id, "clock": timer.clock, "due_at": timer.at}


def _touched(events: Iterable[Event], name: str) -> set[Any]:
    found = [(event, of) for event in events for of in TOUCHES[type(event)]]
    return {getattr(event, of) for event, of in found if of == name or (of, name) == _A_PART}


_A_PART = ("part", "item")
"""An attribute that names an item too."""


def _reranking(definition: Definition) -> tuple[type[Any], ...]:
    """The events that may change the priority of a case."""
    of_fields = (e.FieldsSet, e.FieldCorrected, e.CompletionVoided)
    return (e.CaseMigrated, *(of_fields if definition.case.priority is not None else ()))


def _misranked(case: Case) -> set[int]:
    """Open items that stand under another priority than the case has now."""
    rows = WorkItem.objects.filter(case=case, status=WorkItem.OPEN)
    stale = rows.exclude(priority_rank=case.priority_rank)
    return set(stale.values_list("number", flat=True))


def _project_items(
    case: Case,
    definition: Definition,
    elements: Mapping[int, str],
    before: State,
    decision: Decision,
    numbers: set[int],
    at: datetime,
) -> Iterator[Statement]:
    """Args: elements: by new item, of which element it is, which stays as it is."""
    state, rank, case_id = decision.state, case.priority_rank, case.pk
    begun = {each.item: each for each in decision.events if isinstance(each, e.ItemOffered)}
    closed = closing(decision.events, at)
    handed = e.ItemPrepared | e.SigningBegun
    prepared = {each.item for each in decision.events if isinstance(each, handed)}
    for number in sorted(numbers | begun.keys()):
        item = state.items.get(number)
        if item is not None:
            columns = item_columns(definition, state, item, rank)
        elif number in begun:
            columns = passing_columns(definition, begun[number], rank) | closed[number]
        else:
            columns = closed[number]
        key = {"case_id": case_id, "number": number}
        if number in begun:
            yield tables.insert(WorkItem, {**columns, **key, "element": elements[number]})
        else:
            yield tables.update(WorkItem, columns, key)
        yield from _repool(case_id, number, before.items.get(number), item)
        if number not in begun and number in closed.keys() | prepared:
            yield work.forget_drafts(case_id, number)


def _repool(
    case_id: int, number: int, before: Item | None, now: Item | None
) -> Iterator[Statement]:
    lay, lies = (open_pools(each) if each is not None else () for each in (before, now))
    if lay != lies:
        if lay:
            yield work.leave_pools(case_id, number)
        yield from work.fill_pools(case_id, number, lies)


_DONE = (e.ItemCompleted, e.ItemSigned, e.OpinionGiven)


def closing(events: Iterable[Event], at: datetime) -> dict[int, dict[str, Any]]:
    """What changes in the rows of items that are open no longer."""
    ended = {
        "due_at": None,
        "due_sort": NEVER,
        "stands_still": False,
        "opens_at": None,
        "locked": False,
        "lock_reasons": "",
        "closed_at": at,
    }
    columns: dict[int, dict[str, Any]] = {}
    for event in events:
        if isinstance(event, _DONE):
            done = {"status": WorkItem.DONE, "person_id": user_id(event.by)}
            signing = {"signing": ""} if isinstance(event, e.ItemCompleted) else {}
            columns[event.item] = ended | done | signing
        elif isinstance(event, e.SigningStopped):
            if event.part is not None:
                columns[event.part] = ended | {"status": WorkItem.WITHDRAWN}
        elif isinstance(event, e.ItemWithdrawn):
            columns[event.item] = ended | {"status": WorkItem.WITHDRAWN}
    return columns


def _project_timers(case: Case, state: State, ids: set[str]) -> Iterator[Statement]:
    for each in sorted(ids):
        yield tables.delete(Timer, {"case_id": case.pk, "timer": each})
        if each in state.timers:
            timer = state.timers[each]
            kept = {**timer_columns(timer), "case_id": case.pk, "next_try_at": timer.at}
            yield tables.insert(Timer, kept)
