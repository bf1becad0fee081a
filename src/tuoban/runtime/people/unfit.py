"""What was entered about people and units and cannot be taken."""

from __future__ import annotations

from tuoban.kernel.text import Text


class Unfit(ValueError):
    """It cannot be taken; says why in both languages. `field` is the entry to change."""

    def __init__(self, field: str, text: Text) -> None:
        super().__init__(f"{text.zh} / {text.en}")
        self.field = field
        self.text = text
