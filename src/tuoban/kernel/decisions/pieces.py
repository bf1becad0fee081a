"""What an input may be, cut into pieces in each of which every test of a column answers alike.

The cuts are the literals that the tests compare with; a value of each piece stands for all of it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from tuoban.kernel.decisions.axes import AXES, Axis, Run, value_in
from tuoban.kernel.expressions import Shape
from tuoban.kernel.expressions.printer import quoted

FINITE = frozenset({"boolean", "choice"})
"""Kinds whose values can be looked at one by one."""


@dataclass(frozen=True, slots=True)
class Domain:
    """What values an input may have, as far as that is known.

    Attributes:
        kind: "boolean", "choice", "text" or a key of `AXES`.
        options: the values of a choice.
        low, high: no value lies outside of these.
        step: every value of a number is a multiple of it, as of 1 for whole numbers.
        may_be_null: whether the value may be missing for sure; a gap is told for it only then.
    """

    kind: str
    options: tuple[str, ...] = ()
    low: Any = None
    high: Any = None
    step: Any = None
    may_be_null: bool = False

    @property
    def is_line(self) -> bool:
        return self.kind in AXES


def domain_of(shape: Shape, *, may_be_null: bool = False) -> Domain | None:
    """All values of a shape; None for a shape that is not analysed."""
    if shape.options:
        return Domain("choice", shape.options, may_be_null=may_be_null)
    if shape.kind in ("boolean", "text") or shape.kind in AXES:
        return Domain(shape.kind, may_be_null=may_be_null)
    return None


@dataclass(frozen=True, slots=True)
class Cut:
    """A literal that some test compares with, and how it is written there."""

    value: Any
    text: str


@dataclass(frozen=True, slots=True)
class Piece:
    """Values for which all tests answer as for `sample`.

    Attributes:
        is_sure: whether such a value may occur for certain.
        text: how the value is written, where it is one value alone.
        low, high: how the cuts around a run of values are written; "" where it has no end.
    """

    sample: Any
    is_sure: bool = True
    text: str = ""
    low: str = ""
    high: str = ""


def pieces_of(domain: Domain, cuts: Iterable[Cut]) -> list[Piece]:
    """The pieces of a domain, in their order; null comes last."""
    return [*_values(domain, cuts), Piece(None, domain.may_be_null, "null")]


def _values(domain: Domain, cuts: Iterable[Cut]) -> Iterable[Piece]:
    if domain.kind == "boolean":
        return Piece(sample=True, text="true"), Piece(sample=False, text="false")
    if domain.kind == "choice":
        return [Piece(option, text=quoted(option)) for option in domain.options]
    if domain.kind == "text":
        return _texts(cuts)
    return _line(AXES[domain.kind], domain, cuts)


def _texts(cuts: Iterable[Cut]) -> Iterator[Piece]:
    """The texts that are named, and one that stands for all others."""
    known = {cut.value: cut.text for cut in cuts if isinstance(cut.value, str)}
    yield from (Piece(value, text=text) for value, text in known.items())
    yield Piece("?" * (1 + max(map(len, known), default=0)))


def _line(axis: Axis, domain: Domain, cuts: Iterable[Cut]) -> Iterator[Piece]:
    texts: dict[Fraction, str] = {}
    for cut in cuts:
        number = axis.of(cut.value)
        if number is not None:
            texts.setdefault(number, cut.text)
    bounds = Run(axis.of(domain.low), axis.of(domain.high), has_low=True, has_high=True)
    step = Fraction(domain.step) if domain.step is not None else axis.step
    for run in _runs(sorted(texts)):
        piece = _piece(axis, run, bounds, step, texts)
        if piece is not None:
            yield piece


def _runs(points: list[Fraction]) -> Iterator[Run]:
    """The points, and what lies between and around them."""
    before: Fraction | None = None
    for point in points:
        yield Run(before, point)
        yield Run(point, point, has_low=True, has_high=True)
        before = point
    yield Run(before, None)


def _piece(
    axis: Axis, run: Run, bounds: Run, step: Fraction | None, texts: Mapping[Fraction, str]
) -> Piece | None:
    """The piece of a run, None where there is no value in it.

    What lies outside the bounds is kept as well, but only what lies inside is sure to occur.
    """
    sample = value_in(axis, run.within(bounds), step)
    is_sure = sample is not None
    if sample is None:
        sample = value_in(axis, run, step)
    if sample is None:
        return None
    low, high = ("" if end is None else texts[end] for end in (run.low, run.high))
    if run.has_low:
        return Piece(sample, is_sure, text=low)
    return Piece(sample, is_sure, low=low, high=high)
