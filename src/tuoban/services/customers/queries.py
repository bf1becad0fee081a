"""What the pages of customers and assets show."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from tuoban.kernel.definition import Definition, Field, Text
from tuoban.kernel.facts import CUSTOMER
from tuoban.kernel.values import to_input
from tuoban.runtime.cases import canonical, definitions, outside, paging
from tuoban.runtime.cases.queries import CaseRow, FieldView, FormPart, case_list
from tuoban.runtime.cases.queries.list_rows import Option
from tuoban.runtime.cases.wording import in_words, same
from tuoban.runtime.people.models import Unit, User
from tuoban.services.customers.entries import Kept, entries_of, facts_of, find, kept, kinds
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


@dataclass(frozen=True, slots=True)
class FilePage:
    """The file of a customer or an asset, or the form of a new one (`ref` is empty)."""

    ref: str
    kind: str
    kind_label: Text
    name: str
    form: tuple[FormPart, ...]
    facts: tuple[FactShown, ...]
    cases: tuple[CaseRow, ...]
    assets: tuple[FileRow, ...]
    owner: FileRow | None


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
        facts=_facts(kind, ref),
        cases=case_list(user, at, state="all", ref=ref).rows,
        assets=tuple(_row(each, past) for each in assets) if kind == CUSTOMER else (),
        owner=_row(owner, past) if owner is not None else None,
    )


def new_file(kind: str, entered: Mapping[str, Any] | None = None) -> FilePage | None:
    """The form of a new customer, or asset of a kind; None where there is no such kind."""
    if kind not in kinds():
        return None
    form = _form(kind, kept(kind, None), entered)
    return FilePage("", kind, _label(kind), "", form, (), (), (), None)


def zone() -> ZoneInfo:
    """The time zone in which times of the files are meant: that of the organisation."""
    root = Unit.objects.order_by("path").first()
    return root.zone if root is not None else ZoneInfo("UTC")


def _label(kind: str) -> Text:
    found = kinds().get(kind)
    return found.label if found is not None else same(kind)


def _form(kind: str, found: Kept, entered: Mapping[str, Any] | None) -> tuple[FormPart, ...]:
    views = (
        _view(field, found.values.get(field.name), (entered or {}).get(field.name))
        for field in entries_of(kind)
    )
    return (FormPart(None, tuple(views)),)


def _view(field: Field, value: Any, raw: Any) -> FieldView:
    """An entry, as it was typed or as it is kept."""
    text = to_input(field, value, zone())
    if field.kind and value is not None:
        text = CustomerFiles().typed(value)
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
        unit=field.unit,
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
        FactShown(
            fields[row.name].label,
            _words(declaring, fields[row.name], canonical.from_text(row.value)),
            row.at,
            str(row.by) if row.by is not None else "",
            row.case.number if row.case is not None else "",
        )
        for row in rows.order_by("-pk")[:FACTS_SHOWN]
    )


def _words(definition: Definition | None, field: Field, value: Any) -> Text:
    if value is None or definition is None:
        return same("—")
    return in_words(definition, field, value, zone(), None)


def _declaring(kind: str) -> Definition | None:
    """A process that declares the kind, in whose currency money is shown."""
    found = map(definitions.compiled, definitions.all_latest())
    return next((each for each in found if kind in each.asset_kinds), None)
