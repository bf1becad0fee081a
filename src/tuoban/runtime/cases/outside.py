"""What stands outside the cases: the customers and assets that their fields name.

Whoever keeps their files (`services/customers`) says so with `use`. The runtime looks things up
there and writes to it; it knows nothing else of them.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from datetime import UTC, datetime
from decimal import Decimal
from typing import Any, Protocol

from django.db.models import Count, Max

from tuoban.kernel.definition import Definition, Field, Kind
from tuoban.kernel.expressions import Row
from tuoban.kernel.facts import KIND, NAME, held
from tuoban.kernel.forms import Place
from tuoban.kernel.rows import MOST_ROWS
from tuoban.kernel.state import State
from tuoban.kernel.values import parse
from tuoban.runtime.cases.models import CaseReference, FormerReference
from tuoban.runtime.jobs.service import enqueue

RECHECK = "recheck-named"
"""The job that looks at the cases again which name something whose facts have changed."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """Somebody or something that may be meant: `text`, typed into a field, means it alone."""

    ref: str
    text: str
    more: str = ""
    """What tells it from others: a telephone number, whose it is."""


class Files(Protocol):
    """Where customers and assets are on file. A kind is that of an asset, or `customer`."""

    def facts(self, refs: Collection[str]) -> Mapping[str, Mapping[str, Any]]:
        """What is known of each, by name, with its kind under `KIND` and, of an asset, what it is
        called under `NAME`; unknown ones are left out."""

    def find(self, kind: str, text: str) -> str | None:
        """The one that is called so, or that such a text of a `Candidate` means."""

    def enter(self, kind: str, text: str, at: datetime) -> str | None:
        """Enter somebody or something new who is called so; None where that is not enough."""

    def candidates(self, kind: str, text: str) -> Sequence[Candidate]:
        """Who may be meant by a text that means nobody alone; without one the newest."""

    def called(self, refs: Collection[str]) -> Mapping[str, str]:
        """What people call them."""

    def typed(self, ref: str) -> str:
        """The text that, typed into a field, means it."""

    def reached(self, ref: str) -> Mapping[str, str]:
        """The number or address of a customer by channel, as far as they are known."""

    def write(self, ref: str, facts: Mapping[str, Any], case_id: int | None, at: datetime) -> None:
        """Write dated facts to a file."""


class _NoFiles:
    """Nothing is on file."""

    def facts(self, refs: Collection[str]) -> Mapping[str, Mapping[str, Any]]:
        return {}

    def find(self, kind: str, text: str) -> str | None:
        return None

    def enter(self, kind: str, text: str, at: datetime) -> str | None:
        return None

    def candidates(self, kind: str, text: str) -> Sequence[Candidate]:
        return ()

    def called(self, refs: Collection[str]) -> Mapping[str, str]:
        return {}

    def typed(self, ref: str) -> str:
        return ref

    def reached(self, ref: str) -> Mapping[str, str]:
        return {}

    def write(self, ref: str, facts: Mapping[str, Any], case_id: int | None, at: datetime) -> None:
        return None


_files: Files = _NoFiles()
_instead: ContextVar[Files | None] = ContextVar("files", default=None)
NEW = "+"
"""What begins the text of somebody or something that is to be entered anew."""


def use(files: Files) -> None:
    """Say where customers and assets are on file; an app does it when it is ready."""
    global _files  # noqa: PLW0603 - set once, when the apps are put together
    _files = files


@contextmanager
def using(files: Files) -> Iterator[None]:
    """Let other files stand in their place for what is done inside, as in a rehearsal."""
    token = _instead.set(files)
    try:
        yield
    finally:
        _instead.reset(token)


def files() -> Files:
    return _instead.get() or _files


def known(
    definition: Definition, refs: Collection[str], case_id: int | None = None
) -> dict[str, Mapping[str, Any]]:
    """What is known of these, for a case that names them.

    Args:
        case_id: the case, whose earlier ones are counted; None: a new one.
    """
    if not refs:
        return {}
    found = files().facts(refs)
    past = _past(found, case_id)
    return {
        ref: {**_called(definition, facts), **facts, **past.get(ref, _NO_CASES)}
        for ref, facts in found.items()
    }


def _called(definition: Definition, facts: Mapping[str, Any]) -> dict[str, Any]:
    """The name of an asset, as the first fact of its kind."""
    kind = definition.asset_kinds.get(facts[KIND])
    if kind is None or NAME not in facts:
        return {}
    return {next(iter(kind.facts)): facts[NAME]}


_NO_CASES: Mapping[str, Any] = {"cases": Decimal(0), "last_at": None}


def _past(refs: Iterable[str], case_id: int | None) -> dict[str, Mapping[str, Any]]:
    """How many cases each had before, and when the newest of them began."""
    rows = CaseReference.objects.filter(ref__in=list(refs))
    if case_id is not None:
        rows = rows.filter(case__lt=case_id)
    counted = rows.order_by().values_list("ref")
    counts = counted.annotate(Count("case", distinct=True), Max("case__started_at"))
    return {ref: {"cases": Decimal(count), "last_at": last} for ref, count, last in counts}


def counts(refs: Collection[str]) -> dict[str, int]:
    """How many cases name each of these."""
    rows = CaseReference.objects.filter(ref__in=list(refs)).order_by().values_list("ref")
    return dict(rows.annotate(Count("case", distinct=True)))


def cases_that_named(ref: str) -> list[int]:
    """The cases that name somebody or something, or did before, in their order."""
    naming = CaseReference.objects.filter(ref=ref).values_list("case", flat=True)
    named = FormerReference.objects.filter(ref=ref).values_list("case", flat=True)
    return sorted({*naming, *named})


def of_case(definition: Definition, state: State, case_id: int | None) -> dict[str, Any]:
    """What is known of all that a case names, for its surroundings."""
    if not definition.names_files:
        return {}
    return dict(known(definition, {each.ref for each in held(definition, state)}, case_id))


def looked_up(
    place: Place,
    data: Mapping[str, Any],
    opened: dict[str, Any],
    case_id: int | None,
    *,
    enter: bool = True,
) -> dict[str, Any]:
    """The data with references where somebody typed who or what is meant; what is known of them is
    added to `opened`. What means nobody stays as it was typed, for the decision to tell so.

    Args:
        enter: whether what begins with `+` is entered anew.
    """
    if not place.definition.names_files:
        return dict(data)
    fields = {name: place.definition.field_at(place.node, name) for name in data}
    found = meant(fields, data, place.now if enter else None)
    opened.update(known(place.definition, named_in(fields, found) - opened.keys(), case_id))
    return found


def meant(
    fields: Mapping[str, Field | None], data: Mapping[str, Any], at: datetime | None
) -> dict[str, Any]:
    """The data with references where somebody typed who or what is meant.

    Args:
        at: when what begins with `+` is entered anew; None: it is not.
    """
    return {name: _with_references(fields.get(name), raw, at) for name, raw in data.items()}


def named_in(fields: Mapping[str, Field | None], data: Mapping[str, Any]) -> set[str]:
    """The references in such data."""
    return {
        cell
        for name, raw in data.items()
        for of, cell in _naming_cells(fields.get(name), raw)
        if isinstance(cell, str) and parse(of, cell, UTC)[0] is not None
    }


def _naming_cells(field: Field | None, raw: Any) -> Iterator[tuple[Field, Any]]:
    if field is None:
        return
    if field.kind:
        yield field, raw
    columns = [column for column in field.columns if column.kind]
    for row in raw if columns and isinstance(raw, list | tuple) else ():
        if isinstance(row, Mapping):
            yield from ((column, row.get(column.name)) for column in columns)


def _with_references(field: Field | None, raw: Any, at: datetime | None) -> Any:
    if field is None:
        return raw
    if field.kind and isinstance(raw, str):
        return _meant(field, raw.strip(), at) or raw
    columns = [column for column in field.columns if column.kind]
    # More rows than a list may have are refused, and nobody is looked up or entered for them.
    if not columns or not isinstance(raw, list | tuple) or len(raw) > MOST_ROWS:
        return raw
    return [_row_with_references(columns, row, at) for row in raw]


def _row_with_references(columns: Sequence[Field], row: Any, at: datetime | None) -> Any:
    if not isinstance(row, Mapping):
        return row
    cells = {each.name: _with_references(each, row.get(each.name), at) for each in columns}
    whole = {**row, **{name: cell for name, cell in cells.items() if name in row}}
    return row.having(whole) if isinstance(row, Row) else whole


def _meant(field: Field, text: str, at: datetime | None) -> str | None:
    if text.startswith(NEW):
        if at is None:
            return None
        return files().enter(field.kind, text.removeprefix(NEW).strip(), at)
    return files().find(field.kind, text) if text else None


def name_of(ref: str) -> str | None:
    """What people call somebody or something; None where that was erased."""
    return files().called({ref}).get(ref)


def kinds(definitions: Iterable[Definition]) -> dict[str, Kind]:
    """The kinds that these packs declare, each with the facts of all that do."""
    found: dict[str, Kind] = {}
    for definition in definitions:
        for name, kind in definition.asset_kinds.items():
            before = found.get(name)
            facts = {**kind.facts, **before.facts} if before is not None else kind.facts
            found[name] = Kind(name, before.label if before is not None else kind.label, facts)
    return found


def rows_of(definition: Definition, state: State) -> set[tuple[str, str]]:
    """The rows of what a case names: each field with its reference."""
    return {(each.name, each.ref) for each in held(definition, state)}


def project(
    case_id: int, definition: Definition, before: State, after: State, *, is_migrated: bool
) -> None:
    """Keep the rows of what a case names equal to its state.

    Args:
        is_migrated: whether it went by another version before, whose fields have other names.
    """
    if not (definition.names_files or is_migrated):
        return
    rows = CaseReference.objects.filter(case=case_id)
    was = set(rows.values_list("field", "ref")) if is_migrated else rows_of(definition, before)
    named = rows_of(definition, after) if definition.names_files else set()
    if named == was:
        return
    for field, ref in was - named:
        rows.filter(field=field, ref=ref).delete()
    gone = {ref for _, ref in was} - {ref for _, ref in named}
    FormerReference.objects.bulk_create(
        (FormerReference(case_id=case_id, ref=ref) for ref in sorted(gone)), ignore_conflicts=True
    )
    CaseReference.objects.bulk_create(
        CaseReference(case_id=case_id, field=field, ref=ref) for field, ref in sorted(named - was)
    )


def queue_rechecks(ref: str, change: str, at: datetime) -> None:
    """Queue that the running cases are looked at again which name this, whether or not any is seen
    to: a command under way may have read what was before, and name it when it ends.

    Args:
        change: what tells this change of its facts from every other.
    """
    enqueue(RECHECK, {"ref": ref}, key=f"{RECHECK}:{ref}:{change}", run_at=at)
