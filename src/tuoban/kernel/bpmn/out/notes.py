"""The notes of a diagram: what a reader should see of what BPMN has no sign for."""

from __future__ import annotations

from tuoban.kernel.language.showing import show_part
from tuoban.kernel.language.tree import Mapping, Scalar

NOTED = (
    "when", "needs", "valid-until", "covers", "returns-to", "within", "due", "opens", "late",
    "signed-by", "join", "optional", "repeatable", "transfer-to", "contact", "without-waiting",
)  # fmt: skip
"""The keys that a note tells of a construct."""
_OF_PEOPLE = ("same-as", "not", "person", "agree", "in")


def note_of(mapping: Mapping) -> str:
    """What the note of a construct says, a line for each key; empty where there is none."""
    lines = [
        f"{pair.key.text}: {_said(pair.value)}" for pair in mapping.pairs if pair.key.text in NOTED
    ]
    by = mapping.pair("by")
    if by is not None and isinstance(by.value, Mapping):
        told = [pair for pair in by.value.pairs if pair.key.text in _OF_PEOPLE]
        lines += [f"{pair.key.text}: {_said(pair.value)}" for pair in told]
    return "\n".join(lines)


def _said(node: object) -> str:
    if isinstance(node, Scalar):
        return " ".join(node.text.split())
    return " ".join(show_part(node).split())  # type: ignore[arg-type]
