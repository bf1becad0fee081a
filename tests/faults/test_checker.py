"""The checker finds every fault that it is there for, each by the check that is named for it.

Faults are planted where a broken product would leave them: in the rows, behind the product's back,
or between what the clients were told and what is kept.
"""

from __future__ import annotations

import hashlib
import os
import shutil
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from tests.faults.checker import (
    acknowledged_once,
    chains_verify,
    checkpoints_verify,
    faults,
    same_key_outside,
    state_is_the_fold,
    whole_or_not_at_all,
)
from tests.faults.clients import ACKNOWLEDGED, REFUSED, UNKNOWN, Sent
from tests.faults.conftest import Lived
from tests.faults.evidence import Evidence, gather
from tests.faults.filed import files_kept, place_of
from tests.faults.forgotten import no_orphans
from tests.faults.once import once_inside
from tests.faults.reading import Books
from tests.support.server import Installation, new_installation

pytestmark = pytest.mark.long
"""A day is lived, and copied for each fault."""


def judged(found: Evidence) -> set[str]:
    """The checks that find something."""
    return {each.check for each in faults(found)}


def test_an_ordinary_day_has_no_fault(lived: Lived) -> None:
    _, found = lived
    assert faults(found) == []
    # One of everything that is planted below.
    for table in ("pools", "timers", "messages", "calls", "starts", "payments", "movements"):
        assert found[table], table
    assert len(found["blobs"]) < len(found["files"]) == len(found["case_files"])
    assert {each.outcome for each in found.sent} == {ACKNOWLEDGED, REFUSED}


def left_alone(found: Evidence, *, suspended: bool) -> Evidence:
    """The same evidence, if a running case had nothing but what it is suspended from."""
    case = next(row for row in found["cases"] if row["status"] == "running")
    rest = {
        name: [row for row in found[name] if row.get("case_id", row.get("parent_id")) != case["id"]]
        for name in ("items", "timers", "listeners", "calls", "pools", "drafts")
    }
    cases = [{**row, "suspended": suspended} if row is case else row for row in found["cases"]]
    return replace(found, tables={**found.tables, **rest, "cases": cases})


def test_a_case_that_nothing_moves_is_found_and_one_that_is_suspended_is_none(lived: Lived) -> None:
    _, found = lived
    told = [each for each in no_orphans(left_alone(found, suspended=False)) if "moves" in each]
    assert len(told) == 1
    assert not [each for each in no_orphans(left_alone(found, suspended=True)) if "moves" in each]


# -- in the rows ----------------------------------------------------------------------------------

OPEN_ITEM = "(SELECT max(id) FROM cases_workitem WHERE status = 'open')"
LAST = "(SELECT max(id) FROM cases_case WHERE status = 'running')"
FIRED = "(SELECT min(id) FROM cases_journalentry WHERE command = 'FireTimer' AND seq > 2)"
PAID = "(SELECT min(id) FROM billing_payment)"
PAST = "'2026-01-01 00:00:00+00:00'"

GONE = "(SELECT id FROM cases_case WHERE number LIKE 'FR-%-0009')"

IN_ROWS: dict[str, tuple[Callable[..., object], str]] = {
    "a key without an answer": (
        whole_or_not_at_all,
        "INSERT INTO cases_commandkey (actor, key, request_digest, answer, at)"
        f" VALUES ('1', 'half', '', '', {PAST})",
    ),
    "an answer that nobody asked for": (
        whole_or_not_at_all,
        "INSERT INTO cases_commandkey (actor, key, request_digest, answer, at)"
        " VALUES ('1', 'strange', '', '{\"number\":\"FO-1\",\"seq\":1}', " + PAST + ")",
    ),
    "an answer that was lost": (
        acknowledged_once,
        "DELETE FROM cases_commandkey WHERE id = (SELECT min(id) FROM cases_commandkey)",
    ),
    "a state that was changed": (
        state_is_the_fold,
        "UPDATE cases_case SET state = replace(state, 'person-0', 'person-9') WHERE id = " + LAST,
    ),
    "a title that does not fit": (
        state_is_the_fold,
        f"UPDATE cases_case SET title_words = 'x' WHERE id = {LAST}",
    ),
    "a personal value that was changed": (
        state_is_the_fold,
        "UPDATE cases_personalvalue SET value = '\"13900139000\"'"
        " WHERE id = (SELECT min(id) FROM cases_personalvalue)",
    ),
    "an entry that was changed": (
        chains_verify,
        "UPDATE cases_journalentry SET payload = replace(payload, '\"timer\":', '\"timer\": ')"
        f" WHERE id = {FIRED}",
    ),
    "an entry that was removed": (
        chains_verify,
        f"DELETE FROM cases_journalentry WHERE id = {FIRED}",
    ),
    "an entry at another moment": (
        chains_verify,
        f"UPDATE cases_journalentry SET at = {PAST} WHERE id = {FIRED}",
    ),
    "a case that ends elsewhere than its journal": (
        chains_verify,
        f"UPDATE cases_case SET head = 'x' WHERE id = {LAST}",
    ),
    "a checkpoint that was changed": (
        checkpoints_verify,
        "UPDATE cases_checkpoint SET heads = replace(heads, 'FO-', 'FX-')"
        " WHERE id = (SELECT max(id) FROM cases_checkpoint)",
    ),
    "a checkpoint that was removed": (
        checkpoints_verify,
        "DELETE FROM cases_checkpoint WHERE id = (SELECT max(id) FROM cases_checkpoint)",
    ),
    "work that is in no pool": (
        no_orphans,
        "DELETE FROM cases_poolentry WHERE id = (SELECT max(id) FROM cases_poolentry)",
    ),
    "work that the state does not know": (
        no_orphans,
        f"UPDATE cases_workitem SET number = 99 WHERE id = {OPEN_ITEM}",
    ),
    "work that is closed, and is not done": (
        no_orphans,
        f"UPDATE cases_workitem SET status = 'done' WHERE id = {OPEN_ITEM}",
    ),
    "a timer that was lost": (
        no_orphans,
        "DELETE FROM cases_timer WHERE id = (SELECT max(id) FROM cases_timer)",
    ),
    "a timer that the state does not know": (
        no_orphans,
        "INSERT INTO cases_timer (case_id, timer, clock, due_at, attempts, next_try_at, error)"
        f" VALUES ({LAST}, 'stray', 1, '2099-01-01 00:00:00+00:00', 0,"
        " '2099-01-01 00:00:00+00:00', '')",
    ),
    "a message that nobody carries": (
        no_orphans,
        "UPDATE cases_message SET done_at = NULL WHERE id = (SELECT min(id) FROM cases_message)",
    ),
    "a case that listens to what it does not wait for": (
        no_orphans,
        "INSERT INTO cases_listener (case_id, name, attempts, error)"
        f" VALUES ({LAST}, 'seen', 0, '')",
    ),
    "messages that nobody looks through": (
        no_orphans,
        "INSERT INTO cases_listener (case_id, name, look_at, attempts, error)"
        f" VALUES ((SELECT min(id) FROM cases_case), 'seen', {PAST}, 0, '')",
    ),
    "an errand that nobody runs": (
        no_orphans,
        "UPDATE cases_calledcase SET errand = 'answer' WHERE id ="
        " (SELECT max(id) FROM cases_calledcase)",
    ),
    "a moment of a schedule that began nothing": (
        no_orphans,
        "INSERT INTO cases_recurringstart (slug, start, period, element, value, definition_id,"
        " moment, attempts, next_try_at, error) SELECT slug, start, 'x', element, value,"
        " definition_id, moment, 0, moment, '' FROM cases_recurringstart WHERE id = 1",
    ),
    "a text that nobody sends": (
        no_orphans,
        "UPDATE cases_outgoing SET state = 'waiting', next_try_at = at WHERE id = 1",
    ),
    "a text that goes out under two keys": (
        same_key_outside,
        "INSERT INTO cases_outgoing (key, case_id, version, node, channel, user_id, role,"
        " \"values\", state, carrier, at, attempts, last_attempt, error, report) SELECT 'again',"
        " case_id, version, node, channel, user_id, role, \"values\", 'dropped', carrier, at,"
        " attempts, last_attempt, error, report FROM cases_outgoing WHERE id = 1",
    ),
    "a number that belongs to no case": (
        once_inside,
        "UPDATE cases_numbersequence SET next = next + 1 WHERE id = 1",
    ),
    "money that was taken twice": (
        once_inside,
        "INSERT INTO billing_payment (case_id, item, amount, currency, method, reference, at)"
        " SELECT case_id, NULL, amount, currency, method, reference, at FROM billing_payment"
        f" WHERE id = {PAID}",
    ),
    "money that is gone": (once_inside, f"DELETE FROM billing_payment WHERE id = {PAID}"),
    "a place that is not booked": (
        once_inside,
        "DELETE FROM booking_booking WHERE id = (SELECT min(id) FROM booking_booking)",
    ),
    "a place that was given back": (
        once_inside,
        f"UPDATE booking_booking SET cancelled_at = {PAST} WHERE id ="
        " (SELECT min(id) FROM booking_booking)",
    ),
    "a charge that was undone": (
        once_inside,
        f"UPDATE billing_charge SET undone_at = {PAST} WHERE id ="
        " (SELECT min(id) FROM billing_charge)",
    ),
    "parts that left twice": (
        once_inside,
        "INSERT INTO parts_movement (part_id, case_id, item, quantity, at)"
        " SELECT part_id, case_id, item, quantity, at FROM parts_movement"
        " WHERE case_id IS NOT NULL",
    ),
    "a stock that does not follow": (once_inside, "UPDATE parts_part SET stock = stock - 1"),
    "a message that was sent twice": (
        once_inside,
        'INSERT INTO cases_message (key, name, "values", personal, sender_id, source, process,'
        " system, received_at, kept_until, hops, after, done_at, next_try_at, attempts, error)"
        " SELECT 'again', name, \"values\", personal, sender_id, source, process, system,"
        " received_at, kept_until, hops, after, done_at, next_try_at, attempts, error"
        " FROM cases_message WHERE id = (SELECT min(id) FROM cases_message)",
    ),
}


def a_copy(lived: Lived, folder: Path) -> Installation:
    copy = new_installation(folder)
    copy.become(lived[0])
    return copy


def judged_anew(copy: Installation, found: Evidence) -> set[str]:
    return judged(gather(copy, found.sent, found.mails, found.at))


@pytest.mark.parametrize("planted", IN_ROWS)
def test_what_is_wrong_in_the_rows_is_found(lived: Lived, tmp_path: Path, planted: str) -> None:
    check, statement = IN_ROWS[planted]
    copy = a_copy(lived, tmp_path)
    assert Books(copy.environment).write(statement) == 1
    assert judged_anew(copy, lived[1]) == {check.__name__}


# -- in the carrier's books -----------------------------------------------------------------------

A_JOB = (
    "INSERT INTO jobs_job (kind, key, payload, queued_at, run_at, holds, attempts, error, done_at)"
    f" VALUES ('forget', 'planted', '{{}}', {PAST}, '2099-01-01', 0, 0, '', "
)
AN_ERRAND = (
    "INSERT INTO procrastinate_jobs (queue_name, task_name, args, lock, status, scheduled_at)"
    " SELECT 'tuoban', 'tuoban.carry', '{}', 'job-' || max(id)"
)
IN_ERRANDS = {
    "a job without an errand": (f"{A_JOB} NULL)",),
    "an errand without a job": (
        f"{A_JOB} {PAST})",
        f"{AN_ERRAND} || '9', 'todo', '2099-01-01' FROM jobs_job",
    ),
    "an errand that is under way for ever": (
        f"{A_JOB} {PAST})",
        f"{AN_ERRAND}, 'doing', {PAST} FROM jobs_job",
    ),
    "an errand that nobody fetches": (
        f"{A_JOB} {PAST})",
        f"{AN_ERRAND}, 'todo', {PAST} FROM jobs_job",
    ),
}


@pytest.mark.skipif(
    os.environ.get("TUOBAN_TEST_DATABASE") != "postgresql", reason="SQLite has no such books"
)
@pytest.mark.parametrize("planted", IN_ERRANDS)
def test_what_is_wrong_with_errands_is_found(lived: Lived, tmp_path: Path, planted: str) -> None:
    copy = a_copy(lived, tmp_path)
    assert Books(copy.environment).write(*IN_ERRANDS[planted]) == 1
    assert judged_anew(copy, lived[1]) == {"no_orphans"}


# -- among the files ------------------------------------------------------------------------------

FIRST, LAST_BLOB = "(SELECT min(digest) FROM files_blob)", "(SELECT max(digest) FROM files_blob)"


def a_content(copy: Installation) -> Path:
    """Some content that is in its place."""
    (row,) = Books(copy.environment).read({"one": f"SELECT {FIRST} AS digest"})["one"]
    return copy.home / "blobs" / place_of(row["digest"])


def put_content(copy: Installation, digest: str, content: bytes) -> None:
    path = copy.home / "blobs" / place_of(digest)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)


def lose_content(copy: Installation) -> None:
    a_content(copy).unlink()


def change_content(copy: Installation) -> None:
    path = a_content(copy)
    path.write_bytes(path.read_bytes()[:-1] + b"?")


def lose_files(copy: Installation) -> None:
    """As if no file had ever come."""
    Books(copy.environment).write(
        "DELETE FROM cases_casefile", "DELETE FROM files_storedfile", "DELETE FROM files_blob"
    )
    shutil.rmtree(copy.home / "blobs")


def swap_files(copy: Installation) -> None:
    Books(copy.environment).write(
        f"UPDATE files_storedfile SET blob_id = CASE WHEN blob_id = {FIRST} THEN {LAST_BLOB}"
        f" ELSE {FIRST} END WHERE blob_id IN ({FIRST}, {LAST_BLOB})"
    )


def keep_twice(copy: Installation) -> None:
    """One of two files that are alike has a content of its own."""
    shared = "(SELECT blob_id FROM files_storedfile GROUP BY blob_id HAVING count(*) > 1 LIMIT 1)"
    (row,) = Books(copy.environment).read({"one": f"SELECT {shared} AS digest"})["one"]
    content = (copy.home / "blobs" / place_of(row["digest"])).read_bytes()
    put_content(copy, STRAY, content)
    Books(copy.environment).write(
        *_blob(),
        f"UPDATE files_storedfile SET blob_id = '{STRAY}' WHERE id ="
        f" (SELECT min(id) FROM files_storedfile WHERE blob_id = '{row['digest']}')",
    )


STRAY = hashlib.sha256(b"stray").hexdigest()


def _blob() -> tuple[str]:
    return (
        "INSERT INTO files_blob (digest, size, type, scan, found, tells_place)"
        f" SELECT '{STRAY}', size, type, scan, found, tells_place FROM files_blob"
        f" WHERE digest = {FIRST}",
    )


def leave_content(copy: Installation) -> None:
    put_content(copy, STRAY, b"stray")


def leave_half(copy: Installation) -> None:
    (copy.home / "blobs" / "incoming" / "half").write_bytes(b"ha")


def leave_blob(copy: Installation) -> None:
    leave_content(copy)
    Books(copy.environment).write(*_blob())


def leave_upload(copy: Installation) -> None:
    Books(copy.environment).write(
        "INSERT INTO files_storedfile (ref, blob_id, name, by_id, at, touched_at)"
        " SELECT 'file-stray', blob_id, name, by_id, at, touched_at FROM files_storedfile"
        " WHERE id = (SELECT min(id) FROM files_storedfile)"
    )


AMONG_FILES: dict[str, tuple[Callable[..., object], Callable[[Installation], None]]] = {
    "a content that is gone": (files_kept, lose_content),
    "a content that was changed": (files_kept, change_content),
    "files that are lost with all their traces": (files_kept, lose_files),
    "files that have the content of others": (files_kept, swap_files),
    "a content that is kept twice": (files_kept, keep_twice),
    "a content that no row knows": (no_orphans, leave_content),
    "half an upload": (no_orphans, leave_half),
    "a content that belongs to no file": (no_orphans, leave_blob),
    "an upload that belongs to no case": (no_orphans, leave_upload),
}


@pytest.mark.parametrize("planted", AMONG_FILES)
def test_what_is_wrong_among_the_files_is_found(lived: Lived, tmp_path: Path, planted: str) -> None:
    check, plant = AMONG_FILES[planted]
    copy = a_copy(lived, tmp_path)
    plant(copy)
    assert judged_anew(copy, lived[1]) == {check.__name__}


def test_a_case_that_was_removed_with_all_its_traces_is_found(lived: Lived, tmp_path: Path) -> None:
    """Only whoever has seen it before can tell."""
    copy = a_copy(lived, tmp_path)
    removed = Books(copy.environment).write(
        f"DELETE FROM cases_recurringstart WHERE case_id = {GONE}",
        f"DELETE FROM cases_journalentry WHERE case_id = {GONE}",
        "UPDATE cases_numbersequence SET next = next - 1 WHERE series LIKE 'FR-%'",
        "DELETE FROM cases_case WHERE number LIKE 'FR-%-0009'",
    )
    assert removed == 1
    assert judged_anew(copy, lived[1]) == {"checkpoints_verify"}


# -- in the logs of the clients -------------------------------------------------------------------


def test_a_command_that_was_acknowledged_and_lost_is_found(
    lived: Lived,
) -> None:
    _, found = lived
    first = next(each for each in found.sent if each.verb == "complete")
    lost = replace(first, key="lost", word="lost")
    assert judged(replace(found, sent=[*found.sent, lost])) == {"acknowledged_once"}


@pytest.mark.parametrize("verb", ["claim", "copy"])
def test_a_command_that_was_carried_out_once_more_than_asked_is_found(
    lived: Lived, verb: str
) -> None:
    """Its second execution left no key: as if the key had not been asked for."""
    _, found = lived
    twice = next(each for each in found.sent if each.verb == verb and each.outcome == ACKNOWLEDGED)
    once = replace(
        found,
        sent=[each for each in found.sent if each is not twice],
        tables={
            **found.tables,
            "keys": [row for row in found["keys"] if row["key"] != twice.key],
        },
    )
    assert judged(once) == {"acknowledged_once"}


def told_otherwise(found: Evidence, outcome: str) -> tuple[Evidence, Sent]:
    """As if the client had been told something else of a command that was carried out."""
    first = next(each for each in found.sent if each.verb == "complete")
    told = replace(first, outcome=outcome)
    return replace(found, sent=[told if each is first else each for each in found.sent]), first


def test_a_command_that_was_refused_and_carried_out_is_found(
    lived: Lived,
) -> None:
    wrong, _ = told_otherwise(lived[1], REFUSED)
    assert judged(wrong) == {"whole_or_not_at_all"}


def test_a_command_that_nobody_heard_of_may_be_there_whole(
    lived: Lived,
) -> None:
    unheard, _ = told_otherwise(lived[1], UNKNOWN)
    assert judged(unheard) == set()


def test_a_command_that_is_there_by_half_is_found(lived: Lived) -> None:
    unheard, first = told_otherwise(lived[1], UNKNOWN)
    half = [row for row in unheard["keys"] if row["key"] != first.key]
    without_answer = replace(unheard, tables={**unheard.tables, "keys": half})
    assert judged(without_answer) == {"whole_or_not_at_all"}
    nowhere = [
        replace(each, word="nowhere") if each.key == first.key else each for each in unheard.sent
    ]
    assert "whole_or_not_at_all" in judged(replace(unheard, sent=nowhere))


# -- outside --------------------------------------------------------------------------------------


def test_a_mail_that_came_twice_under_one_key_is_no_fault(lived: Lived) -> None:
    _, found = lived
    assert judged(replace(found, mails=[*found.mails, found.mails[0]])) == set()


@pytest.mark.parametrize(
    "changed",
    [
        {"key": "strange"},
        {"key": "strange", "message_id": "<strange@example.org>"},
        {"text": "something else"},
        {"message_id": "<strange@example.org>"},
    ],
)
def test_a_mail_that_came_again_otherwise_is_found(lived: Lived, changed: dict[str, str]) -> None:
    _, found = lived
    again = replace(found.mails[0], **changed)
    assert judged(replace(found, mails=[*found.mails, again])) == {"same_key_outside"}


def test_a_mail_that_never_came_is_found(lived: Lived) -> None:
    _, found = lived
    assert judged(replace(found, mails=found.mails[1:])) == {"same_key_outside"}
