"""Reading forms of the desk: entries `f.<field>`, `f.<field>.<row>.<column>`, `check.<key>`,
`sign.<role>.<part>` and `paper.<paper>.<part>`."""

import json
from collections.abc import Mapping
from typing import Any

from django.http import QueryDict

from tuoban.kernel.rows import KEY
from tuoban.runtime.cases.queries import with_row, without_row
from tuoban.runtime.cases.service import SignatureInput

FIELD = "f."
CHECK = "check."
SIGN = "sign."
STAMP = "stamp."
NAME = "name."
PAPER = "paper."
LONGEST_PLACE = 9  # digits of the place of an element in its list
LONGEST_STROKES = 200_000  # characters of JSON; a signature takes a few thousand


def plain(text: str) -> str:
    """The text without NUL characters, which PostgreSQL cannot even look for."""
    return text.replace("\0", "")


def values(posted: QueryDict) -> dict[str, str]:
    """All entries as typed, by input name."""
    return {name: str(value) for name, value in posted.items() if name != "csrfmiddlewaretoken"}


def field_values(posted: QueryDict) -> dict[str, Any]:
    """What was typed, by field; a list as its rows, each by column and with its key under `#`.

    Cells come as `f.<field>.<key>.<column>`. The name of a list stands without any, too, so that
    one whose last row was removed is not taken for one that was not on the form.
    """
    found: dict[str, Any] = {}
    rows: dict[tuple[str, str], dict[str, str]] = {}
    for name, value in _under(FIELD, posted).items():
        field, *cell = name.split(".", 2)
        if len(cell) < 2:
            found.setdefault(field, value)
            continue
        key, column = cell
        if (field, key) not in rows:
            rows[field, key] = {KEY: key}
            if not isinstance(found.get(field), list):
                found[field] = []
            found[field].append(rows[field, key])
        rows[field, key][column] = value
    return found


def target(posted: QueryDict) -> tuple[str, tuple[int, ...], bool]:
    """Where work is to go back to: the step, of which element of a list, and whether it comes
    straight back, `look:2.1:direct`."""
    step, _, rest = posted.get("to", "").partition(":")
    of, _, way = rest.partition(":")
    places = of.split(".") if of else []
    if not all(each.isdecimal() and len(each) <= LONGEST_PLACE for each in places):
        places = []
    return step, tuple(int(each) for each in places), way == "direct"


def edit_rows(entered: dict[str, Any], edit: str) -> dict[str, Any]:
    """What was typed, with a row added to a list (`lines`) or removed from it (`lines.<key>`)."""
    field, dot, key = edit.partition(".")
    raw = entered.get(field)
    if raw != "" and not isinstance(raw, list):
        return entered
    return {**entered, field: without_row(raw, key) if dot else with_row(raw)}


def as_text(value: Any) -> str:
    """What was typed into one entry as plain text, a list row by row."""
    if not isinstance(value, list):
        return str(value)
    rows = (", ".join(row[name] for name in row if name != KEY and row[name]) for row in value)
    return "; ".join(row for row in rows if row)


def ticked(posted: QueryDict) -> frozenset[str]:
    return frozenset(_under(CHECK, posted))


def papers(posted: QueryDict) -> dict[str, tuple[str, str]]:
    """How many originals and copies of each paper were entered, as typed, by its key."""
    entered = _under(PAPER, posted)
    keys = dict.fromkeys(name.rpartition(".")[0] for name in entered)
    return {
        key: (entered.get(f"{key}.originals", ""), entered.get(f"{key}.copies", "")) for key in keys
    }


def draft(posted: QueryDict) -> dict[str, Any]:
    """What a draft keeps: the fields, each tick as `check:<key>`, and the numbers of papers as
    `paper:<key>:<part>`."""
    numbers = {
        f"paper:{name.replace('.originals', ':originals').replace('.copies', ':copies')}": value
        for name, value in _under(PAPER, posted).items()
    }
    ticks = {f"check:{key}": "1" for key in sorted(ticked(posted))}
    return field_values(posted) | ticks | numbers


def signatures(posted: QueryDict) -> dict[str, SignatureInput]:
    """The signatures by role; a role with neither a name nor a drawing has not signed."""
    parts = _under(SIGN, posted)
    found: dict[str, SignatureInput] = {}
    for role in {name.rpartition(".")[0] for name in parts}:
        name = parts.get(f"{role}.name", "").strip()
        strokes = read_strokes(parts.get(f"{role}.strokes", ""))
        if name or strokes:
            found[role] = SignatureInput(name, strokes)
    return found


def stamped(posted: QueryDict) -> frozenset[str]:
    """The roles whose stamp is on the paper."""
    return frozenset(_under(STAMP, posted))


def named(posted: QueryDict) -> dict[str, str]:
    """By step, who is to do it."""
    return {step: person for step, person in _under(NAME, posted).items() if person}


def read_strokes(text: str) -> list[list[list[int]]] | None:
    """The strokes of a drawing: runs of points [x, y, milliseconds]; None if nothing was drawn.

    What no signature pad sends counts as nothing drawn.
    """
    if not text or len(text) > LONGEST_STROKES:
        return None
    try:
        strokes = json.loads(text)
    except (ValueError, RecursionError):
        return None
    if not isinstance(strokes, list) or not all(map(_is_stroke, strokes)):
        return None
    return strokes or None


def _is_stroke(stroke: Any) -> bool:
    return isinstance(stroke, list) and all(
        isinstance(point, list) and len(point) == 3 and all(type(part) is int for part in point)
        for point in stroke
    )


def _under(prefix: str, posted: QueryDict) -> dict[str, str]:
    entries: Mapping[str, Any] = posted
    return {
        name.removeprefix(prefix): str(value)
        for name, value in entries.items()
        if name.startswith(prefix) and len(name) > len(prefix)
    }
