"""`python -m benchmarks.runtime.worker DATABASE PREFIX SECONDS`: one process that completes steps
of cases of its own, and tells how many it did in that time. It begins when it is told to."""

from __future__ import annotations

import os
import sys
from time import perf_counter

import django


def main(database: str, prefix: str, seconds: float) -> None:
    """Says `ready`, waits for a line, works, prints the steps in a second."""
    os.environ["DJANGO_SETTINGS_MODULE"] = "tuoban.site.settings"
    django.setup()
    from benchmarks.runtime import databases, house  # noqa: PLC0415 - the settings come first

    databases.use(database)
    ours = house.known(prefix)
    house.play(ours, house.start(ours))
    sys.stdout.write("ready\n")
    sys.stdout.flush()
    sys.stdin.readline()
    begin, done = perf_counter(), 0
    while (took := perf_counter() - begin) < seconds:
        for step in house.steps(ours, house.start(ours)):
            step.complete()
            done += 1
    sys.stdout.write(f"{done / took}\n")


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2], float(sys.argv[3]))
