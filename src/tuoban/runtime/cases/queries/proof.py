"""The proof of a completed step: its ticked checklist and its signatures."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from hashlib import sha256
from typing import Any

from tuoban.kernel import events as e
from tuoban.kernel.commands import Sealed
from tuoban.kernel.definition import Definition, Node, Text
from tuoban.runtime.cases import personal
from tuoban.runtime.cases.queries.rows import EvidenceShown, Proof, SignatureShown


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
    evidence = tuple(
        _evidence(definition.roles[role].label, seal, opened.get(seal.ref))
        for role, seal in event.evidence.items()
    )
    found = checks or signatures or stamps or evidence
    return Proof(checks, signatures, stamps, evidence) if found else None


def _evidence(role: Text, seal: Sealed, value: Any) -> EvidenceShown:
    if not isinstance(value, Mapping):
        return EvidenceShown(role, "", "", "", None, "", fits=True, erased=True)
    words, digest = str(value.get("words", "")), str(value.get("sha256", ""))
    return EvidenceShown(
        role=role,
        words=words,
        digest=digest,
        way=str(value.get("way", "")),
        at=datetime.fromisoformat(str(value["at"])),
        device=str(value.get("device", "")),
        fits=digest == sha256(words.encode()).hexdigest() and personal.is_as_sealed(seal),
    )


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
