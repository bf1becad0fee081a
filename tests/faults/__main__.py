"""`make faults`: kill the house as often as wanted, on both databases or on one.

The environment says how: KILLS (100), SEED (drawn, and printed), DATABASE (`sqlite`, `postgresql`;
both if left out).
"""

from __future__ import annotations

import json
import os
import secrets
import shutil
import subprocess
import sys
import tempfile
import time
from dataclasses import asdict
from pathlib import Path

import pytest

from tests.faults.evidence import Evidence
from tests.faults.house import House
from tests.faults.ordeal import undergo, verdict
from tests.faults.outside import listening
from tests.support.server import new_installation

DATABASES = ("sqlite", "postgresql")


def main() -> int:
    kills = int(os.environ.get("KILLS") or 100)
    seed = os.environ.get("SEED") or secrets.token_hex(4)
    wanted = os.environ.get("DATABASE") or ""
    if wanted in DATABASES:
        return 0 if run(wanted, seed, kills) else 1
    if wanted:
        _tell(f"DATABASE must be one of {', '.join(DATABASES)}, not {wanted}")
        return 2
    # A process works on one database: the tests' helpers keep what they have made for it.
    again = [sys.executable, "-m", "tests.faults"]
    ways = [{**os.environ, "SEED": seed, "DATABASE": each} for each in DATABASES]
    return max(subprocess.run(again, check=False, env=each).returncode for each in ways)


def run(database: str, seed: str, kills: int) -> bool:
    """One ordeal; True where nothing was found. The evidence of another is kept, and told where."""
    _tell(f"{database}: {kills} kills, SEED={seed}")
    os.environ["TUOBAN_TEST_DATABASE"] = database
    home = Path(tempfile.mkdtemp(prefix=f"tuoban-faults-{database}-"))
    begun = time.monotonic()
    try:
        with listening() as outside:
            house = House(new_installation(home), outside)
            house.furnish()
            with house.open():
                found = undergo(house, seed, kills, _tell)
    except pytest.fail.Exception as failed:
        _tell(f"{database}: {failed}\nsee {home}")
        return False
    shown = verdict(found)
    minutes = (time.monotonic() - begun) / 60
    _tell(f"{database}: {len(shown)} faults after {kills} kills in {minutes:.1f} minutes")
    if not shown:
        shutil.rmtree(home)
        return True
    _keep(found, home)
    for fault in shown[:50]:
        _tell(f"  {fault.check}: {fault.what}")
    _tell(f"what the clients sent, the logs and the database are kept in {home}")
    return False


def _keep(found: Evidence, home: Path) -> None:
    sent = json.dumps([asdict(each) for each in found.sent], ensure_ascii=False, indent=1)
    (home / "sent.json").write_text(sent, encoding="utf-8")


def _tell(what: str) -> None:
    sys.stdout.write(what + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(main())
