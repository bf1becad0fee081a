"""Calendars: when people work, and what follows from it, as pure values."""

from tuoban.kernel.calendars.always import round_the_clock
from tuoban.kernel.calendars.arithmetic import (
    add,
    add_workdays,
    between,
    is_working,
    next_working,
    previous_working,
    subtract,
    workday_of,
    workdays_between,
)
from tuoban.kernel.calendars.calendar import Absence, Calendar, Day, ExceptionDay, warnings
from tuoban.kernel.calendars.china import CHINA
from tuoban.kernel.calendars.errors import CODES, CalendarError, Finding
from tuoban.kernel.calendars.holidays import Holiday, HolidayYear, MovedWorkday, PublicHolidays
from tuoban.kernel.calendars.layers import PersonalTime, for_person
from tuoban.kernel.calendars.patterns import WEEKDAYS, Period, Week, read_week
from tuoban.kernel.calendars.spans import Span, Spans, read_spans

__all__ = [
    "CHINA",
    "CODES",
    "WEEKDAYS",
    "Absence",
    "Calendar",
    "CalendarError",
    "Day",
    "ExceptionDay",
    "Finding",
    "Holiday",
    "HolidayYear",
    "MovedWorkday",
    "Period",
    "PersonalTime",
    "PublicHolidays",
    "Span",
    "Spans",
    "Week",
    "add",
    "add_workdays",
    "between",
    "for_person",
    "is_working",
    "next_working",
    "previous_working",
    "read_spans",
    "read_week",
    "round_the_clock",
    "subtract",
    "warnings",
    "workday_of",
    "workdays_between",
]
