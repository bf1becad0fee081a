"""Serving the desk: one process with its worker, and on SQLite never a second one."""

import fcntl
import logging
import os
from collections.abc import Iterator
from contextlib import contextmanager
from ipaddress import ip_address
from pathlib import Path
from threading import Event, Thread

import click
import uvicorn
from django.conf import settings
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from tuoban.runtime.cases.worker import run_forever

APPLICATION = "tuoban.site.asgi:application"
_STOP_LIMIT_S = 10


def serve_until_stopped(host: str, port: int, *, is_demo: bool = False) -> None:
    """Serve on `host` and `port` with an embedded worker until a signal ends it.

    Only a demo lets the demo log-ins in; for every other server they do not exist.

    Raises:
        click.ClickException: another process serves this installation already, or the database
            is not up to this version.
    """
    # Faults go to the error output, where whoever runs the service looks for them.
    logging.basicConfig(level=logging.WARNING, format="%(asctime)s %(levelname)s %(message)s")
    logging.getLogger("django.security.DisallowedHost").addFilter(_without_traceback)
    settings.DEMO_LOG_INS = is_demo
    with _alone():
        _check_migrated()
        # Another machine's word on who is asking is not taken: the address is the connection's.
        config = uvicorn.Config(
            APPLICATION,
            host=host,
            port=port,
            lifespan="off",
            log_level="warning",
            proxy_headers=False,
            server_header=False,
        )
        click.echo(f"妥办 Tuoban: http://{host}:{port}/")
        if not _is_loopback(host):
            click.echo(_needs_https(), err=True)
        with _worker():
            uvicorn.Server(config).run()


def _without_traceback(record: logging.LogRecord) -> bool:
    """A name that is not allowed is a visitor's doing, not a fault of ours: one line tells it."""
    record.exc_info = None
    record.levelno, record.levelname = logging.WARNING, "WARNING"
    return True


def _is_loopback(host: str) -> bool:
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def _needs_https() -> str:
    zh = "其他机器须经 HTTPS 才能登录：前面要有一个 HTTPS 代理"
    en = "other machines can log in over HTTPS only: it needs HTTPS in front"
    if settings.CONFIGURATION.is_loopback_only:
        zh += "，并在 TUOBAN_ALLOWED_HOSTS 里写明域名"
        en += ", and its name in TUOBAN_ALLOWED_HOSTS"
    return f"{zh} / {en} (docs/how-to/operate.md)"


@contextmanager
def _alone() -> Iterator[None]:
    """Hold the installation's lock; PostgreSQL needs none, its processes share the work."""
    if connection.vendor != "sqlite":
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


def _check_migrated() -> None:
    executor = MigrationExecutor(connection)
    if executor.migration_plan(executor.loader.graph.leaf_nodes()):
        raise click.ClickException(
            "数据库还没有升级到本版本，请先运行 tuoban migrate / "
            "the database is not up to this version: run tuoban migrate first"
        )


@contextmanager
def _worker() -> Iterator[None]:
    """Run the embedded worker while the block lasts."""
    stop = Event()
    thread = Thread(target=run_forever, args=(stop,), name="worker", daemon=True)
    thread.start()
    try:
        yield
    finally:
        stop.set()
        thread.join(_STOP_LIMIT_S)
