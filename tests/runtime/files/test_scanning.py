"""Looking for viruses: by a scanner that speaks clamd's protocol, and by a program."""

from __future__ import annotations

import resource
import socketserver
import struct
import time
from collections.abc import Iterator
from contextlib import suppress
from datetime import timedelta
from pathlib import Path
from threading import Thread
from typing import Any

import pytest

from tests.runtime.shop import NINE, Shop, refusal
from tuoban.runtime.cases import service
from tuoban.runtime.cases.filing.uploading import upload
from tuoban.runtime.cases.queries import file_for
from tuoban.runtime.files import scanning
from tuoban.runtime.files.models import Blob, StoredFile
from tuoban.runtime.jobs.carriers.rows import run_due
from tuoban.runtime.jobs.models import Job
from tuoban.runtime.jobs.retry import why

# In two parts, so that no scanner takes this file for one that is infected.
EICAR = rb"X5O!P%@AP[4\PZX54(P^)7CC)7}$EICAR-STANDARD-" + b"ANTIVIRUS-TEST-FILE!$H+H*"


class Clamd(socketserver.BaseRequestHandler):
    """As much of a clamd as it takes: INSTREAM, and one virus that is known."""

    def handle(self) -> None:
        assert self._read(10) == b"zINSTREAM\0"
        content = b""
        while length := struct.unpack("!L", self._read(4))[0]:
            content += self._read(length)
        found = b"Eicar-Test-Signature FOUND" if EICAR in content else b"OK"
        self.request.sendall(b"stream: " + found + b"\0")

    def _read(self, count: int) -> bytes:
        read = b""
        while len(read) < count:
            more = self.request.recv(count - len(read))
            assert more
            read += more
        return read


@pytest.fixture
def clamd() -> Iterator[str]:
    with socketserver.ThreadingTCPServer(("127.0.0.1", 0), Clamd) as server:
        Thread(target=server.serve_forever, daemon=True).start()
        yield f"clamd://127.0.0.1:{server.server_address[1]}"
        server.shutdown()


@pytest.fixture
def program(tmp_path: Path) -> str:
    script = tmp_path / "scan"
    script.write_text('#!/bin/sh\nif grep -q EICAR "$1"; then echo Eicar; exit 1; fi\n')
    script.chmod(0o755)
    return str(script)


def scan_with(settings: Any, scanner: str) -> None:
    settings.TUOBAN_FILES = {**settings.TUOBAN_FILES, "scanner": scanner}


def kept(shop: Shop, content: bytes, name: str = "a.txt") -> StoredFile:
    return upload([content], name, by=shop["mei"], at=NINE)


def state_of(stored: StoredFile) -> tuple[str, str]:
    blob = Blob.objects.get(pk=stored.blob_id)
    return blob.scan, blob.found


@pytest.mark.parametrize("how", ["clamd", "program"])
def test_until_it_is_known_to_be_clean_nobody_has_it(
    shop: Shop, settings: Any, how: str, request: pytest.FixtureRequest
) -> None:
    scan_with(settings, request.getfixturevalue(how))
    clean, infected = kept(shop, b"harmless " * 20_000), kept(shop, b"%s" % EICAR, "evil.txt")
    assert refusal(lambda: file_for(shop["mei"], clean.ref)).code == "file-waits"
    run_due(NINE)
    assert state_of(clean) == ("clean", "")
    assert file_for(shop["mei"], clean.ref)[0] == clean
    assert state_of(infected)[0] == "infected"
    assert "Eicar" in state_of(infected)[1]
    assert refusal(lambda: file_for(shop["mei"], infected.ref)).code == "file-infected"
    case = shop.start().case_id

    def attach(stored: StoredFile) -> service.Outcome:
        return service.attach_files(
            case, [stored.ref], by=shop["mei"], at=NINE, key=f"key {stored.ref}"
        )

    refused = refusal(lambda: attach(infected))
    assert [each.code for each in refused.problems] == ["file-infected"]
    attach(clean)


def test_a_content_that_is_known_is_not_looked_at_again(
    shop: Shop, settings: Any, clamd: str
) -> None:
    scan_with(settings, clamd)
    kept(shop, b"harmless")
    run_due(NINE)
    assert state_of(kept(shop, b"harmless", "again.txt"))[0] == "clean"


def test_what_was_kept_before_anybody_scanned_is_looked_at_when_it_comes_again(
    shop: Shop, settings: Any, clamd: str
) -> None:
    first = kept(shop, EICAR)
    assert state_of(first)[0] == "unscanned"
    scan_with(settings, clamd)
    kept(shop, EICAR, "again.txt")
    assert state_of(first)[0] == "waiting"
    run_due(NINE)
    assert state_of(first)[0] == "infected"


def test_a_scanner_that_is_away_is_asked_again(shop: Shop, settings: Any, clamd: str) -> None:
    scan_with(settings, "clamd://127.0.0.1:1")
    stored = kept(shop, b"harmless")
    run_due(NINE)
    assert state_of(stored)[0] == "waiting"
    scan_with(settings, clamd)
    run_due(NINE + timedelta(hours=1))
    assert state_of(stored)[0] == "clean"


def test_a_program_that_cannot_tell_is_asked_again(
    shop: Shop, settings: Any, tmp_path: Path
) -> None:
    broken = tmp_path / "broken"
    broken.write_text("#!/bin/sh\nexit 2\n")
    broken.chmod(0o755)
    scan_with(settings, str(broken))
    stored = kept(shop, b"harmless")
    run_due(NINE)
    assert state_of(stored)[0] == "waiting"
    reason = why(Job.objects.get(kind="scan-file").error)
    assert reason is not None
    assert f"{broken}: exit 2" in reason.zh
    assert "See to TUOBAN_SCAN" in reason.en


def written(tmp_path: Path, script: str) -> str:
    program = tmp_path / "hostile"
    program.write_text(f"#!/bin/sh\n{script}\n")
    program.chmod(0o755)
    return str(program)


@pytest.mark.parametrize(
    ("script", "scan", "found"),
    [
        ("head -c 300000000 /dev/zero; echo; echo Eicar; exit 1", "infected", "Eicar"),
        ("sleep 1000 & echo Eicar; exit 1", "infected", "Eicar"),
        ("exec >&-; sleep 0.2; exit 0", "clean", ""),
        ("yes", "waiting", ""),
        ("sleep 1000", "waiting", ""),
        ("exec >&-; sleep 1000", "waiting", ""),
        ("kill -9 $$", "waiting", ""),
    ],
)
def test_a_program_that_prints_or_hangs_holds_nobody_up(
    shop: Shop,
    settings: Any,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    script: str,
    scan: str,
    found: str,
) -> None:
    monkeypatch.setattr(scanning, "PATIENCE_S", 20.0 if scan != "waiting" else 1.0)
    scan_with(settings, written(tmp_path, script))
    stored = kept(shop, b"harmless")
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    run_due(NINE)
    assert state_of(stored) == (scan, found)
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 100_000  # kB


def test_what_a_program_began_beside_itself_ends_with_it(
    shop: Shop, settings: Any, tmp_path: Path
) -> None:
    mark = tmp_path / "pid"
    scan_with(settings, written(tmp_path, f"sleep 1000 & echo $! > {mark}"))
    kept(shop, b"harmless")
    run_due(NINE)
    give_up_at = time.monotonic() + 30
    while _runs(int(mark.read_text())):
        assert time.monotonic() < give_up_at
        time.sleep(0.05)


def _runs(pid: int) -> bool:
    """What is over may wait to be buried by whoever inherited it."""
    try:
        told = Path(f"/proc/{pid}/stat").read_text("utf-8")
    except (FileNotFoundError, ProcessLookupError):
        return False
    return told.rpartition(")")[2].split()[0] not in "ZX"


class Dripping(socketserver.BaseRequestHandler):
    """A clamd that never comes to an end, and is never silent for long."""

    def handle(self) -> None:
        with suppress(OSError):
            while True:
                self.request.sendall(b"s")
                time.sleep(0.1)


class Lying(socketserver.BaseRequestHandler):
    """A clamd that answers what no clamd answers."""

    def handle(self) -> None:
        with suppress(OSError):
            self.request.sendall(b"stream: OK but " + b"\xff" * 100_000)


@pytest.mark.parametrize("hostile", [Dripping, Lying])
def test_a_clamd_that_drips_or_lies_holds_nobody_up(
    shop: Shop,
    settings: Any,
    monkeypatch: pytest.MonkeyPatch,
    hostile: type[socketserver.BaseRequestHandler],
) -> None:
    monkeypatch.setattr(scanning, "PATIENCE_S", 1.0)
    with socketserver.ThreadingTCPServer(("127.0.0.1", 0), hostile) as server:
        server.daemon_threads = True
        Thread(target=server.serve_forever, daemon=True).start()
        scan_with(settings, f"clamd://127.0.0.1:{server.server_address[1]}")
        stored = kept(shop, b"harmless")
        run_due(NINE)
        server.shutdown()
    assert state_of(stored)[0] == "waiting"
