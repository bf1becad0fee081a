"""Looking for viruses: by a program, or by a `clamd` that is spoken to over a socket.

`TUOBAN_SCAN` is `clamd://host:port`, `clamd:///path/of/a/socket`, or the path of a program, which
gets the path of the content and says by its exit code what it thinks: 0 clean, 1 infected (what it
found is the last line that it prints), anything else: it could not tell.
"""

from __future__ import annotations

import socket
import struct
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple
from urllib.parse import urlsplit

from tuoban.kernel.text import Text
from tuoban.runtime.files import store
from tuoban.runtime.files.models import Blob
from tuoban.runtime.files.rules import rules

PATIENCE_S = 120.0
"""How long a scanner may say nothing."""
_LONGEST_ANSWER = 4096  # bytes


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
    with connection, path.open("rb") as file:
        connection.sendall(b"zINSTREAM\0")
        while chunk := file.read(store.CHUNK):
            connection.sendall(struct.pack("!L", len(chunk)) + chunk)
        connection.sendall(struct.pack("!L", 0))
        answer = b""
        while b"\0" not in answer and len(answer) < _LONGEST_ANSWER:
            more = connection.recv(1024)
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
    done = subprocess.run(  # noqa: S603 - the program is the operator's own
        [program, str(path)], capture_output=True, timeout=PATIENCE_S, check=False
    )
    if done.returncode == 0:
        return Verdict(is_clean=True)
    lines = done.stdout.decode("utf-8", "replace").strip().splitlines()
    if done.returncode == 1:
        return Verdict(is_clean=False, found=lines[-1] if lines else "?")
    raise ScanError(f"{program}: exit {done.returncode}")
