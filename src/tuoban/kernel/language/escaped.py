"""Characters that nobody sees, written by an escape: `"\\u0001"`.

The notation reads them, and goes on doing so where a pack was published with one; a pack that is
checked may hold none.
"""

from __future__ import annotations

from collections.abc import Iterator

from tuoban.kernel.language.notation import UNFIT
from tuoban.kernel.language.problems import Findings
from tuoban.kernel.language.tree import Mapping, Node, Place, Scalar, Sequence


def check(tree: Node, findings: Findings) -> None:
    """Report such characters in the texts of a pack; its bases are judged as packs of their own."""
    for scalar in _scalars(tree):
        if not scalar.place.file:
            check_text(scalar.text, scalar.place, findings)


def check_text(text: str, place: Place, findings: Findings) -> None:
    """Report the first of such characters in a text."""
    unfit = UNFIT.search(text)
    if unfit is not None:
        findings.add(place, "escaped-character", character=f"U+{ord(unfit.group()):04X}")


def _scalars(tree: Node) -> Iterator[Scalar]:
    waiting = [tree]
    while waiting:
        node = waiting.pop()
        if isinstance(node, Scalar):
            yield node
        elif isinstance(node, Sequence):
            waiting += node.items
        elif isinstance(node, Mapping):
            for pair in node.pairs:
                waiting += (pair.key, pair.value)
