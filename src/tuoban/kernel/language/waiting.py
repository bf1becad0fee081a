"""Conditions that can never be true, because what they read is entered too late: here those of
`needs` and `wait`.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from tuoban.kernel.expressions import syntax as s
from tuoban.kernel.language import ways
from tuoban.kernel.language.declared import Block
from tuoban.kernel.language.order import may_be_undone
from tuoban.kernel.language.places import LISTS
from tuoban.kernel.language.workspace import Workspace

Path = tuple[str, ...]
"""A field of the case by its name; else a step, and what is read of it."""
_IsEmpty = Callable[[Path], bool]
"""Whether what is read so surely has no value yet."""
_Found = tuple[s.Node, Path]

_LITERALS = (s.Number, s.Text, s.Boolean, s.Temporal)


def check(ws: Workspace) -> None:
    """Report conditions that wait for what nothing can have entered before.

    What could not be read may well have entered it.
    """
    if ws.has_gaps or ws.has_gaps_in_forms:
        return
    for condition in ws.conditions:
        own = _own_open(condition.tree, condition.block)
        if own is not None:
            facts = {"name": own.known_as, "path": ways.to(condition.block)}
            ws.findings.add(condition.scalar, "needs-own-end", **facts)
        is_empty = partial(_is_empty_before, condition.block, ws)
        late = empty_path(condition.tree, is_empty)
        if late is not None:
            node, path = late
            facts = {"name": ".".join(path), "path": ways.to(condition.block)}
            ws.findings.add(condition.scalar.at(node.start), condition.code, **facts)


def _own_open(tree: s.Node, block: Block) -> Block | None:
    """The reaction that a construct stands in and whose being over its condition asks for."""
    wanted = {each.known_as: each for each in block.around() if each.kind.overlaps}
    match tree:
        case s.Conjunction(operands):
            found = (_own_open(each, block) for each in operands)
            return next((each for each in found if each is not None), None)
        case s.Comparison(operator, s.Path(s.Name(name), "open"), s.Number(value)):
            # While it runs, it is one of those that are open.
            never = (operator in ("=", "<=") and value < 1) or (operator == "<" and value <= 1)
            return wanted.get(name) if never else None
    return None


def _is_empty_before(block: Block, ws: Workspace, path: Path) -> bool:
    return not has_value(path, block, ws, lambda each: may_fill(each, block))


def is_empty_before(block: Block, ws: Workspace, name: str) -> bool:
    """Whether nothing can have entered this field of the case before the turn of `block` comes."""
    return _is_empty_before(block, ws, (name,))


def has_value(path: Path, block: Block, ws: Workspace, comes: Callable[[Block], bool]) -> bool:
    """Whether what a condition of a block reads may have a value.

    Args:
        comes: whether a step may be done before the condition is judged.
    """
    name, *member = path
    if not member:
        around = (block, *block.around()) if block.bodies else block.around()
        home = next((each for each in around if name in each.own), None)
        if home is not None:
            return _is_filled(home, name, ws, comes)
        declaration = ws.fields.get(name)
        if declaration is None or declaration.is_computed:
            return True
        return any(step is None or comes(step) for step in ws.fillers.get(name, ()))
    known = ws.blocks if block.call is None else block.call.local
    step = known.get(name)
    # What is told of all that was done may be read at any time, and so may what holds others.
    if step is None or member[0] in LISTS:
        return True
    if not step.bodies and not comes(step):
        return False
    return member[0] not in step.own or _is_filled(step, member[0], ws, comes)


def _is_filled(home: Block, name: str, ws: Workspace, comes: Callable[[Block], bool]) -> bool:
    """Whether a field that a construct declares may have a value."""
    if home.own[name].is_computed:
        return True
    fillers = ws.place_fills.get((home.key, name), ())
    return any(step is None or comes(step) for step in fillers)


def may_fill(step: Block, block: Block) -> bool:
    """Whether the form of `step` may be filled in before `block` is done for the first time."""
    return step is not block and may_be_undone(block, step)


def empty_path(tree: s.Node, is_empty: _IsEmpty) -> _Found | None:
    """The empty name that keeps a condition from being true; None where it may be true."""
    match tree:
        case s.Conjunction(operands):
            return _first(operands, partial(empty_path, is_empty=is_empty))
        case s.Disjunction(operands):
            found = [empty_path(each, is_empty) for each in operands]
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


def _null(nodes: tuple[s.Node, ...], is_empty: _IsEmpty) -> _Found | None:
    """The empty name that makes one of these null."""
    return _first(nodes, partial(_null_by, is_empty=is_empty))


def _null_by(node: s.Node, is_empty: _IsEmpty) -> _Found | None:
    match node:
        case s.Calculation(_, left, right):
            return _null((left, right), is_empty)
        case s.Negation(operand):
            return _null_by(operand, is_empty)
    path = _path(node)
    return (node, path) if path and is_empty(path) else None


def _path(node: s.Node) -> Path:
    """The field of the case that is read by `hours` or `case.hours`, or what is read of a step."""
    match node:
        case s.Name(name) | s.Path(s.Name("case"), name):
            return (name,)
        case s.Path(s.Name(name), member):
            return (name, member)
    return ()


def _first(nodes: tuple[s.Node, ...], find: Callable[[s.Node], _Found | None]) -> _Found | None:
    return next((found for each in nodes if (found := find(each)) is not None), None)
