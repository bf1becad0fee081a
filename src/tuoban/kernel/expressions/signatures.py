"""How a built-in function is described: one row with its signature, and how values fit it.

A signature reads like the standard's: `substring(string: text, start position: number,
length?: number) -> text`. `?` after a name: may be left out; `?` after a type: may be null;
`|`: either kind; `list<number>`: every element is a number; `...`: any number of them. A result
`same` is the first argument's shape, `element` that of the first argument's elements.
"""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from tuoban.kernel.expressions.limits import Meter
from tuoban.kernel.expressions.temporal import midnight
from tuoban.kernel.expressions.values import KIND_OF, kind_of, weight

_WIDER = {"duration": ("days", "months")}
MISFIT = object()


@dataclass(frozen=True, slots=True)
class Parameter:
    """One parameter; `element` is the kind that every element of a list must have."""

    name: str
    kinds: frozenset[str]
    element: str | None
    optional: bool
    variadic: bool
    types: frozenset[type]
    """Types of which every value is accepted as it is; others must be looked at."""
    elements: frozenset[type]
    """Types that every element of a list may have, where they are bound to a kind."""

    def accepts(self, value: Any) -> bool:
        if "any" in self.kinds:
            return True
        if kind_of(value) not in self.kinds:
            return False
        if self.element is None or type(value) is not list:
            return True
        return self.elements.issuperset(map(type, value))

    def coerced(self, value: Any) -> Any:
        """`value` made to fit by the standard's implicit conversions, or `MISFIT`.

        A list of one stands for its element, a single value for a list of one, a date for
        its midnight.
        """
        if self.accepts(value):
            return value
        if type(value) is list and len(value) == 1 and self.accepts(value[0]):
            return value[0]
        if "list" in self.kinds and value is not None and self.accepts([value]):
            return [value]
        if "datetime" in self.kinds and kind_of(value) == "date":
            return midnight(value)
        return MISFIT


@dataclass(frozen=True, slots=True)
class Builtin:
    """One way to call a built-in function; functions may have several rows.

    `function` gets values that fit its parameters, and returns a value, None for null. A
    `metered` function gets the meter before them, since its work grows with what it is given.
    """

    name: str
    signature: str
    parameters: tuple[Parameter, ...]
    result: str
    function: Callable[..., Any]
    metered: bool

    @property
    def variadic(self) -> bool:
        return bool(self.parameters) and self.parameters[-1].variadic

    def takes(self, count: int) -> bool:
        """Whether it can be called with so many arguments by position."""
        least = sum(not one.optional for one in self.parameters)
        return least <= count and (self.variadic or count <= len(self.parameters))

    def order(self, names: Sequence[str]) -> tuple[int, ...] | None:
        """Which of the arguments of these names comes first, second...; None if it takes none."""
        present = [one.name for one in self.parameters[: len(names)]]
        if set(present) != set(names) or not self.takes(len(names)):
            return None
        return tuple(names.index(name) for name in present)

    def _parameters_for(self, count: int) -> Sequence[Parameter]:
        """The parameters that so many arguments meet, the last one as often as it is needed."""
        if count <= len(self.parameters):
            return self.parameters[:count]
        return [self.parameter(position) for position in range(count)]

    def parameter(self, position: int) -> Parameter:
        return self.parameters[min(position, len(self.parameters) - 1)]

    def fit(self, values: Sequence[Any], meter: Meter, *, exactly: bool) -> list[Any] | None:
        """The values as its arguments, or None where they do not fit."""
        fitted: list[Any] = []
        for parameter, value in zip(self._parameters_for(len(values)), values, strict=True):
            kind = type(value)
            if kind is str or kind is list:
                meter.charge(weight(value))
            if kind in parameter.types:
                fitted.append(value)
                continue
            if exactly:
                fitting = value if parameter.accepts(value) else MISFIT
            else:
                fitting = parameter.coerced(value)
            if fitting is MISFIT:
                return None
            fitted.append(fitting)
        return fitted


_SIGNATURE = re.compile(r"(?P<name>[^(]+)\((?P<parameters>[^)]*)\) -> (?P<result>\S+)")
_PARAMETER = re.compile(
    r"(?P<name>[^:?]+)(?P<optional>\?)?: (?P<kinds>[a-z|]+)(?:<(?P<element>[a-z]+)>)?"
    r"(?P<nullable>\?)?(?P<variadic>\.\.\.)?"
)


def builtin(signature: str, function: Callable[..., Any], *, metered: bool = False) -> Builtin:
    """A row of the table from its signature; raises `ValueError` if that cannot be read."""
    match = _SIGNATURE.fullmatch(signature)
    if match is None:
        raise ValueError(f"not a signature: {signature}")
    written = [one for one in match["parameters"].split(", ") if one]
    parameters = tuple(_parameter(one) for one in written)
    return Builtin(match["name"], signature, parameters, match["result"], function, metered)


def _parameter(written: str) -> Parameter:
    match = _PARAMETER.fullmatch(written)
    if match is None:
        raise ValueError(f"not a parameter: {written}")
    kinds = [narrow for kind in match["kinds"].split("|") for narrow in _WIDER.get(kind, (kind,))]
    if match["nullable"]:
        kinds.append("null")
    return Parameter(
        match["name"],
        frozenset(kinds),
        match["element"],
        match["optional"] is not None,
        match["variadic"] is not None,
        _types(kinds, match["element"]),
        frozenset(kind for kind, name in KIND_OF.items() if name == match["element"]),
    )


def _types(kinds: Sequence[str], element: str | None) -> frozenset[type]:
    return frozenset(
        kind
        for kind, name in KIND_OF.items()
        if (name in kinds or "any" in kinds) and (element is None or kind is not list)
    )
