"""What the buttons of a page of hours do to a draft. Each is called `<act>` or `<act>.<what>`."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta

from tuoban.faces.desk.hours.drafts import Draft, Panel, panel_of
from tuoban.runtime.calendars.findings import Findings, Placed
from tuoban.runtime.calendars.reading import read_days
from tuoban.runtime.calendars.texts import STANDARD, WeekDays, WeekText
from tuoban.runtime.people.personal import AbsenceText


@dataclass(frozen=True, slots=True)
class Acted:
    """The draft afterwards, what was wrong with the act, and the id of the entry to go on with."""

    draft: Draft
    problems: tuple[Placed, ...] = ()
    focus: str = ""


def act_on(draft: Draft, act: str, today: date) -> Acted:
    """Do what a button asks for; what no button of ours asks for changes nothing."""
    name, _, what = act.partition(".")
    done = _ACTS.get(name)
    return done(draft, what, today) if done is not None else Acted(draft)


def with_panel(draft: Draft) -> Acted:
    """The draft with the day that is being changed among its exceptions, if that can be used."""
    if draft.panel is None:
        return Acted(draft)
    day, found = draft.panel.exception(), Findings()
    read_days((day,), found)
    problems = tuple(
        Placed(each.place.replace("day.0.", "panel."), each.finding) for each in found.placed
    )
    if problems:
        # To where the first of them is told: the page may be long, and not all see it.
        return Acted(draft, problems, problems[0].place.replace(".", "-"))
    return Acted(draft.with_day(day), focus=f"day-{day.day}")


def _set_day(draft: Draft, what: str, today: date) -> Acted:
    return with_panel(draft)


def _close_day(draft: Draft, what: str, today: date) -> Acted:
    focus = f"day-{draft.panel.day}" if draft.panel is not None else ""
    return Acted(replace(draft, panel=None), focus=focus)


def _choose(draft: Draft, what: str, today: date) -> Acted:
    """Open the panel on a day, with the exception it has, else as a day off."""
    known = draft.exception(what)
    panel = panel_of(known) if known is not None else Panel(what)
    return Acted(replace(draft, panel=panel), focus="panel-kind-" + panel.kind)


def _open(draft: Draft, what: str, today: date) -> Acted:
    """Open the panel on a day that is to be typed."""
    return Acted(replace(draft, panel=Panel(today.isoformat())), focus="panel-day")


def _remove_day(draft: Draft, what: str, today: date) -> Acted:
    days = tuple(each for each in draft.days if each.day != what)
    panel = draft.panel if draft.panel is not None and draft.panel.day != what else None
    return Acted(replace(draft, days=days, panel=panel), focus="add-day")


def _add_week(draft: Draft, what: str, today: date) -> Acted:
    """A further week, as the one before it, from the first of next month."""
    first = (today.replace(day=1) + timedelta(days=32)).replace(day=1).isoformat()
    days = next((each.days for each in reversed(draft.weeks) if each.days is not None), None)
    number = len(draft.weeks)
    week = WeekText(first if number or what == "dated" else "", days or STANDARD.weeks[0].days)
    draft = replace(draft, weeks=(*draft.weeks, week))
    return Acted(draft, focus=f"week-{number}-first" if week.first else f"week-{number}-mon")


def _remove_week(draft: Draft, what: str, today: date) -> Acted:
    weeks = tuple(each for n, each in enumerate(draft.weeks) if str(n) != what)
    return Acted(replace(draft, weeks=weeks), focus="add-week")


def _copy(draft: Draft, what: str, today: date) -> Acted:
    """Work Tuesday to Friday as Monday."""
    weeks = tuple(
        replace(each, days=_as_monday(each.days)) if str(n) == what else each
        for n, each in enumerate(draft.weeks)
    )
    return Acted(replace(draft, weeks=weeks), focus=f"week-{what}-copy")


def _as_monday(days: WeekDays | None) -> WeekDays | None:
    if days is None:
        return None
    monday = days[0]
    return monday, monday, monday, monday, monday, days[5], days[6]


def _add_absence(draft: Draft, what: str, today: date) -> Acted:
    tomorrow = today + timedelta(days=1)
    absence = AbsenceText(f"{tomorrow}T00:00", f"{tomorrow + timedelta(days=1)}T00:00")
    focus = f"absence-{len(draft.absences)}-start"
    return Acted(replace(draft, absences=(*draft.absences, absence)), focus=focus)


def _remove_absence(draft: Draft, what: str, today: date) -> Acted:
    kept = tuple(each for n, each in enumerate(draft.absences) if str(n) != what)
    return Acted(replace(draft, absences=kept), focus="add-absence")


def _show(draft: Draft, what: str, today: date) -> Acted:
    return Acted(replace(draft, shown=what), focus="shown-title")


def _try(draft: Draft, what: str, today: date) -> Acted:
    """Work out the trial, which every page does anyway."""
    return Acted(draft, focus="try")


_ACTS: Mapping[str, Callable[[Draft, str, date], Acted]] = {
    "add-absence": _add_absence,
    "add-week": _add_week,
    "choose": _choose,
    "close-day": _close_day,
    "copy": _copy,
    "open-day": _open,
    "remove-absence": _remove_absence,
    "remove-day": _remove_day,
    "remove-week": _remove_week,
    "set-day": _set_day,
    "show": _show,
    "try": _try,
}
