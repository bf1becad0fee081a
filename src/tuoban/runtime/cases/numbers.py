"""Case numbers: `IT-2611-0001`, counted without gaps per prefix and month, or as the pack writes
them: `HT2026-0001`."""

from __future__ import annotations

import re
from datetime import datetime, tzinfo

from django.db.models import F

from tuoban.kernel.definition import DATES_OF_NUMBERS as _DATES
from tuoban.kernel.definition import SERIAL
from tuoban.runtime.cases.models import NumberSequence


def take_number(written: str, at: datetime, zone: tzinfo) -> str:
    """The next number of a series, which begins anew with whatever of the date `at` (in `zone`)
    stands in it.

    Args:
        written: `CaseSpec.number`.

    Must run inside the case's transaction: the series is locked until that ends, and a number
    whose case is not kept is given again.
    """
    series = series_of(written, at.astimezone(zone))
    row = NumberSequence.objects.filter(series=series)
    if not row.update(next=F("next") + 1):
        # Two first cases of a month may meet here; one insert wins, both then count.
        NumberSequence.objects.bulk_create([NumberSequence(series=series)], ignore_conflicts=True)
        row.update(next=F("next") + 1)
    taken = row.values_list("next", flat=True).get() - 1
    return f"{series}-{taken:04d}"


def series_of(written: str, at: datetime) -> str:
    """What stands before the counted part of a number."""
    if not written.endswith(SERIAL):
        return f"{written}-{at:%y%m}"
    return "".join(
        f"{at:{_DATES[part]}}" if part in _DATES else part
        for part in re.split(r"\{(\w+)\}", written.removesuffix(SERIAL))
    )
