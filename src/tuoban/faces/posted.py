"""Reading forms of pages: entries `f.<field>`, `f.<field>.<row>.<column>`, `check.<key>`,
`sign.<role>.<part>` and `paper.<paper>.<part>`."""

import json
from collections.abc import Iterable, Mapping
from typing import Any

from django.http import QueryDict

from tuoban.faces.reader import in_units
from tuoban.kernel.rows import KEY
from tuoban.runtime.cases.queries import with_row, without_row
from tuoban.runtime.cases.service import SignatureInput

FIELD = "f."
CHECK = "check."
SIGN = "sign."
STAMP = "stamp."
NAME = "name."
PAPER = "paper."
WAS = "was."
DEFAULT = "default."
NO_ROWS = "[]"
"""The default of a list that begins without rows."""
LONGEST_NUMBER = 18
"""Digits of the number of a row; a database cannot count further."""
LONGEST_PLACE = 9  # digits of the place of an element in its list
LONGEST_STROKES = 200_000  # characters of JSON; a signature takes a few thousand


def plain(text: str) -> str:
    """The text without NUL characters, which PostgreSQL cannot even look for."""
    return text.replace("\0", "")


def row_numbers(written: Iterable[str]) -> list[int]:
    """The numbers of rows that a form names; what is none, or is beyond any database, is left
    out."""
    fit = (each for each in written if each.isascii() and each.isdigit())
    return [int(each) for each in fit if len(each) <= LONGEST_NUMBER]


def values(posted: QueryDict) -> dict[str, str]:
    """All entries as typed, by input name; what stands as the form offered it is left out."""
    left = {"csrfmiddlewaretoken", *(f"{FIELD}{name}" for name in untouched(posted))}
    return {name: str(value) for name, value in posted.items() if name not in left}


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


def entered(posted: QueryDict, edit: str = "") -> dict[str, Any]:
    """What somebody typed, by field, without the entries that stand as the form offered them: these
    take their default, which may follow from what was typed above them.

    Args:
        edit: the list one of whose rows is added or removed, as for `edit_rows`.
    """
    found, left = field_values(posted), untouched(posted)
    return {
        name: raw
        for name, raw in found.items()
        if name not in left or name == edit.partition(".")[0]
    }


def untouched(posted: QueryDict) -> Mapping[str, str]:
    """The entries that stand as the form offered them, each with the default that it showed."""
    found = field_values(posted)
    offered = _under(DEFAULT, posted)
    return {name: shown for name, shown in offered.items() if _stands(found.get(name, ""), shown)}


def _stands(raw: Any, shown: str) -> bool:
    """Whether an entry holds what was shown in it; of a list, whether all its rows do."""
    if not isinstance(raw, list):
        return raw in (shown, in_units(shown)) or (not raw and shown == NO_ROWS)
    rows = _rows(shown)
    typed = [{name: cell for name, cell in row.items() if name != KEY} for row in raw]
    typed = [row for row in typed if any(row.values())]
    return rows is not None and len(typed) == len(rows) and all(map(_stands_row, typed, rows))


def _rows(shown: str) -> list[dict[str, str]] | None:
    """The rows of a list as the form showed them; None: no form of ours showed that."""
    try:
        rows = json.loads(shown)
    except (ValueError, RecursionError):
        return None
    is_readable = isinstance(rows, list) and all(isinstance(each, dict) for each in rows)
    is_text = is_readable and all(isinstance(cell, str) for each in rows for cell in each.values())
    return rows if is_text else None


def _stands_row(typed: Mapping[str, str], shown: Mapping[str, str]) -> bool:
    return all(typed.get(name, "") in (text, in_units(text)) for name, text in shown.items())


def before(posted: QueryDict) -> dict[str, str]:
    """What stood in the entries when the form was opened, by field."""
    return _under(WAS, posted)


def changed(posted: QueryDict) -> dict[str, Any]:
    """What was typed, by field, without the entries that hold what stood in them when the form was
    opened."""
    was = before(posted)
    return {
        name: raw
        for name, raw in field_values(posted).items()
        if name not in was or not _stands(raw, was[name])
    }


def target(posted: QueryDict) -> tuple[str, tuple[int, ...], bool]:
    """Where work is to go back to: the step, of which element of a list, and whether it comes
    straight back, `look:2.1:direct`."""
    step, _, rest = posted.get("to", "").partition(":")
    of, _, way = rest.partition(":")
    places = of.split(".") if of else []
    if not all(each.isdecimal() and len(each) <= LONGEST_PLACE for each in places):
        places = []
    return step, tuple(int(each) for each in places), way == "direct"


def edit_rows(typed: dict[str, Any], edit: str) -> dict[str, Any]:
    """What was typed, with a row added to a list (`lines`) or removed from it (`lines.<key>`)."""
    field, dot, key = edit.partition(".")
    raw = typed.get(field)
    if raw != "" and not isinstance(raw, list):
        return typed
    return {**typed, field: without_row(raw, key) if dot else with_row(raw)}


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


def draft(posted: QueryDict, edit: str = "") -> dict[str, Any]:
    """What a draft keeps: the fields as for `entered`, each tick as `check:<key>`, the numbers of
    papers as `paper:<key>:<part>`, and the outcome that is chosen as `outcome:`."""
    numbers = {
        f"paper:{name.replace('.originals', ':originals').replace('.copies', ':copies')}": value
        for name, value in _under(PAPER, posted).items()
    }
    ticks = {f"check:{key}": "1" for key in sorted(ticked(posted))}
    chosen = {"outcome:": outcome} if (outcome := posted.get("outcome")) else {}
    return entered(posted, edit) | ticks | numbers | chosen


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
