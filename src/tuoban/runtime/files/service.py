"""Taking files in, reading them, letting them go."""

from __future__ import annotations

import secrets
from collections.abc import Callable, Collection, Iterable
from contextlib import suppress
from datetime import datetime

from django.db import transaction
from django.utils.crypto import salted_hmac

from tuoban.runtime.files import store
from tuoban.runtime.files.kinds import type_of
from tuoban.runtime.files.models import Blob, StoredFile
from tuoban.runtime.files.names import plain_name
from tuoban.runtime.files.pictures import tells_place
from tuoban.runtime.files.rules import MEGABYTE, rules
from tuoban.runtime.people.models import User

PREFIX = "file-"
_REF_BYTES = 12


class NotTaken(Exception):
    """A file that is not kept: `file-too-large`, `file-empty` or `file-type-unknown`."""

    def __init__(self, code: str, name: str, **facts: object) -> None:
        super().__init__(code)
        self.code = code
        self.facts = {"name": name, **facts}


class KeyReused(Exception):
    """Something else was uploaded under the key before."""


def take_in(
    chunks: Iterable[bytes],
    name: str,
    by: User,
    at: datetime,
    largest: int | None = None,
    *,
    key: str = "",
    then: Callable[[Blob, datetime], None] = lambda blob, at: None,
) -> StoredFile:
    """Keep an upload; nobody refers to it yet.

    Args:
        largest: bytes, where less is allowed here than anywhere.
        key: what somebody uploads again under it is one file; empty: another each time.
        then: what else is done with its content in the transaction that writes its rows.

    Raises:
        NotTaken: it is not to be kept.
        KeyReused: it is not what was uploaded under the key before.
        OSError: the disk is full or cannot be written.
    """
    allowed, name = rules(), plain_name(name)
    most = min(allowed.largest, largest or allowed.largest)
    try:
        incoming = store.receive(chunks, most)
    except store.TooLarge:
        raise NotTaken("file-too-large", name, limit=f"{most / MEGABYTE:g}") from None
    try:
        if not incoming.size:
            raise NotTaken("file-empty", name)
        type_ = type_of(incoming.path)
        if type_ not in allowed.types:
            raise NotTaken("file-type-unknown", name, type=type_)
        blob = Blob(
            digest=incoming.digest,
            size=incoming.size,
            type=type_,
            scan=Blob.WAITING if allowed.scanner else Blob.UNSCANNED,
            tells_place=tells_place(incoming.path, type_),
        )
        with store.placing():
            incoming.place()
            return _write_rows(blob, StoredFile(ref=_ref(by, key), name=name, by=by), at, then)
    finally:
        incoming.drop()


@transaction.atomic
def _write_rows(
    blob: Blob, wanted: StoredFile, at: datetime, then: Callable[[Blob, datetime], None]
) -> StoredFile:
    Blob.objects.bulk_create([blob], ignore_conflicts=True)
    if blob.scan == Blob.WAITING:
        # It was kept before anybody scanned.
        Blob.objects.filter(pk=blob.pk, scan=Blob.UNSCANNED).update(scan=Blob.WAITING)
    then(Blob.objects.get(pk=blob.pk), at)
    fresh = {"blob_id": blob.pk, "name": wanted.name, "by": wanted.by, "at": at, "touched_at": at}
    stored, is_new = StoredFile.objects.get_or_create(ref=wanted.ref, defaults=fresh)
    if not is_new:
        if (stored.blob_id, stored.name) != (blob.pk, wanted.name):
            raise KeyReused(wanted.ref)
        touch([stored.ref], at)
    return stored


def _ref(by: User, key: str) -> str:
    """Nobody can guess one, not even who knows the key."""
    if not key:
        return f"{PREFIX}{secrets.token_hex(_REF_BYTES)}"
    digest = salted_hmac("tuoban.upload-key", f"{by.pk} {key}", algorithm="sha256").digest()
    return f"{PREFIX}{digest[:_REF_BYTES].hex()}"


def found(refs: Collection[str]) -> dict[str, StoredFile]:
    """These files by reference, with their contents; those that are gone or erased are left out."""
    rows = StoredFile.objects.filter(ref__in=list(refs), blob__isnull=False)
    return {row.ref: row for row in rows.select_related("blob")}


def touch(refs: Collection[str], at: datetime) -> None:
    """Keep files that nobody refers to yet for another while."""
    StoredFile.objects.filter(ref__in=list(refs)).update(touched_at=at)


def erase(refs: Collection[str]) -> None:
    """Blank these files for good. Their contents go by `tidying`, unless others have them too."""
    StoredFile.objects.filter(ref__in=list(refs)).update(name="", blob=None)


def remove_content(digest: str) -> None:
    """Take a content off the disk. The caller holds `store.removing()`."""
    for path in (store.path_of(digest), store.small_path_of(digest)):
        with suppress(FileNotFoundError):
            path.unlink()
