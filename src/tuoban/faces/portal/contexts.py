"""What the forms of the portal are filled with."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Typed:
    """What was typed into a form that was refused: `values` by input name, `problems` by place."""

    values: Mapping[str, str] = field(default_factory=dict)
    problems: Mapping[str, str] = field(default_factory=dict)
    key: str = ""

    edited = ""
    """No list is given another row here."""

    def value(self, name: str, before: str) -> str:
        return self.values.get(name, before)

    def is_ticked(self, name: str, before: bool) -> bool:
        return name in self.values if self.values else before

    def problem(self, place: str) -> str:
        return self.problems.get(place, "")


BLANK = Typed()
