"""The types of fields and settings."""

from __future__ import annotations

from collections.abc import Mapping
from typing import get_args

from tuoban.kernel.definition import FieldType
from tuoban.kernel.language.problems import Findings
from tuoban.kernel.language.reading import as_text
from tuoban.kernel.language.tree import Node

TYPES: dict[str, FieldType] = {each: each for each in get_args(FieldType)}
REFERENCES = ("customer", "asset")
"""The types of what stands in files of the organisation."""
FILES: tuple[FieldType, ...] = ("file", "image")
"""The types of what is uploaded."""
PLAIN_TYPES = {w: each for w, each in TYPES.items() if each not in ("list", *REFERENCES, *FILES)}
"""The types of single values, of which lists are made."""
ELEMENT_TYPES = {w: each for w, each in TYPES.items() if w in PLAIN_TYPES or w in FILES}
"""The types of what stands in lists that are not made of records."""
SINGLE_TYPES = {w: each for w, each in TYPES.items() if each not in ("list", *FILES)}
"""The types of the columns of records: single values, and what stands in files."""
STORED_TYPES = {w: each for w, each in TYPES.items() if each not in FILES}
"""All but those of what is uploaded."""
LISTED_TYPES = {w: each for w, each in TYPES.items() if each not in (*REFERENCES, *FILES)}
"""The types of settings: single values and lists of them."""
NUMERIC: tuple[FieldType, ...] = ("integer", "number", "percent", "money")
"""The types whose values are numbers."""
LATER_TYPES = frozenset(
    (
        "contract",
        "files",
    )
)


def read_type(
    node: Node | None, findings: Findings, types: Mapping[str, FieldType] = PLAIN_TYPES
) -> FieldType | None:
    """The type that is written; None, reported, if there is no such type (yet) among `types`."""
    scalar = as_text(node, findings, "@type")
    if scalar is None:
        return None
    word = scalar.text
    if word in LATER_TYPES:
        findings.add(scalar, "not-supported-yet", word=word)
    elif word in FILES and word not in types:
        findings.add(scalar, "file-not-here", type=word)
    elif word in REFERENCES and word not in types:
        findings.add(scalar, "reference-not-here", type=word)
    elif word not in types:
        findings.add(
            scalar, "unknown-type-of-field", name=word, known=", ".join(types),
            nearest=findings.nearest(word, types),
        )  # fmt: skip
    return types.get(word)
