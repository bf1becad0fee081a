"""The files of a rehearsal: a scenario writes `leak.jpg`, or `leak.jpg 12 MB`, and nobody uploads
anything.

What it is follows from the ending of its name, as nothing but that is written. It goes with the
rehearsal, and no content of it is ever on the disk.
"""

from __future__ import annotations

import hashlib
import re
from datetime import datetime

from tuoban.kernel.media import TYPES
from tuoban.runtime.files.kinds import UNKNOWN
from tuoban.runtime.files.models import Blob, StoredFile
from tuoban.runtime.files.names import plain_name
from tuoban.runtime.people.models import User

_SIZE = re.compile(r"(.+) ([1-9]\d{0,5}) ?([KM])B", re.IGNORECASE)
_BYTES = {"K": 1000, "M": 1_000_000}
_USUAL = 1000
"""Bytes of a file of which no size is written."""
_OTHER_ENDINGS = {"jpeg": "jpg", "tiff": "tif"}


def invented(written: str, by: User, at: datetime) -> str:
    """The reference of a file that somebody has uploaded just now."""
    sized = _SIZE.fullmatch(written.strip())
    name, size = written.strip(), _USUAL
    if sized is not None:
        name, size = sized[1], int(sized[2]) * _BYTES[sized[3].upper()]
    ending = name.rpartition(".")[2].lower()
    type_ = TYPES.get(_OTHER_ENDINGS.get(ending, ending), UNKNOWN)
    count = StoredFile.objects.count()
    digest = hashlib.sha256(f"rehearsed {written}".encode()).hexdigest()
    blob = Blob(digest=digest, size=size, type=type_, scan=Blob.UNSCANNED)
    Blob.objects.bulk_create([blob], ignore_conflicts=True)
    stored = StoredFile.objects.create(
        ref=f"file-{hashlib.sha256(f'{written} {count}'.encode()).hexdigest()[:24]}",
        blob_id=digest,
        name=plain_name(name),
        by=by,
        at=at,
        touched_at=at,
    )
    return stored.ref


def names_of(written: object) -> tuple[str, ...]:
    """How the files are called that a scenario expects."""
    texts = written if isinstance(written, list | tuple) else [written]
    sized = (_SIZE.fullmatch(str(each).strip()) for each in texts)
    pairs = zip(texts, sized, strict=True)
    return tuple(found[1] if found is not None else str(each).strip() for each, found in pairs)
