"""Faults of what the house stands on: full disks, locked databases, servers that go and come back,
clocks that jump, mail servers that hang. Each is told clearly, recovers without help, and loses
nothing."""

from __future__ import annotations

import os
import sqlite3
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from threading import Thread

import pytest

from tests.faults.clients import ACKNOWLEDGED, Crowd, Ledger
from tests.faults.day import Hand
from tests.faults.disks import Undo, fill_up, small_disk, stop_growing
from tests.faults.furnish import CLIENTS
from tests.faults.house import House, fit_out
from tests.faults.ordeal import judge, verdict
from tests.faults.outside import Outside, behind_a_door
from tests.faults.reading import Books, moment
from tests.faults.speaking import Answer
from tests.support.postgresql import Server, new_server
from tests.support.server import new_installation

pytestmark = pytest.mark.long

ON_POSTGRESQL = os.environ.get("TUOBAN_TEST_DATABASE") == "postgresql"
on_sqlite = pytest.mark.skipif(ON_POSTGRESQL, reason="a fault of SQLite alone")
on_postgresql = pytest.mark.skipif(not ON_POSTGRESQL, reason="a fault of PostgreSQL alone")
LIMIT_S = 120
SERVER_MB = 512
"""The disk of a database server, with its programs."""


def more_work(crowd: Crowd, commands: int = 15) -> None:
    """Wait until the clients have done so much more."""
    wanted = crowd.ledger.count(ACKNOWLEDGED) + commands
    until(lambda: crowd.ledger.count(ACKNOWLEDGED) >= wanted or bool(crowd.ledger.trouble))


def until(there: Callable[[], bool], limit_s: float = LIMIT_S) -> None:
    give_up_at = time.monotonic() + limit_s
    while not there():
        if time.monotonic() > give_up_at:
            pytest.fail("it did not come to that")
        time.sleep(0.1)


def asked_in_both(hand: Hand) -> dict[str, Answer]:
    """What whoever asks for something now is answered, in both languages."""
    answers: dict[str, Answer] = {}

    def ask(language: str) -> None:
        answers[language] = hand.client.ask_once(language)

    asking = [Thread(target=ask, args=(each,)) for each in ("zh", "en")]
    for each in asking:
        each.start()
    for each in asking:
        each.join()
    return answers


def told_to_come_again(answers: dict[str, Answer], **words: str) -> None:
    for language, answer in answers.items():
        assert answer.status == 503, answer
        assert int(answer.headers["Retry-After"]) > 0
        assert words[language] in answer.body["detail"], answer


@contextmanager
def clients_at_work(house: House) -> Iterator[Crowd]:
    crowd = Crowd(house.addresses, "special")
    crowd.start()
    more_work(crowd)
    yield crowd


@on_sqlite
def test_a_locked_database_is_waited_for(house: House) -> None:
    """Another program, such as one that copies the database, keeps everybody from writing for
    longer than they wait."""
    with house.open(), clients_at_work(house) as crowd:
        hand = Hand(house, crowd.ledger, CLIENTS[-1])
        file = house.installation.home / "tuoban.sqlite3"
        with closing(sqlite3.connect(file, timeout=60, isolation_level=None)) as other:
            other.execute("BEGIN IMMEDIATE")
            answers = asked_in_both(hand)
            other.execute("ROLLBACK")
        told_to_come_again(answers, zh="请稍候", en="in a moment")
        more_work(crowd)
        found = judge(house, crowd)
    assert verdict(found) == []


def run_out_of_room(house: House, use_up: Callable[[], Undo]) -> None:
    """The house begins its day and finds no room for what is new."""
    with house.open():
        crowd = Crowd(house.addresses, "special")
        hand = Hand(house, crowd.ledger, CLIENTS[-1])
        hand.complete(hand.begin(), "book")
        make_room = use_up()
        try:
            crowd.start()
            until(lambda: hand.client.ask_once("en").status == 503)
            answers = asked_in_both(hand)
        finally:
            make_room()
        told_to_come_again(answers, zh="没有空间", en="no room")
        more_work(crowd)
        found = judge(house, crowd)
    assert verdict(found) == []


@on_sqlite
def test_a_full_disk_keeps_what_there_is(tmp_path: Path, outside: Outside, house: House) -> None:
    with small_disk(tmp_path / "disk") as disk:
        small = House(new_installation(disk), outside)
        small.furnish()
        run_out_of_room(small, lambda: fill_up(disk))


@on_sqlite
def test_files_that_may_not_grow_keep_what_there_is(house: House) -> None:
    run_out_of_room(house, lambda: stop_growing(house))


def house_on(server: Server, home: Path, outside: Outside) -> House:
    """A house whose database is on a server of its own."""
    installation = new_installation(home)
    installation.environment["TUOBAN_DATABASE_URL"] = server.start()
    migrated = installation.run("migrate")
    assert migrated.returncode == 0, migrated.stdout + migrated.stderr
    fit_out(installation)
    return House(installation, outside)


@on_postgresql
def test_a_full_disk_of_the_server_keeps_what_there_is(tmp_path: Path, outside: Outside) -> None:
    with TemporaryDirectory(prefix="tuoban-disk-", dir="/tmp") as place:
        Path(place).chmod(0o755)
        with (
            small_disk(Path(place) / "disk", SERVER_MB) as disk,
            new_server(place=disk) as server,
        ):
            house = house_on(server, tmp_path, outside)
            run_out_of_room(house, lambda: fill_up(disk))


@on_postgresql
def test_a_server_that_is_restarted_under_load_loses_nothing(
    tmp_path: Path, outside: Outside
) -> None:
    with new_server() as server:
        own = house_on(server, tmp_path, outside)
        with own.open(), clients_at_work(own) as crowd:
            hand = Hand(own, crowd.ledger, CLIENTS[-1])
            for _ in range(3):
                server.stop()
                answer = hand.client.ask_once("en")
                assert (answer.status, answer.body["code"]) == (503, "busy")
                assert int(answer.headers["Retry-After"]) > 0
                server.start_again()
                more_work(crowd)
            found = judge(own, crowd)
        assert verdict(found) == []


def real_now() -> datetime:
    return datetime.now(UTC)  # noqa: TID251 - the clock of the machine


FAKETIME = Path("/usr/lib/x86_64-linux-gnu/faketime/libfaketimeMT.so.1")


@pytest.mark.skipif(not FAKETIME.exists(), reason="libfaketime is not installed")
def test_a_clock_that_jumps_loses_nothing(tmp_path: Path, outside: Outside, house: House) -> None:
    clock = tmp_path / "clock"
    clock.write_text("+0")
    faked = {
        "LD_PRELOAD": str(FAKETIME),
        "FAKETIME_TIMESTAMP_FILE": str(clock),
        "FAKETIME_NO_CACHE": "1",
        "FAKETIME_DONT_FAKE_MONOTONIC": "1",
        "FAKETIME_FORCE_MONOTONIC_FIX": "0",
    }
    jumping = House(house.installation, outside, faked)
    with jumping.open(), clients_at_work(jumping) as crowd:
        for hours in (1, -1, 0):
            jumping.ahead = timedelta(hours=hours)
            aside = clock.with_suffix(".new")
            aside.write_text(f"{hours * 3600:+d}")
            aside.replace(clock)
            more_work(crowd)
        found = judge(jumping, crowd)
    assert verdict(found) == []
    seen = [at for row in found["entries"] if (at := moment(row["at"])) is not None]
    ahead = {round((at - real_now()) / timedelta(hours=1)) for at in seen}
    assert {-1, 0, 1} <= ahead, "the clock did not jump"


def test_a_mail_server_that_hangs_holds_up_nobody(tmp_path: Path, house: House) -> None:
    with behind_a_door() as (outside, door):
        own = House(house.installation, outside)
        with own.open():
            ledger = Ledger()
            hand = Hand(own, ledger)
            number = hand.begin()
            hand.complete(number, "book", "quote", "mend", "issue", "check")
            until(lambda: door.came > 0)
            hand.complete(number, "pay")
            ended = f"SELECT count(*) AS ended FROM cases_case WHERE number = '{number}'"
            books = Books(own.environment)
            until(lambda: books.read({"n": f"{ended} AND status = 'ended'"})["n"][0]["ended"] == 1)
            waiting = "SELECT error FROM cases_outgoing WHERE state = 'waiting' AND error <> ''"
            until(lambda: bool(books.read({"n": waiting})["n"]))
            (told, *_) = books.read({"n": waiting})["n"]
            assert "邮件服务器" in told["error"]
            assert "mail server" in told["error"]
            assert outside.mails() == []
            door.is_shut = False
            left = "SELECT count(*) AS n FROM cases_outgoing WHERE state = 'waiting'"
            until(lambda: books.read({"n": left})["n"][0]["n"] == 0, 240)
            crowd = Crowd(own.addresses, "nobody", 0)
            crowd.ledger.sent += ledger.sent
            found = judge(own, crowd)
    assert found.mails
    assert verdict(found) == []
