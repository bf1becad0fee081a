"""`target`: what the value of an indicator should be."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import get_args

from tuoban.kernel.clocks import Length, Measure
from tuoban.kernel.definition import Target
from tuoban.kernel.definition.indicators import Kind, Test
from tuoban.kernel.expressions import Expression, Shape, context_of
from tuoban.kernel.language.moments import feel_text, is_plain_length, read_amount
from tuoban.kernel.language.reading import as_text
from tuoban.kernel.language.scope import Scope, literal, setting_shape
from tuoban.kernel.language.tree import Node, Scalar
from tuoban.kernel.language.workspace import Workspace

_TARGET = re.compile(r"(?P<test><=|>=|!=|=|<|>)\s*(?P<of>[^\s=<>].*?)\s*(?P<percent>%)?")
_NUMBER = re.compile(r"\d+(?:\.\d+)?")
_TESTS: tuple[Test, ...] = get_args(Test)

TIMES: tuple[Kind, ...] = ("time", "work")


def read_target(node: Node | None, kind: Kind | None, ws: Workspace) -> Target | None:
    """`= 0`, `>= 50 %`, `< 10 minutes`, `<= settings.most`."""
    scalar = as_text(node, ws.findings, "@target") if node is not None else None
    if scalar is None:
        return None
    match = _TARGET.fullmatch(scalar.text.strip())
    if match is None:
        ws.findings.add(scalar, "bad-target", text=scalar.text)
        return None
    text = scalar.text.strip()
    percent = match["percent"] is not None
    written = Scalar(scalar.at(scalar.text.find(match["of"])), match["of"])
    of = _wanted(written, "number" if percent else kind, ws)
    if of is None:
        return None
    if kind == "share" and not percent and _NUMBER.fullmatch(of.text) and Decimal(of.text) > 1:
        ws.findings.warn(scalar, "target-above-all", text=text)
    if kind in TIMES and percent:
        facts = {"found": "@number", "expected": "@wanted-duration"}
        ws.findings.add(scalar, "wrong-kind", text=text, **facts)
    test = next(each for each in _TESTS if each == match["test"])
    return Target(test, of, percent, text)


def _wanted(written: Scalar, kind: Kind | None, ws: Workspace) -> Expression | None:
    """What the value is held against: a number, elapsed time, or what a setting says."""
    scope = Scope({"settings": shape_of_settings(ws)}, paths=ws.scope.paths)
    if is_plain_length(written.text) and not _NUMBER.fullmatch(written.text.strip()):
        length = read_amount(written, ws.findings)
        if length is None:
            return None
        found = {Measure.ELAPSED: "days", Measure.MONTHS: "months"}.get(length.measure, "length")
        if kind == "work" and length.measure is Measure.WORKING:
            found, length = "days", Length(length.number, length.unit.removeprefix("working "))
        of: Expression | None = literal(feel_text(length)) if found == "days" else None
    else:
        of = scope.expression(written, ws.findings)
        if of is None:
            return None
        found = of.shape.kind
    wanted = "days" if kind in TIMES else "number"
    if of is not None and (kind is None or found in ("any", wanted)):
        return of
    expected = "@wanted-duration" if kind in TIMES else "@wanted-number"
    ws.findings.add(written, "wrong-kind", text=written.text, found=f"@{found}", expected=expected)
    return None


def shape_of_settings(ws: Workspace) -> Shape:
    """The settings, as an indicator reads them: those of the organisation."""
    return context_of({name: setting_shape(each) for name, each in ws.settings.items()})
