"""What the checker judges: the clients' logs, the database as it stands, what the audit found, and
what arrived outside."""

from __future__ import annotations

import hashlib
import json
import sqlite3
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from pathlib import Path
from typing import Any

import psycopg

from tests.faults.clients import Sent
from tests.faults.house import taken_out
from tests.faults.outside import Mail
from tests.faults.reading import Books, Row, moment
from tests.support.server import Installation

QUESTIONS = {
    "users": "SELECT id, username FROM people_user",
    "cases": "SELECT id, number, status, seq, head, suspended FROM cases_case",
    "entries": "SELECT * FROM cases_journalentry ORDER BY case_id, seq",
    "keys": "SELECT actor, key, answer FROM cases_commandkey",
    "items": "SELECT id, case_id, number, node, status FROM cases_workitem",
    "pools": "SELECT item_id FROM cases_poolentry",
    "drafts": "SELECT item_id FROM cases_draft",
    "timers": "SELECT * FROM cases_timer",
    "jobs": "SELECT * FROM jobs_job",
    "listeners": "SELECT * FROM cases_listener",
    "messages": "SELECT * FROM cases_message",
    "deliveries": "SELECT * FROM cases_messagedelivery",
    "calls": "SELECT * FROM cases_calledcase",
    "starts": "SELECT * FROM cases_recurringstart",
    "personal": "SELECT ref, value FROM cases_personalvalue",
    "blobs": "SELECT digest FROM files_blob",
    "files": "SELECT id, ref, blob_id FROM files_storedfile",
    "case_files": "SELECT case_id, file_id FROM cases_casefile",
    "series": "SELECT series, next FROM cases_numbersequence",
    "outgoing": "SELECT * FROM cases_outgoing",
    "charges": "SELECT * FROM billing_charge",
    "payments": "SELECT * FROM billing_payment",
    "bookings": "SELECT * FROM booking_booking",
    "parts": "SELECT * FROM parts_part",
    "movements": "SELECT * FROM parts_movement",
}


ERRANDS = "SELECT id, lock, status, scheduled_at FROM procrastinate_jobs"
"""On PostgreSQL alone."""


_PLACED = ("item ", "timer ", "call ", "the case that called it", "listening to ")
_FILED = ("the file ", "the content of the file ")
"""How the audit begins where it speaks of these."""


@dataclass(frozen=True, slots=True)
class Finding:
    """What `tuoban audit` found."""

    case: int | None
    number: str
    seq: int | None
    kind: str
    detail: str

    def __str__(self) -> str:
        return f"{self.number} #{self.seq}: {self.kind}: {self.detail}"

    @property
    def is_of_checkpoint(self) -> bool:
        return self.case is None and "checkpoint" in f"{self.number} {self.detail}"

    @property
    def is_of_place(self) -> bool:
        """A row has no place in its case, or the case misses one."""
        return self.kind == "rows-differ" and self.detail.startswith(_PLACED)

    @property
    def is_of_file(self) -> bool:
        return self.kind == "rows-differ" and self.detail.startswith(_FILED)


@dataclass(frozen=True)
class Entry:
    """An entry of the journal, read."""

    case: int
    seq: int
    command: str
    actor: str
    payload: str
    asked: Mapping[str, Any]
    events: Sequence[Mapping[str, Any]]

    def of(self, *kinds: str) -> Iterator[Mapping[str, Any]]:
        return (event for event in self.events if event["$"] in kinds)


@dataclass(frozen=True)
class Evidence:
    sent: Sequence[Sent]
    tables: Mapping[str, list[Row]]
    findings: Sequence[Finding]
    mails: Sequence[Mail]
    at: datetime
    """What had come due by then has been done."""
    contents: Mapping[str, str]
    """The files below `blobs`, each with the SHA-256 of what it holds."""

    def __getitem__(self, table: str) -> list[Row]:
        return self.tables[table]

    @property
    def errands(self) -> list[Row] | None:
        """What the carrier of jobs has to do; None: it has no books of its own."""
        return self.tables.get("errands")

    @cached_property
    def people(self) -> dict[str, str]:
        """The id of a person as the journal writes it, by user name."""
        return {row["username"]: str(row["id"]) for row in self["users"]}

    @cached_property
    def numbers(self) -> dict[int, str]:
        return {row["id"]: row["number"] for row in self["cases"]}

    @cached_property
    def ids(self) -> dict[str, int]:
        return {row["number"]: row["id"] for row in self["cases"]}

    @cached_property
    def entries(self) -> list[Entry]:
        """The journal; an entry that cannot be read is left to the chain."""
        read = (_entry(row, self.opened) for row in self["entries"])
        return [each for each in read if each is not None]

    @cached_property
    def opened(self) -> dict[str, Any]:
        """The personal values by what the journal names them by; those that can be read."""
        found = {}
        for row in self["personal"]:
            with suppress(ValueError):
                found[row["ref"]] = json.loads(row["value"])
        return found

    @cached_property
    def journals(self) -> dict[int, list[Entry]]:
        found: defaultdict[int, list[Entry]] = defaultdict(list)
        for each in self.entries:
            found[each.case].append(each)
        return found

    def events(self, *kinds: str) -> Iterator[tuple[int, Mapping[str, Any]]]:
        """The events of these kinds, each with its case, in the order of each journal."""
        return ((entry.case, event) for entry in self.entries for event in entry.of(*kinds))


def _entry(row: Row, opened: Mapping[str, Any]) -> Entry | None:
    try:
        read = json.loads(row["payload"])
        asked, events = _open(read["command"], opened), read["events"]
    except (ValueError, LookupError, TypeError):
        return None
    return Entry(
        row["case_id"], row["seq"], row["command"], row["actor"], row["payload"], asked, events
    )


def _open(value: Any, opened: Mapping[str, Any]) -> Any:
    """The same with what was sealed in it."""
    if isinstance(value, list):
        return [_open(each, opened) for each in value]
    if not isinstance(value, dict):
        return value
    if "$sealed" in value:
        return opened.get(value["$sealed"][0])
    return {name: _open(each, opened) for name, each in value.items()}


def gather(
    installation: Installation, sent: Sequence[Sent], mails: Sequence[Mail], at: datetime
) -> Evidence:
    """All evidence of an installation in which nobody works any more."""
    told = installation.run("audit", "--json", "--against", str(taken_out(installation)))
    assert told.stdout.startswith("{"), told.stdout + told.stderr
    findings = [Finding(**each) for each in json.loads(told.stdout)["findings"]]
    books = Books(installation.environment)
    questions = {**QUESTIONS, "errands": ERRANDS} if books.on_postgresql else QUESTIONS
    tables = books.read(questions)
    return Evidence(sent, tables, findings, mails, at, _contents(installation.home / "blobs"))


def _contents(folder: Path) -> dict[str, str]:
    there = (each for each in folder.rglob("*") if each.is_file())
    return {
        str(each.relative_to(folder)): hashlib.sha256(each.read_bytes()).hexdigest()
        for each in there
    }


# -- what is due ----------------------------------------------------------------------------------

DUE = {
    "timer": "SELECT case_id AS what, next_try_at AS at, due_at AS since FROM cases_timer",
    "job": "SELECT key AS what, run_at AS at, coalesce(lease_until, run_at) AS since FROM jobs_job"
    " WHERE done_at IS NULL AND dead_at IS NULL",
    "message": "SELECT key AS what, next_try_at AS at, received_at AS since FROM cases_message"
    " WHERE done_at IS NULL AND system = ''",
    "delivery": "SELECT case_id AS what, next_try_at AS at, at AS since FROM cases_messagedelivery"
    " WHERE next_try_at IS NOT NULL",
    "listener": "SELECT id AS what, look_at AS at, look_at AS since FROM cases_listener"
    " WHERE look_at IS NOT NULL",
    "errand": "SELECT id AS what, next_try_at AS at, called_at AS since FROM cases_calledcase"
    " WHERE errand <> ''",
    "recurring start": "SELECT id AS what, next_try_at AS at, moment AS since"
    " FROM cases_recurringstart WHERE case_id IS NULL",
    "schedule": "SELECT start AS what, next_at AS at, next_at AS since FROM cases_recurring"
    " WHERE next_at IS NOT NULL",
    "version": "SELECT slug AS what, published_at AS at, published_at AS since"
    " FROM cases_publisheddefinition WHERE NOT taken_up",
    "outgoing": "SELECT id AS what, next_try_at AS at, next_try_at AS since FROM cases_outgoing"
    " WHERE state = 'waiting'",
}
"""Everything that waits for the worker. `at` is when it is tried; `since` when it came due. What
some worker has in hand comes due once that counts as killed."""


DUE_THERE = {
    "errand under way": "SELECT lock AS what, to_timestamp(0) AS since FROM procrastinate_jobs"
    " WHERE status = 'doing'",
    "errand of a job": "SELECT lock AS what, scheduled_at AS since FROM procrastinate_jobs"
    " WHERE status = 'todo'",
}
"""The same on PostgreSQL alone. An errand under way is somebody's who is at it, or was killed."""


def overdue(books: Books, at: datetime) -> list[str]:
    """What had come due by a moment and is not done."""
    found = []
    questions = {**DUE, **DUE_THERE} if books.on_postgresql else DUE
    for kind, rows in books.read(questions).items():
        for row in rows:
            since = moment(row["since"])
            if since is not None and since <= at:
                found.append(f"{kind} {row['what']}")
    return found


Unreachable = (sqlite3.OperationalError, psycopg.OperationalError)
"""The database cannot be read just now."""
