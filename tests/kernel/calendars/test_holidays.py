"""China's public holidays: the data are what the script writes, and known facts of known years."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from scripts import public_holidays
from tuoban.kernel.calendars import CHINA


def test_the_data_are_those_that_the_script_writes_now() -> None:
    page = public_holidays.PAGE.read_text("utf-8")
    assert page == public_holidays.page(), "run: scripts/public_holidays.py"


def test_announced_years_on_which_the_sources_agree_are_confirmed() -> None:
    confirmed = {year for year, sure in CHINA.confirmed.items() if sure}
    assert confirmed == set(range(2004, 2027)) - {2005}  # the sources differ on 2005-12-31
    assert not any(CHINA.confirmed[year] for year in range(2027, 2037))


@pytest.mark.parametrize("year", [2027, 2030, 2036])
def test_a_predicted_year_has_its_fixed_days_and_no_moved_workdays(year: int) -> None:
    assert all(date(year, *day) in CHINA.off for day in ((1, 1), (5, 1), (10, 1), (10, 2)))
    assert not any(day.year == year for day in CHINA.moved)


def test_2026_as_the_state_council_announced_it() -> None:
    assert sum(day.year == 2026 for day in CHINA.off) == 33
    assert sorted(day for day in CHINA.moved if day.year == 2026) == [
        date(2026, 1, 4),
        date(2026, 2, 14),
        date(2026, 2, 28),
        date(2026, 5, 9),
        date(2026, 9, 20),
        date(2026, 10, 10),
    ]
    assert CHINA.moved[date(2026, 10, 10)].instead_of == date(2026, 10, 7)


def test_no_day_is_both_off_and_worked_and_moved_workdays_lie_on_weekends() -> None:
    assert not set(CHINA.off) & set(CHINA.moved)
    assert all(day.weekday() >= 5 for day in CHINA.moved)
    assert all(
        each.instead_of is None or abs(each.instead_of - day) < timedelta(days=40)
        for day, each in CHINA.moved.items()
    )
