"""Filling an empty place from a backup."""

from __future__ import annotations

import hashlib
import os
import zipfile
import zlib
from pathlib import Path

from django.core.management import call_command
from django.db import connection, transaction
from django.db.migrations.executor import MigrationExecutor
from django.db.models import Model

from tuoban.kernel.text import Text
from tuoban.runtime.backups import tables
from tuoban.runtime.backups.making import CONTENTS, SECRET_KEY, part_of, secret_key_file
from tuoban.runtime.backups.manifest import NAME, Manifest, read
from tuoban.runtime.backups.problems import BackupError
from tuoban.runtime.files import store
from tuoban.runtime.people.models import User


def restore(path: Path) -> Manifest:
    """Fill this installation, which nobody has used yet, with what a backup holds, and bring it up
    to this version. Which database either of them uses is all one.

    The rows are there all together or not at all; what was read back is the same as what was
    written, table by table. A restore that was broken off can be begun again.

    Raises:
        BackupError: it is no backup, broken, or of a newer version; or this place is not empty.
        OSError: it cannot be read, or the disk is full.
    """
    try:
        with zipfile.ZipFile(path) as parts:
            manifest = _checked(parts)
            _refuse_unless_empty(manifest)
            _take_contents(parts, manifest)
            _take_secret_key(parts)
            _take_rows(parts, manifest)
    except zipfile.BadZipFile as error:
        raise BackupError(
            Text(
                f"{path} 不是备份，或者没有写完。",
                f"{path} is no backup, or was never finished.",
            )
        ) from error
    call_command("migrate", verbosity=0)
    return manifest


def _checked(parts: zipfile.ZipFile) -> Manifest:
    if NAME not in parts.namelist():
        raise BackupError(Text("这个文件不是妥办的备份。", "This file is no backup of Tuoban."))
    try:
        broken = parts.testzip()
    except zlib.error:
        broken = str(parts.filename)
    if broken is not None:
        raise BackupError(
            Text(
                f"备份已损坏：{broken} 读不出来。",
                f"The backup is broken: {broken} cannot be read.",
            )
        )
    manifest = read(parts.read(NAME))
    wanting = {part_of(each) for each in manifest.tables} - set(parts.namelist())
    if wanting:
        named = sorted(wanting)[0]
        raise BackupError(
            Text(f"备份已损坏：缺少 {named}。", f"The backup is broken: {named} is missing.")
        )
    return manifest


def _refuse_unless_empty(manifest: Manifest) -> None:
    loader = MigrationExecutor(connection).loader
    wanted = set(_nodes(manifest))
    if not wanted <= set(loader.graph.nodes):
        version = manifest.version
        raise BackupError(
            Text(
                f"这份备份是版本 {version} 做的，本版本不认识它的表，请用那个版本或更新的恢复。",
                f"This backup was made by version {version}, whose tables this one does not know: "
                "restore it with that version or a newer one.",
            )
        )
    if "people_user" in connection.introspection.table_names() and User.objects.exists():
        raise BackupError(
            Text(
                "这里已有用户，不会被覆盖；请恢复到空的数据库和空的 TUOBAN_HOME。",
                "There are users here already, and nothing is overwritten: restore into an empty "
                "database and an empty TUOBAN_HOME.",
            )
        )
    before = {node for each in wanted for node in loader.graph.forwards_plan(each)}
    if any(each not in before for each in loader.applied_migrations if each in loader.graph.nodes):
        raise BackupError(
            Text(
                "数据库的表比备份新；请换一个没有建过表的数据库，恢复时会自动升级。",
                "The tables of this database are newer than the backup: take a database without "
                "any, which is brought up to this version after it was filled.",
            )
        )


def _nodes(manifest: Manifest) -> list[tuple[str, str]]:
    return [(app, name) for app, names in manifest.migrations.items() for name in names]


def _take_contents(parts: zipfile.ZipFile, manifest: Manifest) -> None:
    for info in parts.infolist():
        folder, _, digest = info.filename.rpartition("/")
        if folder != CONTENTS or digest in manifest.missing:
            continue
        with parts.open(info) as file:
            incoming = store.receive(store.chunks(file), info.file_size)
        if incoming.digest != digest:
            incoming.drop()
            raise _differs(info.filename)
        with store.placing():
            incoming.place()


def _take_rows(parts: zipfile.ZipFile, manifest: Manifest) -> None:
    """Make the tables as they were, and fill them."""
    executor = MigrationExecutor(connection)
    executor.migrate(_nodes(manifest))
    models = tables.models_at(manifest.migrations)
    unknown = manifest.tables.keys() ^ {tables.label(model) for model in models}
    if unknown:
        raise _differs(sorted(unknown)[0])
    with transaction.atomic():
        for model in models:
            model._base_manager.all()._raw_delete(connection.alias)
        for model in models:
            with parts.open(part_of(tables.label(model))) as file:
                tables.fill(model, file)
        for model in models:
            if _digest(model) != manifest.tables[tables.label(model)].sha256:
                raise _differs(tables.label(model))
        tables.keep_last_keys(models, manifest.last_keys)
        connection.check_constraints()


def _digest(model: type[Model]) -> str:
    digest = hashlib.sha256()
    for line in tables.lines(model):
        digest.update(line)
    return digest.hexdigest()


def _differs(what: str) -> BackupError:
    return BackupError(
        Text(
            f"备份已损坏：{what} 与备份时写下的不同。没有恢复任何内容。",
            f"The backup is broken: {what} is not as it was written. Nothing was restored.",
        )
    )


def _take_secret_key(parts: zipfile.ZipFile) -> None:
    """Keep signing with the key of before, unless the environment gives one."""
    if SECRET_KEY not in parts.namelist() or "TUOBAN_SECRET_KEY" in os.environ:
        return
    path = secret_key_file()
    draft = path.with_name(f"{path.name}.part")
    handle = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(handle, "wb") as file:
        file.write(parts.read(SECRET_KEY))
        file.flush()
        os.fsync(file.fileno())
    draft.replace(path)
