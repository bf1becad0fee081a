"""Uploads to the real program: never whole in memory, and nothing left of what breaks off."""

from __future__ import annotations

import http.client
import json
import re
import signal
import subprocess
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from http.cookiejar import CookieJar
from pathlib import Path
from urllib.parse import urlencode, urlsplit
from urllib.request import HTTPCookieProcessor, build_opener
from uuid import uuid4

import pytest

from tests.support.server import Installation, _stop, _wait_until_listening, free_port, program

HEAD = b"%PDF-1.4\n"
BLOCK = b"\0" * 1_000_000
LARGE = 64
"""Megabytes."""
MOST_MORE = 40_000
"""Kilobytes that the program may take more for one that is that large."""


@dataclass
class Served:
    address: str
    process: subprocess.Popen[bytes]
    home: Path
    cookie: str = ""
    proof: str = ""
    """That a request comes from a page of ours."""

    @property
    def most_memory(self) -> int:
        """Kilobytes that the program had at most, so far."""
        status = Path(f"/proc/{self.process.pid}/status").read_text(encoding="ascii")
        found = re.search(r"VmHWM:\s+(\d+)", status)
        assert found is not None
        return int(found[1])

    @property
    def contents(self) -> list[Path]:
        return list((self.home / "blobs").glob("[0-9a-f][0-9a-f]/*/*"))

    @property
    def incoming(self) -> list[Path]:
        return list((self.home / "blobs" / "incoming").iterdir())

    def log_in(self) -> None:
        cookies = CookieJar()
        browser = build_opener(HTTPCookieProcessor(cookies))
        with browser.open(f"{self.address}/desk/login") as page:
            form = page.read().decode()
        token = re.search(r'name="csrfmiddlewaretoken" value="(\w+)"', form)
        assert token is not None
        posted = {"csrfmiddlewaretoken": token[1], "username": "lilei", "password": "tuoban"}
        browser.addheaders = [("Referer", self.address)]
        browser.open(f"{self.address}/desk/login", urlencode(posted).encode()).close()
        self.cookie = "; ".join(f"{each.name}={each.value}" for each in cookies)
        self.proof = next(each.value or "" for each in cookies if each.name == "csrftoken")
        assert "sessionid" in self.cookie

    def connect(self) -> http.client.HTTPConnection:
        return http.client.HTTPConnection(urlsplit(self.address).netloc, timeout=120)

    def headers(self, **more: str) -> dict[str, str]:
        own = {"Cookie": self.cookie, "X-CSRFToken": self.proof, "Idempotency-Key": uuid4().hex}
        return {**own, "Content-Type": "application/octet-stream", **more}

    def upload(self, megabytes: int) -> tuple[int, str]:
        """Send a file of about so many megabytes, whose length is not announced; the status, and
        what was said."""
        connection = self.connect()
        blocks = (HEAD, *(BLOCK for _ in range(megabytes)))
        connection.request(
            "POST", "/api/v1/files?name=a.pdf", iter(blocks), self.headers(), encode_chunked=True
        )
        with closing(connection), connection.getresponse() as answer:
            return answer.status, answer.read().decode()

    def begin(self) -> http.client.HTTPConnection:
        """An upload of which a part has been sent."""
        connection = self.connect()
        connection.putrequest("POST", "/api/v1/files?name=a.pdf")
        for name, value in self.headers(**{"Content-Length": "20000000"}).items():
            connection.putheader(name, value)
        connection.endheaders(HEAD + BLOCK * 4)
        return connection


@contextmanager
def served(installation: Installation) -> Iterator[Served]:
    port, log = free_port(), installation.home / "server.log"
    with log.open("ab") as output:
        process = subprocess.Popen(
            [program(), "demo", "--cases", "0", "--port", str(port)],
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.STDOUT,
            env=installation.environment,
            cwd=installation.home,
        )
    try:
        _wait_until_listening(process, port, log)
        found = Served(f"http://127.0.0.1:{port}", process, installation.home)
        found.log_in()
        yield found
    finally:
        _stop(process)


@pytest.fixture
def running(installation: Installation) -> Iterator[Served]:
    installation.load_demo()
    installation.environment["TUOBAN_FILE_MB"] = "100"
    with served(installation) as found:
        yield found


def test_a_large_file_comes_and_goes_without_being_in_memory(running: Served) -> None:
    assert running.upload(1)[0] == 200
    before = running.most_memory
    status, said = running.upload(LARGE)
    assert status == 200
    ref = json.loads(said)["file"]
    assert running.most_memory - before < MOST_MORE
    connection = running.connect()
    connection.request("GET", f"/desk/attachments/{ref}", headers={"Cookie": running.cookie})
    size = 0
    with closing(connection), connection.getresponse() as got:
        assert got.status == 200
        while chunk := got.read(65_536):
            size += len(chunk)
    assert size == len(HEAD) + LARGE * len(BLOCK)
    assert running.most_memory - before < MOST_MORE
    assert running.incoming == []
    assert len(running.contents) == 2


def test_what_breaks_off_leaves_nothing(running: Served) -> None:
    running.begin().close()
    assert running.upload(1)[0] == 200
    assert len(running.contents) == 1
    assert running.incoming == []


def test_an_upload_to_a_program_that_is_killed_leaves_nothing(
    running: Served, installation: Installation
) -> None:
    connection = running.begin()
    running.process.send_signal(signal.SIGKILL)
    running.process.wait()
    connection.close()
    assert running.contents == []
    with served(installation) as again:
        assert again.upload(1)[0] == 200
        assert len(again.contents) == 1


def test_only_where_files_come_in_may_a_body_be_long(running: Served) -> None:
    for address in ("/api/v1/cases", "/desk/login"):
        connection = running.connect()
        headers = running.headers(**{"Content-Length": "4000000"})
        connection.request("POST", address, None, headers)
        with closing(connection), connection.getresponse() as answer:
            assert answer.status == 413
    assert running.upload(110)[0] == 422
    assert running.contents == running.incoming == []
