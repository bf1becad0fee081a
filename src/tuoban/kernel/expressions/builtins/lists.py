"""Built-in functions on lists. Positions count from 1, from the end if negative."""

from collections import Counter
from collections.abc import Iterator
from decimal import ROUND_DOWN, Context, Decimal
from functools import cmp_to_key, reduce
from typing import Any

from tuoban.kernel.expressions.limits import ITEMS_PER_STEP, MAX_VALUE_DEPTH, Meter
from tuoban.kernel.expressions.operators import compare, equal
from tuoban.kernel.expressions.signatures import builtin
from tuoban.kernel.expressions.values import NUMBERS, Function, number

_PRECISE = Context(prec=100, Emin=-100_000, Emax=100_000, traps=[])
"""For steps between, so that only the result is rounded to 34 digits."""


def _sum(items: list[Decimal]) -> Decimal | None:
    return _fold(items, NUMBERS.add)


def _product(items: list[Decimal]) -> Decimal | None:
    return _fold(items, NUMBERS.multiply)


def _fold(items: list[Decimal], step: Any) -> Decimal | None:
    if not items:
        return None
    total = items[0]
    for item in items[1:]:
        total = step(total, item)
    return number(total)


def _mean(items: list[Decimal]) -> Decimal | None:
    total = _sum(items)
    return None if total is None else number(NUMBERS.divide(total, Decimal(len(items))))


def _median(meter: Meter, items: list[Decimal]) -> Decimal | None:
    if not items:
        return None
    ordered = _in_order(meter, items)
    low, high = ordered[(len(items) - 1) // 2], ordered[len(items) // 2]
    return low if low == high else _mean([low, high])


def _mode(meter: Meter, items: list[Decimal]) -> list[Decimal]:
    """The most frequent numbers, in ascending order."""
    counts = Counter(items)
    most = max(counts.values(), default=0)
    return _in_order(meter, [item for item, count in counts.items() if count == most])


def _stddev(items: list[Decimal]) -> Decimal | None:
    """The standard deviation of a sample, that is, with one less than the items as divisor."""
    if len(items) < 2:
        return None
    mean = _PRECISE.divide(reduce(_PRECISE.add, items), Decimal(len(items)))
    squares = [_PRECISE.power(_PRECISE.subtract(item, mean), 2) for item in items]
    variance = _PRECISE.divide(reduce(_PRECISE.add, squares), Decimal(len(items) - 1))
    return number(NUMBERS.plus(_PRECISE.sqrt(variance)))


def _extreme(items: list[Any], sign: int) -> Any:
    """The largest item for sign 1, the smallest for -1; null unless all can be compared."""
    if not items or compare(items[0], items[0]) is None:
        return None
    best = items[0]
    for item in items[1:]:
        order = compare(item, best)
        if order is None:
            return None
        if order * sign > 0:
            best = item
    return best


def _all(items: list[Any]) -> bool | None:
    if any(item is False for item in items):
        return False
    return True if all(item is True for item in items) else None


def _any(items: list[Any]) -> bool | None:
    if any(item is True for item in items):
        return True
    return False if all(item is False for item in items) else None


def _place(items: list[Any], position: Decimal) -> int | None:
    """The index that a FEEL position means, or None outside the list."""
    if position.is_zero() or position.copy_abs() > len(items):
        return None
    at = int(position)
    if at != position:
        return None
    return at - 1 if at > 0 else len(items) + at


def item_at(items: list[Any], position: Decimal) -> Any:
    """`items[position]`, null outside the list."""
    at = _place(items, position)
    return None if at is None else items[at]


def _sublist(items: list[Any], start: Decimal, length: Decimal | None = None) -> Any:
    at = _place(items, start)
    if at is None or length is None:
        return None if at is None else items[at:]
    if not 1 <= length <= len(items) - at:
        return None
    return items[at : at + int(length)]


def _insert_before(items: list[Any], position: Decimal, item: Any) -> Any:
    at = _place(items, position)
    return None if at is None else [*items[:at], item, *items[at:]]


def _remove(items: list[Any], position: Decimal) -> Any:
    at = _place(items, position)
    return None if at is None else [*items[:at], *items[at + 1 :]]


def _replace_at(items: list[Any], position: Decimal, item: Any) -> Any:
    at = _place(items, position.to_integral_value(ROUND_DOWN))
    return None if at is None else [*items[:at], item, *items[at + 1 :]]


def _replace_all(meter: Meter, items: list[Any], match: Function, item: Any) -> Any:
    """With `item` for all that `match(old, item)` says true to; null where it is no test."""
    if len(match.parameters) != 2:
        return None
    outcomes = [match.call(old, item) for old in _paid(meter, items)]
    if not all(outcome is None or isinstance(outcome, bool) for outcome in outcomes):
        return None
    return [item if outcome is True else old for old, outcome in zip(items, outcomes, strict=True)]


def _concatenate(*lists: list[Any]) -> list[Any]:
    return [item for items in lists for item in items]


def _contains(meter: Meter, items: list[Any], item: Any) -> bool:
    return any(equal(one, item, meter) is True for one in _paid(meter, items))


def _index_of(meter: Meter, items: list[Any], item: Any) -> list[Decimal]:
    places = enumerate(_paid(meter, items), start=1)
    return [Decimal(at) for at, one in places if equal(one, item, meter) is True]


def _distinct(meter: Meter, items: list[Any]) -> list[Any]:
    kept: list[Any] = []
    for item in items:
        if not _contains(meter, kept, item):
            kept.append(item)
    return kept


def _union(meter: Meter, *lists: list[Any]) -> list[Any]:
    return _distinct(meter, _concatenate(*lists))


def _flatten(meter: Meter, items: list[Any]) -> list[Any]:
    return list(_flat(meter, items, 0))


def _flat(meter: Meter, items: list[Any], depth: int) -> Iterator[Any]:
    if depth > MAX_VALUE_DEPTH:
        meter.charge(meter.budget + 1)
    for item in _paid(meter, items):
        if isinstance(item, list):
            yield from _flat(meter, item, depth + 1)
        else:
            yield item


def _paid(meter: Meter, items: list[Any]) -> Iterator[Any]:
    for item in items:
        meter.charge(1)
        yield item


def _in_order(meter: Meter, items: list[Any]) -> list[Any]:
    """Items that can be compared, in ascending order."""
    meter.charge(len(items) * len(items).bit_length() // ITEMS_PER_STEP)
    return sorted(items, key=cmp_to_key(lambda a, b: compare(a, b) or 0))


def _sort(meter: Meter, items: list[Any]) -> list[Any] | None:
    if any(compare(item, items[0]) is None for item in items):
        return None
    return _in_order(meter, items)


def _sort_by(meter: Meter, items: list[Any], precedes: Function) -> list[Any] | None:
    if len(precedes.parameters) != 2:
        return None

    def order(left: Any, right: Any) -> int:
        meter.charge(1)
        if precedes.call(left, right) is True:
            return -1
        return 1 if precedes.call(right, left) is True else 0

    return sorted(items, key=cmp_to_key(order))


ROWS = (
    builtin("count(list: list) -> number", lambda items: Decimal(len(items))),
    builtin("sum(list: list<number>) -> number", _sum),
    builtin("sum(values: number...) -> number", lambda *items: _sum([*items])),
    builtin("product(list: list<number>) -> number", _product),
    builtin("product(values: number...) -> number", lambda *items: _product([*items])),
    builtin("mean(list: list<number>) -> number", _mean),
    builtin("mean(values: number...) -> number", lambda *items: _mean([*items])),
    builtin("median(list: list<number>) -> number", _median, metered=True),
    builtin(
        "median(values: number...) -> number",
        lambda meter, *items: _median(meter, [*items]),
        metered=True,
    ),
    builtin("mode(list: list<number>) -> list<number>", _mode, metered=True),
    builtin(
        "mode(values: number...) -> list<number>",
        lambda meter, *items: _mode(meter, [*items]),
        metered=True,
    ),
    builtin("stddev(list: list<number>) -> number", _stddev),
    builtin("stddev(values: number...) -> number", lambda *items: _stddev([*items])),
    builtin("min(list: list) -> element", lambda items: _extreme(items, -1)),
    builtin("min(values: any...) -> same", lambda *items: _extreme([*items], -1)),
    builtin("max(list: list) -> element", lambda items: _extreme(items, 1)),
    builtin("max(values: any...) -> same", lambda *items: _extreme([*items], 1)),
    builtin("all(list: list) -> boolean", _all),
    builtin("all(values: any...) -> boolean", lambda *items: _all([*items])),
    builtin("any(list: list) -> boolean", _any),
    builtin("any(values: any...) -> boolean", lambda *items: _any([*items])),
    builtin("list contains(list: list, element: any) -> boolean", _contains, metered=True),
    builtin("index of(list: list, match: any) -> list<number>", _index_of, metered=True),
    builtin("append(list: list, items: any...) -> list", lambda items, *more: [*items, *more]),
    builtin("concatenate(lists: list...) -> list", _concatenate),
    builtin("union(lists: list...) -> list", _union, metered=True),
    builtin("distinct values(list: list) -> same", _distinct, metered=True),
    builtin("flatten(list: list) -> list", _flatten, metered=True),
    builtin("reverse(list: list) -> same", lambda items: items[::-1]),
    builtin("sublist(list: list, start position: number, length?: number) -> same", _sublist),
    builtin("insert before(list: list, position: number, newItem: any) -> list", _insert_before),
    builtin("remove(list: list, position: number) -> same", _remove),
    builtin("list replace(list: list, position: number, newItem: any) -> list", _replace_at),
    builtin(
        "list replace(list: list, match: function, newItem: any) -> list",
        _replace_all,
        metered=True,
    ),
    builtin("sort(list: list) -> same", _sort, metered=True),
    builtin("sort(list: list, precedes: function) -> same", _sort_by, metered=True),
)
