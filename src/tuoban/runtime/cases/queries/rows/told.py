"""What a case has recorded, and what has happened in it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from tuoban.kernel.definition import FieldType, Text
from tuoban.runtime.cases.queries.list_rows import ListView
from tuoban.runtime.cases.queries.rows.files import FileView


@dataclass(frozen=True, slots=True)
class SignatureShown:
    """A signature as it was given; `strokes` are runs of points (x, y), empty if only a name."""

    role: Text
    name: str
    strokes: tuple[tuple[tuple[float, float], ...], ...]
    erased: bool


@dataclass(frozen=True, slots=True)
class EvidenceShown:
    """How an outside party did something themselves: the words that they were shown and chose, with
    their SHA-256, by which way they came, when and with what. `fits`: all of it is still what was
    kept then."""

    role: Text
    words: str
    digest: str
    way: str
    at: datetime | None
    device: str
    fits: bool
    erased: bool = False


@dataclass(frozen=True, slots=True)
class Proof:
    """What backs a completed step: the lines that were ticked, and who signed."""

    checks: tuple[Text, ...]
    signatures: tuple[SignatureShown, ...]
    stamps: tuple[Text, ...] = ()
    """The roles whose stamp is on the paper."""
    evidence: tuple[EvidenceShown, ...] = ()


@dataclass(frozen=True, slots=True)
class TimelineEntry:
    """A sentence about something that happened. `actor` is empty for the system; `token` is the
    name of the token by which a program asked for it, empty where nobody's program did."""

    at: datetime
    actor: str
    sentence: Text
    kind: str
    proof: Proof | None = None
    token: str = ""
    seq: int = 0
    """The number of the entry of the journal that it tells of."""


@dataclass(frozen=True, slots=True)
class FieldShown:
    """A value of a case. `contact`: what the request said about who asked, where and in which
    words, as somebody on the road needs it before anything else."""

    name: str
    label: Text
    value: Text
    type: FieldType
    long: bool
    contact: bool
    list: ListView | None = None
    can_correct: bool = False
    ref: str = ""
    """The customer or asset that it names, which has a page of its own."""
    files: tuple[FileView, ...] = ()
    """Those that it holds."""
    masked: Text | None = None
    """What stands there until the reader wishes to see the value."""


@dataclass(frozen=True, slots=True)
class AccountShown:
    """What a service keeps of a case: labels with values."""

    label: Text
    lines: tuple[tuple[Text, Text], ...]


@dataclass(frozen=True, slots=True)
class OccurrenceShown:
    """Something that happened while a step or block was active, with what was entered about it.

    Attributes:
        number: its own in the case, drawn from the same row as those of work items.
        who: whose doing it was; empty where it came by itself.
        is_open: what was begun about it is not over.
    """

    number: int
    node: str
    label: Text
    who: str
    at: datetime
    is_open: bool
    fields: tuple[FieldShown, ...]


@dataclass(frozen=True, slots=True)
class PlaceShown:
    """What was recorded for one stage, element or round, in fields of its own."""

    label: Text
    fields: tuple[FieldShown, ...]
