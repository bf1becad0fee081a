"""The demo organisation, made of its data by the verbs that change people."""

from __future__ import annotations

from datetime import datetime

from django.contrib.auth.hashers import make_password
from django.db import transaction

from tuoban.runtime.calendars.service import create_calendar
from tuoban.runtime.people import demo
from tuoban.runtime.people.demo import DEMO_PASSWORD, DEMO_PEOPLE, DEMO_UNITS
from tuoban.runtime.people.models import Unit, User
from tuoban.runtime.people.service import (
    create_unit,
    create_user,
    grant,
    save_personal_hours,
    set_calendar,
    set_head,
    set_skills,
)


@transaction.atomic
def load_demo_organisation(at: datetime, *, since: datetime | None = None) -> None:
    """Create the demo units and people. Loading them again changes nothing.

    Args:
        since: from when on they are there; None: from `at` on.
    """
    began = since or at
    if Unit.objects.filter(key=DEMO_UNITS[0].key).exists():
        return
    units: dict[str, Unit] = {}
    for each in DEMO_UNITS:
        parent = units[each.parent] if each.parent else None
        units[each.key] = create_unit(
            each.key, each.name_zh, each.name_en, parent=parent, level=each.level
        )
    # One hash for all: the password is the same and public, and hashing is slow by design.
    password_hash = make_password(DEMO_PASSWORD)
    users: dict[str, User] = {}
    for person in DEMO_PEOPLE:
        user = users[person.username] = create_user(
            person.username,
            person.name,
            password_hash=password_hash,
            is_staff=not person.roles,
            is_demo=True,
            at=began,
        )
        for role, unit in person.roles:
            grant(user, role, units[unit])
        if person.skills:
            set_skills(user, person.skills)
    for each in DEMO_UNITS:
        if each.head is not None:
            set_head(units[each.key], users[each.head])
    today = at.astimezone(units[demo.DEMO_CALENDAR_UNIT].zone).date()
    branch = create_calendar(*demo.DEMO_CALENDAR, demo.demo_calendar(today), at=began)
    set_calendar(units[demo.DEMO_CALENDAR_UNIT], branch, at=None)
    create_calendar(*demo.DEMO_MAKER, demo.demo_maker(), at=began)
    shifted = users[demo.DEMO_SHIFT_PERSON]
    save_personal_hours(shifted, demo.demo_hours(today), expected=0, at=at)
