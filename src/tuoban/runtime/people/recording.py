"""What is kept of a change of people: the record of it, and what it may touch in open work."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from types import MappingProxyType

from tuoban.runtime.people.models import PeopleChange, Ripple, Unit, User


@dataclass(frozen=True, slots=True)
class Act:
    """Who changes people, and when. `by` is a person's id; empty: a command on the machine."""

    at: datetime
    by: str = ""


def note(
    act: Act | None,
    what: str,
    facts: Mapping[str, str] = MappingProxyType({}),
    *,
    user: User | None = None,
    unit: Unit | None = None,
) -> None:
    """Add to the record. Of what is set up without anybody (`act` None), as for a rehearsal,
    nothing is kept."""
    if act is None:
        return
    kept = json.dumps(dict(facts), ensure_ascii=False, sort_keys=True)
    PeopleChange.objects.create(at=act.at, by=act.by, what=what, user=user, unit=unit, facts=kept)


def spread(
    *,
    user: User | None = None,
    roles: Iterable[str] = (),
    unit: Unit | None = None,
    moments: Iterable[datetime | None] = (None,),
) -> None:
    """Let the worker look through the open work that has to do with these: once for each, at once
    or when a moment has come."""
    Ripple.objects.bulk_create(
        ripple
        for moment in moments
        for ripple in (
            *([Ripple(due_at=moment, user=user)] if user is not None else ()),
            *(Ripple(due_at=moment, role=role) for role in sorted(set(roles))),
            *([Ripple(due_at=moment, unit=unit)] if unit is not None else ()),
        )
    )
