"""`accept` and `max-size`: what may be uploaded into a field."""

from __future__ import annotations

import re
from collections.abc import Iterator

from tuoban.kernel.definition import FieldType
from tuoban.kernel.language.problems import Findings
from tuoban.kernel.language.reading import Properties, as_one_or_more, as_text
from tuoban.kernel.language.tree import Node
from tuoban.kernel.media import IMAGES, WORDS, meant_by

KEYS = ("accept", "max-size")
_SIZE = re.compile(r"([1-9]\d{0,5}) ?([KM])B", re.IGNORECASE)
_BYTES = {"K": 1000, "M": 1_000_000}


def read_limits(
    properties: Properties, type_: FieldType | None, findings: Findings
) -> tuple[tuple[str, ...], int]:
    """The media types that are taken, and the bytes of one file; nothing and 0 where all that the
    installation takes is."""
    accept = tuple(dict.fromkeys(_types(properties.get("accept"), type_, findings)))
    if type_ == "image" and not accept:
        accept = IMAGES
    return accept, _size(properties.get("max-size"), findings)


def _types(node: Node | None, type_: FieldType | None, findings: Findings) -> Iterator[str]:
    for item in as_one_or_more(node, findings) if node is not None else ():
        word = as_text(item, findings)
        if word is None:
            continue
        known = WORDS if type_ != "image" else tuple(w for w in WORDS if meant_by(w)[0] in IMAGES)
        if word.text not in known:
            findings.add(
                word, "unknown-type-of-file", name=word.text, known=", ".join(known),
                nearest=findings.nearest(word.text, known),
            )  # fmt: skip
            continue
        yield from meant_by(word.text)


def _size(node: Node | None, findings: Findings) -> int:
    scalar = as_text(node, findings)
    if scalar is None:
        return 0
    found = _SIZE.fullmatch(scalar.text.strip())
    if found is None:
        findings.add(scalar, "not-a-size", text=scalar.text)
        return 0
    return int(found[1]) * _BYTES[found[2].upper()]
