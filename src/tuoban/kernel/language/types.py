"""The types of fields and settings."""

from __future__ import annotations

from typing import get_args

from tuoban.kernel.definition import FieldType
from tuoban.kernel.language.problems import Findings
from tuoban.kernel.language.reading import as_text
from tuoban.kernel.language.tree import Node

TYPES: dict[str, FieldType] = {each: each for each in get_args(FieldType)}
LATER_TYPES = frozenset(
    (
        "list",
        "asset",
        "contract",
        "customer",
        "file",
        "files",
        "image",
        "percent",
        "unit",
        "time",
    )
)


def read_type(node: Node | None, findings: Findings) -> FieldType | None:
    """The type that is written; None, reported, if there is no such type (yet)."""
    scalar = as_text(node, findings, "@type")
    if scalar is None:
        return None
    word = scalar.text
    if word in LATER_TYPES:
        findings.add(scalar, "not-supported-yet", word=word)
    elif word not in TYPES:
        findings.add(
            scalar, "unknown-type-of-field", name=word, known=", ".join(TYPES),
            nearest=findings.nearest(word, TYPES),
        )  # fmt: skip
    return TYPES.get(word)
