"""What every process that runs until it is stopped needs: its place, its log, and its end."""

import fcntl
import logging
import os
import signal
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Event
from types import FrameType

import click
from django.db import connection
from django.db.migrations.executor import MigrationExecutor


def is_shared() -> bool:
    """Whether several processes may run at once: on PostgreSQL, which keeps them apart."""
    return connection.vendor != "sqlite"


def log_faults() -> None:
    """Faults go to the error output, where whoever runs the service looks for them."""
    logging.basicConfig(level=logging.WARNING, format="%(asctime)s %(levelname)s %(message)s")
    # What it would tell with a traceback, the carrier of jobs tells in a line.
    logging.getLogger("procrastinate").setLevel(logging.CRITICAL)


def stopped() -> Event:
    """What SIGTERM and SIGINT set from now on. A second one ends the process there and then."""
    stop = Event()

    def note(number: int, frame: FrameType | None) -> None:
        if stop.is_set():
            signal.signal(number, signal.SIG_DFL)
            signal.raise_signal(number)
        stop.set()

    for each in (signal.SIGTERM, signal.SIGINT):
        signal.signal(each, note)
    return stop


@contextmanager
def alone() -> Iterator[None]:
    """Hold the installation's lock; where it is shared, it needs none.

    Raises:
        click.ClickException: another process holds it.
    """
    if is_shared():
        yield
        return
    # Beside the database, not in the home: two homes may name one file.
    database = Path(str(connection.settings_dict["NAME"])).resolve()
    path = database.with_name(f"{database.name}.lock")
    # The lock lives as long as the file is open, so a killed process leaves none behind.
    with path.open("a+", encoding="ascii") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            file.seek(0)
            raise click.ClickException(_taken(path.parent, file.read().strip())) from None
        file.truncate(0)
        file.write(str(os.getpid()))
        file.flush()
        yield


def _taken(home: Path, process: str) -> str:
    return (
        f"{home} 已有进程在服务(进程号 {process})；SQLite 只能由一个进程服务，"
        "请先停掉它，或换用 PostgreSQL / "
        f"process {process} serves {home} already; on SQLite only one process may: "
        "stop it first, or use PostgreSQL"
    )


def check_migrated() -> None:
    """Refuse to run on a database of another version.

    Raises:
        click.ClickException: the database is not up to this version.
    """
    executor = MigrationExecutor(connection)
    if executor.migration_plan(executor.loader.graph.leaf_nodes()):
        raise click.ClickException(
            "数据库还没有升级到本版本，请先运行 tuoban migrate / "
            "the database is not up to this version: run tuoban migrate first"
        )
