"""Serving the desk: a process with a worker in it, or without one."""

import logging
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from ipaddress import ip_address
from threading import Event, Thread

import click
import uvicorn
from django.conf import settings

from tuoban.faces.cli.running import alone, check_migrated, is_shared, log_faults, stopped
from tuoban.runtime.cases.worker import run_forever

APPLICATION = "tuoban.site.asgi:application"
_STOP_LIMIT_S = 10


def serve_until_stopped(
    host: str, port: int, *, is_demo: bool = False, has_worker: bool = True
) -> None:
    """Serve on `host` and `port` with an embedded worker until a signal ends it.

    Only a demo lets the demo log-ins in; for every other server they do not exist.

    Raises:
        click.ClickException: another process serves this installation already, the database is not
            up to this version, or nobody could do the work of the worker that is left out.
    """
    if not (has_worker or is_shared()):
        raise click.ClickException(
            "SQLite 只能由一个进程服务，不能没有后台处理；请去掉 --without-worker，"
            "或换用 PostgreSQL / on SQLite only one process may serve, so it needs its worker: "
            "leave out --without-worker, or use PostgreSQL"
        )
    log_faults()
    logging.getLogger("django.security.DisallowedHost").addFilter(_without_traceback)
    settings.DEMO_LOG_INS = is_demo
    with alone():
        check_migrated()
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
        # The server raises the signal that ended it once more, which must not end the worker.
        stop = stopped()
        with _worker(stop) if has_worker else nullcontext():
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
def _worker(stop: Event) -> Iterator[None]:
    """Run the embedded worker while the block lasts; what it has in hand it finishes."""
    thread = Thread(target=run_forever, args=(stop,), name="worker", daemon=True)
    thread.start()
    try:
        yield
    finally:
        stop.set()
        thread.join(_STOP_LIMIT_S)
