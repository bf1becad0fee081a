"""The check `no_orphans`: what somebody should see to, and nobody will."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from tests.faults.evidence import Evidence
from tests.faults.filed import place_of
from tests.faults.reading import Row, moment

_LOCK = "job-"
"""Before the number of a job, in what its errands lock."""


def no_orphans(found: Evidence) -> Iterator[str]:
    """No work, timer, job, message, call or text is left that nobody will see to, and no case that
    nothing moves."""
    for finding in found.findings:
        if finding.is_of_place:
            yield str(finding)
    yield from _left_open(found)
    yield from _undone(found)
    yield from _stuck(found)
    yield from _errands(found)
    yield from _stray_files(found)


def _left_open(found: Evidence) -> Iterator[str]:
    """Work that can be done no more."""
    ended = {row["id"] for row in found["cases"] if row["status"] == "ended"}
    open_items = {row["id"] for row in found["items"] if row["status"] == "open"}
    for row in found["items"]:
        if row["id"] in open_items and row["case_id"] in ended:
            yield f"{found.numbers[row['case_id']]} has ended, its item {row['number']} is open"
    for name in ("pools", "drafts"):
        for row in found[name]:
            if row["item_id"] not in open_items:
                yield f"{name}: item {row['item_id']} is not open"
    for row in found["timers"]:
        if row["case_id"] in ended:
            yield f"timer {row['timer']} of {found.numbers[row['case_id']]} is set in an ended case"


def _undone(found: Evidence) -> Iterator[str]:
    """What had come due, and was not done."""
    waiting: list[tuple[str, Iterable[Row], str]] = [
        ("timer", found["timers"], "due_at"),
        ("job", (row for row in found["jobs"] if row["done_at"] is None), "run_at"),
        ("job", (row for row in found["jobs"] if row["lease_until"]), "lease_until"),
        ("message", (row for row in found["messages"] if row["done_at"] is None), "received_at"),
        ("delivery", (row for row in found["deliveries"] if row["next_try_at"]), "at"),
        ("listener", found["listeners"], "look_at"),
        ("errand", (row for row in found["calls"] if row["errand"]), "called_at"),
        ("start", (row for row in found["starts"] if row["case_id"] is None), "moment"),
        (
            "outgoing",
            (row for row in found["outgoing"] if row["state"] == "waiting"),
            "next_try_at",
        ),
    ]
    for kind, rows, column in waiting:
        for row in rows:
            since = moment(row[column])
            if since is not None and since <= found.at:
                yield f"{kind} {row['id']} was due at {since} and is not done: {row.get('error')}"
    for row in found["outgoing"]:
        if row["state"] == "failed":
            yield f"outgoing {row['id']} was given up: {row['error']}"


def _stuck(found: Evidence) -> Iterator[str]:
    """Running cases that neither a person nor the system moves; one that is suspended waits for
    somebody to resume it, also where its clocks were all that it had."""
    moved = {row["case_id"] for row in found["items"] if row["status"] == "open"}
    moved |= {row["case_id"] for name in ("timers", "listeners") for row in found[name]}
    running = {row["id"] for row in found["cases"] if row["status"] == "running"}
    moved |= {row["parent_id"] for row in found["calls"] if row["case_id"] in running}
    moved |= {row["parent_id"] for row in found["calls"] if row["errand"]}
    moved |= {row["id"] for row in found["cases"] if row["suspended"]}
    for case in sorted(running - moved):
        yield f"nothing moves the case {found.numbers[case]}"


def _errands(found: Evidence) -> Iterator[str]:
    """Jobs that the carrier has forgotten, and errands of it that lead to none."""
    if found.errands is None:
        return
    jobs = {f"{_LOCK}{row['id']}": row for row in found["jobs"]}
    there = {row["lock"] for row in found.errands if row["status"] in ("todo", "doing")}
    for lock, job in sorted(jobs.items()):
        if job["done_at"] is None and job["dead_at"] is None and lock not in there:
            yield f"the job {job['key']} is open, and has no errand"
    for row in found.errands:
        due = moment(row["scheduled_at"])
        if row["lock"] not in jobs:
            yield f"the errand {row['id']} is of {row['lock']}, which is not there"
        elif row["status"] != "todo":
            yield f"the errand {row['id']} of {row['lock']} is left {row['status']}"
        elif due is None or due <= found.at:
            yield f"the errand {row['id']} of {row['lock']} was due at {due}, and not fetched"


def _stray_files(found: Evidence) -> Iterator[str]:
    """What housekeeping should have cleared away: it was done as if a day had passed."""
    known = {place_of(row["digest"]) for row in found["blobs"]}
    for path in sorted(found.contents.keys() - known - {"lock", "keeping"}):
        yield f"blobs/{path} belongs to no row"
    in_cases = {row["file_id"] for row in found["case_files"]}
    of_files = {row["blob_id"] for row in found["files"]}
    for row in found["files"]:
        if row["id"] not in in_cases:
            yield f"the upload {row['ref']} belongs to no case"
    for row in found["blobs"]:
        if row["digest"] not in of_files:
            yield f"the content {row['digest']} belongs to no file"
