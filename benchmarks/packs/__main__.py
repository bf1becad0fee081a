"""`python -m benchmarks.packs`: measure, write the figures into the README, judge them."""

from __future__ import annotations

import sys
from time import process_time

from benchmarks.packs import report
from benchmarks.packs.report import FEW, MANY, Figures
from benchmarks.page import publish
from tuoban.kernel.language import compile_pack

HEADER = """
pack: long
version: 1
language: en
title: Long
roles: {worker: Worker}
starts: [{request: go, en: Go, by: worker}]
process:
"""
ROUNDS = 3


def measured(steps: int) -> float:
    """The seconds of CPU in which a pack of so many steps is checked; the best of some rounds."""
    lines = "".join(f"- {{step: s_{each}, by: worker}}\n" for each in range(steps))
    return min(_once(f"{HEADER}{lines}- {{end: over}}\n# {each}\n") for each in range(ROUNDS))


def _once(pack: str) -> float:
    before = process_time()
    compile_pack(pack)
    return process_time() - before


def main() -> int:
    """Exits with 1 if the goal is missed."""
    found = Figures(measured(FEW), measured(MANY))
    return publish(report.figures(found), report.misses(found), report.BEGIN, report.END)


if __name__ == "__main__":
    sys.exit(main())
