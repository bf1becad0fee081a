"""Documents are printed."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class PrintDocument:
    """Print a document of a step, of which work is open or done. An ended case allows it too."""

    by: str
    step: str
    document: str
