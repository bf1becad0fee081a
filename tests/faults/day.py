"""An ordinary day: a few cases brought to where there is one of everything that can be lost."""

from __future__ import annotations

import threading
import time
from collections.abc import Mapping
from typing import Any

import pytest

from tests.faults.clients import ACKNOWLEDGED, REFUSED, SIZES, Client, Ledger, Sent
from tests.faults.furnish import CLIENTS
from tests.faults.house import House
from tests.faults.speaking import NoAnswer

LIMIT_S = 120


class Hand:
    """One person who works calmly, step by step, and does what they are told."""

    def __init__(self, house: House, ledger: Ledger, name: str = CLIENTS[0]) -> None:
        self.client = Client(name, house.addresses, ledger, "day", threading.Event())
        self.client.impatience = self.client.hurry = 0.0
        assert self.client.log_in()

    def begin(self) -> str:
        sent = self.client.start_case()
        assert sent.outcome == ACKNOWLEDGED, sent
        return sent.answered_case

    def find(self, number: str, step: str) -> Mapping[str, Any]:
        """The open work at a step, as soon as it is there."""
        give_up_at = time.monotonic() + LIMIT_S
        while time.monotonic() < give_up_at:
            try:
                found = self.client.speaker.read(f"/api/v1/cases/{number}/items")
            except NoAnswer:
                found = None
            for each in found.body["items"] if found is not None and found.status == 200 else ():
                if each["step"]["key"] == step:
                    there: Mapping[str, Any] = each
                    return there
            time.sleep(0.1)
        pytest.fail(f"{number} never came to {step}")

    def complete(self, number: str, *steps: str) -> Sent:
        """Do these steps, one after the other; each must be taken."""
        for step in steps:
            item, word = self.find(number, step)["item"], self.client.word()
            body, has_room = self.client.form(step, word)
            if step == "check":
                body["outcome"] = "good"
            if step == "pay":
                body["values"]["taken"] = 80
            wish = (item, "complete", body, word if has_room else "")
            sent = self.client.act_on_item(wish, number)
            assert sent.outcome == ACKNOWLEDGED, sent
        return sent

    def do(self, number: str, verb: str, body: Mapping[str, Any], word: str = "") -> Sent:
        """Ask for an operation on the case as a whole."""
        return self.client.on_case(verb, body, number, word)


def live_through(house: House) -> Ledger:
    """The day, in an open house; its first case comes to its end."""
    ledger = Ledger()
    hand = Hand(house, ledger)
    waiting, finished, cancelled, fresh = (hand.begin() for _ in range(4))
    hand.complete(finished, "book", "quote", "mend", "issue", "check")
    hand.complete(waiting, "book", "quote")
    hand.complete(cancelled, "book", "quote")
    word = hand.client.word()
    hand.do(cancelled, "cancel", {"reason": word}, word)
    item = hand.find(fresh, "book")["item"]
    assert hand.client.act_on_item((item, "claim", {}, ""), fresh).outcome == ACKNOWLEDGED
    refused = hand.client.act_on_item((1, "claim", {}, ""), finished)
    assert refused.outcome == REFUSED
    word = hand.client.word()
    copied = hand.do(fresh, "copy", {"to": CLIENTS[1], "message": word}, word)
    assert copied.outcome == ACKNOWLEDGED
    _file_and_talk(hand.client, fresh)
    hand.complete(finished, "pay")
    return ledger


def _file_and_talk(client: Client, number: str) -> None:
    """Attach files, of which some are alike, and say something."""
    client.alike = 1.0
    acts = [client.attach] * (len(SIZES) + 1) + [client.withdraw_file]
    for act in (*acts, client.comment, client.edit):
        sent = act(number)
        assert sent is not None
        assert sent.outcome == ACKNOWLEDGED, sent
        client.alike = 0.0 if act == client.withdraw_file else client.alike
