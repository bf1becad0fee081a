"""`agree`: steps that several people do together."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tests.kernel.engine.playing import DIRECTORY, Play
from tuoban.kernel import commands as c
from tuoban.kernel import events as e
from tuoban.kernel.refusals import Refused
from tuoban.kernel.surroundings import Directory

FIVE = ("a1", "b2", "c3", "d4", "e5")
BOARD = replace(
    DIRECTORY,
    holders={**DIRECTORY.holders, ("checker", "east"): frozenset(FIVE)},
    people=DIRECTORY.people | set(FIVE),
)
VOTE = """
- step: vote
  by: {role: checker, agree: AGREE}
  outcomes: {yes: For, no: Against, abstain: Abstains}
  fields: {why: {type: text, en: Why}}
  form: [why]
  returns-to: [draft]
- {step: after, by: worker}
- end: closed
"""


def voting(agree: str, before: str = "") -> Play:
    first = before or "- {step: draft, by: worker}"
    return Play(first + VOTE.replace("AGREE", agree), directory=BOARD).start().do("draft")


def part(play: Play, person: str) -> int:
    return next(
        item.id
        for item in play.state.items.values()
        if item.node == "vote" and item.person == person
    )


def vote(play: Play, person: str, outcome: str) -> None:
    data = {"why": person}
    play.carry_out(c.Complete(person, part(play, person), outcome, data))


def without(*people: str) -> Directory:
    left = frozenset(FIVE) - set(people)
    return replace(BOARD, holders={**BOARD.holders, ("checker", "east"): left})


def outcome_of(play: Play) -> str | None:
    made = play.state.newest("vote")
    return made.outcome if made is not None else None


def test_everybody_who_may_do_it_gets_a_part() -> None:
    play = voting("all")
    parts = [item for item in play.state.items.values() if item.node == "vote"]
    assert [item.person for item in parts] == list(FIVE)


@pytest.mark.parametrize(
    ("agree", "votes", "outcome"),
    [
        ("all", "yyyyy", "yes"),
        ("all", "yyn", "no"),
        ("any", "y", "yes"),
        ("any", "nnny", "yes"),
        ("any", "nnnnn", "no"),
        ("2", "nyny", "yes"),
        ("2", "ynnnn", "no"),
        ("9", "yyyyy", "yes"),
        ("60 %", "yyny", "yes"),
        ("60%", "nyyn", None),
        ("60 %", "nyynn", "no"),
        ("60 %", "aan", "no"),
        ("1 %", "ny", "yes"),
        ("100 %", "yyyyn", "no"),
    ],
)
def test_it_is_done_once_enough_agree_or_no_longer_can(
    agree: str, votes: str, outcome: str | None
) -> None:
    play = voting(agree)
    words = {"y": "yes", "n": "no", "a": "abstain"}
    for person, letter in zip(FIVE, votes, strict=False):
        assert "vote" in play.open()
        vote(play, person, words[letter])
    if outcome is None:
        assert "vote" in play.open()
        return
    assert play.open() == {"after"}
    assert outcome_of(play) == outcome
    told = [each for each in play.journal if isinstance(each, e.ItemWithdrawn)]
    assert [each.person for each in told] == list(FIVE[len(votes) :])


def test_while_it_is_not_decided_it_is_not_done() -> None:
    play = Play(
        """
        - parallel:
            - {step: draft, by: worker}
            - step: vote
              by: {role: checker, agree: all}
              outcomes: {yes: For, no: Against}
              fields: {why: {type: text, en: Why}}
              form: [why]
            - {step: file, by: worker, needs: [vote, {that: 'vote.outcome = "yes"', else: Not yet}]}
        - end: closed
        """,
        directory=BOARD,
    ).start()
    vote(play, "a1", "yes")
    assert play.item("file").locked == (0, 1)
    for person in FIVE[1:]:
        vote(play, person, "yes")
    assert play.item("file").locked is None


def test_each_has_one_part_and_no_other() -> None:
    play = voting("all")
    with pytest.raises(Refused, match="held-by-other"):
        play.carry_out(c.Complete("a1", part(play, "b2"), "yes", {}))
    with pytest.raises(Refused, match="takes-part"):
        play.carry_out(c.Transfer("a1", part(play, "a1"), "b2", "ill"))
    vote(play, "b2", "yes")
    with pytest.raises(Refused, match="takes-part"):
        play.carry_out(c.Transfer("a1", part(play, "a1"), "b2", "ill"))


def test_a_part_that_was_put_back_waits_for_somebody_who_has_none() -> None:
    play = voting("all")
    held = {**BOARD.holders, ("checker", "east"): frozenset((*FIVE, "f6", "g7"))}
    play.directory = replace(BOARD, holders=held, people=BOARD.people | {"f6", "g7"})
    number = part(play, "a1")
    play.carry_out(c.Transfer("a1", number, "f6", "ill"))
    play.carry_out(c.Release("f6", number))
    with pytest.raises(Refused, match="takes-part"):
        play.carry_out(c.Claim("b2", number))
    play.carry_out(c.Claim("g7", number))
    vote(play, "g7", "yes")


def test_whoever_loses_the_role_loses_their_part_and_counts_no_more() -> None:
    play = voting("all")
    for person in ("a1", "b2", "c3"):
        vote(play, person, "yes")
    play.directory = without("d4")
    play.carry_out(c.Recheck())
    assert [i.person for i in play.state.items.values()] == ["e5"]
    vote(play, "e5", "yes")
    assert outcome_of(play) == "yes"


def test_it_may_be_decided_by_somebody_losing_the_role() -> None:
    play = voting("60 %")
    vote(play, "a1", "no")
    vote(play, "b2", "yes")
    vote(play, "c3", "yes")
    play.directory = without("d4", "e5")
    play.carry_out(c.Recheck())
    assert play.open() == {"after"}
    assert outcome_of(play) == "yes"
    decided = next(each for each in play.journal if isinstance(each, e.JointlyDecided))
    assert (decided.agreed, decided.needed, decided.total) == (2, 2, 3)


def test_the_side_that_carried_it_speaks_for_the_step() -> None:
    play = voting("60 %")
    for person, outcome in (("a1", "yes"), ("b2", "yes"), ("c3", "no")):
        vote(play, person, outcome)
    play.directory = without("d4", "e5")
    play.carry_out(c.Recheck())
    assert outcome_of(play) == "yes"


def test_the_last_part_is_never_lost() -> None:
    play = voting("all")
    play.directory = without(*FIVE)
    play.carry_out(c.Recheck())
    (item,) = play.state.items.values()
    assert (item.person, item.pools) == (None, (("checker", "east"), ("checker", "hq")))
    assert ("nobody", "zhou") in play.told()


def test_where_nobody_may_do_it_one_part_waits() -> None:
    play = Play(
        "- {step: draft, by: worker}" + VOTE.replace("AGREE", "all"), directory=without(*FIVE)
    )
    play.start().do("draft")
    assert play.item("vote").person is None
    play.directory = BOARD
    play.carry_out(c.Claim("a1", play.item("vote").id))
    vote(play, "a1", "yes")
    assert play.open() == {"after"}


def test_whoever_is_forbidden_takes_no_part() -> None:
    process = """
- {step: draft, by: checker}
- {step: vote, by: {role: checker, agree: all, not: draft}}
- end: closed
"""
    play = Play(process, directory=BOARD).start().do("draft", by="a1")
    assert [item.person for item in play.state.items.values()] == list(FIVE[1:])
    for person in FIVE[1:]:
        play.carry_out(c.Complete(person, part(play, person), None, {}))
    assert play.state.outcome == "closed"


def test_whoever_did_a_part_did_the_step() -> None:
    process = """
- {step: vote, by: {role: checker, agree: 2}}
- {step: after, by: {role: checker, not: vote}}
- end: closed
"""
    play = Play(process, directory=BOARD).start()
    for person in ("a1", "b2"):
        play.carry_out(c.Complete(person, part(play, person), None, {}))
    for person in ("a1", "b2"):
        with pytest.raises(Refused, match="not-same-person"):
            play.do("after", by=person)
    play.do("after", by="c3")


def test_sent_back_all_parts_are_withdrawn_and_given_anew() -> None:
    play = voting("all")
    vote(play, "a1", "yes")
    play.carry_out(c.Return("b2", part(play, "b2"), "draft", "unclear"))
    assert play.open() == {"draft"}
    play.do("draft")
    for person in FIVE:
        vote(play, person, "yes")
    assert play.open() == {"after"}
    assert outcome_of(play) == "yes"


TWO_ROLES = replace(
    BOARD,
    holders={
        ("boss", "hq"): frozenset({"9", "10"}),
        ("checker", "east"): frozenset({"7", "21", "10"}),
        ("worker", "east"): frozenset({"li"}),
    },
    people=frozenset({"li", "zhou", "7", "9", "10", "21"}),
)


def in_turn(agree: str = "all") -> Play:
    written = VOTE.replace(
        "role: checker, agree: AGREE", f"ROLES, agree: {agree}, one-by-one: true"
    )
    written = written.replace("ROLES", "role: [boss, checker]")
    return Play("- {step: draft, by: worker}" + written, directory=TWO_ROLES).start().do("draft")


def asked(play: Play) -> list[str | None]:
    return [each.person for each in play.journal if isinstance(each, e.ItemOffered)][1:]


def test_one_by_one_they_are_asked_as_the_roles_are_listed_then_by_age() -> None:
    play = in_turn()
    for person in ("9", "10", "7", "21"):
        assert asked(play)[-1] == person
        assert [each.person for each in play.state.items.values()] == [person]
        vote(play, person, "yes")
    assert play.open() == {"after"}
    decided = next(each for each in play.journal if isinstance(each, e.JointlyDecided))
    assert (decided.agreed, decided.needed, decided.total) == (4, 4, 4)


def test_one_by_one_whoever_could_change_nothing_is_not_asked() -> None:
    play = in_turn("50 %")
    vote(play, "9", "yes")
    vote(play, "10", "yes")
    assert play.open() == {"after"}
    assert outcome_of(play) == "yes"
    play = in_turn("all")
    vote(play, "9", "no")
    assert outcome_of(play) == "no"
    assert asked(play) == ["9", None]


def test_one_by_one_the_next_is_asked_where_somebody_loses_the_role() -> None:
    play = in_turn()
    play.directory = replace(
        TWO_ROLES, holders={**TWO_ROLES.holders, ("boss", "hq"): frozenset({"10"})}
    )
    play.carry_out(c.Recheck())
    assert asked(play) == ["9", "10"]
    held = {**TWO_ROLES.holders, ("boss", "hq"): frozenset({"10", "44"})}
    play.directory = replace(TWO_ROLES, holders=held, people=TWO_ROLES.people | {"44"})
    for person in ("10", "44", "7", "21"):
        vote(play, person, "yes")
    decided = next(each for each in play.journal if isinstance(each, e.JointlyDecided))
    assert (decided.agreed, decided.total) == (4, 4)


def test_one_by_one_the_last_who_may_is_decided_without() -> None:
    play = in_turn("all")
    for person in ("9", "10", "7"):
        vote(play, person, "yes")
    held = {**TWO_ROLES.holders, ("checker", "east"): frozenset({"7"})}
    play.directory = replace(TWO_ROLES, holders=held)
    play.carry_out(c.Recheck())
    assert play.open() == {"after"}


def test_one_by_one_it_waits_for_somebody_where_nobody_may() -> None:
    play = in_turn()
    play.directory = replace(TWO_ROLES, holders={("worker", "east"): frozenset({"li"})})
    play.carry_out(c.Recheck())
    (item,) = play.state.items.values()
    assert item.person is None
    play.directory = TWO_ROLES
    play.carry_out(c.Claim("7", item.id))
    vote(play, "7", "yes")
    assert asked(play)[-1] == "9"
