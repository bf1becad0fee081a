"""`/calendars`: the calendars that limits can count by."""

from __future__ import annotations

from ninja import Router, Schema
from pydantic import Field

from tuoban.faces.api.pages import MOST, NAMES, NEXT, Limit, Page, part_of
from tuoban.faces.api.parameters import check_known
from tuoban.faces.api.signed_in import READ, ApiRequest
from tuoban.faces.api.words import Words
from tuoban.runtime.calendars.queries import calendars_in_force

router = Router(tags=["time"])


class CalendarRow(Schema):
    """A calendar in the version in force."""

    key: str
    name: Words
    version: int = Field(description="Counted from 1; every change makes another one.")


class Calendars(Schema):
    """The calendars, by key. Round the clock, `always`, needs none."""

    calendars: list[CalendarRow]
    next: str | None = NEXT


@router.get("/calendars", auth=READ, response=Calendars, operation_id="listCalendars")
def list_calendars(request: ApiRequest, page: Page = "", limit: Limit = MOST) -> Calendars:
    """The calendars by key, with their names and the number of the version in force."""
    check_known(request, *NAMES)
    rows, following = part_of(
        calendars_in_force(), lambda each: (each[0],), "calendars", page, limit
    )
    return Calendars(
        calendars=[
            CalendarRow(key=key, name=Words(zh=name.zh, en=name.en), version=number)
            for key, name, number in rows
        ],
        next=following,
    )
