"""Killed at random moments and started again: nothing is lost, and nothing happens twice."""

from __future__ import annotations

import pytest

from tests.faults.house import House
from tests.faults.ordeal import undergo, verdict


def killed(house: House, seed: str, kills: int, clients: int = 6) -> None:
    with house.open():
        found = undergo(house, seed, kills, clients=clients)
    assert verdict(found) == []


def test_whatever_is_killed_nothing_is_lost(house: House) -> None:
    killed(house, "short", 2, clients=3)


@pytest.mark.long
def test_thirty_kills_lose_nothing(house: House) -> None:
    killed(house, "long", 30)
