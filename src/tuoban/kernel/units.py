"""The functions by which the `in` of a step finds a unit: `parent(u)`, `root()`,
`ancestor(u, "city")`; and `units("city")`, by which a start finds units.

They are known where a unit is named and nowhere else, since the tree of units is no part of a case:
what they gave is kept as the pools of the work that was offered.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from tuoban.kernel.expressions import TEXT, Function, Shape, function_to, list_of
from tuoban.kernel.surroundings import Directory

PARAMETERS: Mapping[str, tuple[str, ...]] = {
    "parent": ("unit",),
    "root": (),
    "ancestor": ("unit", "level"),
}
"""Every function of units, with the names of what it is given."""

SHAPES: Mapping[str, Shape] = dict.fromkeys(PARAMETERS, function_to(TEXT))


def unit_functions(directory: Directory, unit: str) -> dict[str, Function]:
    """The functions as values of an expression, for a case of `unit`.

    Each gives the key of a unit, or null where there is none.
    """

    def parent(of: Any) -> str | None:
        return directory.parents.get(of) if isinstance(of, str) else None

    def root() -> str | None:
        above = tuple(directory.upwards(unit))
        return above[-1] if above else None

    def ancestor(of: Any, level: Any) -> str | None:
        if not isinstance(of, str) or not isinstance(level, str) or of not in directory.parents:
            return None
        return next((u for u in directory.upwards(of) if directory.levels.get(u) == level), None)

    calls: Mapping[str, Callable[..., Any]] = {
        "parent": parent,
        "root": root,
        "ancestor": ancestor,
    }
    return {name: Function(given, calls[name]) for name, given in PARAMETERS.items()}


LISTING: Mapping[str, Shape] = {"units": function_to(list_of(TEXT))}
"""Known where a start says for what cases begin."""


def listing_functions(directory: Directory) -> dict[str, Function]:
    """Those as values of an expression: `units(level)` are the keys of all units of a level."""

    def units(level: Any) -> list[str]:
        return sorted(
            unit
            for unit, found in directory.levels.items()
            if found == level and unit in directory.parents
        )

    return {"units": Function(("level",), units)}
