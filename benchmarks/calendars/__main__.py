"""`python -m benchmarks.calendars`: measure, write the figures into the README, judge them."""

from __future__ import annotations

import sys
from collections.abc import Callable
from time import process_time
from timeit import Timer

from benchmarks.calendars import cases, report
from benchmarks.calendars.report import Figures
from benchmarks.page import publish
from tests.kernel.calendars import reference
from tuoban.kernel.calendars import add
from tuoban.kernel.clocks import due, standing

ROUNDS = 5


def _best(call: Callable[[], object], times: int) -> float:
    """Seconds of CPU for one call, the best of several rounds."""
    return min(Timer(call, timer=process_time).repeat(ROUNDS, times)) / times


def measured() -> Figures:
    """One run of everything.

    Exits if the reference and the calendar disagree.
    """
    office = cases.CALENDARS["office"]
    expected = reference.add(office, cases.START, cases.LENGTH)
    if due(cases.FAR, cases.CALENDARS) != expected:
        sys.exit(f"the due time is not {expected}")
    wall = cases.wall()

    def stand() -> None:
        for ledger in wall:
            standing(ledger, cases.CALENDARS, cases.NOW)

    stand()
    return Figures(
        due=_best(lambda: due(cases.FAR, cases.CALENDARS), 2000),
        reference=_best(lambda: reference.add(office, cases.START, cases.LENGTH), 1),
        first=_best(lambda: add(cases.office(), cases.START, cases.LENGTH), 5),
        wall=_best(stand, 1),
    )


def main() -> int:
    """Exits with 1 if a goal is missed."""
    found = measured()
    return publish(report.figures(found), report.misses(found), report.BEGIN, report.END)


if __name__ == "__main__":
    sys.exit(main())
