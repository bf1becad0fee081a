"""`python -m benchmarks.runtime.measure ROUNDS CASES SECONDS`: measure on the database that the
environment names, and print the figures as JSON."""

from __future__ import annotations

import json
import os
import sys
from typing import Any

import django


def measured(rounds: int, cases: int, seconds: float) -> dict[str, Any]:
    """Everything that is measured on one database.

    Args:
        cases: how many are live where there are many.
        seconds: how long processes work each time; where one at a time writes, they do not.
    """
    from benchmarks.runtime import databases, house  # noqa: PLC0415 - the settings come first
    from benchmarks.runtime.growing import by_live_cases  # noqa: PLC0415 - likewise
    from benchmarks.runtime.steps import compared  # noqa: PLC0415 - likewise
    from benchmarks.runtime.workers import throughput  # noqa: PLC0415 - likewise

    house.build()
    return {
        "compared": compared(rounds)._asdict(),
        "live": by_live_cases((1, cases // 10, cases), rounds),
        "workers": throughput(seconds) if databases.name() == "postgresql" else None,
    }


def main(rounds: str, cases: str, seconds: str) -> None:
    os.environ["DJANGO_SETTINGS_MODULE"] = "tuoban.site.settings"
    django.setup()
    sys.stdout.write(json.dumps(measured(int(rounds), int(cases), float(seconds))))


if __name__ == "__main__":
    main(*sys.argv[1:])
