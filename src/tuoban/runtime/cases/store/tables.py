"""Statements that write rows, made of the models' columns. Each text is made once."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from typing import Any

from django.db.models import Model

from tuoban.runtime.driver import Statement

Columns = Mapping[str, Any]
"""Values by the names that the model's instances have for them (`person_id`, not `person`)."""
_Table = type[Model]


def insert(table: _Table, columns: Columns, *, unless_there: bool = False) -> Statement:
    """A new row; what is not given takes its default.

    Args:
        unless_there: whether nothing happens where a row of the same key stands.
    """
    whole = {**_defaults(table), **columns}
    return _insert(table, tuple(whole), unless_there), tuple(whole.values())


def update(table: _Table, columns: Columns, where: Columns) -> Statement:
    """Other values in the rows that have those of `where`."""
    return _update(table, tuple(columns), tuple(where)), (*columns.values(), *where.values())


def delete(table: _Table, where: Columns) -> Statement:
    """Remove the rows that have these values."""
    return f"DELETE FROM {name(table)} WHERE {_matching(table, tuple(where))}", (*where.values(),)  # noqa: S608


def name(table: _Table) -> str:
    return f'"{table._meta.db_table}"'


def column(table: _Table, attribute: str) -> str:
    """The column of a table in which an attribute is kept, with the table's name."""
    return f"{name(table)}.{_column(table, attribute)}"


@lru_cache(maxsize=1024)
def _column(table: _Table, attribute: str) -> str:
    return f'"{table._meta.get_field(attribute).column}"'  # type: ignore[union-attr]


@lru_cache
def _defaults(table: _Table) -> dict[str, Any]:
    own = (each for each in table._meta.concrete_fields if not each.primary_key)
    return {each.attname: each.get_default() for each in own}


@lru_cache(maxsize=256)
def _insert(table: _Table, names: tuple[str, ...], unless_there: bool) -> str:
    columns = ", ".join(_column(table, each) for each in names)
    places = ", ".join(["%s"] * len(names))
    ending = " ON CONFLICT DO NOTHING" if unless_there else ""
    return f"INSERT INTO {name(table)} ({columns}) VALUES ({places}){ending}"  # noqa: S608


@lru_cache(maxsize=1024)
def _update(table: _Table, names: tuple[str, ...], where: tuple[str, ...]) -> str:
    changes = ", ".join(f"{_column(table, each)} = %s" for each in names)
    return f"UPDATE {name(table)} SET {changes} WHERE {_matching(table, where)}"  # noqa: S608


@lru_cache(maxsize=256)
def _matching(table: _Table, names: tuple[str, ...]) -> str:
    return " AND ".join(f"{_column(table, each)} = %s" for each in names)
