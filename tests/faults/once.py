"""The check `once_inside`: every ledger counted against the journal."""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from tests.faults.evidence import Evidence
from tests.faults.reading import Row


def once_inside(found: Evidence) -> Iterator[str]:
    """Nothing inside the database took effect twice, nor did anything get lost on the way."""
    yield from _numbers(found)
    yield from _as_done(found, "booking", found["bookings"], "book", "cancelled_at")
    costs = [row for row in found["charges"] if row["kind"] == "cost"]
    yield from _as_done(found, "charge", costs, "quote", "undone_at")
    yield from _paid(found)
    yield from _stock(found)
    yield from _begun(found)
    yield from _fired(found)
    yield from _messages(found)


def _numbers(found: Evidence) -> Iterator[str]:
    for finding in found.findings:
        if finding.case is None and not finding.is_of_checkpoint:
            yield str(finding)
    used: defaultdict[str, list[int]] = defaultdict(list)
    for number in found.ids:
        series, _, count = number.rpartition("-")
        used[series].append(int(count))
    counted = {row["series"]: row["next"] for row in found["series"]}
    for series in sorted(used.keys() | counted.keys()):
        if sorted(used[series]) != list(range(1, counted.get(series, 1))):
            yield f"the numbers of {series} have gaps, or are others than were counted"


def _as_done(
    found: Evidence, what: str, rows: Iterable[Row], activity: str, undone: str
) -> Iterator[str]:
    """A row for each time that the journal says it was done, undone where it says so."""
    done = Counter(
        (case, event["item"])
        for case, event in found.events("ActivityDone")
        if event["activity"] == activity
    )
    taken_back = {
        (case, event["item"])
        for case, event in found.events("ActivityUndone")
        if event["activity"] == activity
    }
    rows = list(rows)
    there = Counter((row["case_id"], row["item"]) for row in rows)
    for case, item in sorted((done - there) + (there - done)):
        yield f"{what} of item {item} of {found.numbers[case]}: journal and ledger differ"
    for row in rows:
        if (row[undone] is not None) != ((row["case_id"], row["item"]) in taken_back):
            yield f"{what} of item {row['item']} of {found.numbers[row['case_id']]}: undone or not?"


def _completed(found: Evidence, *activities: str) -> Iterator[tuple[int, str, Mapping[str, Any]]]:
    """Case, activity and values of each completion that did one of these."""
    for entry in found.entries:
        done = {event["item"]: event["activity"] for event in entry.of("ActivityDone")}
        for event in entry.of("ItemCompleted"):
            if done.get(event["item"]) in activities:
                yield entry.case, done[event["item"]], event["data"]


def _paid(found: Evidence) -> Iterator[str]:
    taken: Counter[int] = Counter()
    for case, _, data in _completed(found, "collect"):
        taken[case] += _minor(data["taken"])
    there: Counter[int] = Counter()
    for row in found["payments"]:
        there[row["case_id"]] += row["amount"]
    for case in sorted(taken.keys() | there.keys()):
        if taken[case] != there[case]:
            yield f"{found.numbers[case]}: {taken[case]} was taken, {there[case]} is in the ledger"


def _minor(value: Any) -> int:
    """Money as the journal writes it, in hundredths."""
    amount = value["$m"][0] if "$m" in value else value["$n"]
    return round(float(amount) * 100)


def _stock(found: Evidence) -> Iterator[str]:
    out: dict[int, int] = {}
    for case, activity, data in _completed(found, "issue-parts", "put-back-parts"):
        out[case] = int(data["issued"]["$n"]) if activity == "issue-parts" else 0
    moved: Counter[int] = Counter()
    total: Counter[int] = Counter()
    for row in found["movements"]:
        total[row["part_id"]] += row["quantity"]
        if row["case_id"] is not None:
            moved[row["case_id"]] -= row["quantity"]
    for case in sorted(out.keys() | moved.keys()):
        if out.get(case, 0) != moved[case]:
            yield f"{found.numbers[case]}: {out.get(case, 0)} issued, {moved[case]} left the stock"
    for row in found["parts"]:
        if row["stock"] != total[row["id"]]:
            yield f"part {row['number']}: {row['stock']} in stock, moved {total[row['id']]}"


def _begun(found: Evidence) -> Iterator[str]:
    """Each moment of a schedule and each call began one case."""
    begun = Counter(
        (each.asked["start"], each.asked["period"], json.dumps(each.asked["element"]))
        for each in found.entries
        if each.command == "Begin"
    )
    for key, count in sorted(begun.items()):
        if count > 1:
            yield f"the schedule {key} began {count} cases"
    planned = sum(1 for row in found["starts"] if row["case_id"] is not None)
    if planned != begun.total():
        yield f"{planned} starts are marked as begun, the journal knows {begun.total()}"
    called = Counter((case, event["number"]) for case, event in found.events("CaseCalled"))
    kept = Counter((row["parent_id"], row["number"]) for row in found["calls"])
    for case, number in sorted((called - kept) + (kept - called)):
        yield f"call {number} of {found.numbers[case]}: journal and table differ"
    begun_by_call = sum(1 for each in found.entries if each.command == "BeginCalled")
    if begun_by_call != sum(1 for row in found["calls"] if row["case_id"] is not None):
        yield f"{begun_by_call} called cases began, the calls know of others"


def _fired(found: Evidence) -> Iterator[str]:
    passed = Counter(
        (case, event["clock"], event["tier"], event["round"])
        for case, event in found.events("LimitPassed")
    )
    for key, count in sorted(passed.items(), key=str):
        if count > 1:
            yield f"the limit {key} passed {count} times"


def _messages(found: Evidence) -> Iterator[str]:
    sent = Counter(case for case, _ in found.events("MessageSent"))
    kept = Counter(row["sender_id"] for row in found["messages"] if row["sender_id"] is not None)
    for case in sorted(sent.keys() | kept.keys()):
        if sent[case] != kept[case]:
            yield f"{found.numbers[case]} sent {sent[case]} messages, {kept[case]} are kept"
    taken = Counter((case, event["message"]) for case, event in found.events("MessageReceived"))
    for (case, message), count in sorted(taken.items()):
        if count > 1:
            yield f"{found.numbers[case]} took the message {message} {count} times"
