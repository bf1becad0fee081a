"""What people decide about a text that did not go out: to send it again, or to drop it."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from tuoban.kernel.engine.pausing import is_in_charge
from tuoban.runtime.cases import definitions, policy, states
from tuoban.runtime.cases.busy import refused_when_busy
from tuoban.runtime.cases.models import MOST_ATTEMPTS, Case, Outgoing, OutgoingAttempt
from tuoban.runtime.cases.outbox.writing import forget
from tuoban.runtime.cases.refusals import RuntimeRefused
from tuoban.runtime.people import directory
from tuoban.runtime.people.models import User

STUCK = (Outgoing.FAILED, Outgoing.NO_GATEWAY, Outgoing.NO_ADDRESS)
AGAIN = (*STUCK, Outgoing.DROPPED)
"""In which states a text may be sent again."""
DROP = (*STUCK, Outgoing.WAITING)
"""In which it may be dropped."""


def can_go_again(row: Outgoing) -> bool:
    """Whether it may be sent again; of a letter whose address is forgotten nothing is left."""
    return row.state in AGAIN and (row.written is None or bool(row.written.address))


def may_decide(user: User, case: Case | None) -> bool:
    """Whether the user decides what goes out of a case: administrators, and who answers for it.
    What has to do with no case, administrators decide alone."""
    if policy.is_administrator(user) or case is None:
        return policy.is_administrator(user)
    definition = definitions.compiled(case.definition)
    state = states.read(case, definition)
    return user.is_active and is_in_charge(definition, state, directory.snapshot(), user.person_id)


@refused_when_busy()
@transaction.atomic
def send_again(outgoing_id: int, *, by: User, at: datetime) -> None:
    """Let a text go out after all, under the key that it had; it has its attempts anew.

    Raises:
        Refused: `unknown-outgoing`, `not-to-decide`, `outgoing-moved`, `busy`.
    """
    row = _open(outgoing_id, by)
    if not can_go_again(row):
        raise RuntimeRefused("outgoing-moved")
    row.state, row.next_try_at, row.error = Outgoing.WAITING, at, ""
    row.last_attempt = row.attempts + MOST_ATTEMPTS
    row.save(update_fields=["state", "next_try_at", "error", "last_attempt"])
    OutgoingAttempt.objects.create(outgoing=row, at=at, by=by, result=OutgoingAttempt.AGAIN)


@refused_when_busy()
@transaction.atomic
def drop(outgoing_id: int, *, by: User, at: datetime) -> None:
    """Let a text not go out. One that is being carried at this moment may go out all the same; the
    outbox then says so. A letter that belongs to no step is dropped for good.

    Raises:
        Refused: as `send_again`.
    """
    row = _open(outgoing_id, by)
    if row.state not in DROP:
        raise RuntimeRefused("outgoing-moved")
    row.state, row.next_try_at = Outgoing.DROPPED, None
    row.save(update_fields=["state", "next_try_at"])
    OutgoingAttempt.objects.create(outgoing=row, at=at, by=by, result=OutgoingAttempt.DROPPED)
    forget(row.written_id)


def _open(outgoing_id: int, by: User) -> Outgoing:
    rows = Outgoing.objects.select_for_update(of=("self",))
    row = rows.select_related("case__definition", "written").filter(pk=outgoing_id).first()
    if row is None or not _sees(by, row.case_id):
        raise RuntimeRefused("unknown-outgoing")
    if not may_decide(by, row.case):
        raise RuntimeRefused("not-to-decide")
    return row


def _sees(user: User, case_id: int | None) -> bool:
    if case_id is None:
        return policy.is_administrator(user)
    return Case.objects.filter(policy.visible_cases(user), pk=case_id).exists()
