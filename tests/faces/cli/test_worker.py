"""`tuoban worker` and servers without one: real processes, stopped and killed."""

from __future__ import annotations

import signal
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.support.server import Installation, program

_LIMIT_S = 120


@contextmanager
def working(installation: Installation, name: str = "worker") -> Iterator[subprocess.Popen[bytes]]:
    """A worker that has begun to work, while the block lasts."""
    log = installation.home / f"{name}.log"
    with log.open("wb") as output:
        process = subprocess.Popen(
            [program(), "worker"],
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.STDOUT,
            env=installation.environment,
            cwd=installation.home,
        )
    try:
        _wait_for(log, "the worker works", process)
        yield process
    finally:
        process.kill()
        process.wait()


def _wait_for(log: Path, text: str, process: subprocess.Popen[bytes]) -> None:
    give_up_at = time.monotonic() + _LIMIT_S
    while time.monotonic() < give_up_at and process.poll() is None:
        if text in log.read_text("utf-8"):
            return
        time.sleep(0.05)
    pytest.fail(f"the worker did not say “{text}”:\n{log.read_text('utf-8')}")


def is_on_sqlite(installation: Installation) -> bool:
    return "TUOBAN_DATABASE_URL" not in installation.environment


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_a_worker_ends_in_order_when_it_is_told_to(
    installation: Installation, number: signal.Signals
) -> None:
    installation.migrate()
    with working(installation) as process:
        process.send_signal(number)
        assert process.wait(_LIMIT_S) == 0
    assert (installation.home / "worker.log").read_text("utf-8").count("\n") == 1


def test_two_workers_share_the_work_on_postgresql_alone(installation: Installation) -> None:
    installation.migrate()
    with working(installation):
        if is_on_sqlite(installation):
            refused = installation.run("worker")
            assert refused.returncode == 1
            assert "on SQLite only one process may" in refused.stderr
            return
        with working(installation, "another") as process:
            assert process.poll() is None


def test_a_worker_beside_a_server_works_on_postgresql_alone(installation: Installation) -> None:
    installation.migrate()
    if is_on_sqlite(installation):
        refused = installation.run("serve", "--without-worker")
        assert refused.returncode == 1
        assert "leave out --without-worker" in refused.stderr
        with installation.serving("serve"):
            refused = installation.run("worker")
            assert "on SQLite only one process may" in refused.stderr
        return
    with installation.serving("serve", "--without-worker"), working(installation) as process:
        assert process.poll() is None


def test_a_worker_asks_for_a_database_of_its_own_version(installation: Installation) -> None:
    refused = installation.run("worker")
    assert refused.returncode == 1
    assert "run tuoban migrate first" in refused.stderr
