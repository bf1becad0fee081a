"""The marks that change whenever people or calendars do. Every command asks for them."""

from __future__ import annotations

import secrets

from django.db import connection

from tuoban.runtime.calendars.models import CalendarMark
from tuoban.runtime.people.models import DirectoryMark

# In plain SQL, because making it anew each time costs thirty times what the database takes.
_PEOPLE = f"SELECT token FROM {DirectoryMark._meta.db_table}"  # noqa: S608 - names of tables
_BOTH = f"{_PEOPLE} UNION ALL SELECT token FROM {CalendarMark._meta.db_table}"  # noqa: S608 - likewise


_MARK = 1


def renew() -> None:
    """Let everybody who has read the people read them again."""
    token = secrets.token_hex(16)
    if not DirectoryMark.objects.filter(pk=_MARK).update(token=token):
        DirectoryMark.objects.update_or_create(pk=_MARK, defaults={"token": token})


def of_people() -> tuple[str, ...]:
    """What changes whenever people or units do; empty where there are none yet."""
    return _read(_PEOPLE)


def of_hours() -> tuple[str, ...]:
    """What changes whenever people, units or calendars do; empty where there are none yet."""
    return _read(_BOTH)


def _read(query: str) -> tuple[str, ...]:
    with connection.cursor() as cursor:
        cursor.execute(query)
        return tuple(token for (token,) in cursor.fetchall())
