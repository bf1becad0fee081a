"""Statements about what hangs on a piece of work, which is known by its case and its number."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from django.db.models import Model

from tuoban.runtime.cases.models import Draft, PoolEntry, WorkItem
from tuoban.runtime.cases.store.tables import name
from tuoban.runtime.driver import Statement

_ITEM = f"{name(WorkItem)} WHERE case_id = %s AND number = %s"
_FILL = f"INSERT INTO {name(PoolEntry)} (item_id, role, unit) SELECT id, %s, %s FROM {_ITEM}"  # noqa: S608


def fill_pools(case_id: int, number: int, pools: Iterable[tuple[str, str]]) -> Iterator[Statement]:
    """Lay it into pools, each a role in a unit."""
    return ((_FILL, (role, unit, case_id, number)) for role, unit in pools)


def leave_pools(case_id: int, number: int) -> Statement:
    return _without(PoolEntry), (case_id, number)


def forget_drafts(case_id: int, number: int) -> Statement:
    return _without(Draft), (case_id, number)


def _without(table: type[Model]) -> str:
    return f"DELETE FROM {name(table)} WHERE item_id = (SELECT id FROM {_ITEM})"  # noqa: S608
