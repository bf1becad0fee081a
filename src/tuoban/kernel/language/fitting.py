"""Whether a value of one shape may be kept as one of another."""

from __future__ import annotations

from tuoban.kernel.expressions import Shape

_ALIKE = (
    frozenset(("days", "duration", "length", "span")),
    frozenset(("date", "datetime")),
)
"""Kinds of which one is kept as the other."""


def fits(found: Shape, wanted: Shape) -> bool:
    """Whether a value of one shape may be one of the other; what is not known may be."""
    if "any" in (found.kind, wanted.kind) or found.kind == "null":
        return True
    if found.kind != wanted.kind:
        return any({found.kind, wanted.kind} <= alike for alike in _ALIKE)
    if wanted.kind == "list":
        return found.of is None or wanted.of is None or fits(found.of, wanted.of)
    if wanted.kind == "context":
        return found.about == wanted.about and _members_fit(found, wanted)
    return not (found.options and wanted.options) or not {*found.options}.isdisjoint(wanted.options)


def _members_fit(found: Shape, wanted: Shape) -> bool:
    """Whether the cells of a row do; those of a customer or an asset are its own."""
    if wanted.about or found.members is None or wanted.members is None:
        return True
    return all(
        name in wanted.members and fits(each, wanted.members[name])
        for name, each in found.members.items()
    )
