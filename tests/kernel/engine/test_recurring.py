"""Cases that begin by themselves."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from tests.kernel.engine.playing import DIRECTORY, HEADER, NINE, OFFICE, Play
from tests.kernel.engine.test_each import names
from tuoban.kernel import commands as c
from tuoban.kernel import events as e
from tuoban.kernel.definition import Recurrence
from tuoban.kernel.engine.recurring import elements, names_for, unit_for
from tuoban.kernel.language import compile_pack
from tuoban.kernel.refusals import Refused
from tuoban.kernel.surroundings import Directory

STORES = Directory(
    holders=DIRECTORY.holders,
    parents=DIRECTORY.parents,
    people=DIRECTORY.people,
    levels={"east": "store", "west": "store", "gone": "store", "hq": "office"},
)


BEFORE, _, AFTER = HEADER.partition("starts:\n")
PROCESS = "  - {step: look, by: [worker, checker]}\n  - {end: done, en: Done}\n"


def monthly(keys: str) -> str:
    """The pack of `HEADER` with another start and a field for places."""
    before = BEFORE.replace("fields:\n", "fields:\n  place: {type: text, en: Place}\n")
    start = f"  - {{every: month on day 2 at 8:00, as: monthly, en: Monthly{keys}}}\n"
    case = "case: {number: P, within: 2 hours}\n"
    return f"{before}{case}starts:\n{start}{AFTER}{PROCESS}"


def recurring(keys: str = "") -> Play:
    return Play(compile_pack(monthly(keys)), STORES, OFFICE)


def recurrence(play: Play) -> Recurrence:
    found = play.definition.starts["monthly"].recurrence
    assert found is not None
    return found


def known(play: Play) -> dict[str, Any]:
    return names_for(play.definition, {}, play.directory, "hq")


def begin(play: Play, element: object = None, start: str = "monthly") -> Play:
    eight = NINE - timedelta(hours=1)
    play.carry_out(c.Begin(start, "east", "P-1", eight, "2026-03", element))
    return play


def test_nobody_started_it_and_it_began_at_the_moment_of_the_schedule() -> None:
    play = begin(recurring(", each: kind, in: '[\"easy\"]'"), "easy")
    assert play.open() == {"look"}
    start = names(play)["start"]
    assert (start["by"], start["channel"], start["request"]) == (None, "schedule", "monthly")
    assert start["at"] == NINE - timedelta(hours=1)
    assert play.state.values == {"kind": "easy"}
    assert play.clock("").due == NINE + timedelta(hours=1)


def test_a_field_that_cannot_hold_the_element_keeps_the_case_from_beginning() -> None:
    play = recurring(", each: kind, in: '[\"strange\"]'")
    with pytest.raises(Refused, match="invalid") as refused:
        begin(play, "strange")
    assert [each.place for each in refused.value.problems] == ["kind"]
    assert not play.journal


def test_nobody_can_request_it_and_what_is_requested_does_not_begin_by_itself() -> None:
    play = recurring()
    with pytest.raises(Refused, match="unknown-request"):
        play.carry_out(c.Start("li", "monthly", "east", "P-1"))
    with pytest.raises(Refused, match="unknown-request"):
        begin(play, start="go")
    with pytest.raises(Refused, match="unknown-request"):
        begin(play, start="daily")
    begin(play)
    with pytest.raises(Refused, match="case-over"):
        begin(play)


def test_without_a_list_one_case_begins_in_the_topmost_unit() -> None:
    play = recurring()
    assert elements(recurrence(play), known(play)) == (None,)
    assert unit_for(recurrence(play), None, known(play), STORES, "hq") == "hq"


@pytest.mark.parametrize(
    ("listed", "found"),
    [
        ('units("store")', ("east", "west")),
        ('units("depot")', ()),
        ('["a", "b", "a", null]', ("a", "b")),
        ("null", ()),
        ('if settings.patience > duration("PT1H") then ["x"] else ["y"]', ("y",)),
    ],
)
def test_a_list_is_read_when_the_moment_has_come(listed: str, found: tuple[str, ...]) -> None:
    quoted = listed.replace("'", "''")
    play = recurring(f", each: place, in: '{quoted}'")
    assert elements(recurrence(play), known(play)) == found


@pytest.mark.parametrize(
    ("unit", "element", "found"),
    [
        ("", "west", "west"),
        ("", "nowhere", "hq"),
        (", unit: '\"east\"'", "west", "east"),
        (", unit: parent(place)", "west", "hq"),
        (", unit: place", "nowhere", None),
        (", unit: root()", "west", "hq"),
    ],
)
def test_the_unit_is_the_element_or_what_is_said(
    unit: str, element: str, found: str | None
) -> None:
    play = recurring(f", each: place, in: 'units(\"store\")'{unit}")
    assert unit_for(recurrence(play), element, known(play), STORES, "hq") == found


def test_the_period_stands_in_the_journal() -> None:
    play = begin(recurring())
    started = play.journal[0]
    assert isinstance(started, e.CaseStarted)
    assert (started.by, started.period) == ("", "2026-03")
