"""Files and comments of a case."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from tuoban.kernel.definition import Text


@dataclass(frozen=True, slots=True)
class FileView:
    """A file as it is shown.

    `scan` is `waiting`, `clean`, `infected` or `unscanned`. `is_free`: it may be had. `is_shown`:
    the browser may show it; else it is only saved.
    """

    ref: str
    name: str
    size: int
    type: str
    scan: str
    found: str
    is_free: bool
    is_picture: bool
    is_shown: bool
    tells_place: bool


@dataclass(frozen=True, slots=True)
class UploadsView:
    """What stands in an entry for files, and what it takes."""

    files: tuple[FileView, ...]
    accept: str
    is_many: bool
    is_camera: bool
    """Pictures are meant, which a telephone takes with its camera."""
    most: int
    """How many; 0: as many as one likes."""


@dataclass(frozen=True, slots=True)
class CaseFileRow:
    """A file of a case: how it came there.

    `what` says to what it belongs: a field, a paper, a comment; `step` with which step it came.
    """

    file: FileView
    number: int
    """Of an attachment; 0: it is none, and is not withdrawn by itself."""
    who: str
    at: datetime
    what: Text | None
    step: Text | None
    withdrawn_by: str
    withdrawn_at: datetime | None
    can_withdraw: bool
    can_erase: bool


@dataclass(frozen=True, slots=True)
class CommentRow:
    """`text` is empty where it was erased; `who` where the outside party `party` said it. Else that
    is whom it was said to, None: it stays inside."""

    number: int
    who: str
    at: datetime
    edited_at: datetime | None
    text: str
    is_erased: bool
    files: tuple[FileView, ...]
    can_edit: bool
    can_erase: bool
    party: Text | None = None


@dataclass(frozen=True, slots=True)
class CommentsPage:
    rows: tuple[CommentRow, ...]
    next: str
    """Where the next page begins; empty: there is none."""
    count: int = 0


@dataclass(frozen=True, slots=True)
class FilesPanel:
    rows: tuple[CaseFileRow, ...] = ()
    next: str = ""
    """Where the next page begins; empty: there is none."""
    can_attach: bool = False
    papers: tuple[tuple[str, Text], ...] = ()
    """Of which an attachment may be a scan."""


@dataclass(frozen=True, slots=True)
class FilesSheet:
    """The files of a case, on a page of their own."""

    number: str
    title: str
    time_zone: str
    panel: FilesPanel


@dataclass(frozen=True, slots=True)
class CommentsSheet:
    """All that was said about a case, on a page of its own."""

    number: str
    title: str
    time_zone: str
    page: CommentsPage


NO_FILES = FilesPanel()
NO_COMMENTS = CommentsPage((), "")
