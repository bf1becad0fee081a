"""Uploading, and having what was uploaded looked at."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from tuoban.runtime.cases.busy import refused_when_busy
from tuoban.runtime.files import scanning, service
from tuoban.runtime.files.models import Blob, StoredFile
from tuoban.runtime.jobs import service as jobs
from tuoban.runtime.people.models import User

SCAN = "scan-file"


def upload(
    chunks: Iterable[bytes], name: str, *, by: User, at: datetime, largest: int | None = None
) -> StoredFile:
    """Keep an upload, which nothing refers to yet, and have it looked at for viruses.

    Raises:
        NotTaken: it is not to be kept.
        OSError: the disk is full or cannot be written.
        Refused: `busy`.
    """
    with refused_when_busy():
        return service.take_in(chunks, name, by, at, largest, then=queue_scan)


def queue_scan(blob: Blob, at: datetime) -> None:
    """Queue, in the current transaction, that a content is looked at, if it waits for that."""
    if blob.scan == Blob.WAITING:
        payload = {"digest": blob.digest}
        jobs.enqueue(SCAN, payload, key=f"{SCAN}:{blob.digest}:{at.isoformat()}", run_at=at)


def scan_file(payload: Mapping[str, Any], _key: str) -> None:
    """The job. Raises `ScanError` where nobody could tell, so that it is tried again."""
    scanning.scan(payload["digest"])
