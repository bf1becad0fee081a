"""What every template of the desk may call: filters and functions beside those of the site."""

import re
import uuid
from collections.abc import Callable, Mapping

from django.utils.html import format_html
from django.utils.translation import gettext as _

from tuoban.faces.desk.contexts import Typed
from tuoban.faces.desk.ink import drawing
from tuoban.faces.desk.times import clock, minute, moment, on_paper, on_the_wall, span
from tuoban.faces.reader import in_units, text
from tuoban.kernel.calendars import WEEKDAYS
from tuoban.kernel.clocks import UNITS
from tuoban.kernel.definition import Text
from tuoban.runtime.calendars.texts import WEEKDAY_KEYS
from tuoban.runtime.cases.queries import FieldView, FileView, file_views
from tuoban.runtime.people.models import User


def new_key() -> str:
    """A fresh idempotency key for one rendered form."""
    return uuid.uuid4().hex


def answers(field: FieldView) -> tuple[tuple[str, str], ...]:
    """What can be chosen for a field, as values of the input with their labels."""
    if field.type == "boolean":
        return ("true", _("Yes")), ("false", _("No"))
    return tuple((option.key, text(option.label)) for option in field.options)


def length_units() -> tuple[tuple[str, str], ...]:
    """The units of a time limit with their names, those of working time first."""
    names = ((key, Text(unit.zh.removeprefix("个"), unit.many)) for key, unit in UNITS.items())
    listed = [(key, text(name)) for key, name in names]
    return tuple(sorted(listed, key=lambda each: not each[0].startswith("work")))


def weekdays() -> tuple[tuple[str, str, str], ...]:
    """Key, name and short name of each weekday, Monday first."""
    return tuple(
        (key, text(name), text(Text(name.zh[-1], name.en[:2])))
        for key, name in zip(WEEKDAY_KEYS, WEEKDAYS, strict=True)
    )


def phone(number: str) -> str:
    """A phone number as a link that dials it; other words, as for an erased one, as they are."""
    dialled = re.sub(r"[ ()-]", "", number)
    if not re.fullmatch(r"\+?\d{3,}", dialled):
        return number
    return format_html('<a href="tel:{}">{}</a>', dialled, number)


def led_by(sentence: str, actor: str) -> str:
    """The sentence, with the person it begins with in bold."""
    if not actor or not sentence.startswith(actor):
        return sentence
    return format_html("<b>{}</b>{}", actor, sentence.removeprefix(actor))


def size(count: int) -> str:
    """So many bytes, as people read them."""
    if count < 1000:
        return f"{count} B"
    if count < 1_000_000:
        return f"{count / 1000:.0f} KB"
    return f"{count / 1_000_000:.1f} MB"


def uploaded(typed: Typed, user: User) -> tuple[FileView, ...]:
    """The files that a user has uploaded into a form that is shown again."""
    rows = (value for name, value in typed.values.items() if name.startswith("f.file."))
    known = file_views(user, refs := tuple(rows))
    return tuple(known[ref] for ref in refs if ref in known)


FILTERS: Mapping[str, Callable[..., object]] = {
    "clock": clock,
    "led_by": led_by,
    "in_units": in_units,
    "minute": minute,
    "moment": moment,
    "on_paper": on_paper,
    "on_the_wall": on_the_wall,
    "phone": phone,
    "size": size,
    "span": span,
    "text": text,
}
FUNCTIONS: Mapping[str, Callable[..., object]] = {
    "answers": answers,
    "drawing": drawing,
    "length_units": length_units,
    "new_key": new_key,
    "uploaded": uploaded,
    "weekdays": weekdays,
}
