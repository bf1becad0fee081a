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


def cursor_at(order: Sequence[str], row: Any) -> str:
    """The cursor of a model instance in this order."""
    values = [getattr(row, column.removeprefix("-")) for column in order]
    text = base64.urlsafe_b64encode(canonical.to_text(values).encode()).decode()
    return _signer(order).sign(text)


def cut(rows: list[Any], order: Sequence[str]) -> tuple[list[Any], str]:
    """A page of rows read with one to spare, and the cursor of the next page ("": none)."""
    if len(rows) <= PAGE_SIZE:
        return rows, ""
    page = rows[:PAGE_SIZE]
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
