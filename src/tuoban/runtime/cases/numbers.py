"""Case numbers: `IT-2611-0001`, counted per prefix and month without gaps."""

from __future__ import annotations

from datetime import datetime, tzinfo

from django.db.models import F

from tuoban.runtime.cases.models import NumberSequence


def take_number(prefix: str, at: datetime, zone: tzinfo) -> str:
    """The next number of the prefix in the month of `at` (in `zone`).

    Must run inside the case's transaction: the series is locked until that ends, and a number
    whose case is not kept is given again.
    """
    series = f"{prefix}-{at.astimezone(zone):%y%m}"
    row = NumberSequence.objects.filter(series=series)
    if not row.update(next=F("next") + 1):
        # Two first cases of a month may meet here; one insert wins, both then count.
        NumberSequence.objects.bulk_create([NumberSequence(series=series)], ignore_conflicts=True)
        row.update(next=F("next") + 1)
    taken = row.values_list("next", flat=True).get() - 1
    return f"{series}-{taken:04d}"
