"""What became of files beside fields, and what people said about a case."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from tuoban.kernel.commands.sealed import Sealed
from tuoban.kernel.immutable import immutable


@immutable(frozen=True, slots=True)
class FileAttached:
    """A file was attached; its number is drawn from the same row as those of work items. `values`
    has it under `file`, `paper` is the paper of which it is a scan, if it is one."""

    number: int
    values: Mapping[str, Sealed]
    by: str
    at: datetime
    paper: str = ""


@immutable(frozen=True, slots=True)
class FileWithdrawn:
    """The attachment `number` is one no more."""

    number: int
    by: str
    at: datetime
    reason: str


@immutable(frozen=True, slots=True)
class Commented:
    """Somebody said something. `values` has the words under `text`, and what came with them under
    `file:1` and so on; `mentions` are told of it. `party` is the outside party that it was said to,
    or by; empty: it stays inside."""

    number: int
    values: Mapping[str, Sealed]
    by: str
    at: datetime
    mentions: tuple[str, ...] = ()
    party: str = ""


@immutable(frozen=True, slots=True)
class CommentEdited:
    """The comment `number` says `text` of `values` now. `mentions` had not been told of it."""

    number: int
    values: Mapping[str, Sealed]
    by: str
    at: datetime
    mentions: tuple[str, ...] = ()
