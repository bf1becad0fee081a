"""Forms as rows: what stands in each entry before anybody types, or after a refusal."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import replace
from functools import partial
from typing import Any

from tuoban.kernel.commands import Sealed
from tuoban.kernel.definition import Field, FormEntry, Text
from tuoban.kernel.forms import (
    Place,
    entries,
    follows,
    is_shown,
    prefilled,
    read_form,
    rows_now,
    value_shown,
)
from tuoban.kernel.rows import read_value
from tuoban.kernel.values import to_input
from tuoban.runtime.cases import outside
from tuoban.runtime.cases.filing.values import with_files
from tuoban.runtime.cases.queries.files import known_to, uploads_of
from tuoban.runtime.cases.queries.list_rows import ListView, Option, meant, people, units
from tuoban.runtime.cases.queries.list_views import list_view, rows_text, shown_list
from tuoban.runtime.cases.queries.rows import FieldView, FormPart, UploadsView
from tuoban.runtime.cases.wording import in_words, same
from tuoban.runtime.files.models import StoredFile
from tuoban.runtime.people.models import User

Entered = Mapping[str, Any]
"""What was typed, by field: raw text, or typed values of an earlier completion."""


def form_parts(
    place: Place, entered: Entered, user: User, in_place_of: str | None = None
) -> tuple[FormPart, ...]:
    """The sections of a form with the entries that are shown to a user, given what was entered so
    far.

    Args:
        in_place_of: whose deputy the user is.
    """
    return parts_given(place, entered, partial(known_to, user, in_place_of=in_place_of))


def parts_given(
    place: Place, entered: Entered, files: Callable[[Collection[str]], Mapping[str, StoredFile]]
) -> tuple[FormPart, ...]:
    """The same for whoever may hand in these files."""
    place, entered = _looked_up(place, entered, files)
    typed = typed_values(place, entered)
    warnings = _warnings(place, typed)
    defaults = _defaults(place, typed)
    parts = (
        FormPart(
            section.label,
            tuple(
                _view(place, entry, entered, typed, warnings, defaults)
                for entry in section.entries
                if is_shown(place, entry, typed)
            ),
        )
        for section in place.form
    )
    return tuple(part for part in parts if part.entries)


def _looked_up(
    place: Place, entered: Entered, files: Callable[[Collection[str]], Mapping[str, StoredFile]]
) -> tuple[Place, Entered]:
    """The place and what was typed, with references where it says who or what is meant."""
    fields = {name: place.definition.field_at(place.node, name) for name in entered}
    entered = with_files(fields, entered, refuse=False, found=files)
    if not place.definition.names_files:
        return place, entered
    opened = dict(place.opened)
    found = outside.looked_up(place, entered, opened, None, enter=False)
    return replace(place, opened=opened), found


def form_as_given(place: Place, values: Mapping[str, Any]) -> tuple[FormPart, ...]:
    """The same with the values that were given, to be read only."""
    parts = (
        FormPart(
            section.label,
            tuple(
                _view(place, replace(entry, read_only=True), {}, values, {}, {})
                for entry in section.entries
                if entry.field in values and is_shown(place, entry, values)
            ),
        )
        for section in place.form
    )
    return tuple(part for part in parts if part.entries)


def typed_values(place: Place, entered: Entered) -> dict[str, Any]:
    """The entries' values as conditions see them; what cannot be read counts as not given."""
    values: dict[str, Any] = {}
    for entry in entries(place):
        name = entry.field
        if entry.read_only or name not in entered:
            values[name] = prefilled(place, name, values)
        elif isinstance(entered[name], Sealed):
            values[name] = entered[name]
        else:
            field = place.field(name)
            values[name], _ = read_value(field, entered[name], place.zone, rows_now(place, name))
    return values


def _defaults(place: Place, typed: Mapping[str, Any]) -> dict[str, Any]:
    """By entry that shows a default which follows from those above it, what that is."""
    above: dict[str, Any] = {}
    found: dict[str, Any] = {}
    for entry in entries(place):
        name = entry.field
        if not entry.read_only and follows(place, name, above):
            found[name] = prefilled(place, name, above)
        above[name] = typed[name]
    return found


def _warnings(place: Place, typed: Mapping[str, Any]) -> dict[str, Text]:
    writable = {entry.field for entry in entries(place) if not entry.read_only}
    data = {name: value for name, value in typed.items() if name in writable}
    return dict(read_form(place, data).warnings)


def _view(
    place: Place,
    entry: FormEntry,
    entered: Entered,
    typed: Mapping[str, Any],
    warnings: Mapping[str, Text],
    defaults: Mapping[str, Any],
) -> FieldView:
    field = place.field(entry.field)
    value = typed[entry.field] if field.computed is None else value_shown(place, field.name, typed)
    raw = entered.get(entry.field)
    as_typed = isinstance(raw, str) and not entry.read_only and field.type != "list"
    # What was uploaded stays in the entry, even where it is refused.
    stands = raw if field.holds_files and _is_entered(entry, entered) else value
    uploads = uploads_of(field, stands, place.opened)
    if field.kind and value is not None:
        as_typed = False
    plain = place.opened.get(value.ref) if isinstance(value, Sealed) else value
    return FieldView(
        name=field.name,
        label=field.label,
        type=field.type,
        value=_value(place, field, plain, str(raw) if as_typed else None, uploads),
        shown=same("—")
        if value is None
        else in_words(place.definition, field, value, place.zone, place.opened),
        required=entry.required or field.required,
        read_only=entry.read_only,
        options=_options(field, plain, raw),
        unit=field.unit_words,
        long=field.long,
        hint=field.hint,
        personal=field.personal,
        minimum="" if field.minimum is None else f"{field.minimum:f}",
        maximum="" if field.maximum is None else f"{field.maximum:f}",
        warning=warnings.get(field.name),
        list=_list(place, entry, entered, typed, warnings)
        if field.type == "list" and uploads is None
        else None,
        uploads=uploads,
        default=_default_text(place, field, defaults) if field.name in defaults else None,
    )


def _is_entered(entry: FormEntry, entered: Entered) -> bool:
    return entry.field in entered and not entry.read_only


def _value(
    place: Place, field: Field, value: Any, typed: str | None, uploads: UploadsView | None
) -> str:
    """The text that stands in an entry: as it was typed, where it was."""
    if uploads is not None:
        return " ".join(each.ref for each in uploads.files)
    return typed if typed is not None else _input(field, value, place)


def _default_text(place: Place, field: Field, defaults: Mapping[str, Any]) -> str:
    if field.type == "list":
        return rows_text(field, defaults[field.name] or (), place.zone)
    return _input(field, defaults[field.name], place)


def _input(field: Field, value: Any, place: Place) -> str:
    if field.kind and isinstance(value, str):
        return outside.files().typed(value)
    return to_input(field, value, place.zone)


def _options(field: Field, value: Any, raw: Any) -> tuple[Option, ...]:
    """What can be chosen. Of customers and assets it is those that may be meant by what was typed
    and means nobody alone, and to enter that anew."""
    if field.type == "person":
        return people(value)
    if field.type == "unit":
        return units(value)
    if not field.kind:
        return options(field.options)
    return meant(field, raw) if value is None else ()


def _list(
    place: Place,
    entry: FormEntry,
    entered: Entered,
    typed: Mapping[str, Any],
    warnings: Mapping[str, Text],
) -> ListView:
    field = place.field(entry.field)
    whole = value_shown(place, entry.field, typed) or ()
    shown = shown_list(place.definition, field, whole, place.zone, place.opened)
    if entry.read_only:
        return shown
    return list_view(
        field, entered.get(entry.field, typed[entry.field]), place.zone, shown, warnings
    )


def options(pairs: Iterable[tuple[str, Text]]) -> tuple[Option, ...]:
    return tuple(Option(key, label) for key, label in pairs)
