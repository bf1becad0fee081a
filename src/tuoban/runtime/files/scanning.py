"""Looking for viruses: by a program, or by a `clamd` that is spoken to over a socket.

`TUOBAN_SCAN` is `clamd://host:port`, `clamd:///path/of/a/socket`, or the path of a program, which
gets the path of the content and says by its exit code what it thinks: 0 clean, 1 infected (what it
found is the last line that it prints), anything else: it could not tell.
"""

from __future__ import annotations

import os
import select
import signal
import socket
import struct
import subprocess
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import NamedTuple
from urllib.parse import urlsplit

from tuoban.kernel.text import Text
from tuoban.runtime.files import store
from tuoban.runtime.files.models import Blob
from tuoban.runtime.files.rules import rules

PATIENCE_S = 120.0
"""How long a scanner may take for one content, whatever it says meanwhile."""
_LONGEST_ANSWER = 4096  # bytes
_LOOK_S = 0.05


class ScanError(RuntimeError):
    """The scanner could not be reached, or could not tell; `text` says so to administrators."""

    def __init__(self, said: str) -> None:
        super().__init__(said)
        self.text = Text(
            f"查病毒的程序没有给出结论：{said}。请检查 TUOBAN_SCAN 和该程序；此前文件不能打开。",
            f"The virus scanner could not tell: {said}. See to TUOBAN_SCAN and to what it names; "
            "until then nobody can open the file.",
        )


class Verdict(NamedTuple):
    is_clean: bool
    found: str = ""


def scan(digest: str) -> None:
    """Have a content looked at, if it waits for that.

    Raises:
        ScanError: nobody could tell; it goes on waiting.
    """
    waiting = Blob.objects.filter(pk=digest, scan=Blob.WAITING)
    if not waiting.exists():
        return
    scanner = rules().scanner
    if not scanner:
        waiting.update(scan=Blob.UNSCANNED)
        return
    try:
        verdict = scanner_of(scanner)(store.path_of(digest))
    except (OSError, subprocess.SubprocessError) as error:
        raise ScanError(str(error)) from error
    waiting.update(
        scan=Blob.CLEAN if verdict.is_clean else Blob.INFECTED, found=verdict.found[:200]
    )


def scanner_of(written: str) -> Callable[[Path], Verdict]:
    """Who scans, by what `TUOBAN_SCAN` says."""
    if not written.startswith("clamd://"):
        return lambda path: _by_program(written, path)
    address = urlsplit(written)
    if address.path:
        return lambda path: _by_clamd(_unix_socket(address.path), path)
    host, port = address.hostname or "localhost", address.port or 3310
    return lambda path: _by_clamd(socket.create_connection((host, port), PATIENCE_S), path)


def _unix_socket(path: str) -> socket.socket:
    found = socket.socket(socket.AF_UNIX)
    found.settimeout(PATIENCE_S)
    found.connect(path)
    return found


def _by_clamd(connection: socket.socket, path: Path) -> Verdict:
    """The protocol's INSTREAM: chunks with their lengths, ended by one of no length."""
    over_at = time.monotonic() + PATIENCE_S

    def in_time() -> socket.socket:
        connection.settimeout(max(over_at - time.monotonic(), _LOOK_S))
        if time.monotonic() > over_at:
            raise ScanError(f"clamd: > {PATIENCE_S:.0f} s")
        return connection

    with connection, path.open("rb") as file:
        connection.sendall(b"zINSTREAM\0")
        while chunk := file.read(store.CHUNK):
            in_time().sendall(struct.pack("!L", len(chunk)) + chunk)
        in_time().sendall(struct.pack("!L", 0))
        answer = b""
        while b"\0" not in answer and len(answer) < _LONGEST_ANSWER:
            more = in_time().recv(1024)
            if not more:
                break
            answer += more
    said = answer.partition(b"\0")[0].decode("utf-8", "replace").removeprefix("stream: ").strip()
    if said == "OK":
        return Verdict(is_clean=True)
    if said.endswith(" FOUND"):
        return Verdict(is_clean=False, found=said.removesuffix(" FOUND"))
    raise ScanError(f"clamd: {said or '—'}")


def _by_program(program: str, path: Path) -> Verdict:
    with _running([program, str(path)]) as running:
        end = _end_of_output(running)
    lines = end.decode("utf-8", "replace").strip().splitlines()
    if running.returncode == 0:
        return Verdict(is_clean=True)
    if running.returncode == 1:
        return Verdict(is_clean=False, found=lines[-1] if lines else "?")
    raise ScanError(f"{program}: exit {running.returncode}")


@contextmanager
def _running(command: list[str]) -> Iterator[subprocess.Popen[bytes]]:
    """A program, which ends with the block, and whatever it began with it."""
    running = subprocess.Popen(  # noqa: S603 - the program is the operator's own
        command,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )
    try:
        yield running
    finally:
        with suppress(ProcessLookupError):
            os.killpg(running.pid, signal.SIGKILL)
        running.wait()
        assert running.stdout is not None  # noqa: S101 - it was asked for
        running.stdout.close()


def _end_of_output(running: subprocess.Popen[bytes]) -> bytes:
    """The end of what a program prints until it is over, of which no more than that is kept. What
    it began beside itself may hold its output open for ever, and is not waited for.

    Raises:
        ScanError: it takes too long.
    """
    assert running.stdout is not None  # noqa: S101 - it was asked for
    output, end, over_at = running.stdout.fileno(), b"", time.monotonic() + PATIENCE_S
    while time.monotonic() < over_at:
        is_over = running.poll() is not None
        if select.select([output], [], [], 0 if is_over else _LOOK_S)[0]:
            more = os.read(output, store.CHUNK)
            end = (end + more)[-_LONGEST_ANSWER:]
            if more:
                continue
            running.wait(max(over_at - time.monotonic(), 0))
        if is_over:
            return end
    raise ScanError(f"> {PATIENCE_S:.0f} s")
