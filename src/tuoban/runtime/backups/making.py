"""Making a backup of an installation that goes on working."""

from __future__ import annotations

import hashlib
import os
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import IO

from django.conf import settings
from django.db import connection, transaction
from django.db.models import Model

from tuoban import __version__
from tuoban.kernel.text import Text
from tuoban.runtime.backups import tables
from tuoban.runtime.backups.manifest import NAME, Manifest, Table, write
from tuoban.runtime.backups.problems import BackupError
from tuoban.runtime.files import store
from tuoban.runtime.files.models import Blob

SECRET_KEY = "secret-key"  # noqa: S105 - the name of a file and of a part of the backup
CONTENTS = "contents"


def make(path: Path, at: datetime) -> Manifest:
    """Write everything that the installation holds into one new file, as it stood at one moment.

    Whoever works goes on; nothing waits but the tidying of contents. Beside the rows of the
    database these are the contents of all files, and the secret key where the home folder has it.

    Raises:
        BackupError: there is such a file already.
        OSError: it cannot be written. Nothing is left of it.
    """
    if path.exists():
        raise BackupError(
            Text(
                f"已有文件 {path}，请另取名字。",
                f"There is a file {path} already: choose another name.",
            )
        )
    draft = path.with_name(f"{path.name}.part")
    try:
        handle = os.open(draft, os.O_RDWR | os.O_CREAT | os.O_TRUNC, 0o600)
        with os.fdopen(handle, "w+b") as file:
            manifest = _write(file, at)
            file.flush()
            os.fsync(file.fileno())
        draft.rename(path)
    except BaseException:
        draft.unlink(missing_ok=True)
        raise
    return manifest


def _write(file: IO[bytes], at: datetime) -> Manifest:
    with store.keeping(), zipfile.ZipFile(file, "w") as parts:
        with _one_moment():
            known = tables.migrations()
            models = tables.models_at(known)
            written = {tables.label(model): _write_table(parts, model) for model in models}
            last_keys = tables.last_keys(models)
            contents = dict(Blob.objects.order_by("pk").values_list("pk", "size"))
        missing = [digest for digest in contents if not _write_content(parts, digest)]
        _write_secret_key(parts)
        manifest = Manifest(
            version=__version__,
            database=connection.vendor,
            taken_at=at,
            migrations=known,
            tables=written,
            last_keys=last_keys,
            contents=len(contents) - len(missing),
            content_bytes=sum(contents[each] for each in contents.keys() - set(missing)),
            missing=missing,
        )
        parts.writestr(NAME, write(manifest))
    return manifest


@contextmanager
def _one_moment() -> Iterator[None]:
    """Whatever is read inside is as it stood when it began."""
    if connection.vendor != "sqlite":
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY")
            yield
        return
    # Not `atomic`: that takes the lock of those who write.
    with connection.cursor() as cursor:
        cursor.execute("BEGIN DEFERRED")
        try:
            yield
        finally:
            cursor.execute("ROLLBACK")


def _write_table(parts: zipfile.ZipFile, model: type[Model]) -> Table:
    rows, digest = 0, hashlib.sha256()
    part = zipfile.ZipInfo(part_of(tables.label(model)))
    part.compress_type = zipfile.ZIP_DEFLATED
    with parts.open(part, "w", force_zip64=True) as file:
        for line in tables.lines(model):
            rows += 1
            digest.update(line)
            file.write(line)
    return Table(rows, digest.hexdigest())


def part_of(label: str) -> str:
    return f"tables/{label}.jsonl"


def _write_content(parts: zipfile.ZipFile, digest: str) -> bool:
    """Whether it is there whole. One that was erased meanwhile is not."""
    try:
        found = store.path_of(digest).open("rb")
    except FileNotFoundError:
        return False
    hashed = hashlib.sha256()
    with found, parts.open(f"{CONTENTS}/{digest}", "w", force_zip64=True) as file:
        for chunk in store.chunks(found):
            hashed.update(chunk)
            file.write(chunk)
    return hashed.hexdigest() == digest


def _write_secret_key(parts: zipfile.ZipFile) -> None:
    path = secret_key_file()
    if path.exists():
        parts.writestr(SECRET_KEY, path.read_bytes())


def secret_key_file() -> Path:
    """Where the home folder has the key, unless the environment gives it."""
    return Path(settings.TUOBAN_HOME) / SECRET_KEY
