"""`type: list`: what its rows are made of, how many there may be, and what gives rows of them."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal

from tuoban.kernel.definition import Field, FieldType, Text
from tuoban.kernel.expressions import ANY, Expression, Shape
from tuoban.kernel.language import uploads
from tuoban.kernel.language.declared import Declaration, Element, RecordDraft
from tuoban.kernel.language.fitting import fits
from tuoban.kernel.language.problems import Findings
from tuoban.kernel.language.reading import Properties, as_count, as_text
from tuoban.kernel.language.scope import Scope, field_shape
from tuoban.kernel.language.tree import Scalar
from tuoban.kernel.language.types import FILES
from tuoban.kernel.language.workspace import Workspace


def read_element(
    properties: Properties, ws: Workspace, types: Mapping[str, FieldType]
) -> Element | None:
    """`of`: a record or one of these types; None, reported, where it is neither."""
    name = as_text(properties.need("of"), ws.findings)
    if name is None:
        return None
    record = ws.records.get(name.text)
    if record is not None:
        record.is_used = True
        return record
    if name.text not in types:
        known = (*ws.records, *types)
        ws.findings.add(
            name, "unknown-element", name=name.text, known=", ".join(known),
            nearest=ws.findings.nearest(name.text, known),
        )  # fmt: skip
    return types.get(name.text)


def refuse_options(properties: Properties, ws: Workspace) -> None:
    """Report options of a list that is not made of choices."""
    ws.findings.add(properties.key("options"), "options-of-list")


def bounds(properties: Properties, findings: Findings) -> tuple[Decimal | None, Decimal | None]:
    """How many rows there may be: `min` and `max`."""
    low, high = (as_count(properties.get(key), findings) for key in ("min", "max"))
    if low is not None and high is not None and low > high:
        findings.add(properties.key("min"), "bounds-crossed", min=str(low), max=str(high))
    return (
        Decimal(low) if low is not None else None,
        Decimal(high) if high is not None else None,
    )


def columns(
    declaration: Declaration, label: Text, decimals: int, findings: Findings
) -> tuple[tuple[Field, ...], tuple[str, ...]]:
    """What each row of a list has, and the order of what is computed in it; nothing for any other
    field, or where it was reported."""
    of = declaration.of
    if isinstance(of, RecordDraft):
        return of.fields, of.order
    if of is None:
        return (), ()
    if of in FILES:
        accept, most = uploads.read_limits(declaration.properties, of, findings)
        return (Field("", of, label, accept=accept, max_size=most),), ()
    return (Field("", of, label, options=declaration.options, decimals=decimals),), ()


def read_rows(
    scalar: Scalar, declaration: Declaration, scope: Scope, findings: Findings
) -> Expression | None:
    """An expression that gives rows of the list; None, reported, where it gives anything else."""
    expression = scope.read(scalar, findings, "list")
    if expression is None or declaration.of is None:
        return None
    wanted, found = field_shape(declaration), expression.shape
    if found.kind != "list" or fits(found, wanted):
        return expression
    _report_unfit(scalar, declaration, found.of or ANY, wanted.of or ANY, findings)
    return None


def _report_unfit(
    scalar: Scalar, declaration: Declaration, found: Shape, wanted: Shape, findings: Findings
) -> None:
    """Say which cell of the rows the list cannot hold, and why."""
    of, known = declaration.properties.get("of"), wanted.members or {}
    record = of.text if isinstance(of, Scalar) else declaration.name.text
    for name, shape in (found.members or {}).items() if known else ():
        if name not in known:
            findings.add(
                scalar.at(0), "rows-with-more", text=scalar.text, name=name, of=record,
                nearest=findings.nearest(name, known),
            )  # fmt: skip
            return
        if not fits(shape, known[name]):
            findings.add(
                scalar.at(0), "rows-with-other", text=scalar.text, name=name, of=record,
                found=f"@{shape.kind}", expected=f"@{known[name].kind}",
            )  # fmt: skip
            return
    findings.add(
        scalar.at(0), "rows-unfit", text=scalar.text, of=record, found=f"@{found.kind}",
        expected=f"@{wanted.kind}",
    )  # fmt: skip
