"""Correct: a field gets another value after it was entered, and keeps it."""

from __future__ import annotations

import pytest

from tests.kernel.engine.playing import Play
from tuoban.kernel import commands as c
from tuoban.kernel import events as e
from tuoban.kernel.codec import decode, encode
from tuoban.kernel.commands import Sealed
from tuoban.kernel.expressions import Row
from tuoban.kernel.language import compile_pack
from tuoban.kernel.refusals import Refused

LINE = """
- {step: one, by: worker, form: [{field: amount, required: true}, kind]}
- step: two
  by: checker
  needs: [{that: amount > 10, else: Too little}]
  returns-to: [one]
- end: closed
"""


def correct(play: Play, field: str, value: object, by: str = "li", place: int = 0) -> Play:
    play.carry_out(c.Correct(by, field, value, "Mistyped", place))
    return play


def problem(play: Play, field: str, value: object, by: str = "li", place: int = 0) -> str:
    with pytest.raises(Refused) as refused:
        play.carry_out(c.Correct(by, field, value, "Mistyped", place))
    (found,) = refused.value.problems
    assert found.place == field
    return found.code


def test_the_event_keeps_the_old_and_the_new_value_and_gates_look_again() -> None:
    play = Play(LINE).start().do("one", amount="5")
    assert play.item("two").locked == (0,)
    correct(play, "amount", "12")
    assert play.item("two").locked is None
    (event,) = (each for each in play.journal if isinstance(each, e.FieldCorrected))
    assert (event.before["amount"], event.values["amount"]) == (5, 12)
    assert (event.by, event.reason, event.place) == ("li", "Mistyped", 0)
    correct(play, "amount", "3")
    assert play.item("two").locked == (0,)


def test_whoever_entered_the_value_and_those_in_charge_correct_it() -> None:
    play = Play(LINE).start(kind="easy").do("one", by="han", amount="5")
    assert play.refused(c.Correct("li", "amount", "6", "Mistyped")) == "not-to-correct"
    assert play.refused(c.Correct("far", "amount", "6", "Mistyped")) == "not-to-correct"
    correct(play, "amount", "6", "han")
    correct(play, "kind", "hard", "li")
    correct(play, "amount", "7", "wang")
    # The value is wang's now.
    assert play.refused(c.Correct("han", "amount", "8", "Mistyped")) == "not-to-correct"
    correct(play, "amount", "8", "zhou")


def test_what_nobody_entered_is_for_those_in_charge() -> None:
    play = Play(LINE).start()
    assert play.refused(c.Correct("li", "amount", "6", "Mistyped")) == "not-to-correct"
    assert correct(play, "amount", "6", "zhou").state.values["amount"] == 6


def test_the_field_is_read_as_in_a_form() -> None:
    play = Play(LINE).start().do("one", amount="5")
    assert problem(play, "amount", "-1") == "too-small"
    assert problem(play, "amount", "much") == "not-money"
    assert problem(play, "amount", "5.00") == "same-value"
    assert problem(play, "amount", "") == "required"
    assert problem(play, "kind", "odd", by="zhou") == "not-option"
    assert problem(play, "name", "Ann", by="zhou") == "not-sealed"
    assert play.refused(c.Correct("li", "amount", "6", " ")) == "reason-missing"
    assert play.refused(c.Correct("li", "size", "6", "Mistyped")) == "not-correctable"
    assert play.refused(c.Correct("li", "amount", "6", "Mistyped", 9)) == "not-correctable"


def test_a_suspended_case_is_corrected_and_an_ended_one_is_not() -> None:
    play = Play(LINE).start().do("one", amount="50")
    play.carry_out(c.Suspend("wang", "Strike"))
    assert correct(play, "amount", "60").state.values["amount"] == 60
    play.carry_out(c.Resume("wang"))
    play.do("two")
    assert play.refused(c.Correct("li", "amount", "6", "Mistyped")) == "case-over"


def test_the_correction_stays_when_the_step_is_sent_back() -> None:
    play = Play(LINE).start().do("one", amount="50", kind="easy")
    correct(play, "amount", "60")
    play.send_back("two", "one")
    assert play.state.values["kind"] is None
    assert play.state.values["amount"] == 60
    assert [each.value for each in play.state.entries["amount"]] == [60]
    # Done again as it stands it changes nothing; another value comes after the correction.
    play.do("one", amount="60")
    assert [each.value for each in play.state.entries["amount"]] == [60]
    play.send_back("two", "one").do("one", amount="70")
    assert play.state.values["amount"] == 70
    play.send_back("two", "one")
    assert play.state.values["amount"] == 60


def test_the_correction_stays_when_the_step_is_taken_back() -> None:
    play = Play(LINE).start().do("one", amount="50")
    correct(play, "amount", "60")
    play.withdraw("one")
    assert play.state.values["amount"] == 60
    assert play.item("one").person == "li"


def test_what_covers_the_field_lapses() -> None:
    play = Play(
        """
        - {step: one, by: worker, form: [amount]}
        - {step: check, by: checker, covers: [amount]}
        - {step: two, by: worker, needs: [check]}
        - end: closed
        """
    )
    play.start().do("one", amount="5").do("check", by="zhou")
    assert play.open() == {"two"}
    correct(play, "amount", "6")
    assert play.item("two").locked == (0,)
    assert play.open() == {"check", "two"}
    play.do("check", by="zhou")
    assert play.do("two").state.outcome == "closed"


def test_the_limits_follow() -> None:
    play = Play(
        """
        - {step: one, by: worker, form: [wanted_at]}
        - {step: two, by: checker, due: 1 hour before wanted_at}
        - end: closed
        """
    )
    play.start().do("one", wanted_at="2026-03-02 15:00")
    before = play.due("two")
    correct(play, "wanted_at", "2026-03-02 16:00")
    after = play.due("two")
    assert before is not None
    assert after is not None
    assert (after - before).total_seconds() == 3600


def test_personal_values_stay_sealed_in_the_event() -> None:
    play = Play(LINE)
    play.opened = {"a": "Ann", "b": "Anne"}
    play.start(name=Sealed("a", "ca"))
    correct(play, "name", Sealed("b", "cb"))
    (event,) = (each for each in play.journal if isinstance(each, e.FieldCorrected))
    assert event.before == {"name": Sealed("a", "ca")}
    assert event.values == {"name": Sealed("b", "cb")}
    assert decode(encode(event)) == event
    assert play.state.sealed == {"a", "b"}
    play.carry_out(c.Erase("wang", ("b",), "Asked for"))
    assert play.state.sealed == {"a"}


ROUNDS = """
- repeat: rounds
  until: check.outcome = "good"
  fields: {note: {type: text, en: Note}}
  steps:
    - {step: one, by: worker, form: [{field: note, required: true}]}
    - {step: check, by: checker, outcomes: {good: Good, bad: Bad}}
- {step: two, by: worker}
- end: closed
"""


def test_every_round_has_its_own_copy_also_when_it_is_over() -> None:
    play = Play(ROUNDS).start().do("one", note="a").do("check", outcome="bad")
    first, second = (each.id for each in next(iter(play.state.instances.values())))
    correct(play, "note", "b", place=first)
    assert play.state.places[first]["note"][-1].value == "b"
    assert second not in play.state.places
    assert play.refused(c.Correct("li", "note", "c", "Mistyped")) == "not-correctable"
    correct(play, "note", "d", "zhou", place=second)
    assert problem(play, "note", "", place=first) == "required"
    play.do("one", note="e").do("check", outcome="good")
    assert play.open() == {"two"}
    correct(play, "note", "f", place=second)
    assert [each.value for each in play.state.places[second]["note"]] == ["d", "e", "f"]


RULED = """
pack: play
version: 2026.1
language: en
title: Play
roles: {worker: Worker}
records:
  line:
    item: {type: text, en: Item, required: true}
    count: {type: integer, en: Count, rules: [{that: count < 100, else: Too many}]}
fields:
  begins: {type: integer, en: Begins}
  ends: {type: integer, en: Ends, rules: [{that: ends > begins, else: Too early}]}
  why: {type: text, en: Why, show-when: begins > 5}
  lines: {type: list, of: line, en: Lines}
  total: {type: integer, en: Total, is: sum(lines.count)}
starts:
  - {request: go, en: Go, by: worker, form: [begins, ends, why, lines]}
process:
  - {step: one, by: worker}
  - {end: closed}
"""


def test_rules_conditions_and_what_is_computed() -> None:
    play = Play(compile_pack(RULED)).start(begins="1", ends="3")
    assert problem(play, "ends", "1") == "rule"
    assert problem(play, "why", "So", by="zhou") == "not-asked"
    assert play.refused(c.Correct("zhou", "total", "5", "Mistyped")) == "not-correctable"
    correct(play, "ends", "9")
    correct(play, "begins", "7")
    assert correct(play, "why", "So", by="zhou").state.values["why"] == "So"


def test_a_list_is_corrected_as_a_whole_and_its_rows_keep_their_keys() -> None:
    play = Play(compile_pack(RULED))
    play.start(begins="1", ends="3", lines=[{"item": "a", "count": "1"}])
    (row,) = play.state.values["lines"]
    rows = [{"#": str(row.key), "item": "a", "count": "2"}, {"item": "b", "count": "3"}]
    correct(play, "lines", rows)
    kept, new = play.state.values["lines"]
    assert isinstance(kept, Row)
    assert (kept.key, kept["count"], new["item"]) == (row.key, 2, "b")
    assert play.state.last_row == new.key > row.key
    with pytest.raises(Refused) as refused:
        correct(play, "lines", [{"item": "a", "count": "200"}])
    assert [each.code for each in refused.value.problems] == ["rule"]
