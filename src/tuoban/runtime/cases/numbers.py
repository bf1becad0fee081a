"""Case numbers: `IT-2611-0001`, counted without gaps per prefix and month, or as the pack writes
them: `HT2026-0001`, or `HT2026-EAST-000001`, which each unit counts for itself."""

from __future__ import annotations

import re
from datetime import datetime

from django.db.models import F

from tuoban.kernel.definition import DATES_OF_NUMBERS as _DATES
from tuoban.kernel.definition import SERIAL, UNIT_OF_NUMBERS
from tuoban.runtime.cases.models import NumberSequence
from tuoban.runtime.people.models import Unit

DIGITS = 4
"""Of the counted part, at least, where the pack does not say."""


def take_number(written: str, at: datetime, unit: Unit) -> str:
    """The next number of a series, which begins anew with whatever of the date `at`, in the time
    zone of the unit that the case belongs to, stands in it; where the unit does, each has its own.

    Args:
        written: `CaseSpec.number`.

    Must run inside the case's transaction: the series is locked until that ends, and a number
    whose case is not kept is given again.
    """
    series = series_of(written, at.astimezone(unit.zone), unit.key)
    row = NumberSequence.objects.filter(series=series)
    if not row.update(next=F("next") + 1):
        # Two first cases of a month may meet here; one insert wins, both then count.
        NumberSequence.objects.bulk_create([NumberSequence(series=series)], ignore_conflicts=True)
        row.update(next=F("next") + 1)
    taken = row.values_list("next", flat=True).get() - 1
    return f"{series}-{taken:0{_digits(written)}d}"


def series_of(written: str, at: datetime, unit: str) -> str:
    """What stands before the counted part of a number.

    Args:
        at: in the time zone of the unit.
        unit: its key, of small letters, which are written large.
    """
    counted = SERIAL.search(written)
    if counted is None:
        return f"{written}-{at:%y%m}"
    filled = {part: f"{at:{form}}" for part, form in _DATES.items()}
    filled[UNIT_OF_NUMBERS] = unit.upper()
    parts = re.split(r"\{(\w+)\}", written[: counted.start()])
    return "".join(
        filled.get(part, part) if place % 2 else part for place, part in enumerate(parts)
    )


def _digits(written: str) -> int:
    counted = SERIAL.search(written)
    return int(counted[1]) if counted is not None and counted[1] else DIGITS
