"""The house: an installation whose processes are started, killed and started again.

On SQLite one `tuoban serve` does everything. On PostgreSQL two serve the desk alone, beside two
workers.
"""

from __future__ import annotations

import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from datetime import UTC, datetime, timedelta
from functools import cache
from pathlib import Path
from typing import IO

import pytest

from tests.faults.outside import Outside
from tests.support.server import Installation, free_port, lasting_home, new_installation, program

ROOT = Path(__file__).parents[2]
START_LIMIT_S = 120
STOP_LIMIT_S = 60
OF_EACH = 2
"""Processes that serve on PostgreSQL, and that work there."""


class Member:
    """One process of the house, which is the same one however often it is killed."""

    def __init__(
        self, name: str, home: Path, arguments: Iterable[str], environment: Mapping[str, str]
    ) -> None:
        self.name = name
        self.port: int | None = None
        self.log = home / f"{name}.log"
        self.environment = dict(environment)
        self._home = home
        self._arguments = [program(), *arguments]
        self._process: subprocess.Popen[bytes] | None = None
        self._log: IO[bytes] | None = None

    @property
    def address(self) -> tuple[str, int]:
        assert self.port is not None
        return ("127.0.0.1", self.port)

    def start(self) -> None:
        assert self._process is None, f"{self.name} runs already"
        with self.log.open("ab") as log:
            self._process = subprocess.Popen(
                self._arguments,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=subprocess.STDOUT,
                env=self.environment,
                cwd=self._home,
            )

    def wait_until_up(self) -> None:
        """Fails with the log where it ends instead, or does not listen within two minutes."""
        if self.port is None:
            return
        give_up_at = time.monotonic() + START_LIMIT_S
        while time.monotonic() < give_up_at and not self.has_ended:
            with suppress(OSError), socket.create_connection(self.address, timeout=1):
                return
            time.sleep(0.05)
        pytest.fail(f"{self.name} did not start to listen:\n{self.told()}")

    @property
    def has_ended(self) -> bool:
        return self._process is None or self._process.poll() is not None

    @property
    def pid(self) -> int:
        assert self._process is not None
        return self._process.pid

    def kill(self) -> None:
        """Kill it at once (SIGKILL). Fails where it had ended by itself."""
        assert self._process is not None
        if self._process.poll() is not None:
            pytest.fail(f"{self.name} ended by itself:\n{self.told()}")
        self._process.send_signal(signal.SIGKILL)
        self._process.wait()
        self._process = None

    def stop(self) -> None:
        """End it as an administrator does (SIGTERM). Fails where that takes over a minute."""
        if self._process is None:
            return
        if self._process.poll() is not None:
            self._process = None
            pytest.fail(f"{self.name} ended by itself:\n{self.told()}")
        self._process.terminate()
        try:
            self._process.wait(STOP_LIMIT_S)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()
            pytest.fail(f"{self.name} did not end when it was told to:\n{self.told()}")
        finally:
            self._process = None

    def told(self) -> str:
        """The end of its log."""
        return self.log.read_text(errors="replace")[-8000:] if self.log.exists() else ""


def taken_out(installation: Installation) -> Path:
    """The checkpoints that were taken out of a house, as far as that was done."""
    return installation.home / "checkpoints.jsonl"


class House:
    """An installation that was fitted out, with the processes that work in it."""

    def __init__(
        self, installation: Installation, outside: Outside, more: Mapping[str, str] | None = None
    ) -> None:
        self.installation = installation
        self.outside = outside
        self.environment = {**installation.environment, **outside.environment, **(more or {})}
        self.ahead = timedelta()
        """How far the clock of its processes is ahead of that of the machine."""
        self.on_postgresql = "TUOBAN_DATABASE_URL" in installation.environment
        if self.on_postgresql:
            self.members = [
                *(self._web(f"web-{number}", "--without-worker") for number in range(OF_EACH)),
                *(self._member(f"worker-{number}", "worker") for number in range(OF_EACH)),
            ]
        else:
            self.members = [self._web("web-0")]

    def _web(self, name: str, *more: str) -> Member:
        port = free_port()
        member = self._member(name, "serve", "--port", str(port), *more)
        member.port = port
        return member

    def _member(self, name: str, *arguments: str) -> Member:
        return Member(name, self.installation.home, arguments, self.environment)

    def now(self) -> datetime:
        """What its clock says."""
        return datetime.now(UTC) + self.ahead  # noqa: TID251 - the harness is outside

    @property
    def addresses(self) -> tuple[tuple[str, int], ...]:
        """Where it listens."""
        return tuple(each.address for each in self.members if each.port is not None)

    def furnish(self) -> None:
        """Fit out an empty installation (`furnish.py`)."""
        self.installation.become(_furnished())

    def checkpoint(self) -> None:
        """Put all journals under a checkpoint, and take that out of the house."""
        for _ in range(3):  # the house makes checkpoints itself, perhaps at this moment
            done = self.installation.run(
                "checkpoint", "--export", str(taken_out(self.installation))
            )
            if done.returncode == 0:
                return
        pytest.fail(done.stdout + done.stderr)

    @contextmanager
    def open(self) -> Iterator[None]:
        """Everybody works while the block lasts; at its end, whoever still does is stopped."""
        try:
            for member in self.members:
                member.start()
            for member in self.members:
                member.wait_until_up()
            yield
            self.close()
        finally:
            for member in self.members:
                if not member.has_ended:
                    member.kill()

    def close(self) -> None:
        """Everybody ends in order."""
        for member in self.members:
            member.stop()

    def told(self) -> str:
        """What everybody wrote to their logs."""
        return "\n".join(f"-- {each.name}\n{each.told()}" for each in self.members)


@cache
def _furnished() -> Installation:
    """An installation to copy."""
    installation = new_installation(lasting_home())
    installation.migrate()
    fit_out(installation)
    return installation


def fit_out(installation: Installation) -> None:
    """Fit out an installation whose database has its tables."""
    _run(installation, "tests.faults.furnish")


def tidy_up(installation: Installation) -> None:
    """Clear away what an installation that is closed needs no longer (`tidy.py`)."""
    _run(installation, "tests.faults.tidy")


def _run(installation: Installation, module: str) -> None:
    done = subprocess.run(
        [sys.executable, "-m", module],
        check=False,
        capture_output=True,
        env={**installation.environment, "PYTHONPATH": str(ROOT)},
        cwd=ROOT,
        text=True,
    )
    assert done.returncode == 0, done.stdout + done.stderr
