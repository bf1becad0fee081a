"""Deputies 代理人: who does what, while somebody is away, in whose place."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.kernel.engine.playing import DIRECTORY, Play, replay
from tuoban.kernel import commands as c
from tuoban.kernel import events as e
from tuoban.kernel.refusals import Refused
from tuoban.kernel.state import State
from tuoban.kernel.surroundings import Deputy, Directory

STEP = "- {step: a, by: worker}\n- end: closed"
NAMED = "- {step: x, by: worker}\n- {step: y, by: {same-as: x, role: worker}}\n- end: closed"


def away(directory: Directory = DIRECTORY, /, **deputies: str | Deputy | None) -> Directory:
    """The directory while these are away."""
    given = {
        person: Deputy(each) if isinstance(each, str) else each for person, each in deputies.items()
    }
    return replace(directory, away=given)


def holding(play: Play, step: str) -> tuple[str | None, str | None]:
    """Who has the work, and in whose place."""
    return play.item(step).person, play.item(step).for_whom


def recheck(play: Play, directory: Directory) -> Play:
    play.directory = directory
    play.carry_out(c.Recheck())
    return play


# -- what passes to the deputy, and back ----------------------------------------------------------


def test_claimed_work_passes_to_the_deputy_and_goes_back_when_the_absence_ends() -> None:
    play = Play(STEP).start()
    play.carry_out(c.Claim("han", play.item("a").id))
    recheck(play, away(han="li"))
    assert holding(play, "a") == ("li", "han")
    assert play.told() == []
    recheck(play, DIRECTORY)
    assert holding(play, "a") == ("han", None)
    play.do("a", by="han")


def test_what_was_done_stays_done_and_says_in_whose_place() -> None:
    play = Play(STEP).start()
    play.carry_out(c.Claim("han", play.item("a").id))
    recheck(play, away(han="li"))
    play.do("a", by="li")
    recheck(play, DIRECTORY)
    [made] = play.state.completions["a"]
    assert (made.by, made.for_whom, made.whose) == ("li", "han", "han")
    [event] = [each for each in play.journal if isinstance(each, e.ItemCompleted)]
    assert event.for_whom == "han"


def test_a_replay_needs_no_absences() -> None:
    play = Play(NAMED).start()
    play.do("x", by="han")
    recheck(play, away(han="li"))
    play.do("y", by="li")
    assert replay(play.definition, play.journal) == play.state


def test_new_work_that_is_given_to_somebody_away_is_offered_to_their_deputy() -> None:
    play = Play(NAMED).start()
    play.carry_out(c.Claim("han", play.item("x").id))
    play.directory = away(han="li")
    play.do("x", by="li")
    assert holding(play, "y") == ("li", "han")
    recheck(play, DIRECTORY)
    assert holding(play, "y") == ("han", None)


def test_work_in_a_pool_goes_on_as_before() -> None:
    play = Play(STEP, away(han="li")).start()
    assert holding(play, "a") == (None, None)
    play.do("a", by="li")
    assert play.state.completions["a"][0].for_whom is None


def test_without_a_deputy_the_work_stays_and_nobody_is_alarmed() -> None:
    play = Play(STEP).start()
    play.carry_out(c.Claim("han", play.item("a").id))
    recheck(play, away(han=None))
    assert holding(play, "a") == ("han", None)
    assert play.told() == []


def test_who_is_away_is_told_who_does_it() -> None:
    play = Play(STEP).start()
    play.carry_out(c.Claim("han", play.item("a").id))
    recheck(play, away(han="li"))
    assert play.refused(c.Complete("han", play.item("a").id)) == "deputised"


# -- chains and circles ---------------------------------------------------------------------------


def test_where_the_deputy_is_away_too_theirs_does_it() -> None:
    directory = replace(
        DIRECTORY,
        holders={**DIRECTORY.holders, ("worker", "east"): frozenset({"li", "han", "zhou"})},
    )
    play = Play(STEP, directory).start()
    play.carry_out(c.Claim("han", play.item("a").id))
    recheck(play, away(directory, han="li", li="zhou"))
    assert holding(play, "a") == ("zhou", "han")
    recheck(play, away(directory, han="li"))
    assert holding(play, "a") == ("li", "han")


def test_a_circle_of_deputies_leaves_the_work_where_it_is_and_tells_the_head() -> None:
    play = Play(STEP).start()
    play.carry_out(c.Claim("han", play.item("a").id))
    recheck(play, away(han="li", li="han"))
    assert holding(play, "a") == ("han", None)
    assert play.told() == [("nobody", "zhou")]


# -- roles, skills and what the absence gives -----------------------------------------------------


def test_a_deputy_without_the_role_does_it_only_where_the_absence_lets_them() -> None:
    play = Play(STEP).start()
    play.carry_out(c.Claim("han", play.item("a").id))
    recheck(play, away(han="far"))
    assert holding(play, "a") == ("han", None)
    assert play.told() == [("nobody", "zhou")]
    recheck(play, away(han=Deputy("far", empowered=True)))
    assert holding(play, "a") == ("far", "han")
    play.do("a", by="far")


def test_a_deputy_without_the_skill_does_it_only_where_the_absence_lets_them() -> None:
    directory = replace(DIRECTORY, skills={"han": frozenset({"welding"})})
    play = Play(
        "- {step: a, by: {role: worker, skills: [welding]}}\n- end: closed", directory
    ).start()
    play.carry_out(c.Claim("han", play.item("a").id))
    recheck(play, away(directory, han="li"))
    assert holding(play, "a") == ("han", None)
    recheck(play, away(directory, han=Deputy("li", empowered=True)))
    assert holding(play, "a") == ("li", "han")


def test_a_deputy_for_certain_roles_does_the_work_of_no_others() -> None:
    play = Play(
        "- parallel:\n    - {step: a, by: worker}\n    - {step: b, by: checker}\n- end: closed"
    ).start()
    for step in ("a", "b"):
        play.carry_out(c.Claim("li", play.item(step).id))
    recheck(play, away(li=Deputy("han", frozenset({"worker"}))))
    assert holding(play, "a") == ("han", "li")
    assert holding(play, "b") == ("li", None)
    assert play.told() == []


def test_roles_that_exclude_one_another_are_not_lent() -> None:
    directory = replace(DIRECTORY, exclusive=frozenset({("boss", "worker")}))
    play = Play(STEP, directory).start()
    play.carry_out(c.Claim("han", play.item("a").id))
    recheck(play, away(directory, han=Deputy("wang", empowered=True)))
    assert holding(play, "a") == ("han", None)


def test_where_nobody_may_be_given_the_work_nobody_stands_in() -> None:
    play = Play("- {step: a, by: worker, transfer-to: nobody}\n- end: closed").start()
    play.carry_out(c.Claim("han", play.item("a").id))
    recheck(play, away(han="li"))
    assert holding(play, "a") == ("han", None)


# -- whom rules keep apart ------------------------------------------------------------------------

FOUR_EYES = """
- {step: request, by: worker}
- {step: approve, by: {role: boss, in: root(), not: request}}
- end: closed
"""


def test_a_deputy_does_not_approve_their_own_request_in_the_name_of_the_boss() -> None:
    play = Play(FOUR_EYES).start()
    play.do("request", by="li")
    play.carry_out(c.Claim("wang", play.item("approve").id))
    recheck(play, away(wang=Deputy("li", empowered=True)))
    assert holding(play, "approve") == ("wang", None)
    assert play.told() == [("nobody", "zhou")]
    with pytest.raises(Refused, match="not-same-person"):
        play.do("approve", by="li")


def test_who_is_barred_does_not_choose_who_does_it_in_their_place() -> None:
    play = Play(FOUR_EYES).start()
    play.do("request", by="li")
    play.carry_out(c.Claim("wang", play.item("approve").id))
    empowered = {"wang": Deputy("li", empowered=True), "li": Deputy("han", empowered=True)}
    recheck(play, away(**empowered))
    assert holding(play, "approve") == ("wang", None)


def test_neither_the_deputy_nor_whom_they_stood_in_for_may_do_the_other_step() -> None:
    directory = replace(
        DIRECTORY,
        holders={**DIRECTORY.holders, ("boss", "hq"): frozenset({"wang", "li", "han"})},
    )
    play = Play(FOUR_EYES, directory).start()
    play.carry_out(c.Claim("han", play.item("request").id))
    recheck(play, away(directory, han="li"))
    play.do("request", by="li")
    recheck(play, directory)
    item = play.item("approve").id
    assert play.refused(c.Claim("li", item)) == "not-same-person"
    assert play.refused(c.Claim("han", item)) == "not-same-person"
    play.do("approve", by="wang")


JOINT = "- {step: a, by: {role: worker, agree: all}, outcomes: {ok: OK, bad: Bad}}\n- end: closed"


def test_whoever_takes_part_in_joint_work_takes_no_second_part_for_another() -> None:
    play = Play(JOINT, away(han="li")).start()
    held = {(each.person, each.for_whom) for each in play.state.items.values()}
    assert held == {("li", None), ("han", None)}


def test_of_joint_work_a_deputy_takes_the_part_of_whoever_is_away() -> None:
    play = Play(JOINT, away(han=Deputy("zhou", empowered=True))).start()
    held = {(each.person, each.for_whom) for each in play.state.items.values()}
    assert held == {("li", None), ("zhou", "han")}
    for item in tuple(play.state.items.values()):
        play.carry_out(c.Complete(str(item.person), item.id, "ok"))
    assert play.state.status == "ended"


SIGNED = """
- step: a
  by: worker
  signed-by: {role: checker}
- end: closed
"""


def test_a_signer_who_is_away_is_stood_in_for_but_not_by_who_completed_it() -> None:
    play = Play(SIGNED, away(zhou="li")).start()
    play.carry_out(c.Claim("li", play.item("a").id))
    play.do("a", by="li")
    [part] = [each for each in play.state.items.values() if each.part is not None]
    play.carry_out(c.Claim("zhou", part.id))
    part = play.state.items[part.id]
    assert (part.person, part.for_whom) == ("zhou", None)


def test_what_a_deputy_signs_counts_for_both() -> None:
    play = Play(SIGNED).start()
    play.do("a", by="han")
    [part] = [each for each in play.state.items.values() if each.part is not None]
    play.carry_out(c.Claim("zhou", part.id))
    recheck(play, away(zhou="li"))
    whole = play.item("a")
    assert whole.signing is not None
    play.carry_out(c.Sign("li", part.id, whole.signing.shown))
    [signed] = play.state.completions["a"][0].signed
    assert (signed.by, signed.for_whom) == ("li", "zhou")


# -- handing on -----------------------------------------------------------------------------------


def test_what_a_deputy_delegates_comes_back_to_whose_it_is() -> None:
    directory = replace(
        DIRECTORY,
        holders={**DIRECTORY.holders, ("worker", "east"): frozenset({"li", "han", "zhou"})},
    )
    play = Play(STEP, directory).start()
    play.carry_out(c.Claim("han", play.item("a").id))
    recheck(play, away(directory, han="li"))
    play.carry_out(c.Delegate("li", play.item("a").id, "zhou", "knows more"))
    assert play.item("a").delegated_by == "han"
    play.carry_out(c.GetBack("li", play.item("a").id))
    assert holding(play, "a") == ("li", "han")
    play.carry_out(c.Delegate("li", play.item("a").id, "zhou", "knows more"))
    play.directory = directory
    play.do("a", by="zhou")
    assert holding(play, "a") == ("han", None)


def test_nobody_is_asked_about_work_that_is_theirs_while_a_deputy_has_it() -> None:
    play = Play(STEP).start()
    play.carry_out(c.Claim("han", play.item("a").id))
    recheck(play, away(han="li"))
    for before in (True, False):
        with pytest.raises(Refused, match="signs-already"):
            play.carry_out(c.AddSigner("li", play.item("a").id, "han", before, "看一看"))


def test_what_a_deputy_hands_over_is_no_longer_of_whoever_is_away() -> None:
    play = Play(STEP).start()
    play.carry_out(c.Claim("li", play.item("a").id))
    recheck(play, away(li=Deputy("zhou", empowered=True)))
    play.carry_out(c.Transfer("zhou", play.item("a").id, "han", "mine is full"))
    recheck(play, DIRECTORY)
    assert holding(play, "a") == ("han", None)


def test_what_was_taken_back_is_again_of_whoever_it_was() -> None:
    play = Play(NAMED).start()
    play.carry_out(c.Claim("han", play.item("x").id))
    recheck(play, away(han="li"))
    play.do("x", by="li").withdraw("x", by="li")
    assert holding(play, "x") == ("li", "han")


def test_while_a_deputys_work_is_signed_it_stays_with_the_deputy() -> None:
    play = Play(SIGNED).start()
    play.carry_out(c.Claim("han", play.item("a").id))
    recheck(play, away(han="li"))
    play.do("a", by="li")
    recheck(play, DIRECTORY)
    whole = next(each for each in play.state.items.values() if each.part is None)
    assert (whole.person, whole.for_whom) == ("li", "han")
    [part] = [each for each in play.state.items.values() if each.part is not None]
    assert whole.signing is not None
    play.carry_out(c.Sign("zhou", part.id, whole.signing.shown))
    assert play.state.completions["a"][0].whose == "han"


# -- who is away, and loses the work altogether ---------------------------------------------------


def test_who_is_away_and_loses_the_role_has_no_deputy_for_it_either() -> None:
    play = Play(STEP).start()
    play.carry_out(c.Claim("han", play.item("a").id))
    recheck(play, away(han="li"))
    holders = {**DIRECTORY.holders, ("worker", "east"): frozenset({"li"})}
    recheck(play, away(replace(DIRECTORY, holders=holders), han="li"))
    assert holding(play, "a") == (None, None)


def test_a_deputy_who_leaves_gives_the_work_back() -> None:
    play = Play(STEP).start()
    play.carry_out(c.Claim("han", play.item("a").id))
    recheck(play, away(han="li"))
    recheck(play, away(replace(DIRECTORY, people=DIRECTORY.people - {"li"}), han="li"))
    assert holding(play, "a") == ("han", None)


@pytest.mark.parametrize("rule", ["round-robin", "least-loaded"])
def test_work_that_is_handed_out_goes_past_those_who_are_away(rule: str) -> None:
    process = f"- {{step: a, by: {{role: worker, pick: {rule}}}}}\n- end: closed"
    given = Play(process).start().item("a").person
    other = {"han": "li", "li": "han"}[str(given)]
    play = Play(process, away(**{str(given): None})).start()
    assert play.item("a").person == other
    both = Play(process, away(han=Deputy("zhou", empowered=True), li=None)).start()
    assert holding(both, "a") == ("zhou", "han")


# -- a deputy never breaks a rule of four eyes ----------------------------------------------------

PEOPLE = ("li", "han", "zhou", "wang")
ALL_ROLES = replace(
    DIRECTORY, holders={("worker", "east"): frozenset(PEOPLE), ("boss", "hq"): frozenset(PEOPLE)}
)
THREE = """
- {step: request, by: worker}
- {step: check, by: {role: worker, not: request}, signed-by: {role: boss}}
- {step: approve, by: {role: boss, not: [request, check]}}
- end: closed
"""
_person = st.sampled_from(PEOPLE)
_deputy = st.builds(
    Deputy,
    _person,
    st.sampled_from([frozenset[str](), frozenset({"worker"}), frozenset({"boss"})]),
)
_absences: st.SearchStrategy[Mapping[str, Deputy | None]] = st.dictionaries(
    _person, _deputy, max_size=3
)
_wishes = st.sampled_from(["go on", "go on", "go on", "delegate", "transfer"])
_moves = st.lists(st.tuples(_absences, _person, _wishes, _person), min_size=8, max_size=30)


def people_of(state: State, step: str) -> set[str]:
    """Everybody who did a step, in any way that counts."""
    found: set[str | None] = set()
    for made in state.completions.get(step, ()):
        if made.counts:
            found |= {made.by, made.for_whom, *made.delegates}
            for signed in made.signed:
                found |= {signed.by, signed.for_whom}
    return {each for each in found if each is not None}


@settings(max_examples=300)
@given(_moves)
def test_whoever_is_away_and_whoever_their_deputies_are_four_eyes_stay_four_eyes(
    moves: list[tuple[Mapping[str, Deputy | None], str, str, str]],
) -> None:
    play = Play(THREE, ALL_ROLES).start()
    for absences, person, what, other in moves:
        recheck(play, replace(ALL_ROLES, away=absences))
        for item in tuple(play.state.items.values()):
            if play.state.status != "running":
                return
            try:
                play.carry_out(_wish(play, item.id, person, what, other))
            except Refused:
                continue
        request, check = people_of(play.state, "request"), people_of(play.state, "check")
        approve = people_of(play.state, "approve")
        assert not request & check
        assert not approve & (request | check)
        for made in play.state.completions.get("check", ()):
            for each in made.signed:
                assert not {each.by, each.for_whom or each.by} & {made.by, made.whose}
    assert replay(play.definition, play.journal) == play.state


def _wish(play: Play, number: int, person: str, what: str, other: str) -> c.Command:
    """What is tried with a piece of work: whoever comes first takes it, and whoever has it goes on
    with it or hands it on."""
    item = play.state.items.get(number)
    holder = item.person if item is not None else None
    if item is None or holder is None:
        return c.Claim(person, number)
    if what == "delegate":
        return c.Delegate(holder, number, other, "away")
    if what == "transfer":
        return c.Transfer(holder, number, other, "away")
    if item.part is not None:
        whole = play.state.items[item.part.of]
        return c.Sign(holder, number, whole.signing.shown if whole.signing is not None else "")
    return c.Complete(holder, number)
