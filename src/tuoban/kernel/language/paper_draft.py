"""A paper as declared, before what is said of it is read."""

from __future__ import annotations

from dataclasses import dataclass

from tuoban.kernel.language.declared import Block
from tuoban.kernel.language.reading import Properties
from tuoban.kernel.language.tree import Scalar


@dataclass(slots=True)
class PaperDraft:
    """A paper as declared; `is_asked` says whether some step asks for it. One that a called process
    declares is one of each `call`."""

    name: Scalar
    properties: Properties
    call: Block | None = None
    is_asked: bool = False

    @property
    def key(self) -> str:
        """By which name it is kept."""
        return f"{self.call.key}.{self.name.text}" if self.call is not None else self.name.text

    def says(self, key: str) -> bool:
        return key in self.properties

    def text(self, key: str) -> str:
        """What is written for a key; empty where it is no plain text."""
        node = self.properties.get(key)
        return node.text if isinstance(node, Scalar) else ""
