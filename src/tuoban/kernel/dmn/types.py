"""Types of a model: those of FEEL by name, and what item definitions make of them."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from tuoban.kernel.expressions import (
    ANY,
    LIST,
    Function,
    Shape,
    context_of,
    function_to,
    list_of,
)
from tuoban.kernel.expressions.limits import Meter
from tuoban.kernel.expressions.temporal import midnight
from tuoban.kernel.expressions.types import KINDS, NamedType
from tuoban.kernel.expressions.unary import Tests
from tuoban.kernel.expressions.values import adopt, kind_of

MAX_LEVELS = 40
"""Item definitions inside or based on one another."""

MISFIT = object()


@dataclass(frozen=True, slots=True, eq=False)
class Type:
    """A type as the model names it.

    `contains` tells whether an adopted value that is not null is of the type. `element` is the
    type of a list's elements, `result` that of a function's results; `tests` are the unary tests
    that its values pass; `levels` is how deep the definition is.
    """

    name: str
    shape: Shape
    contains: Callable[[Any, Meter], bool]
    element: "Type | None" = None
    result: "Type | None" = None
    members: "Mapping[str, Type] | None" = None
    levels: int = 1
    tests: tuple[str, ...] = ()

    @property
    def named(self) -> NamedType:
        """The type as `instance of` sees it."""
        return NamedType(self.shape, self.contains)

    def holds(self, value: Any, meter: Meter) -> bool:
        """Whether `value` is of the type; null is of every type (DMN 1.5, 10.3.2.9.1)."""
        meter.charge(1)
        return value is None or self.contains(value, meter)

    def coerced(self, value: Any, meter: Meter) -> Any:
        """`value` made to fit, or `MISFIT`.

        The implicit conversions of DMN 1.5, 10.3.2.9.4: a list of one stands for its element, a
        single value for a list of one, a date for its midnight.
        """
        if self.holds(value, meter):
            return value
        if self.element is not None and type(value) is not list:
            return [value] if self.element.holds(value, meter) else MISFIT
        if type(value) is list and len(value) == 1 and self.holds(value[0], meter):
            return value[0]
        if kind_of(value) == "date" and self.holds(midnight(value), meter):
            return midnight(value)
        return MISFIT


def _always(value: Any, meter: Meter) -> bool:
    return True


ANYTHING = Type("Any", ANY, _always)


def _of_kind(kind: str) -> Callable[[Any, Meter], bool]:
    return lambda value, meter: kind_of(value) == kind


def _simple(name: str, kind: str) -> Type:
    if kind == "any":
        return ANYTHING
    if kind == "list":
        return Type(name, LIST, _of_kind(kind), element=ANYTHING)
    return Type(name, Shape(kind), _of_kind(kind))


OLDER_NAMES = {
    "dayTimeDuration": "days and time duration",
    "yearMonthDuration": "years and months duration",
    "dateTime": "date and time",
    "<Undefined>": "Any",
}
"""Names that editors still write for types of FEEL."""

FEEL_TYPES: Mapping[str, Type] = {name: _simple(name, kind) for name, kind in KINDS.items()}


def feel_type(name: str) -> Type | None:
    """The type of FEEL that is called so, also with its namespace's prefix `feel`."""
    plain = name.removeprefix("feel:").removeprefix("feel.")
    return FEEL_TYPES.get(OLDER_NAMES.get(plain, plain))


def list_type(name: str, element: Type) -> Type:
    def contains(value: Any, meter: Meter) -> bool:
        return type(value) is list and all(element.holds(one, meter) for one in value)

    return Type(name, list_of(element.shape), contains, element=element, levels=element.levels + 1)


def structure(name: str, members: Mapping[str, Type]) -> Type:
    """A context that has these members; it may have others."""

    def contains(value: Any, meter: Meter) -> bool:
        return isinstance(value, Mapping) and all(
            key in value and member.holds(adopt(value[key], meter), meter)
            for key, member in members.items()
        )

    shape = context_of({key: member.shape for key, member in members.items()})
    levels = 1 + max((member.levels for member in members.values()), default=0)
    return Type(name, shape, contains, members=members, levels=levels)


def function_type(name: str, parameters: int, result: Type) -> Type:
    def contains(value: Any, meter: Meter) -> bool:
        return type(value) is Function and len(value.parameters) == parameters

    shape = function_to(result.shape)
    return Type(name, shape, contains, result=result, levels=result.levels + 1)


def constrained(base: Type, tests: Tests, shape: Shape | None = None) -> Type:
    """The values of `base` that pass `tests`."""

    def contains(value: Any, meter: Meter) -> bool:
        return base.contains(value, meter) and tests.evaluate(value, {}, meter) is True

    return replace(
        base,
        shape=shape or base.shape,
        contains=contains,
        levels=base.levels + 1,
        tests=(*base.tests, tests.text),
    )
