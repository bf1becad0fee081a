"""Looking for viruses: by a scanner that speaks clamd's protocol, and by a program."""

from __future__ import annotations

import socketserver
import struct
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from threading import Thread
from typing import Any

import pytest

from tests.runtime.shop import NINE, Shop, refusal
from tuoban.runtime.cases import service
from tuoban.runtime.cases.filing.uploading import upload
from tuoban.runtime.cases.queries import file_for
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
