"""What an outside party and those who serve it say to one another; nothing that stays inside."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from tuoban.runtime.cases import service
from tuoban.runtime.cases.carrying import Outcome
from tuoban.runtime.cases.queries.comments import Said, said_with
from tuoban.services.portal.links import Party, Visit


@dataclass(frozen=True, slots=True)
class Talk:
    """What was said, the newest last; `rest`: more was said before."""

    said: tuple[Said, ...]
    rest: bool


def talk(visit: Visit) -> Talk:
    """What the visitor and the organisation have said to one another in the case."""
    found = said_with(visit.case_id, visit.role, SHOWN + 1)
    return Talk(tuple(reversed(found[:SHOWN])), len(found) > SHOWN)


def say(visit: Visit, text: str, *, at: datetime, key: str) -> Outcome:
    """Say something to whoever answers for the case. Raises `Refused`: `invalid` beside `text`."""
    return service.say_from_outside(visit.case_id, text, by=Party(visit.role), at=at, key=key)


SHOWN = 50
