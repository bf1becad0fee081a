"""The clients of the faults, in one process and without a fault: whatever they do, in whatever
order, the audit finds every row to be what the journal says.

It is a hundred times as fast as real processes that are killed, and so finds what seldom occurs.
"""

from __future__ import annotations

import random
import threading
from collections.abc import Mapping
from urllib.parse import urlsplit

import pytest
from django.test import Client as Program

from tests.faults.clients import ACKNOWLEDGED, Client, Ledger
from tests.faults.furnish import CLIENTS, furnish
from tests.faults.speaking import Answer, Speaker
from tuoban.runtime.cases import clock
from tuoban.runtime.cases.audit import audit
from tuoban.runtime.cases.worker import run_once
from tuoban.runtime.people.models import User

pytestmark = [pytest.mark.long, pytest.mark.django_db(transaction=True)]

ACTS = 1_200
ROUND = 10
"""After so many acts the worker has its turn."""


class Inside(Speaker):
    """Asks the application in this process."""

    def __init__(self, name: str) -> None:
        super().__init__((), random.Random(0))  # noqa: S311 - there is nothing to choose
        self._program = Program()
        self._program.force_login(User.objects.get(username=name))

    def ask_and_leave(self, path: str, body: Mapping[str, object], key: str) -> None:
        self.ask(path, body, key)

    def _exchange(
        self, method: str, path: str, body: str | bytes | None, headers: Mapping[str, str]
    ) -> Answer:
        parts = urlsplit(path)
        answer = self._program.generic(
            method,
            parts.path,
            body or "",
            content_type=headers.get("Content-Type", ""),
            query_string=parts.query,
            headers=dict(headers),
        )
        return Answer(answer.status_code, answer.json(), dict(answer.headers))


def at_work(name: str, ledger: Ledger, seed: str) -> Client:
    client = Client(name, (), ledger, seed, threading.Event())
    client.speaker = Inside(name)
    client.rest = 0.0
    return client


@pytest.mark.parametrize("seed", range(3))
def test_whatever_clients_do_every_row_is_what_the_journal_says(seed: int) -> None:
    furnish()
    ledger, chance = Ledger(), random.Random(seed)  # noqa: S311 - a walk to be walked again
    clients = [at_work(name, ledger, str(seed)) for name in CLIENTS]
    for number in range(ACTS):
        chance.choice(clients).act()
        if number % ROUND == 0:
            run_once(clock.now())
    assert ledger.trouble == []
    assert ledger.count(ACKNOWLEDGED) > ACTS / 10
    assert audit().findings == ()
