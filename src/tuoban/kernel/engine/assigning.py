"""What a `set` gives fields: calculated, and fit to be kept."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from typing import Any

from tuoban.kernel.definition import Assign
from tuoban.kernel.engine.deciding import typed
from tuoban.kernel.forms import Place
from tuoban.kernel.names import holds, read

RULE = "rule"
"""Why a value is unfit that a rule of its field forbids."""


def calculate(place: Place, assign: Assign) -> tuple[dict[str, Any], dict[str, str]]:
    """The values by field, rounded to what it can hold, and why those that do not fit are null.

    All are read before any is set; the rules of a field see the new ones.
    """
    names = place.names({})
    values: dict[str, Any] = {}
    unfit: dict[str, str] = {}
    for name, expression in assign.values:
        value, problem = typed(place.field(name), read(expression, names), place.zone)
        values[name] = value if problem is None else None
        if problem is not None:
            unfit[name] = problem.code
    forbidden = [name for name in values if _is_forbidden(place, name, values)]
    return values | dict.fromkeys(forbidden), unfit | dict.fromkeys(forbidden, RULE)


def _is_forbidden(place: Place, name: str, values: Mapping[str, Any]) -> bool:
    if values[name] is None:
        return False
    names = place.names(values)
    rules = (each for each in place.field(name).rules if not each.warns)
    return any(holds(rule.that, names) is False for rule in rules)


def by_home(place: Place, values: Mapping[str, Any]) -> dict[int, dict[str, Any]]:
    """The values by the activation whose fields they are; those of the case first."""
    if not values:
        return {}
    found: defaultdict[int, dict[str, Any]] = defaultdict(dict)
    for name, value in values.items():
        found[place.home(name)][name] = value
    return dict(sorted(found.items()))
