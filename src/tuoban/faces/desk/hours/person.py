"""The page of a person's own hours: weeks, shifts and absences, and the month that results."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from django.urls import reverse

from tuoban.faces.desk.hours.contexts import AbsenceRow, MonthView, PersonHoursContext
from tuoban.faces.desk.hours.days import month_card, month_title
from tuoban.faces.desk.hours.drafts import Draft
from tuoban.faces.desk.hours.editing import Edited
from tuoban.faces.desk.hours.listing import by_place, exception_rows, saved_rows
from tuoban.faces.desk.hours.weeks import week_cards
from tuoban.faces.desk.shell import shell_for
from tuoban.faces.desk.signed_in import StaffRequest
from tuoban.kernel.calendars import Calendar
from tuoban.kernel.calendars.instants import FIRST_YEAR, LAST_YEAR
from tuoban.kernel.definition import Text
from tuoban.runtime.calendars.findings import ContentError, Placed
from tuoban.runtime.people import directory, hours
from tuoban.runtime.people.personal import PersonalText, check, laid_over, personal_time
from tuoban.runtime.people.queries import PersonFound, hours_history, unit_tree, zone_of


def begun(person: PersonFound, text: PersonalText, now: datetime) -> Draft:
    """The draft with which the editing of somebody's hours begins."""
    today = now.astimezone(_zone(person)).date()
    return Draft(
        expected=person.number,
        weeks=text.weeks,
        days=text.shifts,
        absences=text.absences,
        shown=f"{today:%Y-%m}",
    )


def text_of(draft: Draft) -> PersonalText:
    return PersonalText(draft.weeks, draft.days, draft.absences)


def content_problems(draft: Draft) -> tuple[Placed, ...]:
    """What is wrong with the hours as typed."""
    try:
        check(text_of(draft))
    except ContentError as error:
        return error.placed
    return ()


def as_reader(person: PersonFound, draft: Draft, now: datetime) -> Draft:
    """What somebody who may not edit can ask of the page: another month."""
    return replace(begun(person, person.text, now), shown=draft.shown)


def _zone(person: PersonFound) -> ZoneInfo:
    return zone_of(person.units or unit_tree())


def today_of(person: PersonFound, now: datetime) -> date:
    return now.astimezone(_zone(person)).date()


def context_of(
    request: StaffRequest, person: PersonFound, edited: Edited, now: datetime
) -> PersonHoursContext:
    draft, zone, today = edited.draft, _zone(person), today_of(person, now)
    drawn, placed = _drawn(draft, person, zone)
    problems = by_place((*edited.problems, *placed))
    here = reverse("desk:person-hours", args=[person.user.username])
    return PersonHoursContext(
        shell=shell_for(request, "desk:calendars"),
        now=now,
        here=here,
        person=str(person.user),
        units=tuple(each.name for each in person.units),
        zone=zone.key,
        may_edit=request.user.is_staff,
        draft=draft,
        problems=problems,
        refusal=edited.refusal,
        is_conflict=edited.is_conflict,
        is_changed=text_of(draft.folded()) != person.text,
        old_version=edited.old_version,
        weeks=week_cards(draft.weeks, problems),
        exceptions=exception_rows(draft.days, problems),
        absences=_absences(draft, problems),
        month=_month(drawn, _first(draft.shown, today), today),
        is_drawn_as_saved=bool(placed),
        versions=saved_rows(
            hours_history(person.user),
            edited.old_version or person.number,
            lambda number: f"{here}?version={number}",
        ),
        focus=edited.focus,
    )


def _drawn(
    draft: Draft, person: PersonFound, zone: ZoneInfo
) -> tuple[Calendar, tuple[Placed, ...]]:
    """The person's hours as edited in their first unit, or those of the unit alone with what keeps
    their own from being drawn."""
    now = hours.snapshot()
    tree = person.units or unit_tree()
    name = now.units.get(tree[0].key) if tree else None
    unit = now.calendars[name or f"always@0/{zone.key}"]
    label = Text(str(person.user), str(person.user))
    try:
        return laid_over(unit, label, personal_time(text_of(draft), zone)), ()
    except ContentError as error:
        return unit, error.placed


def _absences(draft: Draft, problems: Mapping[str, str]) -> tuple[AbsenceRow, ...]:
    return tuple(
        AbsenceRow(
            n,
            each.start,
            each.end,
            each.zh,
            each.en,
            {
                part: problems.get(f"absence.{n}.{part}", "")
                for part in ("start", "end", "zh", "en", "deputy")
            },
            each.deputy,
            directory.name_of(each.deputy) if each.deputy else "",
            " ".join(each.roles),
            each.empowered,
        )
        for n, each in enumerate(draft.absences)
    )


def _first(shown: str, today: date) -> date:
    """The first day of `2026-03`; of this month if that is none."""
    try:
        first = date.fromisoformat(f"{shown}-01")
    except ValueError:
        first = today.replace(day=1)
    return first if FIRST_YEAR < first.year < LAST_YEAR else today.replace(day=1)


def _month(drawn: Calendar, first: date, today: date) -> MonthView:
    before, after = first - timedelta(days=1), first + timedelta(days=32)
    card = month_card(drawn, first, today)
    return MonthView(month_title(first), f"{before:%Y-%m}", f"{after:%Y-%m}", card)
