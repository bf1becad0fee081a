"""An ordeal: the house works under load, its processes are killed at random moments and started
again; then it is left alone until it is quiet, and judged."""

from __future__ import annotations

import random
import time
from collections.abc import Callable
from contextlib import suppress
from datetime import datetime

import pytest

from tests.faults.checker import Fault, faults
from tests.faults.clients import ACKNOWLEDGED, REFUSED, UNKNOWN, Crowd
from tests.faults.evidence import Evidence, Unreachable, gather, overdue
from tests.faults.house import House, tidy_up
from tests.faults.reading import Books

QUIET_LIMIT_S = 180

TAKEN_OUT = 10
"""After so many kills another checkpoint is made."""

Tell = Callable[[str], None]


def undergo(
    house: House, seed: str, kills: int, tell: Tell = lambda _: None, *, clients: int = 6
) -> Evidence:
    """Let clients work in an open house while its processes are killed `kills` times."""
    crowd = Crowd(house.addresses, seed, clients)
    crowd.start()
    _kill_again_and_again(house, crowd, random.Random(seed), kills, tell)  # noqa: S311
    return judge(house, crowd, tell)


def judge(house: House, crowd: Crowd, tell: Tell = lambda _: None) -> Evidence:
    """Wait until an open house is quiet, close it, and gather the evidence. Fails where a client
    got an answer that nobody should get."""
    crowd.stop()
    house.checkpoint()
    at = wait_until_quiet(house)
    house.close()
    ledger = crowd.ledger
    counts = ", ".join(f"{ledger.count(each)} {each}" for each in (ACKNOWLEDGED, REFUSED, UNKNOWN))
    tell(f"{len(ledger.cases)} cases; commands: {counts}")
    assert not ledger.trouble, "\n".join([*ledger.trouble[:20], house.told()])
    tidy_up(house.installation)
    return gather(house.installation, ledger.sent, house.outside.mails(), at)


def _kill_again_and_again(
    house: House, crowd: Crowd, chance: random.Random, kills: int, tell: Tell
) -> None:
    for number in range(1, kills + 1):
        # Work must go on between two kills, however slow the machine is.
        before = crowd.ledger.count(ACKNOWLEDGED)
        while crowd.ledger.count(ACKNOWLEDGED) < before + 8 and not crowd.ledger.trouble:
            time.sleep(0.05)
        time.sleep(chance.uniform(0.0, 1.0))
        victim = chance.choice(house.members)
        victim.kill()
        tell(f"{number}/{kills}: killed {victim.name}")
        time.sleep(chance.uniform(0.0, 0.3))
        victim.start()
        if number % TAKEN_OUT == 2:
            house.checkpoint()
        if chance.random() < 0.8:  # else it may be killed while it still starts
            victim.wait_until_up()
    for member in house.members:
        member.wait_until_up()


def wait_until_quiet(house: House) -> datetime:
    """Wait until all is done that has come due, and return by when it had. Fails where that does
    not happen within three minutes: nobody helps."""
    books, give_up_at = Books(house.environment), time.monotonic() + QUIET_LIMIT_S
    waiting: list[str] = []
    while time.monotonic() < give_up_at:
        with suppress(*Unreachable):
            at = house.now()
            waiting = overdue(books, at)
            if not waiting:
                return at
        time.sleep(0.2)
    pytest.fail("the house never came to rest: " + "; ".join(waiting[:20]) + "\n" + house.told())


def verdict(found: Evidence) -> list[Fault]:
    """The faults; an ordeal in which nothing was acknowledged proves nothing."""
    assert any(each.outcome == ACKNOWLEDGED for each in found.sent)
    return faults(found)
