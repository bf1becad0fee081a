"""The verbs of absences 请假: being away, with a deputy or without, and being back."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from zoneinfo import ZoneInfo

from django.db import transaction

from tuoban.runtime.people import locks, personal
from tuoban.runtime.people.models import Unit, User
from tuoban.runtime.people.personal import AbsenceText, PersonalText
from tuoban.runtime.people.recording import Act
from tuoban.runtime.people.service import save_personal_hours

_Absences = tuple[AbsenceText, ...]


@transaction.atomic
def be_away(user: User, absence: AbsenceText, act: Act) -> None:
    """Let somebody be away; the same absence twice changes nothing.

    Raises:
        ContentError: the absence cannot be used; what is wrong stands at `absence.0.<entry>`.
        UnfitDeputy: whoever is named cannot stand in.
    """
    personal.check(PersonalText(absences=(absence,)))
    [tidy] = personal.tidied(PersonalText(absences=(absence,))).absences
    _change(user, lambda kept: (*(each for each in kept if each != tidy), tidy), act)


@transaction.atomic
def be_back(user: User, absence: AbsenceText, act: Act) -> bool:
    """Strike an absence out; one that has begun ends now. False: there is none like it any more."""
    if absence not in text_of(user).absences:
        return False
    now = wall_of(user, act.at)

    def without(kept: _Absences) -> _Absences:
        others = tuple(each for each in kept if each != absence)
        if absence.start >= now:
            return others
        return (*others, replace(absence, end=min(absence.end, now)))

    _change(user, without, act)
    return True


def text_of(user: User) -> PersonalText:
    """The hours of somebody's own that are in force."""
    newest = user.hours.order_by("-number").first()
    return personal.from_json(newest.content) if newest is not None else PersonalText()


def zone_of(user: User) -> ZoneInfo:
    """On which wall somebody's absences are looked at: that of the highest unit in which they hold
    a role, else of the organisation."""
    held = Unit.objects.filter(holdings__user=user).order_by("path").first()
    unit = held or Unit.objects.order_by("path").first()
    return unit.zone if unit is not None else ZoneInfo("Asia/Shanghai")


def wall_of(user: User, at: datetime) -> str:
    """A moment as it is written in absences of somebody: `2026-03-02T09:00`."""
    return f"{at.astimezone(zone_of(user)):%Y-%m-%dT%H:%M}"


def _change(user: User, change: Callable[[_Absences], _Absences], act: Act) -> None:
    locks.person(user)
    newest = user.hours.order_by("-number").first()
    text = personal.from_json(newest.content) if newest is not None else PersonalText()
    changed = replace(text, absences=change(text.absences))
    if personal.tidied(changed) == text:
        return
    number = newest.number if newest is not None else 0
    save_personal_hours(user, changed, expected=number, at=act.at, by=act.by)
