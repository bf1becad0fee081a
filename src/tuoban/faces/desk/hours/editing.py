"""The page of a calendar: its draft, drawn and tried, beside what is in force."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from django.urls import reverse

from tuoban.faces.desk.contexts import RefusalShown
from tuoban.faces.desk.hours.contexts import CalendarContext
from tuoban.faces.desk.hours.days import year_view
from tuoban.faces.desk.hours.drafts import Draft, Trial
from tuoban.faces.desk.hours.listing import by_place, exception_rows, saved_rows
from tuoban.faces.desk.hours.trials import tried
from tuoban.faces.desk.hours.weeks import week_cards
from tuoban.faces.desk.shell import shell_for
from tuoban.faces.desk.signed_in import StaffRequest
from tuoban.kernel.calendars import Calendar as Hours
from tuoban.kernel.calendars.instants import FIRST_YEAR, LAST_YEAR
from tuoban.kernel.definition import Text
from tuoban.runtime.calendars import lookup
from tuoban.runtime.calendars.compiling import compiled
from tuoban.runtime.calendars.findings import ContentError, Placed
from tuoban.runtime.calendars.lookup import Kept
from tuoban.runtime.calendars.queries import CalendarFound, history_of, public_holidays
from tuoban.runtime.people.queries import UnitFound, unit_tree, zone_of


@dataclass(frozen=True, slots=True)
class Edited:
    """What the page is to show beyond the calendar itself."""

    draft: Draft
    problems: tuple[Placed, ...] = ()
    refusal: RefusalShown | None = None
    names: Mapping[str, str] = field(default_factory=dict)
    is_conflict: bool = False
    old_version: int | None = None
    focus: str = ""


@dataclass(frozen=True, slots=True)
class Place:
    """A calendar, the units that work by it, and the zone in which it is looked at."""

    found: CalendarFound
    units: tuple[UnitFound, ...]
    zone: ZoneInfo


def place_of(found: CalendarFound) -> Place:
    tree = unit_tree()
    units = tuple(each for each in tree if each.calendar == found.row.key)
    return Place(found, units, zone_of(units or tree))


def begun(place: Place, kept: Kept, now: datetime) -> Draft:
    """The draft with which the editing of a version begins."""
    text = kept.text()
    local = now.astimezone(place.zone)
    return Draft(
        expected=place.found.number,
        weeks=text.weeks,
        days=text.days,
        keeps_holidays=text.keeps_holidays,
        shown=str(local.year),
        trial=Trial(at=f"{local:%Y-%m-%dT%H:%M}"),
    )


def context_of(
    request: StaffRequest, place: Place, edited: Edited, now: datetime
) -> CalendarContext:
    found, draft = place.found, edited.draft
    in_force = lookup.value(found.kept, place.zone)
    hours, placed = _drawn(draft, place, in_force)
    problems = by_place((*edited.problems, *placed))
    today = now.astimezone(place.zone).date()
    here = reverse("desk:calendar", args=[found.row.key])
    return CalendarContext(
        shell=shell_for(request, "desk:calendars"),
        now=now,
        here=here,
        key=found.row.key,
        name=found.row.name,
        units=tuple(each.name for each in place.units),
        zone=place.zone.key,
        may_edit=request.user.is_staff,
        draft=draft,
        problems=problems,
        names={"zh": found.row.name_zh, "en": found.row.name_en} | dict(edited.names),
        refusal=edited.refusal,
        is_conflict=edited.is_conflict,
        is_changed=draft.folded().calendar != found.kept.text(),
        old_version=edited.old_version,
        weeks=week_cards(draft.weeks, problems),
        exceptions=exception_rows(draft.days, problems),
        year=year_view(hours, _year(draft.shown, today.year), today),
        is_drawn_as_saved=bool(placed),
        trial=tried(draft.trial, hours, in_force, place.zone),
        versions=saved_rows(
            history_of(found.row),
            edited.old_version or found.number,
            lambda number: f"{here}?version={number}",
        ),
        focus=edited.focus,
    )


def _drawn(draft: Draft, place: Place, in_force: Hours) -> tuple[Hours, tuple[Placed, ...]]:
    """The calendar as edited, or the one in force with what keeps the edited one from being drawn.

    What was not changed keeps the holidays it was saved with.
    """
    if draft.calendar == place.found.kept.text():
        return in_force, ()
    label = Text(place.found.kept.name_zh, place.found.kept.name_en)
    try:
        return compiled(draft.calendar, label, place.zone, public_holidays()), ()
    except ContentError as error:
        return in_force, error.placed


def content_problems(draft: Draft) -> tuple[Placed, ...]:
    """What is wrong with the weeks and exceptions as typed."""
    try:
        compiled(draft.calendar, Text("", ""), UTC, None)
    except ContentError as error:
        return error.placed
    return ()


def _year(shown: str, this_year: int) -> int:
    year = int(shown) if shown.isascii() and shown.isdigit() and len(shown) <= 4 else this_year
    return min(max(year, FIRST_YEAR), LAST_YEAR)


def as_reader(place: Place, draft: Draft, now: datetime) -> Draft:
    """What somebody who may not edit can ask of the page: another year, and a trial."""
    return replace(begun(place, place.found.kept, now), shown=draft.shown, trial=draft.trial)
