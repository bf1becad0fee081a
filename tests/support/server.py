"""The real `tuoban` program, run as its users run it: a process with a home of its own."""

import atexit
import os
import shutil
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from urllib.parse import urlsplit
from uuid import uuid4

import psycopg
import pytest

from tests.support import forking
from tests.support.postgresql import server_of_this_run

_START_LIMIT_S = 180
_STOP_LIMIT_S = 15


@dataclass(frozen=True)
class Installation:
    """One installation of Tuoban: its home folder and its database."""

    home: Path
    environment: dict[str, str]

    def run(self, *arguments: str) -> subprocess.CompletedProcess[str]:
        """Run ``tuoban ARGUMENTS`` to its end and return its output, whatever the exit status.

        It is the real program, but for its start; `start` and `serving` start it as users do.
        """
        return forking.run(arguments, self.environment, self.home)

    def start(self, *arguments: str) -> subprocess.CompletedProcess[str]:
        """The same, started as a program of its own."""
        return subprocess.run(
            [program(), *arguments],
            check=False,
            capture_output=True,
            env=self.environment,
            cwd=self.home,
            text=True,
        )

    def migrate(self) -> None:
        """Be as after `tuoban migrate`: a copy of an installation in which that was run."""
        self.become(_migrated())

    def load_demo(self) -> None:
        """Be as after a first `tuoban demo --cases 0`, likewise; its log is there, too."""
        self.become(_with_demo())

    def become(self, other: "Installation") -> None:
        """Take the place of a copy of another installation, in which nothing runs."""
        shutil.copytree(other.home, self.home, dirs_exist_ok=True)
        if "TUOBAN_DATABASE_URL" in self.environment:
            mine, theirs = (_database_of(each) for each in (self, other))
            with psycopg.connect(server_of_this_run(), autocommit=True) as connection:
                connection.execute(f"DROP DATABASE {mine}")
                connection.execute(f"CREATE DATABASE {mine} TEMPLATE {theirs}")

    @contextmanager
    def serving(self, *arguments: str) -> Iterator[str]:
        """Run ``tuoban ARGUMENTS --port N`` while the block lasts and yield its base URL.

        Fails with the program's output if it does not listen within three minutes.
        """
        port = free_port()
        log = self.home / "server.log"
        with log.open("wb") as output:
            process = subprocess.Popen(
                [program(), *arguments, "--port", str(port)],
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=subprocess.STDOUT,
                env=self.environment,
                cwd=self.home,
            )
        try:
            _wait_until_listening(process, port, log)
            yield f"http://127.0.0.1:{port}"
        finally:
            _stop(process)


def new_installation(home: Path) -> Installation:
    """Return an empty installation in `home` on the database that this run tests."""
    ours = ("TUOBAN_", "DJANGO_")
    kept = {name: value for name, value in os.environ.items() if not name.startswith(ours)}
    environment = {**kept, "TUOBAN_HOME": str(home), "PYTHONUTF8": "1"}
    if os.environ.get("TUOBAN_TEST_DATABASE") == "postgresql":
        environment["TUOBAN_DATABASE_URL"] = new_database()
    return Installation(home, environment)


@contextmanager
def serving_demo(home: Path) -> Iterator[str]:
    """Serve the demo from `home`, an empty folder, while the block lasts; yield its address."""
    installation = new_installation(home)
    installation.load_demo()
    with installation.serving("demo") as address:
        yield address


@cache
def _migrated() -> Installation:
    """An installation to copy, with nothing in it."""
    installation = new_installation(lasting_home())
    done = installation.run("migrate")
    if done.returncode:
        pytest.fail(f"tuoban migrate fails:\n{done.stdout}{done.stderr}")
    return installation


@cache
def _with_demo() -> Installation:
    """An installation to copy, with the demo."""
    installation = new_installation(lasting_home())
    with installation.serving("demo", "--cases", "0"):
        pass
    return installation


def lasting_home() -> Path:
    """A home that is removed when the tests end."""
    home = Path(tempfile.mkdtemp(prefix="tuoban-home-"))
    atexit.register(shutil.rmtree, home, ignore_errors=True)
    return home


def _database_of(installation: Installation) -> str:
    return urlsplit(installation.environment["TUOBAN_DATABASE_URL"]).path.removeprefix("/")


def program() -> str:
    """The program, as its users call it."""
    return str(Path(sys.executable).with_name("tuoban"))


def new_database() -> str:
    """The address of an empty database on the PostgreSQL of this run."""
    server = server_of_this_run()
    name = f"installation_{uuid4().hex}"
    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {name}")
    return urlsplit(server)._replace(path=f"/{name}").geturl()


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _wait_until_listening(process: subprocess.Popen[bytes], port: int, log: Path) -> None:
    give_up_at = time.monotonic() + _START_LIMIT_S
    while time.monotonic() < give_up_at and process.poll() is None:
        with suppress(OSError), socket.create_connection(("127.0.0.1", port), timeout=1):
            return
        time.sleep(0.05)
    pytest.fail(f"tuoban did not start to listen:\n{log.read_text(errors='replace')}")


def _stop(process: subprocess.Popen[bytes]) -> None:
    process.terminate()
    try:
        process.wait(_STOP_LIMIT_S)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()
