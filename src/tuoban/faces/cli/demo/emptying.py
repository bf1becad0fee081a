"""Emptying the place of a demo, so that it can be loaded anew."""

from __future__ import annotations

import shutil
from pathlib import Path

import click
from django.conf import settings
from django.db import connection

from tuoban.faces.cli.running import is_shared


def empty_demo() -> None:
    """Remove the database of a demo and what was uploaded to it. The caller holds the lock of the
    installation and has seen that nobody but the people of the demo uses it.

    Raises:
        click.ClickException: it is on PostgreSQL, whose databases are not ours to remove.
    """
    if is_shared():
        raise click.ClickException(
            "演示数据在 PostgreSQL 上：请自己删掉这个数据库再新建 / "
            "the demo is on PostgreSQL: drop its database and create it again yourself"
        )
    database = Path(str(connection.settings_dict["NAME"]))
    connection.close()
    for path in (database, *(database.with_name(f"{database.name}-{each}") for each in _BESIDE)):
        path.unlink(missing_ok=True)
    shutil.rmtree(settings.CONFIGURATION.home / "blobs")
    settings.FILE_UPLOAD_TEMP_DIR.mkdir(mode=0o700, parents=True)


_BESIDE = ("wal", "shm")
