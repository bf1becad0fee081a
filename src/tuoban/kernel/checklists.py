"""Which lines of a checklist apply to a step, and how those of rows are called."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import groupby
from typing import Any

from tuoban.kernel.definition import CheckItem, Field, Step, Text
from tuoban.kernel.forms import Place
from tuoban.kernel.names import Names, holds
from tuoban.kernel.rows import Inside, nobody_called, titles_of


def applicable_checks(
    place: Place,
    step: Step,
    entered: Mapping[str, Any],
    called: Callable[[str], str | None] = nobody_called,
) -> list[CheckItem]:
    """The lines of the checklist that apply.

    Args:
        called: what a customer or an asset is called, after which rows may be named.
    """
    if not step.checklist:
        return []
    names, found = place.names(entered), list[CheckItem]()
    for per, items in groupby(step.checklist, key=lambda item: item.per):
        if per is None:
            found += [each for each in items if _applies(each, names)]
        else:
            found += _lines(place.field(per), tuple(items), names, called)
    return found


def _applies(item: CheckItem, names: Mapping[str, Any]) -> bool:
    return item.when is None or holds(item.when, names) is True


def _lines(
    field: Field, items: Sequence[CheckItem], names: Names, called: Callable[[str], str | None]
) -> Iterator[CheckItem]:
    """What is asked for every row of a list, row by row."""
    rows = names[field.name] or ()
    titles = titles_of(field, rows, called)
    for row in rows:
        inside, title = Inside(row, names), titles[row.key]
        for item in items:
            if _applies(item, inside):
                text = Text(f"{title.zh}：{item.text.zh}", f"{title.en}: {item.text.en}")
                yield CheckItem(f"{item.key}.{row.key}", text, per=field.name)
