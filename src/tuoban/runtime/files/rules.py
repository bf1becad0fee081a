"""What the installation allows of files: how large, of which types, and who looks for viruses."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.conf import settings

from tuoban.runtime.files.kinds import KNOWN

MEGABYTE = 1_000_000
MOST_AT_ONCE = 20
"""How many files one request may bring."""


@dataclass(frozen=True, slots=True)
class Rules:
    largest: int
    """Bytes of one file."""
    types: frozenset[str]
    scanner: str
    """As in `TUOBAN_SCAN`; empty: nobody scans."""


def rules() -> Rules:
    """The rules that hold now."""
    given: dict[str, Any] = settings.TUOBAN_FILES
    return Rules(
        int(given["megabytes"]) * MEGABYTE,
        frozenset(given["types"]) or KNOWN,
        str(given["scanner"]),
    )
