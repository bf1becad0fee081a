"""`type: list`: what its rows are made of, and how many there may be."""

from __future__ import annotations

from decimal import Decimal

from tuoban.kernel.definition import Field, Text
from tuoban.kernel.language.declared import Declaration, Element, RecordDraft
from tuoban.kernel.language.problems import Findings
from tuoban.kernel.language.reading import Properties, as_count, as_text
from tuoban.kernel.language.types import PLAIN_TYPES
from tuoban.kernel.language.workspace import Workspace


def read_element(properties: Properties, ws: Workspace) -> Element | None:
    """`of`: a record or a plain type; None, reported, where it is neither."""
    name = as_text(properties.need("of"), ws.findings)
    if name is None:
        return None
    record = ws.records.get(name.text)
    if record is not None:
        record.is_used = True
        return record
    if name.text not in PLAIN_TYPES:
        known = (*ws.records, *PLAIN_TYPES)
        ws.findings.add(
            name, "unknown-element", name=name.text, known=", ".join(known),
            nearest=ws.findings.nearest(name.text, known),
        )  # fmt: skip
    return PLAIN_TYPES.get(name.text)


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
    declaration: Declaration, label: Text, decimals: int
) -> tuple[tuple[Field, ...], tuple[str, ...]]:
    """What each row of a list has, and the order of what is computed in it; nothing for any other
    field, or where it was reported."""
    of = declaration.of
    if isinstance(of, RecordDraft):
        return of.fields, of.order
    if of is None:
        return (), ()
    return (Field("", of, label, options=declaration.options, decimals=decimals),), ()
