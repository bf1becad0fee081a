"""A paper as declared, before what is said of it is read."""

from __future__ import annotations

from dataclasses import dataclass

from tuoban.kernel.language.reading import Properties
from tuoban.kernel.language.tree import Scalar


@dataclass(slots=True)
class PaperDraft:
    """A paper as declared; `is_asked` says whether some step asks for it."""

    name: Scalar
    properties: Properties
    is_asked: bool = False

    def says(self, key: str) -> bool:
        return key in self.properties

    def text(self, key: str) -> str:
        """What is written for a key; empty where it is no plain text."""
        node = self.properties.get(key)
        return node.text if isinstance(node, Scalar) else ""
