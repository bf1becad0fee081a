"""Papers come in and are handed on."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class HandIn:
    """Take in so many originals and copies of a paper; `row` is the key of the row it is for."""

    by: str
    paper: str
    originals: Any = 0
    copies: Any = 0
    row: int = 0
    note: str = ""


@dataclass(frozen=True, slots=True)
class HandOn:
    """Hand a paper to the role `to`: whoever is to have it, or gets it back. An ended case allows
    it too."""

    by: str
    paper: str
    to: str
    originals: Any = 0
    copies: Any = 0
    row: int = 0
    note: str = ""


@dataclass(frozen=True, slots=True)
class StrikePaper:
    """Strike out, for a reason, what was put down of a paper by mistake, by its number. An ended
    case allows it too."""

    by: str
    number: int
    reason: str
