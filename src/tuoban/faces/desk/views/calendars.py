"""All calendars, a new one, and which unit works by which."""

from datetime import datetime, timedelta

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from tuoban.faces.desk.contexts import RefusalShown
from tuoban.faces.desk.hours.contexts import (
    CalendarRow,
    CalendarsContext,
    NewCalendarContext,
    UnitsContext,
)
from tuoban.faces.desk.hours.days import doubts_of, kind_of, kind_words
from tuoban.faces.desk.hours.listing import by_place
from tuoban.faces.desk.hours.saving import refused, told_wrong
from tuoban.faces.desk.hours.units import choices_of, unit_rows
from tuoban.faces.desk.hours.weeks import bar
from tuoban.faces.desk.rendering import page
from tuoban.faces.desk.shell import shell_for
from tuoban.faces.desk.signed_in import StaffRequest, check_staff, signed_in
from tuoban.faces.posted import plain
from tuoban.faces.reader import page_language
from tuoban.runtime.calendars import lookup, service
from tuoban.runtime.calendars.compiling import written
from tuoban.runtime.calendars.findings import ContentError
from tuoban.runtime.calendars.queries import (
    CalendarFound,
    all_calendars,
    calendar_names,
    calendar_of,
)
from tuoban.runtime.calendars.texts import STANDARD
from tuoban.runtime.cases.clock import now
from tuoban.runtime.people.giving import Choice, give
from tuoban.runtime.people.queries import UnitFound, unit_tree, zone_of

DOUBTED = timedelta(days=120)
"""How far ahead a year without confirmed public holidays is worth a warning in the list."""


@require_GET
@signed_in
def calendars(request: StaffRequest) -> HttpResponse:
    """Every calendar with who works by it and its hours today."""
    at, tree = now(), unit_tree()
    rows = tuple(_row(each, tree, at) for each in all_calendars())
    context = CalendarsContext(
        shell_for(request, "desk:calendars"), "calendars", rows, request.user.is_staff
    )
    return page(request, "calendars", context)


def _row(found: CalendarFound, tree: tuple[UnitFound, ...], at: datetime) -> CalendarRow:
    units = tuple(each for each in tree if each.calendar == found.row.key)
    zone = zone_of(units or tree)
    hours, today = lookup.value(found.kept, zone), at.astimezone(zone).date()
    held = hours.on(today)
    kind = kind_of(held)
    note = held.label.read(page_language()) or (kind_words(kind) if held.source != "week" else "")
    return CalendarRow(
        found.row.key,
        found.row.name,
        tuple(each.name for each in units),
        written(held.spans) or _("free"),
        note,
        bar(held.spans),
        doubts_of(hours, today, today + DOUBTED),
    )


@require_http_methods(["GET", "POST"])
@signed_in
def new(request: StaffRequest) -> HttpResponse:
    """Create a calendar, to begin with as another one; then edit it."""
    check_staff(request)
    names = ("key", "name.zh", "name.en", "copy")
    values = {name: plain(str(request.POST.get(name, ""))).strip() for name in names}
    if request.method == "GET":
        return _new(request, values)
    copied = calendar_of(values["copy"])
    content = copied.kept.text() if copied is not None else STANDARD
    try:
        calendar = service.create_calendar(
            values["key"],
            values["name.zh"],
            values["name.en"],
            content,
            at=now(),
            by=request.user.person_id,
        )
    except ContentError as error:
        return _new(request, values, by_place(error.placed), refused(error.placed), 422)
    messages.success(request, _("The calendar is created. Set its hours, then give it to units."))
    return redirect("desk:calendar", calendar.key)


def _new(
    request: StaffRequest,
    values: dict[str, str],
    problems: dict[str, str] | None = None,
    refusal: RefusalShown | None = None,
    status: int = 200,
) -> HttpResponse:
    shell = shell_for(request, "desk:calendars")
    copies = calendar_names()
    context = NewCalendarContext(shell, "calendars", copies, values, problems or {}, refusal)
    return page(request, "calendar_new", context, status)


@require_http_methods(["GET", "POST"])
@signed_in
def units(request: StaffRequest) -> HttpResponse:
    """The tree of units, each with its calendar or as the unit above."""
    if request.method == "GET":
        return _units(request, {})
    check_staff(request)
    choices = choices_of(request.POST)
    given = give(choices, now())
    if given.overtaken:
        return _units(request, choices, given.overtaken)
    if given.count:
        messages.success(request, _("Saved. Running clocks count by the new hours from now on."))
    return redirect(reverse("desk:calendar-units"))


def _units(
    request: StaffRequest, choices: dict[str, Choice], overtaken: frozenset[str] = frozenset()
) -> HttpResponse:
    names = dict(calendar_names())
    context = UnitsContext(
        shell_for(request, "desk:calendars"),
        "units",
        request.user.is_staff,
        unit_rows(unit_tree(), names, choices, overtaken),
        tuple(names.items()),
        told_wrong(len(overtaken)) if overtaken else None,
    )
    return page(request, "calendar_units", context, 409 if overtaken else 200)
