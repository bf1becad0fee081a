"""Keyed paging: a page begins behind the last row of the one before.

A cursor holds that row's values of the order's columns. It stays right while rows come and go, and
costs the same on every page.
"""

from __future__ import annotations

import base64
import binascii
from collections.abc import Sequence
from typing import Any

from django.db.models import Q

from tuoban.runtime.cases import canonical

PAGE_SIZE = 25


def behind(order: Sequence[str], cursor: str) -> Q:
    """The rows behind a cursor in this order, whose last column must be unique.

    A column may begin with `-`; none may be null. An unreadable cursor means the first page.
    """
    values = _read(cursor)
    if len(values) != len(order):
        return Q()
    condition, equal = Q(), Q()
    for column, value in zip(order, values, strict=True):
        name = column.removeprefix("-")
        comparison = "lt" if column.startswith("-") else "gt"
        condition |= equal & Q(**{f"{name}__{comparison}": value})
        equal &= Q(**{name: value})
    return condition


def cursor_at(order: Sequence[str], row: Any) -> str:
    """The cursor of a model instance in this order."""
    values = [getattr(row, column.removeprefix("-")) for column in order]
    return base64.urlsafe_b64encode(canonical.to_text(values).encode()).decode()


def cut(rows: list[Any], order: Sequence[str]) -> tuple[list[Any], str]:
    """A page of rows read with one to spare, and the cursor of the next page ("": none)."""
    if len(rows) <= PAGE_SIZE:
        return rows, ""
    page = rows[:PAGE_SIZE]
    return page, cursor_at(order, page[-1])


def _read(cursor: str) -> tuple[Any, ...]:
    if not cursor:
        return ()
    try:
        values = canonical.from_text(base64.urlsafe_b64decode(cursor.encode()).decode())
    except (binascii.Error, ValueError):
        return ()
    return values if isinstance(values, tuple) else ()
