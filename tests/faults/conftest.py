"""Houses for the tests of faults."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.faults.day import live_through
from tests.faults.evidence import Evidence, gather
from tests.faults.house import House, tidy_up
from tests.faults.ordeal import wait_until_quiet
from tests.faults.outside import Outside, listening
from tests.support.server import Installation, lasting_home, new_installation

Lived = tuple[Installation, Evidence]


@pytest.fixture
def outside() -> Iterator[Outside]:
    with listening() as outside:
        yield outside


@pytest.fixture
def house(tmp_path: Path, outside: Outside) -> House:
    """A house that is fitted out, and closed still."""
    home = tmp_path / "妥办 home"
    home.mkdir()
    house = House(new_installation(home), outside)
    house.furnish()
    return house


@pytest.fixture(scope="module")
def lived() -> Lived:
    """A house in which an ordinary day was lived through, and the evidence of it."""
    installation = new_installation(lasting_home())
    with listening() as outside:
        house = House(installation, outside)
        house.furnish()
        with house.open():
            ledger = live_through(house)
            house.checkpoint()
            at = wait_until_quiet(house)
            house.close()
        tidy_up(installation)
        return installation, gather(installation, ledger.sent, outside.mails(), at)
