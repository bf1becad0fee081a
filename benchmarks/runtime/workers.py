"""How much more two processes get done than one, each on cases of its own in one database."""

from __future__ import annotations

import subprocess
import sys
from itertools import count
from typing import NamedTuple

from benchmarks.runtime import databases

ROUNDS = 3


class Throughput(NamedTuple):
    """Steps in a second, in the best round: of one process, and of two together."""

    one: float
    two: float


def throughput(seconds: float) -> Throughput:
    """Let one process and two work in turn, each time for so many seconds."""
    database = databases.copy(databases.FOUNDED, "shared")
    names = (f"worker-{number}" for number in count())
    one, two = [], []
    for _ in range(ROUNDS):
        one.append(_together(database, [next(names)], seconds))
        two.append(_together(database, [next(names), next(names)], seconds))
    return Throughput(max(one), max(two))


def _together(database: str, names: list[str], seconds: float) -> float:
    """Steps in a second of processes of these names, which begin at the same moment."""
    command = [sys.executable, "-m", "benchmarks.runtime.worker", database]
    started = [
        subprocess.Popen(  # noqa: S603 - a module of ours
            [*command, name, str(seconds)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        for name in names
    ]
    for each in started:
        if each.stdout is None or each.stdout.readline() != "ready\n":
            raise RuntimeError("a worker did not come up; its messages are above")
    for each in started:
        if each.stdin is not None:
            each.stdin.write("\n")
            each.stdin.flush()
    return sum(float(each.communicate()[0]) for each in started)
