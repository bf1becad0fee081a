"""Carrying out one command in one transaction: the machinery behind `service/`.

Lock the case, decide, fold, write the case with its journal entry, bring the rows up to the state,
write the notices. All of it is there afterwards, or, after a refusal, none.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime, tzinfo
from typing import Any

from django.db import transaction

from tuoban.kernel.commands import Command
from tuoban.kernel.definition import Definition
from tuoban.kernel.engine import advance
from tuoban.kernel.events import Event, FactsWritten
from tuoban.kernel.refusals import Refused
from tuoban.kernel.state import State
from tuoban.kernel.surroundings import Surroundings
from tuoban.runtime.cases import (
    access,
    activities,
    idempotency,
    linking,
    notices,
    outside,
    settings,
    standing,
    store,
    workload,
)
from tuoban.runtime.cases.busy import refused_when_busy
from tuoban.runtime.cases.filing import rows as filing
from tuoban.runtime.cases.messaging import sending
from tuoban.runtime.cases.outbox import keeping
from tuoban.runtime.cases.personal import Envelope, open_values
from tuoban.runtime.cases.refusals import RuntimeRefused
from tuoban.runtime.cases.wording import moment
from tuoban.runtime.people import directory, hours
from tuoban.runtime.people.ids import Actor
from tuoban.runtime.people.models import User


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a verb answers. `seq` is the case's newest journal entry; `replayed` says that the same
    request had been carried out before and nothing happened now."""

    case_id: int
    number: str
    seq: int
    replayed: bool = False


@dataclass(slots=True)
class Desk:
    """A case on the table, with all that a command on it may use."""

    case: store.Loaded
    envelope: Envelope
    surroundings: Surroundings
    hops: int = 0
    """How many messages led one to the other up to what is done now; 0: none came."""

    @property
    def definition(self) -> Definition:
        return self.case.definition

    @property
    def state(self) -> State:
        return self.case.state


def once(by: Actor, key: str, request: Any, at: datetime, act: Callable[[], Outcome]) -> Outcome:
    """Do `act` in a transaction of its own, unless this request was carried out before.

    Raises:
        Refused: as `act`; also `key-reused`, `key-malformed`, and `busy` where the database is.
    """
    with refused_when_busy(), access.asked_by(by), transaction.atomic():
        answer = idempotency.begin(by.person_id, key, request, at)
        if answer is not None:
            return Outcome(**answer, replayed=True)
        outcome = act()
        told = {"case_id": outcome.case_id, "number": outcome.number, "seq": outcome.seq}
        idempotency.finish(by.person_id, key, told)
    return outcome


def open_case(case_id: int, at: datetime) -> Desk:
    """Lock a case and put it on the table.

    Raises:
        RuntimeRefused: `unknown-case`.
    """
    case = store.lock(case_id)
    if case is None:
        raise RuntimeRefused("unknown-case")
    return lay_out(case, at)


def lay_out(case: store.Loaded, at: datetime) -> Desk:
    """Put a case, locked or new, on the table."""
    case_id = case.row.pk
    known = open_values([case_id]) if case.state.sealed else {}
    known |= outside.of_case(case.definition, case.state, case_id)
    envelope = Envelope(known, case_id=case_id)
    surroundings = Surroundings(
        at=at,
        zone=case.zone,
        directory=directory.at(at, case.zone, case.marks),
        settings=settings.given(case.definition.slug) if case_id is None else {},
        opened=envelope.opened,
        hours=hours.snapshot(case.marks),
        workload=workload.gather(case.definition, case_id),
    )
    return Desk(case, envelope, surroundings)


def carry_out(desk: Desk, command: Command) -> Outcome:
    """Decide the command and write what follows from it. The caller is in a transaction.

    A command that changes nothing leaves no entry in the journal. What the system does by itself
    after it has entries of its own.

    Raises:
        Refused: the kernel does not allow it; people stand in its facts by name.
    """
    acted = _carry_out_one(desk, command)
    for _ in range(activities.MOST_BY_ITSELF):
        following = activities.next_by_itself(desk.case, acted=acted)
        if following is None:
            break
        acted = _carry_out_one(desk, following)
    row = desk.case.row
    return Outcome(row.pk, row.number, row.seq)


def _carry_out_one(desk: Desk, command: Command) -> bool:
    """Carry out one command; whether services have done anything for it."""
    case, before = desk.case, desk.state
    surroundings = activities.prepare(case, command, desk.surroundings)
    try:
        decision = advance(desk.definition, desk.state, command, surroundings)
    except Refused as refused:
        name_facts(refused, surroundings.zone)
        raise
    if decision.events:
        store.follow(case, decision.events)
        store.save(case, command, decision, surroundings.at)
        desk.envelope.keep(case.row, decision.events)
        filing.keep(
            case.row,
            decision.events,
            desk.envelope.opened,
            command.by,
            surroundings.at,
            in_place_of=_in_place_of(before, command),
        )
        _write_facts(desk, decision.events)
        linking.keep(case.row, decision.events, surroundings.at, command.by)
        sending.keep(
            case.row,
            decision.events,
            desk.envelope.opened,
            surroundings.at,
            desk.hops,
            by_itself=command.by is None,
        )
        notices.tell(case.row, desk.definition, decision, surroundings, by=command.by)
        keeping.keep(
            case.row,
            desk.definition,
            decision.state,
            decision.events,
            surroundings,
            by=command.by,
        )
        did = activities.follow(before, decision, activities.on(case, surroundings, command.by))
        standing.tell(case, before, decision.events, surroundings.at)
        return did
    return False


def _in_place_of(state: State, command: Command) -> str | None:
    """Who is away whose work the command is about, if it is about any."""
    item = state.items.get(getattr(command, "item", 0))
    return item.for_whom if item is not None else None


def _write_facts(desk: Desk, events: Iterable[Event]) -> None:
    """Write to the files of customers and assets what the process set there; what follows in the
    same transaction sees it."""
    opened = desk.envelope.opened
    for event in events:
        if isinstance(event, FactsWritten):
            outside.files().write(event.ref, event.facts, desk.case.row.pk, desk.surroundings.at)
            opened[event.ref] = {**opened.get(event.ref, {}), **event.facts}


def name_facts(refused: Refused, zone: tzinfo) -> None:
    """Put names for the ids of people in the facts of a refusal, and local times for instants."""
    for name, fact in refused.facts.items():
        if name in ("by", "person"):
            user = User.objects.filter(pk=int(str(fact))).first() if str(fact).isdecimal() else None
            refused.facts[name] = str(user or fact)
        elif isinstance(fact, datetime):
            refused.facts[name] = moment(fact, zone)
