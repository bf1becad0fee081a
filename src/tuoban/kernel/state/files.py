"""Files that were attached to a case, and what was said about it lately."""

from __future__ import annotations

from datetime import datetime, timedelta

from tuoban.kernel.commands.sealed import Sealed
from tuoban.kernel.immutable import immutable

EDITABLE = timedelta(minutes=10)
"""How long whoever made a comment may word it anew."""


@immutable(frozen=True, slots=True)
class Attachment:
    """A file that was attached, and not withdrawn."""

    file: Sealed
    by: str
    at: datetime
    paper: str = ""


@immutable(frozen=True, slots=True)
class Remark:
    """A comment, as far as a decision needs it; the words are not the kernel's."""

    by: str
    at: datetime
    mentions: tuple[str, ...] = ()

    def may_be_edited(self, by: str, at: datetime) -> bool:
        return by == self.by and at - self.at <= EDITABLE
