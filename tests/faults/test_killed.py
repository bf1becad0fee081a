"""Killed at random moments and started again: nothing is lost, and nothing happens twice."""

from __future__ import annotations

import pytest

from tests.faults.house import House
from tests.faults.ordeal import undergo, verdict
from tests.support.server import Installation


def killed(installation: Installation, seed: str, kills: int) -> None:
    house = House(installation)
    house.furnish()
    with house.open():
        found = undergo(house, seed, kills)
    assert verdict(found) == []


def test_whatever_is_killed_nothing_is_lost(installation: Installation) -> None:
    killed(installation, "short", 3)


@pytest.mark.long
def test_thirty_kills_lose_nothing(installation: Installation) -> None:
    killed(installation, "long", 30)
