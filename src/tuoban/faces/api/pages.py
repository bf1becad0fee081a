"""Lists by pages: a page begins behind the last row of the one before, by that row's own key, so
that nothing is told twice or left out while rows come and go."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Annotated, Any, TypeVar

from django.utils.translation import gettext as _
from pydantic import Field

from tuoban.faces.api.problems import Bad, NoResult
from tuoban.runtime.cases import paging

MOST = 100
Row = TypeVar("Row")

Page = Annotated[str, Field(description="`next` of the page before; empty: the first page.")]
Limit = Annotated[int, Field(ge=1, le=MOST, description="As many rows at most.")]
NAMES = ("page", "limit")
USUAL = 25
NEXT: Any = Field(description="`page` of those that follow; null: there are none.")


def check_page(order: Sequence[str], page: str) -> None:
    """Raises `NoResult`: `invalid` where the cursor is none, or one of another list. Whoever took
    it for the first page would go round for ever."""
    if not paging.is_cursor(order, page):
        told = _("This is no page of this list: use `next` of an answer, as it is.")
        raise NoResult("invalid", Bad("page", "bad-page", told))


def part_of(
    rows: Iterable[Row], key: Callable[[Row], tuple[Any, ...]], name: str, page: str, limit: int
) -> tuple[list[Row], str | None]:
    """A page of rows that are there already, by a key that none shares, and `next`.

    Args:
        name: which list it is, whose pages no other list takes.
    """
    order = (name,)
    check_page(order, page)
    (last,) = paging.values_at(order, page) or (None,)
    ordered = sorted(rows, key=key)
    behind = [each for each in ordered if last is None or key(each) > tuple(last)]
    shown = behind[:limit]
    more = paging.cursor_of(order, [list(key(shown[-1]))]) if behind[limit:] else None
    return shown, more
