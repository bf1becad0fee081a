"""The proof of a completed step: its ticked checklist and its signatures."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from tuoban.kernel import events as e
from tuoban.kernel.definition import Definition, Node, Text
from tuoban.runtime.cases.queries.rows import Proof, SignatureShown


def proof_of(
    definition: Definition, node: Node, event: e.ItemCompleted, opened: Mapping[str, Any]
) -> Proof | None:
    """What backs the completion; None if nothing was ticked, signed
    or stamped.

    Args:
        opened: the personal values that the reader may see, by reference.
    """
    plain = {line.key: line.text for line in node.step.checklist} | dict(event.asked)
    checks = tuple(plain[key] for key in event.checked if key in plain)
    signatures = tuple(
        _signature(definition.roles[role].label, opened.get(seal.ref))
        for role, seal in event.signatures.items()
    )
    stamped = (*event.stamped, *(each.role for each in event.signed if each.stamped))
    stamps = tuple(definition.roles[role].label for role in stamped)
    found = checks or signatures or stamps
    return Proof(checks, signatures, stamps) if found else None


def _signature(role: Text, value: Any) -> SignatureShown:
    if not isinstance(value, Mapping):
        return SignatureShown(role, "", (), erased=True)
    return SignatureShown(role, str(value.get("name", "")), _strokes(value), erased=False)


def _strokes(value: Mapping[str, Any]) -> tuple[tuple[tuple[float, float], ...], ...]:
    """The drawing's runs of points; what is no point is left out."""
    runs = (
        tuple((float(point[0]), float(point[1])) for point in stroke if _is_point(point))
        for stroke in value.get("strokes") or ()
        if isinstance(stroke, Sequence)
    )
    return tuple(run for run in runs if run)


def _is_point(point: Any) -> bool:
    return (
        isinstance(point, Sequence)
        and len(point) >= 2
        and all(isinstance(part, int | float) and abs(part) < 1e6 for part in point[:2])
    )
