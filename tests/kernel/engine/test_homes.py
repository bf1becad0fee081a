"""The unit that a case belongs to (`case.unit`), and where it was asked for."""

from __future__ import annotations

import pytest

from tests.kernel.engine.playing import DIRECTORY, HEADER, Play
from tuoban.kernel import commands as c
from tuoban.kernel.definition import Definition
from tuoban.kernel.language import PackError, compile_pack
from tuoban.kernel.outlook import units_of_cases
from tuoban.kernel.refusals import Refused

PROCESS = (
    "  - {step: a, by: [worker, boss], when: start.unit != case.unit}\n  - {step: b, by: boss}"
)
END = "\n  - {end: done}\n"


def belonging(unit: str) -> Definition:
    header = HEADER.replace("fields:\n", "fields:\n  place: {type: text, en: Place}\n", 1)
    header = header.replace("form: [kind,", "form: [place, kind,")
    return compile_pack(f"{header}{PROCESS}{END}case: {{unit: {unit}}}\n")


def test_a_case_belongs_to_the_unit_that_it_says_and_knows_where_it_was_asked_for() -> None:
    play = Play(belonging("root()")).start("li", "east")
    assert (play.state.unit, play.state.asked_in) == ("hq", "east")
    assert play.item("a").pools == (("worker", "hq"), ("boss", "hq"))


def test_the_form_tells_and_what_it_leaves_open_is_where_it_was_asked_for() -> None:
    definition = belonging("place")
    with pytest.raises(Refused, match="no-such-unit"):
        Play(definition).start("li", "east", place="south")
    assert Play(definition).start("li", "east", place="west").state.unit == "west"
    play = Play(definition).start("li", "east")
    assert (play.state.unit, play.state.asked_in) == ("east", "")
    assert play.open() == {"b"}


def test_a_role_is_needed_where_it_is_asked_for() -> None:
    with pytest.raises(Refused, match="not-starter"):
        Play(belonging("'\"east\"'")).start("far", "east")
    assert Play(belonging("'\"east\"'")).start("far", "west").state.unit == "east"


def test_a_called_case_belongs_to_it_too() -> None:
    play = Play(belonging("root()"))
    play.carry_out(c.BeginCalled("li", "go", "east", "P-2", "Q-1", {}))
    assert (play.state.unit, play.state.asked_in) == ("hq", "east")


def test_what_is_personal_cannot_tell_a_unit() -> None:
    with pytest.raises(PackError) as refused:
        belonging("name")
    assert [each.code for each in refused.value.problems] == ["personal-unit"]


def test_where_cases_belong_is_told_beforehand_as_far_as_it_can_be() -> None:
    assert units_of_cases(belonging("parent(start.unit)"), DIRECTORY) == (("hq",), ())
    assert units_of_cases(belonging("kind"), DIRECTORY) == ((), ("hq", "east", "west"))
