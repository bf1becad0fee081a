"""The checker: every promise of the runtime, held against what is there afterwards.

Each check is a pure function of the evidence. It reads the database as it stands and the logs of
those outside; of the product it uses nothing but what `tuoban audit` answers.
"""

from __future__ import annotations

import hashlib
import json
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Mapping
from datetime import UTC
from typing import Any, NamedTuple

from tests.faults.clients import ACKNOWLEDGED, REFUSED, Sent
from tests.faults.evidence import Entry, Evidence
from tests.faults.filed import files_kept
from tests.faults.forgotten import no_orphans
from tests.faults.once import once_inside
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
    "attach": "AttachFile",
    "withdraw-file": "WithdrawFile",
    "comment": "Comment",
    "edit-comment": "EditComment",
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


def chains_verify(found: Evidence) -> Iterator[str]:
    """Every entry carries the digest of what it holds and of the entry before; none is missing."""
    for finding in found.findings:
        if finding.case is not None and finding.kind in _BROKEN:
            yield str(finding)
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
        if finding.is_of_checkpoint:
            yield str(finding)


def state_is_the_fold(found: Evidence) -> Iterator[str]:
    """The stored state, and what is kept of it for searching, is what the journal gives."""
    for finding in found.findings:
        is_row = finding.kind == "rows-differ" and finding.case is not None
        is_elsewhere = finding.is_of_place or finding.is_of_file
        if finding.kind in ("state-differs", "commitment-broken") or (is_row and not is_elsewhere):
            yield str(finding)


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
    of_steps = [row for row in found["outgoing"] if row["written_id"] is None]
    wanted = ((row["case_id"], row["node"], row["user_id"], row["at"]) for row in of_steps)
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
    files_kept,
    no_orphans,
    once_inside,
    same_key_outside,
)


def faults(found: Evidence) -> list[Fault]:
    """Everything that does not hold."""
    return [Fault(check.__name__, what) for check in CHECKS for what in check(found)]
