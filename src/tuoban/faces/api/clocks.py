"""`/cases/{number}/clocks`: every clock of a case."""

from __future__ import annotations

from datetime import datetime, tzinfo
from typing import Literal

from ninja import Path, Router, Schema
from pydantic import Field

from tuoban.faces.api.pages import MOST, NAMES, NEXT, Limit, Page, part_of
from tuoban.faces.api.parameters import check_known
from tuoban.faces.api.problems import NoResult
from tuoban.faces.api.signed_in import READ, ApiRequest
from tuoban.faces.api.words import Counted, Instant, Line, Words, counted, instant, ledger, words
from tuoban.runtime.cases import clock as wall
from tuoban.runtime.cases.queries import CaseClocks, case_clocks
from tuoban.runtime.cases.queries.rows import ClockView
from tuoban.runtime.cases.refusals import RuntimeRefused
from tuoban.runtime.people.models import User

router = Router(tags=["cases"])

_NOT_TO_BE_SEEN = frozenset({"unknown-case", "not-visible"})


class Subject(Schema):
    """What a clock is for."""

    key: str = Field(description="The step or block in the pack; empty for the case as a whole.")
    label: Words


class Clock(Schema):
    """A clock of a case, as it stands at `at` of the answer."""

    number: int = Field(description="Its number in the case.")
    subject: Subject = Field(description="What it is for.")
    item: int | None = Field(description="The number of its work item; null for block or case.")
    name: Words | None = Field(description="What the limit is called, where it has a name.")
    opens: bool = Field(description="It tells when something opens, not by when it is to be done.")
    happens: bool = Field(description="It tells when a reaction happens by itself, likewise.")
    occurrence: Words | None = Field(
        description="What happened that its work belongs to, where a reaction began it."
    )
    state: Literal["ahead", "running", "paused", "stopped"]
    late: bool
    begins: Instant
    due: Instant | None = Field(description="Null while it stands still short of its limit.")
    elapsed: Counted | None = Field(description="Null where no calendar gives a result.")
    remaining: Counted | None = Field(description="Below zero when late.")
    explanation: Words = Field(description="Why it runs out when it does.")
    ledger: list[Line]
    doubts: list[Words] = Field(description="Warnings about the calendars it counts by.")


class Clocks(Schema):
    """A page of the clocks of a case, the newest first. All instants have the offset of the case's
    unit."""

    case: str = Field(description="The number of the case.")
    title: Words = Field(description="The title of its process.")
    at: Instant = Field(description="When this was computed.")
    open: list[Clock] = Field(description="Those that go on, first those that run out first.")
    over: list[Clock] = Field(description="Those that were stopped, the newest first.")
    next: str | None = NEXT


@router.get("/cases/{number}/clocks", auth=READ, response=Clocks, operation_id="readClocks")
def read_clocks(
    request: ApiRequest, number: Path[str], page: Page = "", limit: Limit = MOST
) -> Clocks:
    """Every clock of a case, open and over, with why it runs out when it does."""
    check_known(request, *NAMES)
    at = wall.now()
    found = _found(request.auth, number, at)
    every = (*found.open, *found.over)
    rows, following = part_of(every, lambda each: (-each.clock,), "clocks", page, limit)
    shown = {each.clock for each in rows}
    return Clocks(
        case=found.number,
        title=words(found.process),
        at=instant(at, found.zone),
        open=[_clock(each, found.zone) for each in found.open if each.clock in shown],
        over=[_clock(each, found.zone) for each in found.over if each.clock in shown],
        next=following,
    )


def _found(user: User, number: str, at: datetime) -> CaseClocks:
    """Raises `NoResult`, the same where there is no such case and where it is not to be seen."""
    try:
        # PostgreSQL cannot even look for a NUL character.
        found = case_clocks(user, number, at) if "\0" not in number else None
    except RuntimeRefused as refused:
        if refused.code not in _NOT_TO_BE_SEEN:
            raise
        found = None
    if found is None:
        raise NoResult("unknown-case")
    return found


def _clock(view: ClockView, zone: tzinfo) -> Clock:
    return Clock(
        number=view.clock,
        subject=Subject(key=view.node, label=words(view.what)),
        item=view.item,
        name=words(view.name) if view.name is not None else None,
        opens=view.opens,
        happens=view.happens,
        occurrence=words(view.occurrence) if view.occurrence is not None else None,
        state=view.state,
        late=view.late,
        begins=instant(view.begins, zone),
        due=instant(view.due_at, zone) if view.due_at is not None else None,
        elapsed=counted(view.elapsed_amount, view.elapsed),
        remaining=counted(view.remaining_amount, view.remaining),
        explanation=words(view.sentence),
        ledger=ledger(view.rows, zone),
        doubts=[words(each) for each in view.doubts],
    )
