"""`python -m benchmarks.rehearsals`: measure, write the figures into the README, judge them.

The scenarios are played as `tuoban rehearse` plays them, on a database of their own that is thrown
away. Making that is not measured.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path
from tempfile import TemporaryDirectory
from time import process_time

import django

import tuoban
from benchmarks.page import publish
from benchmarks.rehearsals import report
from benchmarks.rehearsals.report import Figures

PACKS = Path(tuoban.__path__[0]) / "packs"


def measured() -> Figures:
    """Every scenario of every pack, once.

    Exits if one of them fails.
    """
    from django.core.management import call_command  # noqa: PLC0415 - the settings come first

    from tuoban.runtime.rehearsal import rehearse_folder  # noqa: PLC0415 - likewise

    call_command("migrate", verbosity=0)
    before = process_time()
    played = [rehearse_folder(path.parent) for path in sorted(PACKS.glob("*/pack.yaml"))]
    took = process_time() - before
    failed = [each.slug for each in played if each.failed]
    if failed:
        sys.exit(f"scenarios fail: {', '.join(failed)}")
    return Figures(len(played), sum(len(each.played) for each in played), took)


def main() -> int:
    """Exits with 1 if the goal is missed."""
    with TemporaryDirectory() as home:
        os.environ["TUOBAN_HOME"] = home
        os.environ["DJANGO_SETTINGS_MODULE"] = "tuoban.site.settings"
        django.setup()
        found = measured()
    return publish(report.figures(found), report.misses(found), report.BEGIN, report.END)


if __name__ == "__main__":
    sys.exit(main())
