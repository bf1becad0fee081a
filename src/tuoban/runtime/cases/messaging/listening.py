"""Which running cases listen to which messages: rows that follow from the state of each."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from tuoban.kernel import events as e
from tuoban.kernel.definition import Definition
from tuoban.kernel.engine import Decision
from tuoban.kernel.engine.messaging import listened
from tuoban.kernel.events import Event
from tuoban.runtime.cases.models import Case, Listener, Message

_TELLING = (
    e.FieldsSet
    | e.FieldCorrected
    | e.ItemCompleted
    | e.CompletionVoided
    | e.DecisionMade
    | e.WaitBegan
    | e.WaitEnded
    | e.ReactionBegun
    | e.RegionEntered
    | e.CaseMigrated
)
"""Events after which a message that is kept may concern a case."""


def follow(case: Case, definition: Definition, decision: Decision, at: datetime) -> None:
    """Bring the rows of a case up to the decision's state."""
    moved = any(isinstance(each, e.CaseMigrated) for each in decision.events)
    if not definition.messages and not moved:
        return
    names = listened(definition, decision.state)
    rows = Listener.objects.filter(case=case)
    known = set(rows.values_list("name", flat=True))
    if known - names:
        rows.filter(name__in=known - names).delete()
    # What listens anew always looks: a message that came meanwhile may not have seen it.
    fresh = [Listener(case=case, name=name, look_at=at) for name in sorted(names - known)]
    Listener.objects.bulk_create(fresh)
    if (still := names & known) and _may_concern(decision.events, still, at):
        rows.filter(name__in=still).update(look_at=at, attempts=0)


def _may_concern(events: Iterable[Event], names: Iterable[str], at: datetime) -> bool:
    if not any(isinstance(each, _TELLING) for each in events):
        return False
    return Message.objects.filter(name__in=names, system="", kept_until__gt=at).exists()
