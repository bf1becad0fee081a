"""Write China's public holidays and moved workdays into `kernel/calendars/data/cn.py`.

Two libraries kept by others are compared day by day: `chinesecalendar` has what the State Council
announced, `holidays` computes and knows the announced shifts. An announced year
on which they agree on every day is confirmed. The years after are predicted by `holidays`: the days
off that follow from the law, the lunar ones included, without moved workdays, which nobody knows
before they are announced.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from itertools import pairwise
from pathlib import Path

import chinese_calendar  # type: ignore[import-untyped]
from chinese_calendar import constants
from holidays import HolidayBase, country_holidays

from tuoban.kernel.calendars.holidays import Row

PAGE = Path(__file__).parents[1] / "src/tuoban/kernel/calendars/data/cn.py"
FIRST = 2004
PREDICTED = 10
"""Years after the last confirmed one."""

NAMES = {
    "new-year": ("元旦", "New Year's Day", r"New Year's Day"),
    "spring-festival": ("春节", "Spring Festival", r"Spring Festival|Chinese New Year"),
    "tomb-sweeping-day": ("清明节", "Tomb-Sweeping Day", r"Tomb-[Ss]weeping"),
    "labour-day": ("劳动节", "Labour Day", r"Labou?r Day"),
    "dragon-boat-festival": ("端午节", "Dragon Boat Festival", r"Dragon Boat"),
    "mid-autumn-festival": ("中秋节", "Mid-Autumn Festival", r"Mid-[Aa]utumn"),
    "national-day": ("国庆节", "National Day", r"National Day"),
    "victory-day": ("抗战胜利日", "Victory Day", r"Anti-Fascist|War of Resistance|Victory"),
}
"""By key: zh, en, and how the libraries call it."""

HEAD = '''"""China's public holidays and moved workdays, written by scripts/public_holidays.py.

A year is confirmed if it was announced and two libraries agree on each of its days; years to come
are predicted. This is a module so that the kernel has the facts without opening a file.
"""

from tuoban.kernel.calendars.holidays import Row
'''

_SWAPPED = re.compile(r"substituted from (\d\d)/(\d\d)/(\d{4})")


def last_announced() -> int:
    """The last year of which `chinesecalendar` has the announcement."""
    return int(max(constants.holidays).year)


def rows() -> Iterator[Row]:
    """Every year: announced, or predicted."""
    last = last_announced()
    known = country_holidays(
        "CN", years=range(FIRST - 1, last + PREDICTED + 1), language="en_US", observed=True
    )
    for year in range(FIRST, last + 1):
        agreed = all(chinese_calendar.is_workday(day) == _works(known, day) for day in _days(year))
        named = {day: _key(name) for day, name in constants.holidays.items() if day.year == year}
        yield year, agreed, tuple(_runs(named)), tuple(_moved(year, _swaps(known)))
    for year in range(last + 1, last + PREDICTED + 1):
        named = {day: _key(name) for day, name in known.items() if day.year == year}
        yield year, False, tuple(_runs(named)), ()


def _works(known: HolidayBase, day: date) -> bool:
    if day.weekday() >= 5:
        return day in known.weekend_workdays
    return day not in known


def _days(year: int) -> Iterator[date]:
    day = date(year, 1, 1)
    while day.year == year:
        yield day
        day += timedelta(days=1)


def _key(name: str) -> str:
    return next(key for key, (_, _, pattern) in NAMES.items() if re.search(pattern, name))


def _runs(named: dict[date, str]) -> Iterator[tuple[str, str, str]]:
    """Neighbouring days of one name, as first day, last day, name."""
    days = sorted(named)
    breaks = [
        after
        for before, after in pairwise(days)
        if named[before] != named[after] or after - before > timedelta(days=1)
    ]
    for start, following in pairwise([days[0], *breaks, date.max]):
        last = max(day for day in days if start <= day < following)
        yield f"{start:%m-%d}", f"{last:%m-%d}", named[start]


def _swaps(known: HolidayBase) -> dict[date, date]:
    """By moved workday, the day that is off for it."""
    swaps = {}
    for day, name in known.items():
        for match in _SWAPPED.finditer(name):
            worked = datetime.strptime("/".join(match.groups()), "%m/%d/%Y").date()  # noqa: DTZ007
            swaps[worked] = day
    return swaps


def _moved(year: int, swaps: dict[date, date]) -> Iterator[tuple[str, str, str]]:
    for day, name in sorted(constants.workdays.items()):
        if day.year == year:
            off = swaps.get(day)
            text = "" if off is None else f"{off:%m-%d}" if off.year == year else f"{off}"
            yield f"{day:%m-%d}", text, _key(name)


def page() -> str:
    """The data module as text."""
    lines = [
        HEAD,
        "NAMES: dict[str, tuple[str, str]] = {",
        *(f'    "{key}": ("{zh}", "{en}"),' for key, (zh, en, _) in NAMES.items()),
        "}",
        "",
        "# fmt: off",
        "YEARS: tuple[Row, ...] = (",
    ]
    for year, confirmed, off, moved in rows():
        lines += [
            f"    ({year}, {confirmed}, (",
            *_packed(off),
            "    ), (",
            *_packed(moved),
            "    )),",
        ]
    return "\n".join([*lines, ")", ""])


def _packed(rows: tuple[tuple[str, str, str], ...]) -> Iterator[str]:
    """The rows as lines, several on each."""
    cells = ['("{}", "{}", "{}"),'.format(*each) for each in rows]
    for first in range(0, len(cells), 2):
        yield "        " + " ".join(cells[first : first + 2])


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
