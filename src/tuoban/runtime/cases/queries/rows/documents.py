"""Documents: what may be printed, and a document as it is."""

from __future__ import annotations

from dataclasses import dataclass

from tuoban.kernel.definition import Text


@dataclass(frozen=True, slots=True)
class PrintView:
    """A document that the reader may print now; `copies` says how often it was."""

    step: str
    step_label: Text
    document: str
    label: Text
    copies: int
    missing: tuple[Text, ...]
    """What still stands empty on it."""


@dataclass(frozen=True, slots=True)
class DocumentSheet:
    """A document of a case, in words. `copies` says how often it was printed, by whom last."""

    number: str
    title: str
    unit: Text
    time_zone: str
    step: str
    document: str
    label: Text
    zh: tuple[tuple[str, str], ...]
    """Its lines: the kind of each, and its text."""
    en: tuple[tuple[str, str], ...]
    copies: int
    printed_by: str
    printed_at: str
    missing: tuple[Text, ...]
    """What still stands empty on it."""
    is_done: bool
    """Whether the step has been completed."""
