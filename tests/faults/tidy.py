"""Housekeeping of a house that is closed, as it is done once nobody has wanted a file for a day.

A program of its own (`python -m tests.faults.tidy`), because it needs the installation's settings.
"""

from __future__ import annotations

import os
from datetime import UTC, datetime, timedelta

import django

LATER = timedelta(days=2)


def tidy() -> None:
    from tuoban.runtime.cases.filing import tidying  # noqa: PLC0415 - models load after the settings

    tidying.tidy(datetime.now(UTC) + LATER)  # noqa: TID251 - the harness is outside


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tuoban.site.settings")
    django.setup()
    tidy()
