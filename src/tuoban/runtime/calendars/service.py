"""The verbs that change calendars. Each is one transaction and draws a new mark."""

from __future__ import annotations

import re
import secrets
from datetime import UTC, datetime

from django.db import transaction

from tuoban.kernel.definition import Text
from tuoban.runtime.calendars import editions
from tuoban.runtime.calendars.compiling import compiled, tidied
from tuoban.runtime.calendars.findings import Findings, Misfit, SavedMeanwhile
from tuoban.runtime.calendars.models import Calendar, CalendarMark, CalendarVersion
from tuoban.runtime.calendars.reading import LONGEST_LABEL, read_label
from tuoban.runtime.calendars.texts import (
    ALWAYS_KEY,
    STANDARD,
    STANDARD_KEY,
    STANDARD_NAMES,
    CalendarText,
    to_json,
)

__all__ = ["create_calendar", "rename", "save_version", "standard_calendar", "take_up_holidays"]

_MARK = 1
_KEY = re.compile(r"[a-z0-9][a-z0-9_-]{0,63}")
_RESERVED = frozenset({ALWAYS_KEY, "unit", "performer", "units", "people", "new"})


@transaction.atomic
def create_calendar(
    key: str,
    name_zh: str,
    name_en: str,
    content: CalendarText = STANDARD,
    *,
    at: datetime | None,
    by: str = "",
    note: str = "",
) -> Calendar:
    """Add a calendar with its first version; `at` is None if it comes with the product.

    Raises:
        ContentError: the key, a name, the note or the content cannot be used, each at its place
            (`key`, `name.zh`, `name.en`, `note`, and those of the content).
    """
    found = Findings()
    if _KEY.fullmatch(key) is None:
        found.add("key", Misfit("bad-key"))
    elif key in _RESERVED or Calendar.objects.filter(key=key).exists():
        found.add("key", Misfit("key-taken", {"key": key}))
    name = _read_names(name_zh, name_en, found)
    _check_content(content, note, found)
    found.check()
    names = {"name_zh": name.zh, "name_en": name.en}
    calendar, is_new = Calendar.objects.get_or_create(key=key, defaults=names)
    if not is_new:
        # Somebody was faster by a moment.
        found.add("key", Misfit("key-taken", {"key": key}))
        found.check()
    _add_version(calendar, 1, content, at=at, by=by, note=note)
    _mark_changed()
    return calendar


@transaction.atomic
def rename(calendar: Calendar, name_zh: str, name_en: str) -> Calendar:
    """Call a calendar otherwise; what its versions say stays.

    Raises:
        ContentError: a name cannot be used (`name.zh`, `name.en`).
    """
    found = Findings()
    name = _read_names(name_zh, name_en, found)
    found.check()
    calendar.name_zh, calendar.name_en = name.zh, name.en
    calendar.save(update_fields=["name_zh", "name_en"])
    _mark_changed()
    return calendar


@transaction.atomic
def save_version(
    calendar: Calendar,
    content: CalendarText,
    *,
    expected: int,
    at: datetime,
    by: str = "",
    note: str = "",
) -> CalendarVersion:
    """Put new content in force, with the newest public holidays if it keeps any.

    `expected` is the number of the version that was edited. What reaches us twice is saved once.

    Raises:
        SavedMeanwhile: it is no longer the newest; nothing is saved.
        ContentError: the content or the note cannot be used; nothing is saved.
    """
    found = Findings()
    _check_content(content, note, found)
    found.check()
    Calendar.objects.select_for_update().get(pk=calendar.pk)
    newest = calendar.versions.latest("number")
    if newest.number != expected:
        if _was_saved_as(newest, content, expected=expected, by=by):
            return newest
        raise SavedMeanwhile(newest.number, newest.saved_by, newest.saved_at)
    version = _add_version(calendar, expected + 1, content, at=at, by=by, note=note)
    _mark_changed()
    return version


@transaction.atomic
def take_up_holidays(at: datetime) -> list[CalendarVersion]:
    """Give every calendar that keeps public holidays those known now, as a version of its own.

    Returns the versions made; none where all calendars have the newest edition already.
    """
    edition = editions.newest()
    made = []
    for calendar in Calendar.objects.select_for_update().order_by("pk"):
        newest = calendar.versions.latest("number")
        if newest.holidays_id is not None and newest.holidays_id != edition.pk:
            made.append(
                CalendarVersion.objects.create(
                    calendar=calendar,
                    number=newest.number + 1,
                    saved_at=at,
                    content=newest.content,
                    holidays=edition,
                )
            )
    if made:
        _mark_changed()
    return made


@transaction.atomic
def standard_calendar() -> Calendar:
    """The calendar of a root that was given none; made when it is first needed."""
    name_zh, name_en = STANDARD_NAMES
    calendar, is_new = Calendar.objects.get_or_create(
        key=STANDARD_KEY, defaults={"name_zh": name_zh, "name_en": name_en}
    )
    if is_new:
        _add_version(calendar, 1, STANDARD, at=None, by="", note="")
        _mark_changed()
    return calendar


def _add_version(
    calendar: Calendar,
    number: int,
    content: CalendarText,
    *,
    at: datetime | None,
    by: str,
    note: str,
) -> CalendarVersion:
    return CalendarVersion.objects.create(
        calendar=calendar,
        number=number,
        saved_at=at,
        saved_by=by,
        note=note.strip(),
        content=to_json(tidied(content)),
        holidays=editions.newest() if content.keeps_holidays else None,
    )


def _was_saved_as(
    version: CalendarVersion, content: CalendarText, *, expected: int, by: str
) -> bool:
    """Whether the version came of the same form of the same person, sent twice."""
    return (
        (version.number, version.saved_by) == (expected + 1, by)
        and (version.holidays_id is not None) == content.keeps_holidays
        and version.content == to_json(tidied(content))
    )


def _read_names(name_zh: str, name_en: str, found: Findings) -> Text:
    for place, name in (("name.zh", name_zh), ("name.en", name_en)):
        if not name.strip():
            found.add(place, Misfit("name-missing"))
    return read_label(name_zh, name_en, "name", found)


def _check_content(content: CalendarText, note: str, found: Findings) -> None:
    if len(note) > LONGEST_LABEL * 2:
        found.add("note", Misfit("too-long", {"most": str(LONGEST_LABEL * 2)}))
    elif not note.isprintable():
        found.add("note", Misfit("not-readable"))
    # Whether a calendar can be used depends on neither its zone nor its public holidays.
    with found.at(""):
        compiled(content, Text(*STANDARD_NAMES), UTC, None)


def _mark_changed() -> None:
    CalendarMark.objects.update_or_create(pk=_MARK, defaults={"token": secrets.token_hex(16)})
