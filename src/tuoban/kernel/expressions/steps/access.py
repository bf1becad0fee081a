"""Steps for literals, names, lists, contexts, paths and filters."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from tuoban.kernel.expressions import syntax as s
from tuoban.kernel.expressions.access import member
from tuoban.kernel.expressions.builtins.lists import item_at
from tuoban.kernel.expressions.scope import Forms, Frame, Scope, Step
from tuoban.kernel.expressions.temporal import read_temporal
from tuoban.kernel.expressions.values import PLAIN, adopt, as_decimal128


def _constant(value: Any) -> Step:
    return lambda frame: value


def _literal(node: s.Number | s.Text | s.Boolean, scope: Scope) -> Step:
    return _constant(node.value)


def _null(node: s.Null, scope: Scope) -> Step:
    return _constant(None)


def _temporal(node: s.Temporal, scope: Scope) -> Step:
    return _constant(read_temporal(node.text))


def _name(node: s.Name, scope: Scope) -> Step:
    name = node.name
    items, slot = scope.find(name)
    outer = _from_context(name) if slot is None else _from_slot(slot)
    for item in reversed(items):
        outer = _from_item(name, item, outer)
    return outer


def _from_item(name: str, item: int, outer: Step) -> Step:
    """A member of the item that a filter tests, if it has one of that name."""

    def step(frame: Frame) -> Any:
        tested = frame.slots[item]
        # Asking for the exact type first is several times as fast as asking for the protocol.
        if (type(tested) is dict or isinstance(tested, Mapping)) and name in tested:
            found = tested[name]
            kind = type(found)
            if kind is Decimal:
                rounded = as_decimal128(found)
                return rounded if rounded.is_finite() else None
            return found if kind in PLAIN else adopt(found, frame.meter)
        return outer(frame)

    return step


def _from_slot(slot: int) -> Step:
    return lambda frame: frame.slots[slot]


def _from_context(name: str) -> Step:
    def step(frame: Frame) -> Any:
        value: Any = frame.context.get(name)
        return value if type(value) in PLAIN else adopt(value, frame.meter)

    return step


def _list(node: s.ListOf, scope: Scope) -> Step:
    items = tuple(scope.step(item) for item in node.items)
    return lambda frame: [item(frame) for item in items]


def _context(node: s.Context, scope: Scope) -> Step:
    entries: list[tuple[str, int, Step]] = []
    for entry in node.entries:
        value = scope.step(entry.value)
        scope, slot = scope.declare(entry.key)
        entries.append((entry.key, slot, value))

    def step(frame: Frame) -> dict[str, Any]:
        result: dict[str, Any] = {}
        for key, slot, value in entries:
            result[key] = frame.slots[slot] = value(frame)
        return result

    return step


def _path(node: s.Path, scope: Scope) -> Step:
    source, name = scope.step(node.source), node.name

    def step(frame: Frame) -> Any:
        value = source(frame)
        if type(value) is dict:
            found = value.get(name)
            return found if type(found) in PLAIN else adopt(found, frame.meter)
        return member(value, name, frame.meter)

    return step


def _filter(node: s.Filter, scope: Scope) -> Step:
    source = scope.step(node.source)
    inside, slot = scope.declare("item", is_item=True)
    condition = inside.step(node.condition)
    cost = s.size(node.condition)

    def step(frame: Frame) -> Any:
        value = source(frame)
        items = value if type(value) is list else [] if value is None else [value]
        slots, meter = frame.slots, frame.meter
        meter.left -= cost
        if meter.left < 0:
            meter.exceeded()
        rest = iter(items)
        slots[slot] = first = next(rest, None)
        outcome = condition(frame)
        if type(outcome) is Decimal:  # a place: the other items need not be looked at
            return item_at(items, outcome)
        kept = [first] if outcome is True and items else []
        meter.left -= cost * max(0, len(items) - 1)
        if meter.left < 0:
            meter.exceeded()
        for item in rest:
            slots[slot] = item
            outcome = condition(frame)
            if outcome is True:
                kept.append(item)
            elif type(outcome) is Decimal:
                return item_at(items, outcome)
        return kept

    return step


FORMS: Forms = {
    s.Number: _literal,
    s.Text: _literal,
    s.Boolean: _literal,
    s.Null: _null,
    s.Temporal: _temporal,
    s.Name: _name,
    s.ListOf: _list,
    s.Context: _context,
    s.Path: _path,
    s.Filter: _filter,
}
