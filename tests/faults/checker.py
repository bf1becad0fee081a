"""The checker: every promise of the runtime, held against what is there afterwards.

Each check is a pure function of the evidence. It reads the database as it stands and the logs of
those outside; of the product it uses nothing but what `tuoban audit` answers.
"""

from __future__ import annotations

import hashlib
import json
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import UTC
from typing import Any, NamedTuple

from tests.faults.clients import ACKNOWLEDGED, REFUSED, Sent
from tests.faults.evidence import Entry, Evidence, Finding
from tests.faults.reading import Row, moment

COMMANDS = {
    "start": "Start",
    "complete": "Complete",
    "return": "Return",
    "claim": "Claim",
    "release": "Release",
    "transfer": "Transfer",
    "delegate": "Delegate",
    "get-back": "GetBack",
    "urge": "Urge",
    "suspend": "Suspend",
    "resume": "Resume",
    "cancel": "Cancel",
    "copy": "CopyTo",
}
"""How the journal calls what clients ask for."""
WORDLESS = ("claim", "release", "get-back", "resume")
"""What has no room for a word by which it would be found again."""


class Fault(NamedTuple):
    check: str
    what: str


# -- acknowledged, and not ------------------------------------------------------------------------


def acknowledged_once(found: Evidence) -> Iterator[str]:
    """Every acknowledged command is in the journal exactly once, and its answer is kept."""
    words, answers = _by_word(found), _answers(found)
    for sent in (each for each in found.sent if each.outcome == ACKNOWLEDGED):
        answer = answers.get((found.people[sent.who], sent.key))
        if answer is None:
            yield f"{_told(sent)} was acknowledged, and no answer is kept"
        elif (answer["number"], answer["seq"]) != (sent.answered_case, sent.seq):
            yield f"{_told(sent)} was answered otherwise than is kept: {answer}"
        if sent.word:
            there = [each for each in words.get(sent.word, ()) if _is_of(each, sent, found)]
            if len(there) != 1:
                yield f"{_told(sent)} was acknowledged and stands {len(there)} times in the journal"
            elif there[0].seq > sent.seq:
                yield f"{_told(sent)} was acknowledged before it stood in the journal"
    yield from _unasked(found)
    yield from _more_than_asked(found)


def _unasked(found: Evidence) -> Iterator[str]:
    """Commands with a word of their own that nobody sent."""
    words = {each.word for each in found.sent if each.word}
    wordless = {COMMANDS[each] for each in WORDLESS}
    clients = set(found.people.values())
    for entry in found.entries:
        if entry.actor in clients and entry.command in COMMANDS.values():
            is_known = entry.command in wordless or words.intersection(_texts(entry.asked))
            if not is_known and not _has_no_room(entry, found):
                yield f"{found.numbers[entry.case]} #{entry.seq}: nobody asked for {entry.command}"


def _has_no_room(entry: Entry, found: Evidence) -> bool:
    """Whether somebody sent it without a word."""
    asked = ((found.ids.get(each.case), each.item) for each in found.sent if not each.word)
    return (entry.case, entry.asked.get("item")) in set(asked)


def _more_than_asked(found: Evidence) -> Iterator[str]:
    """Commands without a word of their own that stand more often than anybody asked."""
    asked = Counter(
        _place(each, found)
        for each in found.sent
        if not each.word and each.outcome != REFUSED and each.verb != "start"
    )
    clients = set(found.people.values())
    wordless = {COMMANDS[verb] for verb in WORDLESS}
    there = Counter(
        (each.actor, each.command, each.case, each.asked.get("item"))
        for each in found.entries
        if each.command in wordless and each.actor in clients
    )
    for place, count in sorted(there.items(), key=str):
        if count > asked[place]:
            yield f"{place} stands {count} times in the journal, and was asked {asked[place]} times"


def _place(sent: Sent, found: Evidence) -> tuple[Any, ...]:
    case = found.ids.get(sent.case)
    return (found.people[sent.who], COMMANDS[sent.verb], case, sent.item)


def whole_or_not_at_all(found: Evidence) -> Iterator[str]:
    """What was not acknowledged is there whole or not at all, and what was refused is not."""
    words, answers = _by_word(found), _answers(found)
    for sent in (each for each in found.sent if each.outcome != ACKNOWLEDGED):
        kept = (found.people[sent.who], sent.key) in answers
        there = [each for each in words.get(sent.word, ()) if _is_of(each, sent, found)]
        if sent.outcome == REFUSED and (kept or there):
            yield f"{_told(sent)} was refused, and has left something behind"
        elif sent.word and len(there) != kept:
            yield f"{_told(sent)}: {len(there)} entries, and {int(kept)} answers are kept"
    for row in found["keys"]:
        if not row["answer"]:
            yield f"the key {row['key']} of {row['actor']} was taken, and has no answer"
    known = {(found.people[each.who], each.key) for each in found.sent}
    for actor, key in sorted(answers.keys() - known):
        yield f"the key {key} of {actor} is kept, and nobody sent it"


def _by_word(found: Evidence) -> Mapping[str, list[Entry]]:
    """The entries of people's commands by each word of a client that stands in what was asked."""
    words = {each.word for each in found.sent if each.word}
    there: defaultdict[str, list[Entry]] = defaultdict(list)
    for entry in found.entries:
        if entry.actor:
            for text in _texts(entry.asked):
                if text in words:
                    there[text].append(entry)
    return there


def _texts(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for each in value.values():
            yield from _texts(each)
    elif isinstance(value, list):
        for each in value:
            yield from _texts(each)


def _answers(found: Evidence) -> dict[tuple[str, str], dict[str, Any]]:
    return {
        (row["actor"], row["key"]): json.loads(row["answer"])
        for row in found["keys"]
        if row["answer"]
    }


def _is_of(entry: Entry, sent: Sent, found: Evidence) -> bool:
    return entry.command == COMMANDS[sent.verb] and entry.actor == found.people[sent.who]


def _told(sent: Sent) -> str:
    item = f" item {sent.item}" if sent.item is not None else ""
    return f"{sent.verb} {sent.case or sent.answered_case}{item} ({sent.who}, {sent.key})"


# -- the journal and what follows from it ---------------------------------------------------------

_BROKEN = frozenset({"tampered", "missing", "re-ordered"})
_PLACED = ("item ", "timer ", "call ", "the case that called it", "listening to ")
"""How the audit begins where a row has no place in its case."""


def chains_verify(found: Evidence) -> Iterator[str]:
    """Every entry carries the digest of what it holds and of the entry before; none is missing."""
    for finding in found.findings:
        if finding.case is not None and finding.kind in _BROKEN:
            yield _line(finding)
    rows: defaultdict[int, list[Row]] = defaultdict(list)
    for row in found["entries"]:
        rows[row["case_id"]].append(row)
    for case in found["cases"]:
        yield from _links(case, rows[case["id"]])


def _links(case: Row, entries: list[Row]) -> Iterator[str]:
    head = ""
    for expected, row in enumerate(entries, 1):
        if row["seq"] != expected or row["previous"] != head or row["digest"] != _digest(case, row):
            yield f"{case['number']}: entry {row['seq']} does not follow"
            return
        head = row["digest"]
    if (len(entries), head) != (case["seq"], case["head"]):
        yield f"{case['number']}: the journal ends elsewhere than the case"


def _digest(case: Row, row: Row) -> str:
    """Computed here once more, by the description in the documentation."""
    at = moment(row["at"])
    assert at is not None
    covered = {
        "case": case["number"],
        "at": at.astimezone(UTC).isoformat(),
        **{name: row[name] for name in ("seq", "actor", "command", "payload", "previous")},
    }
    text = json.dumps(covered, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def checkpoints_verify(found: Evidence) -> Iterator[str]:
    """Every journal is what the checkpoints knew of it, those taken out of the house too."""
    for finding in found.findings:
        if finding.case is None and _is_of_checkpoint(finding):
            yield _line(finding)


def _is_of_checkpoint(finding: Finding) -> bool:
    return "checkpoint" in finding.number or "checkpoint" in finding.detail


def state_is_the_fold(found: Evidence) -> Iterator[str]:
    """The stored state, and what is kept of it for searching, is what the journal gives."""
    for finding in found.findings:
        is_row = finding.kind == "rows-differ" and finding.case is not None
        if finding.kind in ("state-differs", "commitment-broken") or (
            is_row and not finding.detail.startswith(_PLACED)
        ):
            yield _line(finding)


def _line(finding: Finding) -> str:
    return f"{finding.number} #{finding.seq}: {finding.kind}: {finding.detail}"


# -- nothing is forgotten -------------------------------------------------------------------------


def no_orphans(found: Evidence) -> Iterator[str]:
    """No work, timer, job, message, call or text is left that nobody will see to, and no case that
    nothing moves."""
    for finding in found.findings:
        if finding.kind == "rows-differ" and finding.detail.startswith(_PLACED):
            yield _line(finding)
    yield from _left_open(found)
    yield from _undone(found)
    yield from _stuck(found)


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
    """Running cases that neither a person nor the system moves."""
    moved = {row["case_id"] for row in found["items"] if row["status"] == "open"}
    moved |= {row["case_id"] for name in ("timers", "listeners") for row in found[name]}
    running = {row["id"] for row in found["cases"] if row["status"] == "running"}
    moved |= {row["parent_id"] for row in found["calls"] if row["case_id"] in running}
    moved |= {row["parent_id"] for row in found["calls"] if row["errand"]}
    for case in sorted(running - moved):
        yield f"nothing moves the case {found.numbers[case]}"


# -- once -----------------------------------------------------------------------------------------


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
        if finding.case is None and not _is_of_checkpoint(finding):
            yield _line(finding)
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


# -- outside --------------------------------------------------------------------------------------


def same_key_outside(found: Evidence) -> Iterator[str]:
    """What leaves the house is repeated, if at all, under the same key, and is what was to go."""
    mails: defaultdict[str, set[tuple[str, str, str]]] = defaultdict(set)
    for mail in found.mails:
        mails[mail.key].add((mail.message_id, mail.to, mail.text))
    yield from _keys_outside(found, mails)
    for row in found["outgoing"]:
        by_mail = row["state"] == "sent" and row["carrier"].startswith("smtp")
        if by_mail and row["key"] not in mails:
            yield f"outgoing {row['id']} is marked as sent, and no mail came"
    wanted = ((row["case_id"], row["node"], row["user_id"], row["at"]) for row in found["outgoing"])
    for (case, node, _, _), count in sorted(Counter(wanted).items(), key=str):
        if count > 1:
            yield f"{found.numbers[case]}: {node} is to be told to somebody {count} times"


def _keys_outside(found: Evidence, mails: Mapping[str, set[tuple[str, str, str]]]) -> Iterator[str]:
    known = {row["key"] for row in found["outgoing"]}
    for key, taken in sorted(mails.items()):
        if key not in known:
            yield f"a mail went out under {key}, which the outbox does not know"
        if len(taken) > 1:
            yield f"{len(taken)} different mails went out under {key}"
    ids = Counter(each for _, each in {(mail.key, mail.message_id) for mail in found.mails})
    for message_id, count in sorted(ids.items()):
        if count > 1:
            yield f"{count} keys share the Message-ID {message_id}"


CHECKS: tuple[Callable[[Evidence], Iterator[str]], ...] = (
    acknowledged_once,
    whole_or_not_at_all,
    state_is_the_fold,
    chains_verify,
    checkpoints_verify,
    no_orphans,
    once_inside,
    same_key_outside,
)


def faults(found: Evidence) -> list[Fault]:
    """Everything that does not hold."""
    return [Fault(check.__name__, what) for check in CHECKS for what in check(found)]
