"""Taking away what nobody needs: uploads that were never attached, contents without a file.

A day passes before anything goes, so that a form may stay open so long. What somebody refers to
stays: the database itself refuses to let go of it.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import datetime, timedelta
from itertools import chain, islice
from pathlib import Path

from django.db import IntegrityError, transaction
from django.db.models.expressions import Combinable

from tuoban.runtime.files import store
from tuoban.runtime.files.models import Blob, StoredFile
from tuoban.runtime.files.service import remove_content

REST = timedelta(days=1)
_AT_ONCE = 500
"""Contents that are looked up together."""


def tidy(at: datetime, unused: Combinable, kept: Collection[str]) -> int:
    """Take away what nobody needs; how much that was.

    Args:
        unused: the condition on `StoredFile` under which nothing refers to a file.
        kept: references that stand in drafts.
    """
    with store.tidying() as may_go:
        if not may_go:
            return 0  # a backup is being made; the next round will do
        strays = chain(store.placed(), store.incoming_folder().iterdir())
        return _drop_files(at, unused, kept) + _drop_blobs() + _drop_strays(strays, at)


def _drop_files(at: datetime, unused: Combinable, kept: Collection[str]) -> int:
    old = StoredFile.objects.filter(unused, touched_at__lte=at - REST).exclude(ref__in=kept)
    dropped = 0
    for pk in list(old.values_list("pk", flat=True)):
        try:
            with transaction.atomic():
                # Looked at again, and held: a draft may have touched it since.
                row = old.select_for_update().filter(pk=pk).first()
                if row is not None:
                    row.delete()
                    dropped += 1
        except IntegrityError:
            continue  # somebody has referred to it in this moment
    return dropped


def _drop_blobs() -> int:
    dropped = 0
    for digest in list(Blob.objects.filter(files=None).values_list("pk", flat=True)):
        with store.removing():
            try:
                with transaction.atomic():
                    gone = Blob.objects.filter(pk=digest, files=None).delete()[0]
            except IntegrityError:
                continue
            if gone:
                remove_content(digest)
                dropped += 1
    return dropped


def _drop_strays(paths: Iterable[Path], at: datetime) -> int:
    """What was left on the disk by processes that were killed, and what no row knows."""
    dropped, rest = 0, iter(paths)
    while some := list(islice(rest, _AT_ONCE)):
        known = _known(path.name for path in some)
        old = (path for path in some if path.name not in known and _is_old(path, at))
        dropped += sum(_drop_stray(path) for path in old)
    return dropped


def _known(digests: Iterable[str]) -> set[str]:
    return set(Blob.objects.filter(pk__in=list(digests)).values_list("pk", flat=True))


def _is_old(path: Path, at: datetime) -> bool:
    try:
        return path.stat().st_mtime <= (at - REST).timestamp()
    except FileNotFoundError:
        return False


def _drop_stray(path: Path) -> bool:
    with store.removing():
        # Looked at again: the same may have been uploaded since.
        if _known([path.name]):
            return False
        path.unlink(missing_ok=True)
    return True
