"""What became of documents: they were printed."""

from __future__ import annotations

from datetime import datetime

from tuoban.kernel.immutable import immutable


@immutable(frozen=True, slots=True)
class DocumentPrinted:
    """A document was printed with the work item `item` of the step `node`; `copy` counts from 1 how
    often with that item."""

    node: str
    item: int
    document: str
    copy: int
    by: str
    at: datetime
