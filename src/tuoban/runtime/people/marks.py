"""The marks that change whenever people or calendars do. Every command asks for them."""

from __future__ import annotations

import secrets
from typing import NamedTuple

from tuoban.runtime import driver
from tuoban.runtime.calendars.models import CalendarMark
from tuoban.runtime.people.models import DirectoryMark

_MARK = 1


class Marks(NamedTuple):
    """What changes whenever people or units do, and whenever calendars do; None where there are
    none yet."""

    people: str | None
    calendars: str | None


QUERY = (
    f"SELECT (SELECT token FROM {DirectoryMark._meta.db_table}), "  # noqa: S608 - names of tables
    f"(SELECT token FROM {CalendarMark._meta.db_table})"
)
"""For whoever asks for the marks together with something else: one row, which makes `Marks`."""


def renew() -> None:
    """Let everybody who has read the people read them again."""
    token = secrets.token_hex(16)
    if not DirectoryMark.objects.filter(pk=_MARK).update(token=token):
        DirectoryMark.objects.update_or_create(pk=_MARK, defaults={"token": token})


def read() -> Marks:
    """The marks as they are now."""
    return Marks(*driver.rows(QUERY)[0])
