"""What a `set` gives fields: calculated, and fit to be kept."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from typing import Any

from tuoban.kernel.definition import Assign
from tuoban.kernel.engine.deciding import typed
from tuoban.kernel.forms import Place, broken
from tuoban.kernel.names import read
from tuoban.kernel.rows import numbered

RULE = "rule"
"""Why a value is unfit that a rule of its field forbids."""


def calculate(place: Place, assign: Assign) -> tuple[dict[str, Any], dict[str, str]]:
    """The values by field, rounded to what it can hold, and why those that do not fit are null.
    The rows that a list has already stay who they are.

    All are read before any is set; the rules of a field see the new ones.
    """
    names = place.names({})
    values: dict[str, Any] = {}
    unfit: dict[str, str] = {}
    for name, expression in assign.values:
        given, now = read(expression, names), place.value(name)
        value, problem = typed(place.field(name), given, place.zone, now)
        values[name] = value if problem is None else None
        if problem is not None:
            unfit[name] = problem.code
    forbidden = [name for name in values if _is_forbidden(place, name, values)]
    kept = numbered(values | dict.fromkeys(forbidden), place.state.last_row)
    return kept, unfit | dict.fromkeys(forbidden, RULE)


def _is_forbidden(place: Place, name: str, values: Mapping[str, Any]) -> bool:
    if values[name] is None:
        return False
    names = place.names(values)
    return any(not rule.warns for _, rule in broken(place.field(name), names))


def by_home(place: Place, values: Mapping[str, Any]) -> dict[int, dict[str, Any]]:
    """The values by the activation whose fields they are; those of the case first."""
    if not values:
        return {}
    found: defaultdict[int, dict[str, Any]] = defaultdict(dict)
    for name, value in values.items():
        found[place.home(name)][name] = value
    return dict(sorted(found.items()))
