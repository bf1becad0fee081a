"""Concurrent clients: people's programs, each with a log of its own of what it sent and was told.

Which work they do, and how, follows from a seed; in which order they come to it does not. Whatever
they send carries a word of its own where there is room for one, by which the journal can be
searched. A request that brought no answer, or `busy`, is sent again under the same key; some are
given up on purpose.
"""

from __future__ import annotations

import hashlib
import random
import threading
import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any, NamedTuple

from tests.faults.furnish import CLIENTS, PART, PASSWORD
from tests.faults.speaking import Address, Answer, NoAnswer, Speaker

ACKNOWLEDGED, REFUSED, UNKNOWN = "acknowledged", "refused", "unknown"
AGAIN = 503
PRICE = 80
SIZES = (40, 5_000, 300_000)
"""Bytes of the files that are uploaded."""
AT_ONCE = 6
"""Cases that the clients work on."""
PATIENCE = 20
GIVE_UP_S = 180
"""So long a request is repeated before its client has heard nothing: the house never came back."""


@dataclass(slots=True)
class Sent:
    """A request, with what its client knows of it."""

    who: str
    key: str
    verb: str
    case: str
    """Its number; empty for the one that begins a case."""
    item: int | None
    word: str
    """What stands in it and nowhere else; empty where it has no room for one."""
    outcome: str = UNKNOWN
    status: int = 0
    code: str = ""
    answered_case: str = ""
    seq: int = 0
    repeated: bool = False
    attempts: int = 0
    file: str = ""
    """The upload that it attaches, or brings with a comment; empty: none."""
    digest: str = ""
    """Of its content."""


@dataclass
class Ledger:
    """What all clients sent, and the cases that they know of."""

    sent: list[Sent] = field(default_factory=list)
    cases: dict[str, int] = field(default_factory=dict)
    """The cases that began, each with how often nothing was to do there."""
    trouble: list[str] = field(default_factory=list)
    """Answers that no client should ever have got."""
    lock: threading.Lock = field(default_factory=threading.Lock)

    def note(self, sent: Sent) -> None:
        with self.lock:
            self.sent.append(sent)

    def learn(self, number: str) -> None:
        with self.lock:
            self.cases.setdefault(number, 0)

    def found_nothing(self, number: str) -> None:
        """There was nothing to do in a case; after a while nobody looks there any more."""
        with self.lock:
            self.cases[number] += 1

    def complain(self, what: str) -> None:
        with self.lock:
            self.trouble.append(what)

    def some_case(self, chance: random.Random) -> str | None:
        """One in which there may be something to do; None where there are too few."""
        with self.lock:
            live = [number for number, nothing in self.cases.items() if nothing < PATIENCE]
        return chance.choice(live) if len(live) >= AT_ONCE else None

    def count(self, outcome: str) -> int:
        with self.lock:
            return sum(1 for each in self.sent if each.outcome == outcome)


class Held(NamedTuple):
    """An upload that was taken in."""

    file: str
    digest: str
    """The SHA-256 of its content as its client had it."""


Wish = tuple[int, str, dict[str, Any], str]
"""Item, verb, body and word of what a client may ask for."""


class Client(threading.Thread):
    """One person's program, at work until told to stop."""

    def __init__(
        self,
        name: str,
        addresses: Sequence[Address],
        ledger: Ledger,
        seed: str,
        stop: threading.Event,
    ) -> None:
        super().__init__(name=name, daemon=True)
        self._chance = random.Random(f"{seed} {name}")  # noqa: S311 - no secret
        self.speaker = Speaker(addresses, self._chance)
        self.ledger = ledger
        self._stopped = stop
        self._count = 0
        self._run = f"{self._chance.getrandbits(32):08x}"
        self.impatience = 0.3
        """How likely it is that a request is given up once its connection broke."""
        self.hurry = 0.02
        """How likely it is that its answer is not waited for."""
        self.alike = 0.4
        """How likely it is that a file is one that others have, too."""
        self.rest = 1.0
        """How long it pauses, against how long people do."""

    def run(self) -> None:
        try:
            if not self.log_in():
                return
            while not self._stopped.is_set():
                self.act()
        except Exception as error:  # noqa: BLE001 - the harness tells it
            self.ledger.complain(f"{self.name} broke down: {error!r}")

    def log_in(self) -> bool:
        while not self._stopped.is_set():
            try:
                if self.speaker.log_in(self.name, PASSWORD):
                    return True
            except NoAnswer:
                pass
            self._pause()
        return False

    def _pause(self) -> None:
        time.sleep(self.rest * self._chance.uniform(0.05, 0.4))

    def act(self) -> None:
        """Look for something to do, and do it."""
        number = self.ledger.some_case(self._chance)
        if number is None or self._chance.random() < 0.02:
            self.start_case()
        elif self._chance.random() < 0.05:
            self._act_on_case(number)
        elif self._chance.random() < 0.15:
            self._act_on_files(number)
        else:
            self._act_on_item(number)

    def start_case(self) -> Sent:
        word = self.word()
        values = {"thing": word, "phone": "13800138000"}
        body = {"process": "faults-order", "request": "order", "values": values}
        return self.send("start", "/api/v1/cases", body, "", None, word)

    def ask_once(self, language: str) -> Answer:
        """Ask for a new case, and take whatever is answered. Raises `NoAnswer`."""
        word = self.word()
        sent = Sent(self.name, f"once {word}", "start", "", None, word)
        self.ledger.note(sent)
        body = {"process": "faults-order", "request": "order", "values": {"thing": word}}
        found = self.speaker.ask("/api/v1/cases", body, sent.key, language=language)
        if found.status != AGAIN:
            self._take(sent, found.status, found.body)
        return found

    def act_on_item(self, wish: Wish, number: str) -> Sent:
        item, verb, body, word = wish
        return self.send(
            verb, f"/api/v1/cases/{number}/items/{item}/{verb}", body, number, item, word
        )

    def _act_on_case(self, number: str) -> None:
        word = self.word()
        choices: list[tuple[str, dict[str, Any]]] = [
            ("suspend", {"reason": word}),
            *([("resume", {})] * 3),
            ("cancel", {"reason": word}),
            ("copy", {"to": self._chance.choice(CLIENTS), "message": word}),
        ]
        verb, body = self._chance.choice(choices)
        self.on_case(verb, body, number, word if body else "")

    def on_case(
        self,
        verb: str,
        body: Mapping[str, Any],
        number: str,
        word: str,
        held: Held | None = None,
    ) -> Sent:
        """Ask for an operation on a case as a whole, which may name an upload."""
        sent = self.send(verb, f"/api/v1/cases/{number}/{verb}", body, number, None, word)
        if held is not None:
            sent.file, sent.digest = held
        return sent

    def _act_on_files(self, number: str) -> None:
        acts = (self.attach, self.attach, self.comment, self.withdraw_file, self.edit)
        self._chance.choice(acts)(number)

    def attach(self, number: str) -> Sent | None:
        """Upload a file and attach it; None where it was not taken in."""
        held = self.upload()
        if held is None:
            return None
        return self.on_case("attach", {"files": [held.file]}, number, held.file, held)

    def comment(self, number: str) -> Sent | None:
        """Say something, and bring a file; None where that was not taken in."""
        held, word = self.upload(), self.word()
        if held is None:
            return None
        return self.on_case("comment", {"text": word, "files": [held.file]}, number, word, held)

    def withdraw_file(self, number: str) -> Sent | None:
        """Withdraw an attachment of one's own; None where there is none."""
        word = self.word()
        listed = self._own(number, "files")
        there = [each for each in listed if each["number"] and not each["withdrawn"]]
        body = {"number": there[0]["number"], "reason": word} if there else {}
        return self.on_case("withdraw-file", body, number, word) if there else None

    def edit(self, number: str) -> Sent | None:
        """Word a comment of one's own anew; None where there is none."""
        word = self.word()
        there = self._own(number, "comments")
        body = {"number": there[0]["number"], "text": word} if there else {}
        return self.on_case("edit-comment", body, number, word) if there else None

    def _own(self, number: str, what: str) -> list[Mapping[str, Any]]:
        """The files or comments of a case that are this client's, the newest first."""
        try:
            found = self.speaker.read(f"/api/v1/cases/{number}/{what}")
        except NoAnswer:
            return []
        self._judge(found.status, f"{what} of {number}")
        listed = found.body[what] if found.status == 200 else []
        return [each for each in listed if each["by"] == self.name]

    def upload(self) -> Held | None:
        """Send a file until it is taken in; None where that was given up."""
        word, size = self.word(), self._chance.choice(SIZES)
        said = "many" if self._chance.random() < self.alike else word
        content = (f"{said} ".encode() * size)[:size]
        give_up_at = time.monotonic() + GIVE_UP_S
        while time.monotonic() < give_up_at:
            try:
                found = self.speaker.upload(f"{word}.txt", content, word)
            except NoAnswer:
                if self._chance.random() < self.impatience:
                    return None
                found = None
            if found is not None and found.status != AGAIN:
                self._judge(found.status, f"upload {word}: {found.body}")
                is_taken = found.status == 200
                digest = hashlib.sha256(content).hexdigest()
                return Held(found.body["file"], digest) if is_taken else None
            self._pause()
        self.ledger.complain(f"{self.name} got no answer to an upload in {GIVE_UP_S} s")
        return None

    def _act_on_item(self, number: str) -> None:
        try:
            found = self.speaker.read(f"/api/v1/cases/{number}/items")
        except NoAnswer:
            self._pause()
            return
        if found.status != 200:
            self._judge(found.status, f"items of {number}")
            self._pause()
            return
        wishes = [wish for each in found.body["items"] for wish in self._wishes(each)]
        if not wishes:
            self.ledger.found_nothing(number)
            self._pause()
            return
        self.act_on_item(self._chance.choice(wishes), number)

    def _wishes(self, each: Mapping[str, Any]) -> Iterator[Wish]:
        """What may be done with a piece of work, to complete it more often than the rest."""
        item, may = each["item"], each["may"]
        if "complete" in may:
            for _ in range(8):
                word = self.word()
                body, has_room = self.form(each["step"]["key"], word)
                yield item, "complete", body, word if has_room else ""
        for verb in ("claim", "release", "get-back"):
            if verb in may:
                yield item, verb, {}, ""
        for verb in ("transfer", "delegate", "urge", "return"):
            if verb in may:
                word = self.word()
                yield item, verb, self._reasoned(verb, word, each), word

    def _reasoned(self, verb: str, word: str, each: Mapping[str, Any]) -> dict[str, Any]:
        """The body of what is asked with a reason."""
        if verb == "urge":
            return {"message": word}
        if verb == "return":
            step, _, straight = self._chance.choice(each["returns_to"])["key"].partition("::")
            return {"to": step, "reason": word, "direct": bool(straight)}
        return {"to": self._chance.choice(CLIENTS), "reason": word}

    def form(self, step: str, word: str) -> tuple[dict[str, Any], bool]:
        """What a step of the tests' pack asks for, and whether the word has a place there."""
        line = {"item": "修理", "part": PART, "quantity": 1, "price": PRICE}
        slot = datetime.now(UTC) + timedelta(minutes=self._chance.randint(1_000, 10_000))  # noqa: TID251
        asked: dict[str, dict[str, Any]] = {
            "book": {"slot": slot.strftime("%Y-%m-%dT%H:%M")},
            "quote": {"lines": [line]},
            "pay": {"method": "cash", "taken": self._chance.choice([PRICE, PRICE, 0])},
        }
        if step == "unissue":
            return {}, False
        body: dict[str, Any] = {"values": {**asked.get(step, {}), "note": word}}
        if step == "check":
            body["outcome"] = self._chance.choice(["good", "good", "bad"])
        return body, True

    def word(self) -> str:
        self._count += 1
        return f"{self.name}.{self._run}.{self._count}"

    def send(
        self,
        verb: str,
        address: str,
        body: Mapping[str, Any],
        number: str,
        item: int | None,
        word: str,
    ) -> Sent:
        """Ask for something until it is answered, or given up."""
        self._count += 1
        key = f"{self._run}-{self._count}"
        sent = Sent(self.name, key, verb, number, item, word)
        self.ledger.note(sent)
        is_patient, leaves = (
            self._chance.random() >= self.impatience,
            self._chance.random() < self.hurry,
        )
        give_up_at = time.monotonic() + GIVE_UP_S
        while time.monotonic() < give_up_at:
            sent.attempts += 1
            try:
                if leaves:
                    self.speaker.ask_and_leave(address, body, key)
                    return sent
                found = self.speaker.ask(address, body, key)
            except NoAnswer:
                if not is_patient:
                    return sent  # given up on purpose
                self._pause()
                continue
            if found.status == AGAIN:
                self._pause()
                continue
            self._take(sent, found.status, found.body)
            return sent
        self.ledger.complain(f"{self.name} got no answer to {verb} {number} in {GIVE_UP_S} s")
        return sent

    def _take(self, sent: Sent, status: int, body: Any) -> None:
        sent.status = status
        if status == 200:
            sent.answered_case, sent.seq = body["case"], body["seq"]
            sent.repeated = body["repeated"]
            sent.outcome = ACKNOWLEDGED
            if sent.verb == "start":
                self.ledger.learn(sent.answered_case)
            return
        sent.outcome = REFUSED
        sent.code = body["code"] if isinstance(body, dict) else ""
        self._judge(status, f"{sent.verb} {sent.case} {sent.item}: {body}")

    def _judge(self, status: int, what: str) -> None:
        if status not in (200, 409, 422, AGAIN):
            self.ledger.complain(f"{self.name}: {status} for {what}")


class Crowd:
    """All clients."""

    def __init__(self, addresses: Sequence[Address], seed: str, size: int = 6) -> None:
        self.ledger = Ledger()
        self._stopped = threading.Event()
        self._clients = [
            Client(name, addresses, self.ledger, seed, self._stopped) for name in CLIENTS[:size]
        ]

    def start(self) -> None:
        for each in self._clients:
            each.start()

    def stop(self) -> None:
        """Let everybody finish what they are at."""
        self._stopped.set()
        for each in self._clients:
            each.join(GIVE_UP_S)
