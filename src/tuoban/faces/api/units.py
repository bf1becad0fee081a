"""`/units/{unit}/due`: when a limit would run out."""

from __future__ import annotations

from typing import Annotated

from ninja import Path, Query, Router, Schema
from pydantic import Field, WithJsonSchema

from tuoban.faces.api.parameters import (
    Moment,
    TimeLength,
    blamed,
    check_known,
    unknown_person,
)
from tuoban.faces.api.problems import NoResult
from tuoban.faces.api.signed_in import READ, ApiRequest
from tuoban.faces.api.words import Instant, Line, Words, instant, ledger, words
from tuoban.kernel.calendars import CalendarError
from tuoban.kernel.clocks import ClockError, amount_text
from tuoban.runtime.cases.queries.rows import ClockRow
from tuoban.runtime.people import limits
from tuoban.runtime.people.models import Unit, User
from tuoban.runtime.people.queries import find_seen, find_unit

router = Router(tags=["time"])


class DueQuery(Schema):
    """What the limit is."""

    begins: Moment = Field(
        alias="from",
        description="When it begins: ISO 8601 with an offset, in which + is written %2B.",
        examples=["2026-03-02T09:05:00+08:00"],
    )
    length: TimeLength = Field(
        description="How long it is. Months and workdays are whole numbers.",
        examples=["2 working hours", "30 minutes", "3 workdays"],
    )
    calendar: str = Field(
        limits.OF_UNIT,
        description="What it counts by: `unit`, the calendar of the unit; `always`, round the "
        "clock; or a calendar's key.",
    )
    person: Annotated[str | None, WithJsonSchema({"type": "string"})] = Field(
        None,
        description="A user name: hours of their own lie over the calendar. You may see your "
        "own and those of people in your units and below; staff see everybody's.",
    )


class Due(Schema):
    """When a limit runs out. All instants have the offset of the unit."""

    due: Instant
    calendar: str = Field(description="The calendar in its version, as ledgers keep it.")
    calendar_name: Words
    explanation: Words = Field(description="Why it runs out then.")
    ledger: list[Line]
    doubts: list[Words] = Field(description="Warnings about the calendar.")


@router.get("/units/{unit}/due", auth=READ, response=Due, operation_id="readDue", by_alias=True)
def read_due(request: ApiRequest, unit: Path[str], asked: Query[DueQuery]) -> Due:
    """When a limit would run out that begins at a moment in a unit, by the hours in force now."""
    check_known(request, *_KNOWN)
    where = _unit(unit)
    person = _person(asked.person, request.auth)
    try:
        found = limits.foresee(where, asked.begins, asked.length, asked.calendar, person)
    except ClockError as error:
        raise blamed("calendar", error) from None
    except CalendarError as error:
        raise blamed("length", error) from None
    rows = [
        ClockRow(each.at, each.what, amount_text(each.counted), amount_text(each.total))
        for each in found.rows
    ]
    return Due(
        due=instant(found.due, where.zone),
        calendar=found.calendar,
        calendar_name=words(found.label),
        explanation=words(found.sentence),
        ledger=ledger(rows, where.zone),
        doubts=[words(each) for each in found.doubts],
    )


_KNOWN = ("from", "length", "calendar", "person")


def _unit(key: str) -> Unit:
    # PostgreSQL cannot even look for a NUL character.
    found = find_unit(key) if "\0" not in key else None
    if found is None:
        raise NoResult("unknown-unit")
    return found


def _person(name: str | None, viewer: User) -> User | None:
    if name is None:
        return None
    found = find_seen(viewer, name) if "\0" not in name else None
    if found is None:
        raise NoResult("invalid", unknown_person())
    return found
