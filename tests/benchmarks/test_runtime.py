"""The benchmark of the runtime stays runnable, compares like with like, and its figures add up."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from benchmarks.page import README, between_markers
from benchmarks.runtime import report
from benchmarks.runtime.__main__ import measured
from benchmarks.runtime.report import BEGIN, END, Figures, figures, misses
from benchmarks.runtime.stopwatch import Took
from tests.support.postgresql import server_of_this_run

ROOT = Path(__file__).parents[2]
PLAYED_AND_WRITTEN = """
import json, os, sys
import django
os.environ["DJANGO_SETTINGS_MODULE"] = "tuoban.site.settings"
django.setup()
from benchmarks.runtime import databases, house
from benchmarks.runtime.steps import compared
house.build()
found = compared(1)
databases.use(databases.FOUNDED)
sides = [dict(databases.rows(each)) for each in ("played", "written")]
sys.stdout.write(json.dumps({
    "alike": sides[0] == sides[1],
    "cases": len(sides[0]["cases_case"]),
    "entries": len(sides[0]["cases_journalentry"]),
    "writes": found.writes,
}))
"""


@pytest.fixture(params=["SQLite", pytest.param("PostgreSQL", marks=pytest.mark.long)])
def database(request: pytest.FixtureRequest) -> str:
    name: str = request.param
    return name


def test_both_sides_write_the_same_rows(database: str, tmp_path: Path) -> None:
    url = server_of_this_run() if database == "PostgreSQL" else ""
    found = subprocess.run(
        [sys.executable, "-c", PLAYED_AND_WRITTEN],
        env={**os.environ, "TUOBAN_HOME": str(tmp_path), "TUOBAN_DATABASE_URL": url},
        cwd=ROOT,
        stdout=subprocess.PIPE,
        check=True,
    )
    told = json.loads(found.stdout)
    assert (told["alike"], told["cases"], told["entries"]) == (True, 4, 4 * 15)
    assert told["writes"] > 6


@pytest.mark.long
def test_everything_is_measured() -> None:
    found = measured("SQLite", "", rounds=2, cases=1400, seconds=0.1)
    assert set(found.compared) == {"tokens", "rows", "ours", "anew"}
    assert set(found.live) == {1, 140, 1400}
    assert found.workers is None
    assert all(each.wall > 0 and each.cpu > 0 for each in found.compared.values())


def made_up(database: str = "PostgreSQL", ours: float = 4e-4, many: float = 5e-4) -> Figures:
    compared = {
        "tokens": Took(1e-4, 5e-5),
        "rows": Took(2e-4, 1e-4),
        "ours": Took(ours, 3e-4),
        "anew": Took(5e-4, 4e-4),
    }
    live = {1: Took(5e-4, 4e-4), 100_000: Took(many, 4e-4)}
    return Figures(database, compared, 8.9, live, (1000.0, 1500.0))


def test_figures_that_meet_their_goals_say_so() -> None:
    found = [made_up()]
    assert misses(found, cores=2) == []
    assert "| our step | 400 µs | 4.0 | 2.0 | 300 µs | 6.0 | 3.0 |" in figures(found)
    assert "| wall | 500 µs | 500 µs | 1.00 |" in figures(found)
    assert "two together 1,500: **1.50** times as many" in figures(found)


def test_missed_goals_are_named() -> None:
    assert misses([made_up(ours=9e-4, many=7e-4)], cores=4) == [
        "on PostgreSQL a step takes 9.0 steps of the token game, the goal is 8",
        "on PostgreSQL a step takes 4.5 times what its rows take, the goal is 2.5",
        "on PostgreSQL a step grows 1.40 times, the goal is 1.2",
        "on PostgreSQL two processes do 1.50 times as much, the goal is 1.6",
    ]


def test_what_was_printed_is_read() -> None:
    plain = {
        "compared": {"ours": [0.5, 0.25], "writes": 9.0},
        "live": {"1": [1.0, 1.0], "100": [2.0, 3.0]},
        "workers": None,
    }
    found = report.read("SQLite", json.loads(json.dumps(plain)))
    assert (found.writes, found.growth, found.together) == (9.0, Took(2.0, 3.0), None)


def test_the_page_has_a_place_for_the_figures() -> None:
    assert "new\n" in between_markers(README.read_text("utf-8"), "new\n", BEGIN, END)
