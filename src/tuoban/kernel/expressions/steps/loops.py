"""Steps for `for`, `some` and `every`."""

from collections.abc import Callable, Iterable, Iterator
from decimal import Decimal
from typing import Any

from tuoban.kernel.expressions import syntax as s
from tuoban.kernel.expressions.scope import Forms, Frame, Scope, Step
from tuoban.kernel.expressions.values import NUMBERS, Range, kind_of, weight
from tuoban.kernel.expressions.wide import date_at, ordinal_of

Rounds = Callable[[Frame], Iterator[bool]]
"""Sets the loop's names and yields True, round after round; False where nothing can be looped."""
Values = Callable[[Frame], Iterable[Any] | None]

_LARGEST = 10**30
_ONE = Decimal(1)


def _rounds(iterations: tuple[s.Iteration, ...], scope: Scope, cost: int) -> tuple[Rounds, Scope]:
    """The rounds of all iterations, the last one turning fastest, and the scope inside."""
    rounds: Rounds = _once
    for iteration in iterations:
        values = _values(iteration, scope)
        scope, slot = scope.declare(iteration.name)
        rounds = _each(rounds, values, slot, cost)
    return rounds, scope


def _once(frame: Frame) -> Iterator[bool]:
    yield True


def _each(outer: Rounds, values: Values, slot: int, cost: int) -> Rounds:
    def rounds(frame: Frame) -> Iterator[bool]:
        for possible in outer(frame):
            found = values(frame)
            if not possible or found is None:
                yield False
                return
            for value in found:
                frame.meter.charge(cost)
                frame.slots[slot] = value
                yield True

    return rounds


def _values(iteration: s.Iteration, scope: Scope) -> Values:
    source = scope.step(iteration.source)
    if iteration.stop is None:
        return lambda frame: _elements(source(frame))
    stop = scope.step(iteration.stop)
    return lambda frame: _count(source(frame), stop(frame))


def _elements(value: Any) -> Iterable[Any] | None:
    if type(value) is list:
        return value
    if type(value) is Range:
        return _range(value)
    return None if value is None else (value,)


def _range(value: Range) -> Iterable[Any] | None:
    low, high = value.low, value.high
    if kind_of(low) == kind_of(high) == "date":
        first_day = ordinal_of(low) + (not value.low_included)
        last_day = ordinal_of(high) - (not value.high_included)
        return None if first_day > last_day else _days(first_day, last_day)
    if type(low) is not Decimal or type(high) is not Decimal:
        return None
    first = low if value.low_included else NUMBERS.add(low, _ONE)
    last = high if value.high_included else NUMBERS.subtract(high, _ONE)
    return None if first > last else _count(first, last)


def _count(first: Any, last: Any) -> Iterable[Any] | None:
    """From `first` to `last` in steps of one or one day, downwards if `last` is smaller."""
    if kind_of(first) == kind_of(last) == "date":
        return _days(ordinal_of(first), ordinal_of(last))
    if type(first) is not Decimal or type(last) is not Decimal:
        return None
    if max(first.copy_abs(), last.copy_abs()) > _LARGEST:
        return None
    if first != first.to_integral_value() or last != last.to_integral_value():
        return None
    return (Decimal(value) for value in _steps(int(first), int(last)))


def _days(first: int, last: int) -> Iterable[Any]:
    return (date_at(ordinal) for ordinal in _steps(first, last))


def _steps(first: int, last: int) -> range:
    return range(first, last + 1) if last >= first else range(first, last - 1, -1)


def _for(node: s.For, scope: Scope) -> Step:
    rounds, inside = _rounds(node.iterations, scope, s.size(node.result))
    inside, partial = inside.declare("partial")
    result = inside.step(node.result)
    reads_partial = s.mentions(node.result, "partial")

    def step(frame: Frame) -> list[Any] | None:
        results: list[Any] = []
        for possible in rounds(frame):
            if not possible:
                return None
            if reads_partial:
                frame.meter.charge(weight(results))
                frame.slots[partial] = results.copy()
            results.append(result(frame))
        return results

    return step


def _quantified(node: s.Quantified, scope: Scope) -> Step:
    rounds, inside = _rounds(node.iterations, scope, s.size(node.condition))
    condition = inside.step(node.condition)
    decisive = node.quantifier == "some"
    neutral = not decisive

    def step(frame: Frame) -> bool | None:
        outcome: bool | None = neutral
        for possible in rounds(frame):
            value = condition(frame) if possible else None
            if value is decisive:
                return not neutral
            if type(value) is not bool:
                outcome = None
        return outcome

    return step


FORMS: Forms = {s.For: _for, s.Quantified: _quantified}
