"""Tables for the tests, written as they are drawn: inputs `|` outputs, a line for each rule."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from tuoban.kernel.decisions import DecisionTable, Input, Letter, Output, Rule
from tuoban.kernel.expressions import ANY, Shape


def table(
    drawn: str,
    hit: Letter = "U",
    *,
    shapes: Mapping[str, Shape] | None = None,
    allowed: Mapping[str, Any] | None = None,
    defaults: Mapping[str, str] | None = None,
) -> DecisionTable:
    """`a ; b | x ; y`, and under it a line for each rule in the same way.

    `allowed` holds the allowed values of an input (a text) or of an output (a tuple), by name.
    """
    head, *lines = (line for line in drawn.strip().splitlines() if line.strip())
    inputs, outputs = _cells(head)
    shapes, allowed, defaults = shapes or {}, allowed or {}, defaults or {}
    return DecisionTable(
        tuple(Input(each, allowed=allowed.get(each, "")) for each in inputs),
        tuple(
            Output(each, shapes.get(each, ANY), allowed.get(each, ()), defaults.get(each))
            for each in outputs
        ),
        tuple(Rule(*_cells(line)) for line in lines),
        hit,
    )


def with_policy(made: DecisionTable, hit: Letter) -> DecisionTable:
    return replace(made, hit=hit)


def _cells(line: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    left, right = line.split("|")
    split = [
        tuple(cell.strip() for cell in side.split(";") if cell.strip()) for side in (left, right)
    ]
    return split[0], split[1]
