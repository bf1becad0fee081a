"""Shapes: what is known about a value before there is one."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import reduce
from types import MappingProxyType


@dataclass(frozen=True, slots=True)
class Shape:
    """The kind of a value and what is inside it. Any value may also be null.

    `kind` is "any", "null", "number", "text", "boolean", "date", "time", "datetime", "days" or
    "months" (the two durations), "duration" (either of them), "length" (working time), "span"
    (elapsed or working time), "list", "range", "context" or "function". `members` are those of a
    context; without them, or if `is_open`, it may have any. `of` is the shape of a list's
    elements, a range's ends or a function's result. `options` are the only values that a text may
    have, where it is a choice, or that the one argument of a function may have. `about` is the
    kind of somebody or something on file whose facts a context holds.
    """

    kind: str
    of: "Shape | None" = None
    members: Mapping[str, "Shape"] | None = field(default=None, hash=False)
    is_open: bool = False
    options: tuple[str, ...] = ()
    about: str = ""


ANY = Shape("any")
NULL = Shape("null")
NUMBER = Shape("number")
TEXT = Shape("text")
BOOLEAN = Shape("boolean")
DATE = Shape("date")
TIME = Shape("time")
DATETIME = Shape("datetime")
DAYS = Shape("days")
MONTHS = Shape("months")
DURATION = Shape("duration")
LENGTH = Shape("length")
SPAN = Shape("span")
LIST = Shape("list", of=ANY)
CONTEXT = Shape("context")


def list_of(element: Shape) -> Shape:
    return Shape("list", of=element)


def range_of(end: Shape) -> Shape:
    return Shape("range", of=end)


def context_of(members: Mapping[str, Shape], *, is_open: bool = False) -> Shape:
    """A context with these members; an open one may have others, of any shape."""
    return Shape("context", members=MappingProxyType(dict(members)), is_open=is_open)


def facts_of(kind: str, members: Mapping[str, Shape]) -> Shape:
    """What is known of somebody or something on file, of this kind."""
    return Shape("context", members=MappingProxyType(dict(members)), about=kind)


def choice_of(*options: str) -> Shape:
    """A text that is one of `options`."""
    return Shape("text", options=options)


def function_to(result: Shape) -> Shape:
    return Shape("function", of=result)


def function_of_choice(options: tuple[str, ...], result: Shape) -> Shape:
    """A function of one argument, a text that is one of `options`."""
    return Shape("function", of=result, options=options)


_COVERED = {"duration": {"days", "months"}, "span": {"days", "length"}}


def kinds(shape: Shape) -> frozenset[str]:
    """The kinds that a value of this shape may have."""
    return frozenset(_COVERED.get(shape.kind, {shape.kind}))


def is_known(shape: Shape) -> bool:
    """Whether the shape says anything at all."""
    return shape.kind not in ("any", "null")


def joined(left: Shape, right: Shape) -> Shape:
    """The shape of a value that has one of two shapes."""
    if left == right or right.kind == "null":
        return left
    if left.kind == "null":
        return right
    if left.kind != right.kind:
        return DURATION if kinds(left) | kinds(right) <= _COVERED["duration"] else ANY
    if left.kind == "list" and left.of is not None and right.of is not None:
        return list_of(joined(left.of, right.of))
    if left.kind == "text" and left.options and right.options:
        return choice_of(*dict.fromkeys(left.options + right.options))
    if left.about and left.about == right.about:
        return facts_of(left.about, {**(left.members or {}), **(right.members or {})})
    return Shape(left.kind)


def common(shapes: Iterable[Shape]) -> Shape:
    """The shape of a value that has one of these shapes; of none, nothing is known."""
    shapes = list(shapes)
    return reduce(joined, shapes) if shapes else ANY


def element_of(shape: Shape) -> Shape:
    """The shape of what a loop or filter over such a value sees."""
    if shape.kind in ("list", "range"):
        return shape.of or ANY
    return shape
