"""`python -m benchmarks.runtime`: measure on both databases, write the figures into the README,
judge them.

Each database has a process of its own, as the settings name one. PostgreSQL is the server of the
tests, here with its commits on the disk.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

from benchmarks.page import publish
from benchmarks.runtime import report
from benchmarks.runtime.report import Figures
from tests.support.postgresql import new_server

ROUNDS, CASES, SECONDS = 60, 100_000, 5.0


def measured(database: str, url: str, rounds: int, cases: int, seconds: float) -> Figures:
    """The figures of one database; `url` is empty for SQLite in a folder that is thrown away.

    Raises:
        subprocess.CalledProcessError: it cannot be measured; why stands on standard error.
    """
    with TemporaryDirectory() as home:
        sizes = [str(each) for each in (rounds, cases, seconds)]
        environment = {**os.environ, "TUOBAN_HOME": home, "TUOBAN_DATABASE_URL": url}
        done = subprocess.run(  # noqa: S603 - a module of ours
            [sys.executable, "-m", "benchmarks.runtime.measure", *sizes],
            env=environment,
            cwd=Path(__file__).parents[2],
            stdout=subprocess.PIPE,
            check=True,
        )
    return report.read(database, json.loads(done.stdout))


def on_both(rounds: int, cases: int, seconds: float) -> list[Figures]:
    """The figures of both databases."""
    sqlite = measured("SQLite", "", rounds, cases, seconds)
    with new_server() as server:
        return [sqlite, measured("PostgreSQL", server.start(), rounds, cases, seconds)]


def main() -> int:
    """Exits with 1 if a goal is missed."""
    found = on_both(ROUNDS, CASES, SECONDS)
    missed = report.misses(found, os.cpu_count() or 1)
    return publish(report.figures(found), missed, report.BEGIN, report.END)


if __name__ == "__main__":
    sys.exit(main())
