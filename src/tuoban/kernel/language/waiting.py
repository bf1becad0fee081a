"""Conditions of `needs` and `wait` that can never be true, because what they read is entered too
late."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from tuoban.kernel.expressions import syntax as s
from tuoban.kernel.language.declared import Block
from tuoban.kernel.language.order import may_be_undone
from tuoban.kernel.language.workspace import Workspace

_IsEmpty = Callable[[str], bool]
"""Whether a field of the case surely has no value yet."""

_LITERALS = (s.Number, s.Text, s.Boolean, s.Temporal)


def check(ws: Workspace) -> None:
    """Report conditions that wait for what nothing can have entered before.

    What could not be read may well have entered it.
    """
    if ws.has_gaps or ws.has_gaps_in_forms:
        return
    for condition in ws.conditions:
        is_empty = partial(_is_empty_before, condition.block, ws)
        late = _never_true(condition.tree, is_empty)
        if late is not None:
            place = condition.scalar.at(late.start)
            ws.findings.add(place, condition.code, name=_field(late) or "")


def _is_empty_before(block: Block, ws: Workspace, name: str) -> bool:
    return name in ws.fields and not any(
        step is None or may_fill(step, block) for step in ws.fillers.get(name, ())
    )


def may_fill(step: Block, block: Block) -> bool:
    """Whether the form of `step` may be filled in before `block` is done for the first time."""
    return step is not block and may_be_undone(block, step)


def _never_true(tree: s.Node, is_empty: _IsEmpty) -> s.Node | None:
    """The empty name that keeps a condition from being true; None where it may be true."""
    match tree:
        case s.Conjunction(operands):
            return _first(operands, partial(_never_true, is_empty=is_empty))
        case s.Disjunction(operands):
            found = [_never_true(each, is_empty) for each in operands]
            return found[0] if all(found) else None
        case s.Comparison(operator, left, right):
            if operator == "!=" or (operator == "=" and not _has_literal(left, right)):
                return None
            return _null((left, right), is_empty)
        case s.Between(value, low, high):
            return _null((value, low, high), is_empty)
        case s.In(value, tests) if all(isinstance(each, s.Interval | s.Text) for each in tests):
            return _null((value,), is_empty)
        case s.Call(s.Name("not"), arguments):
            return _null(arguments, is_empty)
    return _null((tree,), is_empty)


def _has_literal(*sides: s.Node) -> bool:
    """Whether a side surely is not null."""
    return any(isinstance(each, _LITERALS) for each in sides)


def _null(nodes: tuple[s.Node, ...], is_empty: _IsEmpty) -> s.Node | None:
    """The empty name that makes one of these null."""
    return _first(nodes, partial(_null_by, is_empty=is_empty))


def _null_by(node: s.Node, is_empty: _IsEmpty) -> s.Node | None:
    match node:
        case s.Calculation(_, left, right):
            return _null((left, right), is_empty)
        case s.Negation(operand):
            return _null_by(operand, is_empty)
    name = _field(node)
    return node if name is not None and is_empty(name) else None


def _field(node: s.Node) -> str | None:
    """The field of the case that is read by `hours` or `case.hours`."""
    match node:
        case s.Name(name) | s.Path(s.Name("case"), name):
            return name
    return None


def _first(nodes: tuple[s.Node, ...], find: Callable[[s.Node], s.Node | None]) -> s.Node | None:
    return next((found for each in nodes if (found := find(each)) is not None), None)
