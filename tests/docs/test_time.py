"""Every calendar, row and ledger of the page about time gives what the page says."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from tuoban.kernel.calendars import (
    CHINA,
    Calendar,
    Period,
    add,
    add_workdays,
    between,
    read_week,
    subtract,
)
from tuoban.kernel.calendars import CODES as CALENDAR_CODES
from tuoban.kernel.clocks import CODES as CLOCK_CODES
from tuoban.kernel.clocks import (
    UNITS,
    CalendarChanged,
    Entry,
    Extended,
    Ledger,
    LimitChanged,
    Measure,
    Paused,
    Resumed,
    Started,
    Tier,
    Until,
    Within,
    due,
    read_length,
    sentence,
    tier_moments,
)
from tuoban.kernel.definition import Text

DOCS = Path(__file__).parents[2] / "docs"
PAGE = (DOCS / "reference" / "time.md").read_text("utf-8")
EXPLANATION = (DOCS / "explanation" / "clocks.md").read_text("utf-8")


def calendar(name: str, block: str) -> Calendar:
    lines = dict(line.split(": ", 1) for line in block.splitlines())
    zone, holidays = ZoneInfo(lines.pop("zone")), lines.pop("holidays", None)
    assert holidays in (None, "China")
    week = Period(None, read_week(lines))
    return Calendar(Text(name, name), zone, (week,), holidays=CHINA if holidays else None)


CALENDARS = {
    name: calendar(name, block)
    for name, block in re.findall(r"```calendar (\w+)\n(.*?)```", PAGE, re.DOTALL)
}


def table(head: str) -> list[list[str]]:
    """The rows of all tables with this head."""
    found = re.findall(rf"^\| {re.escape(head)} \|\n\|[-|]+\|\n((?:\|.*\n)+)", PAGE, re.MULTILINE)
    assert found, head
    return [
        [cell.strip() for cell in row.strip("|").split("|")]
        for rows in found
        for row in rows.splitlines()
    ]


def at(text: str, name: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=CALENDARS[name].zone)


@pytest.mark.parametrize(("name", "start", "text", "gives"), table("calendar | from | add | gives"))
def test_what_is_added(name: str, start: str, text: str, gives: str) -> None:
    length, one = read_length(text), CALENDARS[name]
    if length.measure is Measure.WORKDAYS:
        assert add_workdays(one, at(start, name), length.size) == at(gives, name)
    else:
        size = timedelta(microseconds=length.size)
        assert add(one, at(start, name), size) == at(gives, name)


@pytest.mark.parametrize(
    ("name", "start", "text", "gives"), table("calendar | from | subtract | gives")
)
def test_what_is_subtracted(name: str, start: str, text: str, gives: str) -> None:
    length, one = read_length(text), CALENDARS[name]
    if length.measure is Measure.WORKDAYS:
        assert add_workdays(one, at(start, name), -length.size) == at(gives, name)
    else:
        size = timedelta(microseconds=length.size)
        assert subtract(one, at(start, name), size) == at(gives, name)


@pytest.mark.parametrize(
    ("name", "start", "end", "minutes"), table("calendar | from | to | working time")
)
def test_what_lies_between(name: str, start: str, end: str, minutes: str) -> None:
    expected = timedelta(minutes=int(minutes.removesuffix(" minutes")))
    assert between(CALENDARS[name], at(start, name), at(end, name)) == expected


@pytest.mark.parametrize(
    ("name", "limit", "moment", "comes"), table("calendar | due | moment | comes at")
)
def test_when_a_moment_around_the_limit_comes(
    name: str, limit: str, moment: str, comes: str
) -> None:
    length, _, side = moment.rpartition(" ")
    tier = Tier(moment, "before" if side == "before" else "after", read_length(length))
    start = at("2026-01-01 00:00", name)
    ledger = Ledger((Started(start, Until(at(limit, name)), name),))
    (found,) = tier_moments(ledger, CALENDARS, [tier], {})
    assert found.moment == at(comes, name)


def entry(line: str) -> Entry:
    when, verb, rest = at(line[:16], "office"), *line[17:].partition(" ")[::2]
    match verb:
        case "start":
            length, _, rest = rest.partition(" on ")
            name, _, begins = rest.partition(" from ")
            label = Text("接车", "reception")
            start = Started(when, Within(read_length(length)), name, label)
            return replace(start, begins=at(begins, "office")) if begins else start
        case "pause":
            return Paused(when)
        case "resume":
            return Resumed(when)
        case "limit":
            reason = Text("改优先级", "other priority")
            return LimitChanged(when, Within(read_length(rest)), reason)
        case "calendar":
            return CalendarChanged(when, rest)
        case "extend":
            return Extended(when, read_length(rest))
    raise AssertionError(line)


@pytest.mark.parametrize("block", re.findall(r"```ledger\n(.*?)```", PAGE + EXPLANATION, re.DOTALL))
def test_a_ledger_is_explained_and_due_as_the_pages_say(block: str) -> None:
    lines = block.splitlines()
    ledger = Ledger(tuple(entry(line) for line in lines if line[0].isdigit()))
    said = dict(line.split(": ", 1) for line in lines if not line[0].isdigit())
    explained = sentence(ledger, CALENDARS, ledger.entries[-1].at)
    found = due(ledger, CALENDARS)
    assert said.pop("zh") == explained.zh
    assert said.pop("en") == explained.en
    assert said.pop("due") == (
        "none" if found is None else f"{found.astimezone(CALENDARS['office'].zone):%Y-%m-%d %H:%M}"
    )
    assert not said


def test_every_unit_is_on_the_page() -> None:
    section = PAGE.partition("## Lengths")[2].partition("## The ledger")[0]
    assert set(re.findall(r"`([a-z ]+)`", section)) == set(UNITS)


@pytest.mark.parametrize(
    ("head", "codes"), [("of a calendar", CALENDAR_CODES), ("of a limit", CLOCK_CODES)]
)
def test_every_code_is_on_the_page_with_its_texts(
    head: str, codes: dict[str, tuple[str, str]]
) -> None:
    assert table(f"{head} | 中文 | English") == [
        [f"`{code}`", zh, en] for code, (zh, en) in codes.items()
    ]
