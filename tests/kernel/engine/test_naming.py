"""`pick: named`: whoever completes the step before names who does the next."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tests.kernel.engine.playing import DIRECTORY, Play, define
from tuoban.kernel import commands as c
from tuoban.kernel.refusals import Refused

ROW = """
- {step: one, by: worker, outcomes: {on_: On, off_: Off}}
- step: two
  by: {role: checker, pick: named, not: one}
  when: one.outcome = "on_"
  returns-to: [one]
- end: closed
"""


def done(play: Play, person: str | None, outcome: str = "on_", by: str = "han") -> None:
    named = {} if person is None else {"two": person}
    play.carry_out(c.Complete(by, play.item("one").id, outcome, named=named))


def refused_at(play: Play, person: str | None, by: str = "han") -> tuple[str, str]:
    with pytest.raises(Refused) as refused:
        done(play, person, by=by)
    (problem,) = refused.value.problems
    return problem.code, problem.place


def test_the_one_named_gets_the_step() -> None:
    play = Play(ROW).start()
    done(play, "zhou")
    item = play.item("two")
    assert (item.person, item.assigned) == ("zhou", True)
    assert play.refused(c.Release("zhou", item.id)) == "assigned"
    assert play.do("two", by="zhou").state.outcome == "closed"


def test_a_name_is_asked_for_where_the_step_comes_next_and_only_there() -> None:
    play = Play(ROW).start()
    assert refused_at(play, None) == ("performer-missing", "performer:two")
    done(play, None, "off_")
    assert play.state.outcome == "closed"


def test_only_who_may_do_it_is_named() -> None:
    play = Play(ROW).start()
    assert refused_at(play, "wang") == ("performer-unfit", "performer:two")
    assert refused_at(play, "ghost") == ("not-person", "performer:two")
    assert refused_at(play, "li", by="li") == ("performer-unfit", "performer:two")
    with pytest.raises(Refused, match="invalid"):
        play.carry_out(c.Complete("han", 1, "on_", named={"three": "zhou"}))


def test_whoever_is_sent_back_to_may_name_another() -> None:
    play = Play(ROW).start()
    done(play, "zhou")
    play.send_back("two", "one", by="zhou")
    done(play, "li")
    assert play.item("two").person == "li"


def test_work_lies_in_its_pool_where_nobody_was_asked() -> None:
    play = Play(ROW).start()
    play.carry_out(c.Jump("wang", 1, "two", "urgent"))
    item = play.item("two")
    assert item.person is None
    assert item.pools == (("checker", "east"),)


def test_where_nobody_could_be_named_the_head_is_told_as_ever() -> None:
    play = Play(ROW.replace("role: checker", "role: ghost")).start()
    done(play, None)
    assert play.item("two").person is None
    assert ("nobody", "zhou") in play.told()


def test_whoever_loses_the_role_loses_the_work() -> None:
    play = Play(ROW).start()
    done(play, "zhou")
    play.directory = replace(
        DIRECTORY, holders={**DIRECTORY.holders, ("checker", "east"): frozenset({"li"})}
    )
    play.carry_out(c.Recheck())
    assert play.item("two").person is None


def test_what_is_named_earlier_stands_until_the_step_comes() -> None:
    play = Play("""
    - parallel:
        - {step: one, by: worker}
        - {step: other, by: worker}
    - {step: two, by: {role: checker, pick: named}}
    - end: closed
    """).start()
    play.carry_out(c.Complete("han", play.item("one").id, named={"two": "zhou"}))
    play.do("other", by="li")
    assert play.item("two").person == "zhou"


def test_what_was_signed_since_asks_for_no_name_but_keeps_the_one_given() -> None:
    text = """
    - {step: one, by: worker, signed-by: boss}
    - {step: two, by: {role: checker, pick: named}}
    - end: closed
    """
    for person in ("zhou", None):
        play = Play(text).start()
        named = {} if person is None else {"two": person}
        play.carry_out(c.Complete("han", 1, named=named))
        signing = play.item("one").signing
        assert signing is not None
        play.carry_out(c.Sign("wang", 2, signing.shown))
        assert play.item("two").person == person


@pytest.mark.parametrize(
    ("process", "namers"),
    [
        ("- {step: a, by: worker}\n- {wait: w, for: 1 hours}\n- NEXT", ("a",)),
        ("- {step: a, by: worker}\n- {step: b, by: worker, when: good}\n- NEXT", ("a", "b")),
        (
            "- parallel:\n    - {step: a, by: worker}\n    - {step: b, by: worker}\n- NEXT",
            ("a", "b"),
        ),
        (
            "- {step: a, by: worker}\n- choose:\n    - when: good\n      then: "
            "[{step: b, by: worker}]\n- NEXT",
            ("a", "b"),
        ),
        (
            "- {step: a, by: worker}\n- choose:\n    - when: good\n      then: "
            "[{step: b, by: worker}]\n    - otherwise: [{step: d, by: worker}]\n- NEXT",
            ("b", "d"),
        ),
        (
            "- {step: a, by: worker}\n- repeat: r\n  until: good\n  steps:\n    - NEXT\n"
            "    - {step: b, by: worker, form: [good]}",
            ("a", "b"),
        ),
        (
            "- plan: p\n  steps:\n    - {step: a, by: worker}\n    - {step: b, by: worker}\n"
            "    - {step: two, by: {role: checker, pick: named}, needs: [a]}",
            ("a",),
        ),
    ],
)
def test_who_stands_before(process: str, namers: tuple[str, ...]) -> None:
    text = process.replace("NEXT", "{step: two, by: {role: checker, pick: named}}")
    assert define(text + "\n- end: closed\n").namers == {"two": namers}
