"""Reading the row of a case to be moved, together with what each command needs beside it."""

from __future__ import annotations

from functools import lru_cache
from typing import NamedTuple

from django.db import DEFAULT_DB_ALIAS, connection

from tuoban.runtime import driver
from tuoban.runtime.cases.models import Case, PublishedDefinition, WorkItem
from tuoban.runtime.cases.store.tables import column, name
from tuoban.runtime.people import marks
from tuoban.runtime.people.marks import Marks
from tuoban.runtime.people.models import Unit


class Found(NamedTuple):
    """The row, the time zone of its unit, and the digest of the version that it goes by; the number
    of the work that it was looked up by, else 0; and the marks of people, read once it is held."""

    row: Case
    time_zone: str
    digest: str
    item: int
    marks: Marks


def locked(case_id: int, *, skip_locked: bool) -> Found | None:
    """A case, which nobody else moves before the transaction ends; None if there is none, or, with
    `skip_locked`, if somebody else has locked it."""
    return _found(_query(_BY_ID, skip_locked), case_id)


def locked_of_item(item_id: int) -> Found | None:
    """The case that a piece of work is of, locked likewise."""
    return _found(_query(_BY_ITEM, False), item_id)  # noqa: FBT003


_BY_ID = f", 0 FROM {name(Case)} %s WHERE {column(Case, 'id')} = %%s"
_BY_ITEM = (
    f", {column(WorkItem, 'number')} FROM {name(WorkItem)} "
    f"JOIN {name(Case)} ON {column(Case, 'id')} = {column(WorkItem, 'case_id')} %s "
    f"WHERE {column(WorkItem, 'id')} = %%s"
)
_WITH = (
    f"JOIN {name(Unit)} ON {column(Unit, 'key')} = {column(Case, 'unit_id')} "
    f"JOIN {name(PublishedDefinition)} "
    f"ON {column(PublishedDefinition, 'id')} = {column(Case, 'definition_id')}"
)
_COLUMNS = tuple(each.attname for each in Case._meta.concrete_fields)


@lru_cache
def _query(which: str, skip_locked: bool) -> str:
    wanted = ", ".join(column(Case, each) for each in _COLUMNS)
    beside = f"{column(Unit, 'time_zone')}, {column(PublishedDefinition, 'digest')}"
    # On SQLite the transaction began as a writing one, so that nobody else writes.
    locking = f" FOR UPDATE OF {name(Case)}" if connection.features.has_select_for_update else ""
    skipping = " SKIP LOCKED" if skip_locked and locking else ""
    return f"SELECT {wanted}, {beside}{which % _WITH}{locking}{skipping}"


def _found(text: str, number: int) -> Found | None:
    queries = ((text, (number,)), (marks.QUERY, ()))
    found, [tokens] = driver.rows_of(queries)
    if not found:
        # PostgreSQL holds a case that was waited for against the unit and the version that it had
        # before. Where it has others now, it is found by them, and held already.
        found, [tokens] = driver.rows_of(queries)
    if not found:
        return None
    [values] = found
    time_zone, digest, item = values[len(_COLUMNS) :]
    row = Case.from_db(DEFAULT_DB_ALIAS, _COLUMNS, values[: len(_COLUMNS)])
    return Found(row, time_zone, digest, item, Marks(*tokens))
