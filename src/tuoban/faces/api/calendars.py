"""`/calendars`: the calendars that limits can count by."""

from __future__ import annotations

from ninja import Router, Schema
from pydantic import Field

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
    """Every calendar, by key. Round the clock, `always`, needs none."""

    calendars: list[CalendarRow]


@router.get("/calendars", auth=READ, response=Calendars, operation_id="listCalendars")
def list_calendars(request: ApiRequest) -> Calendars:
    """The calendars by key, with their names and the number of the version in force."""
    check_known(request)
    return Calendars(
        calendars=[
            CalendarRow(key=key, name=Words(zh=name.zh, en=name.en), version=number)
            for key, name, number in calendars_in_force()
        ]
    )
