"""A text that people read, in both languages of the product."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Text:
    """A label in both languages of the product."""

    zh: str
    en: str

    def read(self, language: str) -> str:
        """The label for `language` ("zh", "zh-hans", "en", ...); Chinese is the default."""
        return self.en if language.startswith("en") else self.zh
