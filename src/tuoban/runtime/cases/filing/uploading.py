"""Uploading, and having what was uploaded looked at."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from tuoban.runtime.cases.busy import refused_when_busy
from tuoban.runtime.cases.idempotency import check_key
from tuoban.runtime.cases.refusals import RuntimeRefused
from tuoban.runtime.files import scanning, service
from tuoban.runtime.files.models import Blob, StoredFile
from tuoban.runtime.jobs import service as jobs
from tuoban.runtime.people.models import User

SCAN = "scan-file"


def upload(
    chunks: Iterable[bytes],
    name: str,
    *,
    by: User,
    at: datetime,
    largest: int | None = None,
    key: str = "",
) -> StoredFile:
    """Keep an upload, which nothing refers to yet, and have it looked at for viruses.

    Args:
        key: of the request, under which it is one file however often it is sent; empty: none.

    Raises:
        NotTaken: it is not to be kept.
        OSError: the disk is full or cannot be written.
        Refused: `busy`, `no-room`, `key-malformed`, `key-reused`.
    """
    if key:
        check_key(key)
    try:
        with refused_when_busy():
            return service.take_in(chunks, name, by, at, largest, key=key, then=queue_scan)
    except service.KeyReused:
        raise RuntimeRefused("key-reused") from None


def queue_scan(blob: Blob, at: datetime) -> None:
    """Queue, in the current transaction, that a content is looked at, if it waits for that."""
    if blob.scan == Blob.WAITING:
        payload = {"digest": blob.digest}
        jobs.enqueue(SCAN, payload, key=f"{SCAN}:{blob.digest}:{at.isoformat()}", run_at=at)


def scan_file(payload: Mapping[str, Any], _key: str) -> None:
    """The job. Raises `ScanError` where nobody could tell, so that it is tried again."""
    scanning.scan(payload["digest"])
