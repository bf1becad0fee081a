"""The numbers of all cases against the series they were taken from: no gap, none beyond."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from typing import NamedTuple

from django.db import transaction

from tuoban.runtime.cases.models import Case, NumberSequence
from tuoban.runtime.cases.numbers import DIGITS


class NumberBreak(NamedTuple):
    """A number, or a whole series, that is not as it was counted."""

    number: str
    kind: str
    detail: str


def check_numbers() -> Iterator[NumberBreak]:
    """Every number that was taken and belongs to no case, and every one that was never taken."""
    counted, used, digits = _read()
    for series in sorted(counted.keys() | used.keys()):
        if series not in counted:
            yield NumberBreak(series, "missing", "the series of these numbers is gone")
            continue
        taken = set(range(1, counted[series]))
        for number in sorted(taken - used[series]):
            text = f"{series}-{number:0{digits.get(series, DIGITS)}d}"
            yield NumberBreak(text, "missing", "no case has this number")
        for number in sorted(used[series] - taken):
            detail = f"the series has come to {counted[series] - 1} only"
            text = f"{series}-{number:0{digits.get(series, DIGITS)}d}"
            yield NumberBreak(text, "rows-differ", detail)


@transaction.atomic
def _read() -> tuple[dict[str, int], defaultdict[str, set[int]], dict[str, int]]:
    """The next number of each series, the numbers in use, and with how many digits at least.

    The series are locked meanwhile, so that no case can begin between the two questions. The first
    case of a new series still can: such a series is asked for once more.
    """
    rows = NumberSequence.objects.select_for_update().values_list("series", "next")
    counted = dict(rows)
    used: defaultdict[str, set[int]] = defaultdict(set)
    digits: dict[str, int] = {}
    for number in Case.objects.values_list("number", flat=True).iterator():
        series, _, count = number.rpartition("-")
        if count.isdecimal():
            used[series].add(int(count))
            digits[series] = min(digits.get(series, len(count)), len(count))
    for series in used.keys() - counted.keys():
        counted |= dict(rows.filter(series=series))
    return counted, used, digits
