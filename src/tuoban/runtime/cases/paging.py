"""Keyed paging: a page begins behind the last row of the one before.

A cursor holds that row's values of the order's columns. It stays right while rows come and go, and
costs the same on every page. It is signed for its order: one that was made up, or belongs to
another list, would compare columns with values of other types.
"""

from __future__ import annotations

import base64
from collections.abc import Sequence
from typing import Any

from django.core.signing import BadSignature, Signer
from django.db.models import Q

from tuoban.runtime.cases import canonical

PAGE_SIZE = 25


def behind(order: Sequence[str], cursor: str) -> Q:
    """The rows behind a cursor in this order, whose last column must be unique.

    A column may begin with `-`; none may be null. An unreadable cursor means the first page.
    """
    values = _read(order, cursor)
    if len(values) != len(order):
        return Q()
    condition, equal = Q(), Q()
    for column, value in zip(order, values, strict=True):
        name = column.removeprefix("-")
        comparison = "lt" if column.startswith("-") else "gt"
        condition |= equal & Q(**{f"{name}__{comparison}": value})
        equal &= Q(**{name: value})
    return condition


def is_cursor(order: Sequence[str], cursor: str) -> bool:
    """Whether a page of this order begins with it; the first one does with nothing."""
    return not cursor or bool(_read(order, cursor))


def values_at(order: Sequence[str], cursor: str) -> tuple[Any, ...]:
    """The values that a cursor holds, in the order's columns; none for the first page."""
    return _read(order, cursor)


def cursor_at(order: Sequence[str], row: Any) -> str:
    """The cursor of a model instance in this order."""
    return cursor_of(order, [getattr(row, column.removeprefix("-")) for column in order])


def cursor_of(order: Sequence[str], values: Sequence[Any]) -> str:
    """The cursor of a row that has these values in the order's columns."""
    text = base64.urlsafe_b64encode(canonical.to_text(list(values)).encode()).decode()
    return _signer(order).sign(text)


def cut(rows: list[Any], order: Sequence[str], most: int = PAGE_SIZE) -> tuple[list[Any], str]:
    """A page of at most so many rows, read with one to spare, and the cursor of the next page
    ("": none)."""
    if len(rows) <= most:
        return rows, ""
    page = rows[:most]
    return page, cursor_at(order, page[-1])


def _read(order: Sequence[str], cursor: str) -> tuple[Any, ...]:
    if not cursor:
        return ()
    try:
        text = _signer(order).unsign(cursor)
    except BadSignature:
        return ()
    values: tuple[Any, ...] = canonical.from_text(base64.urlsafe_b64decode(text).decode())
    return values


def _signer(order: Sequence[str]) -> Signer:
    return Signer(salt=f"tuoban.paging {' '.join(order)}")
