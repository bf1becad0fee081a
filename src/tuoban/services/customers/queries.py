"""What the pages of customers and assets show."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, NamedTuple
from zoneinfo import ZoneInfo

from tuoban.kernel.definition import Definition, Field, Text
from tuoban.kernel.expressions import Row
from tuoban.kernel.facts import CUSTOMER
from tuoban.kernel.rows import read_value
from tuoban.runtime.cases import canonical, definitions, outside, paging
from tuoban.runtime.cases.policy import is_administrator
from tuoban.runtime.cases.queries import CaseRow, FieldView, FormPart, case_list
from tuoban.runtime.cases.queries.list_rows import ListView, Option
from tuoban.runtime.cases.queries.list_views import list_view, shown_list
from tuoban.runtime.cases.wording import in_words, same
from tuoban.runtime.people.models import Unit, User
from tuoban.services.customers.entries import (
    Kept,
    entries_of,
    facts_of,
    find,
    kept,
    kinds,
    shown_in,
    whole,
)
from tuoban.services.customers.files import CustomerFiles
from tuoban.services.customers.models import Asset, Customer, Fact
from tuoban.services.customers.searching import assets_like, customers_like

ORDER = ("name", "id")
FACTS_SHOWN = 50


@dataclass(frozen=True, slots=True)
class FileRow:
    """A line of the list: `more` is a telephone number, or whose it is."""

    ref: str
    name: str
    more: str
    cases: int


@dataclass(frozen=True, slots=True)
class FileList:
    rows: tuple[FileRow, ...]
    next: str


@dataclass(frozen=True, slots=True)
class FactShown:
    """A fact as it became known, by whom or with which case."""

    label: Text
    value: Text
    at: datetime
    by: str
    case: str
    list: ListView | None = None
    """The rows of a list of records."""


class Erased(NamedTuple):
    """When who a customer is was erased, by whom and why."""

    at: datetime
    by: str
    why: str


@dataclass(frozen=True, slots=True)
class FilePage:
    """The file of a customer or an asset, or the form of a new one (`ref` is empty)."""

    ref: str
    kind: str
    kind_label: Text
    name: str
    form: tuple[FormPart, ...]
    was: tuple[tuple[str, str], ...]
    """What stands on file, by entry, for the next save to be held against."""
    facts: tuple[FactShown, ...]
    cases: tuple[CaseRow, ...]
    assets: tuple[FileRow, ...]
    owner: FileRow | None
    can_erase: bool = False
    erased: Erased | None = None


def file_list(kind: str, *, q: str = "", page: str = "") -> FileList:
    """The files of a kind by name, those that match `q` alone if it is given."""
    words = " ".join(q.split())
    rows: list[Any] = (
        list(_page(customers_like(words), page))
        if kind == CUSTOMER
        else list(_page(assets_like(words, kind).select_related("owner"), page))
    )
    found, cursor = paging.cut(rows, ORDER)
    past = outside.counts([each.ref for each in found])
    return FileList(tuple(_row(each, past) for each in found), cursor)


def _page(rows: Any, cursor: str) -> Any:
    behind = rows.filter(paging.behind(ORDER, cursor)).order_by(*ORDER)
    return behind[: paging.PAGE_SIZE + 1]


def _row(row: Customer | Asset, past: Mapping[str, int]) -> FileRow:
    if isinstance(row, Customer):
        return FileRow(row.ref, row.name, row.phone, past.get(row.ref, 0))
    owner = row.owner.name if row.owner is not None else ""
    return FileRow(row.ref, row.name, owner, past.get(row.ref, 0))


def file_page(
    user: User, ref: str, at: datetime, entered: Mapping[str, Any] | None = None
) -> FilePage | None:
    """The file of a customer or an asset; None where there is none.

    Args:
        entered: what was typed and not taken, to be shown again.
    """
    row = find(ref)
    if row is None:
        return None
    kind = CUSTOMER if isinstance(row, Customer) else row.kind
    found = kept(kind, ref)
    past = outside.counts([ref])
    assets = Asset.objects.filter(owner=found.pk).order_by("kind", "name")[:FACTS_SHOWN]
    owner = row.owner if isinstance(row, Asset) else None
    return FilePage(
        ref=ref,
        kind=kind,
        kind_label=_label(kind),
        name=found.name,
        form=_form(kind, found, entered),
        was=_was(kind, found),
        facts=_facts(kind, ref),
        cases=case_list(user, at, state="all", ref=ref).rows,
        assets=tuple(_row(each, past) for each in assets) if kind == CUSTOMER else (),
        owner=_row(owner, past) if owner is not None else None,
        can_erase=isinstance(row, Customer) and row.erased_at is None and is_administrator(user),
        erased=_erased(row),
    )


def _erased(row: Customer | Asset) -> Erased | None:
    if not isinstance(row, Customer) or row.erased_at is None:
        return None
    return Erased(row.erased_at, str(row.erased_by), row.erased_why)


def new_file(kind: str, entered: Mapping[str, Any] | None = None) -> FilePage | None:
    """The form of a new customer, or asset of a kind; None where there is no such kind."""
    if kind not in kinds():
        return None
    form = _form(kind, kept(kind, None), entered)
    return FilePage("", kind, _label(kind), "", form, (), (), (), (), None)


def zone() -> ZoneInfo:
    """The time zone in which times of the files are meant: that of the organisation."""
    root = Unit.objects.order_by("path").first()
    return root.zone if root is not None else ZoneInfo("UTC")


def _label(kind: str) -> Text:
    found = kinds().get(kind)
    return found.label if found is not None else same(kind)


def _form(kind: str, found: Kept, entered: Mapping[str, Any] | None) -> tuple[FormPart, ...]:
    typed = entered or {}
    single = [each for each in entries_of(kind) if each.type != "list"]
    lists = [each for each in entries_of(kind) if each.type == "list"]
    views = [_view(each, found.values.get(each.name), typed.get(each.name)) for each in single]
    if lists and (declaring := _declaring(kind)) is not None:
        views += [
            _rows_entry(declaring, each, found.values.get(each.name), typed.get(each.name))
            for each in lists
        ]
    return (FormPart(None, tuple(views)),)


def _was(kind: str, found: Kept) -> tuple[tuple[str, str], ...]:
    return tuple(
        (each.name, shown_in(each, found.values.get(each.name), zone()))
        for each in entries_of(kind)
    )


def _rows_entry(declaring: Definition, field: Field, rows: Any, raw: Any) -> FieldView:
    """A list of a file, as it was typed or as it is kept."""
    made = rows if raw is None else whole(field, _readable(field, raw), rows, zone())
    shown = shown_list(declaring, field, made or (), zone(), None)
    entry = list_view(field, rows if raw is None else raw, zone(), shown, {})
    return replace(_view(field, None, None), list=entry)


def _readable(field: Field, raw: Any) -> tuple[Row, ...]:
    """The rows that were typed, as far as they can be read."""
    rows, _ = read_value(field, raw, zone())
    return tuple(Row(0, {}) if row is None else row for row in rows or ())


def _rows(definition: Definition | None, field: Field, value: Any) -> ListView | None:
    if field.type != "list" or field.is_plain or value is None or definition is None:
        return None
    return shown_list(definition, field, value, zone(), None)


def _view(field: Field, value: Any, raw: Any) -> FieldView:
    """An entry, as it was typed or as it is kept."""
    text = shown_in(field, value, zone())
    if raw is not None:
        text = str(raw)
    return FieldView(
        name=field.name,
        label=field.label,
        type=field.type,
        value=text,
        shown=same(text),
        required=field.required,
        read_only=False,
        options=_options(field, raw),
        unit=field.unit_words,
        long=field.long,
        hint=field.hint,
        personal=False,
        minimum="" if field.minimum is None else f"{field.minimum:f}",
        maximum="" if field.maximum is None else f"{field.maximum:f}",
        warning=None,
    )


def _options(field: Field, raw: Any) -> tuple[Option, ...]:
    if not field.kind:
        return tuple(Option(key, label) for key, label in field.options)
    words = str(raw or "").strip()
    if not words or CustomerFiles().find(field.kind, words) is not None:
        return ()
    found = CustomerFiles().candidates(field.kind, words)
    return tuple(Option(each.text, same(f"{each.text} {each.more}".strip())) for each in found)


def _facts(kind: str, ref: str) -> tuple[FactShown, ...]:
    """What became known, the newest first."""
    fields, declaring = facts_of(kind), _declaring(kind)
    rows = Fact.objects.filter(ref=ref, name__in=list(fields)).select_related("case", "by")
    return tuple(
        _shown(declaring, fields[row.name], row) for row in rows.order_by("-pk")[:FACTS_SHOWN]
    )


def _shown(declaring: Definition | None, field: Field, row: Fact) -> FactShown:
    value = canonical.from_text(row.value)
    return FactShown(
        field.label,
        _words(declaring, field, value),
        row.at,
        str(row.by) if row.by is not None else "",
        row.case.number if row.case is not None else "",
        _rows(declaring, field, value or None),
    )


def _words(definition: Definition | None, field: Field, value: Any) -> Text:
    if value is None or definition is None:
        return same("—")
    return in_words(definition, field, value, zone(), None)


def _declaring(kind: str) -> Definition | None:
    """A process that declares the kind, in whose currency money is shown."""
    found = map(definitions.compiled, definitions.all_latest())
    return next((each for each in found if kind in each.asset_kinds), None)
