"""Papers: asked for, handed in, made, handed on, given back, struck out."""

from __future__ import annotations

from textwrap import dedent, indent
from typing import Any

import pytest

from tests.kernel.engine.playing import HEADER, ZONE, Play, replay
from tuoban.kernel import commands as c
from tuoban.kernel import events as e
from tuoban.kernel.codec import decode, encode
from tuoban.kernel.engine import demands
from tuoban.kernel.language import compile_pack
from tuoban.kernel.names import Names
from tuoban.kernel.papers import NONE, Sheets
from tuoban.kernel.refusals import Problem, Refused

DECLARED = """
papers:
  diploma: {en: Diploma, originals: 1, copies: 3, from: customer, when: kind = "hard"}
  birth: {en: Birth certificate, from: customer, per: children, when: young}
  photo: {en: Photo, originals: 'if kind = "hard" then 2 else 1', from: customer, returned: leave}
  permit: {en: Permit, made-by: collect, hand-to: {customer: original}}
  deed: {en: Deed, copies: 1, from: customer}
  lease: {en: Lease, originals: 1, from: customer, hand-to: boss}
"""
LINE = """
- {step: collect, by: worker, papers: [diploma, birth, photo]}
- step: check
  by: checker
  papers: [permit, {one-of: [deed, lease]}, {paper: diploma, when: good}]
  form: [good]
  outcomes: {fine: Fine, lacking: {en: Lacking, unsigned: true}}
  returns-to: [collect]
- {step: leave, by: worker, needs: [{that: permit.received, else: No permit}]}
- end: closed
"""
HARD: dict[str, Any] = {
    "kind": "hard",
    "children": [{"name": "Ann", "young": "true"}, {"name": "Bob", "young": "false"}],
}


WITH_CHILDREN = HEADER.replace(
    "fields:\n",
    "records:\n  child: {name: {type: text, en: Name}, young: {type: boolean, en: Young}}\n"
    "fields:\n  children: {type: list, of: child, en: Children}\n",
).replace("form: [kind,", "form: [children, kind,")


def play(process: str = LINE) -> Play:
    header = WITH_CHILDREN.replace("starts:\n", f"{DECLARED.strip()}\nstarts:\n")
    return Play(compile_pack(header + indent(dedent(process).strip("\n"), "  ") + "\n"))


def complete(
    case: Play,
    step: str,
    papers: dict[str, tuple[Any, Any]] | None = None,
    by: str = "li",
    outcome: str | None = None,
    **data: Any,
) -> Play:
    item = case.item(step).id
    case.carry_out(c.Complete(by, item, outcome, data, papers=papers or {}))
    return case


def problems(case: Play, step: str, by: str = "li", **words: Any) -> dict[str, str]:
    """The codes of the problems that completing a step meets, by their places."""
    with pytest.raises(Refused) as refused:
        complete(case, step, by=by, **words)
    return {each.place: each.code for each in refused.value.problems}


def whole(case: Play) -> dict[str, demands.Standing]:
    names = Names(case.definition, case.state, {}, ZONE)
    return {each.demand.key: each for each in demands.sheet(case.definition, case.state, names)}


def there(case: Play, key: str) -> Sheets:
    return whole(case)[key].demand.there


def collected() -> Play:
    given = {"diploma": ("1", "3"), "birth.1": ("1", ""), "photo": (2, 0)}
    return complete(play().start(**HARD), "collect", given)


def test_a_step_is_not_completed_while_papers_are_missing_and_each_is_named() -> None:
    case = play().start(**HARD)
    with pytest.raises(Refused) as refused:
        complete(case, "collect", {"diploma": ("1", "1")})
    first, *others = refused.value.problems
    assert first.read("en") == (
        "Diploma: missing 2 copies (needed 1 original and 3 copies; there: 1 original and 1 copy)."
    )
    assert first.read("zh") == (
        "Diploma：还缺复印件 2 份（需要原件 1 份、复印件 3 份；现有：原件 1 份、复印件 1 份）。"
    )
    assert [each.place for each in (first, *others)] == [
        "paper:diploma",
        "paper:birth.1",
        "paper:photo",
    ]
    assert others[0].read("en").startswith("Ann: Birth certificate: missing 1 original")
    assert case.state.papers == {}


def test_what_is_asked_for_follows_the_case_as_it_is() -> None:
    case = play().start(kind="easy", children=[])
    assert problems(case, "collect") == {"paper:photo": "paper-missing"}
    complete(case, "collect", {"photo": ("1", "")})
    assert case.open() == {"check"}


def test_papers_come_before_the_step_is_open_and_over_several_days() -> None:
    case = play().start(**HARD)
    case.carry_out(c.HandIn("li", "deed", copies="1", note="by post"))
    case.carry_out(c.HandIn("li", "diploma", originals="1"))
    complete(case, "collect", {"diploma": ("", "3"), "birth.1": ("1", ""), "photo": ("2", "")})
    complete(case, "check", by="zhou", outcome="fine")
    received = [each for each in case.journal if isinstance(each, e.PaperReceived)]
    assert [(each.paper, each.row, each.originals, each.copies) for each in received] == [
        ("deed", 0, 0, 1),
        ("diploma", 0, 1, 0),
        ("diploma", 0, 0, 3),
        ("birth", 1, 1, 0),
        ("photo", 0, 2, 0),
    ]
    assert [each.item for each in received] == [0, 0, 1, 1, 1]
    assert received[0].note == "by post"


def test_of_a_choice_one_paper_is_enough() -> None:
    case = collected()
    assert {"deed", "lease"} <= whole(case).keys()
    assert problems(case, "check", "zhou", outcome="fine") == {"paper:deed": "papers-one-of"}
    complete(case, "check", {"lease": ("1", "")}, by="zhou", outcome="fine")
    assert "lease" in whole(case)
    assert "deed" not in whole(case)
    assert case.open() == {"leave"}


def test_a_condition_is_judged_with_what_is_being_entered() -> None:
    case = play().start(**HARD)
    case.carry_out(c.HandIn("li", "diploma", 1, 3))
    complete(case, "collect", {"birth.1": (1, 0), "photo": (2, 0)})
    case.carry_out(c.HandOn("li", "diploma", "boss", copies=2))
    found = problems(case, "check", "zhou", outcome="fine", papers={"deed": (0, 1)}, good="true")
    assert found == {"paper:diploma": "paper-missing"}
    complete(case, "check", {"deed": (0, 1)}, by="zhou", outcome="fine", good="false")


def test_an_outcome_that_asks_for_no_signatures_asks_for_no_papers() -> None:
    case = collected()
    complete(case, "check", by="zhou", outcome="lacking")
    assert case.open() == {"leave"}


def test_what_a_step_makes_is_there_once_it_is_done_and_falls_with_it() -> None:
    case = play().start(**HARD)
    assert case.refused(c.HandIn("li", "permit", 1)) == "paper-made"
    assert there(case, "permit") == NONE
    complete(case, "collect", {"diploma": (1, 3), "birth.1": (1, 0), "photo": (2, 0)})
    assert there(case, "permit") == Sheets(1)
    case.send_back("check", "collect", "zhou")
    assert there(case, "permit") == NONE


def test_sent_back_what_came_with_the_step_stands_as_a_draft() -> None:
    case = play().start(**HARD)
    case.carry_out(c.HandIn("li", "diploma", 1, 3))
    complete(case, "collect", {"birth.1": (1, 0), "photo": (2, 0)})
    case.send_back("check", "collect", "zhou")
    # What came by itself is still there.
    assert there(case, "diploma") == Sheets(1, 3)
    assert there(case, "photo") == NONE
    assert problems(case, "collect") == {
        "paper:birth.1": "paper-missing",
        "paper:photo": "paper-missing",
    }
    complete(case, "collect", {"birth.1": (1, 0), "photo": (2, 0)})
    assert there(case, "photo") == Sheets(2)


def test_papers_are_handed_on_and_no_more_than_there_is() -> None:
    case = collected()
    assert [(each.role, each.sheets, each.back) for each in whole(case)["permit"].onward] == [
        ("customer", Sheets(1), False)
    ]
    assert case.refused(c.HandOn("li", "permit", "customer", 2)) == "papers-not-there"
    assert case.refused(c.HandOn("li", "permit", "nobody", 1)) == "unknown-receiver"
    case.carry_out(c.HandOn("li", "permit", "customer", 1))
    assert whole(case)["permit"].onward == ()
    # What is not there any more is missing again, and may be brought.
    assert "paper:permit" in problems(case, "check", "zhou", outcome="fine")
    case.carry_out(c.HandIn("li", "permit", 1))
    assert there(case, "permit") == Sheets(1)


def test_originals_that_go_back_hold_the_step_by_which_they_must_have() -> None:
    case = complete(collected(), "check", {"deed": (0, 1)}, by="zhou", outcome="fine")
    assert problems(case, "leave") == {"paper:photo": "paper-to-give-back"}
    (onward,) = whole(case)["photo"].onward
    assert (onward.role, onward.sheets, onward.back) == ("customer", Sheets(2), True)
    case.carry_out(c.HandOn("li", "photo", "customer", 1))
    assert problems(case, "leave") == {"paper:photo": "paper-to-give-back"}
    case.carry_out(c.HandOn("li", "photo", "customer", 1))
    complete(case, "leave")
    assert case.state.status == "ended"


def test_an_original_that_was_elsewhere_and_came_again_goes_back_once() -> None:
    case = complete(collected(), "check", {"deed": (0, 1)}, by="zhou", outcome="fine")
    case.carry_out(c.HandOn("li", "photo", "boss", 1))
    case.carry_out(c.HandIn("li", "photo", 1, note="back from the boss"))
    (onward,) = whole(case)["photo"].onward
    assert (onward.role, onward.sheets) == ("customer", Sheets(2))
    case.carry_out(c.HandOn("li", "photo", "customer", 2))
    complete(case, "leave")
    assert case.state.status == "ended"


def test_an_ended_case_takes_in_nothing_and_hands_on_what_is_there() -> None:
    case = complete(collected(), "check", {"lease": (1, 0)}, by="zhou", outcome="fine")
    case.carry_out(c.HandOn("li", "photo", "customer", 2))
    complete(case, "leave")
    assert case.refused(c.HandIn("li", "deed", 0, 1)) == "case-over"
    case.carry_out(c.HandOn("li", "lease", "boss", 1))
    assert there(case, "lease") == NONE


def test_a_mistake_is_struck_out_with_a_reason_by_whoever_made_it() -> None:
    case = play().start(**HARD)
    case.carry_out(c.HandIn("han", "deed", copies="9"))
    number = case.state.papers["deed"][0].number
    assert case.refused(c.StrikePaper("li", number, "Mistyped")) == "not-to-handle"
    assert case.refused(c.StrikePaper("han", number, " ")) == "reason-missing"
    case.carry_out(c.HandOn("han", "deed", "boss", copies=1))
    assert case.refused(c.StrikePaper("han", number, "Mistyped")) == "paper-went-on"
    case.carry_out(c.StrikePaper("wang", case.state.papers["deed"][1].number, "It is here"))
    case.carry_out(c.StrikePaper("han", number, "Mistyped"))
    assert there(case, "deed") == NONE
    assert case.refused(c.StrikePaper("han", number, "Mistyped")) == "unknown-move"


def test_who_may_take_papers_in() -> None:
    case = play().start(**HARD)
    assert case.refused(c.HandIn("far", "diploma", 1)) == "not-to-handle"
    case.carry_out(c.HandIn("zhou", "deed", copies=1))  # does the step that asks for it
    case.carry_out(c.HandIn("han", "deed", copies=1))  # records for whoever brings it
    case.carry_out(c.HandIn("wang", "deed", copies=1))  # is in charge
    assert there(case, "deed") == Sheets(0, 3)


@pytest.mark.parametrize("written", ["-1", "1.5", "x", "1000", "²"])
def test_numbers_are_whole_and_not_many(written: str) -> None:
    case = play().start(**HARD)
    with pytest.raises(Refused) as refused:
        case.carry_out(c.HandIn("li", "deed", originals=written))
    assert [(each.place, each.code) for each in refused.value.problems] == [
        ("originals", "paper-count")
    ]
    found = problems(case, "collect", papers={"photo": ("2", written)})
    assert found["paper:photo:copies"] == "paper-count"


def test_something_must_be_handed_in() -> None:
    case = play().start(**HARD)
    with pytest.raises(Refused) as refused:
        case.carry_out(c.HandIn("li", "deed", "", "0"))
    assert refused.value.problems == (Problem("paper-nothing", "originals"),)
    assert case.refused(c.HandIn("li", "passport", 1)) == "unknown-paper"
    assert case.refused(c.HandIn("li", "birth", 1, row=2)) == "unknown-paper"


def test_a_step_takes_in_what_it_asks_for_alone() -> None:
    case = play().start(**HARD)
    found = problems(case, "collect", papers={"deed": (0, 1), "birth.2": (1, 0)})
    assert (found["paper:deed"], found["paper:birth.2"]) == ("paper-not-asked", "paper-not-asked")


def test_expressions_read_what_is_there() -> None:
    case = complete(collected(), "check", {"deed": (0, 1)}, by="zhou", outcome="fine")
    names = Names(case.definition, case.state, {}, ZONE)
    diploma = names["diploma"]
    assert (diploma["received"], diploma["originals"], diploma["copies"]) == (True, 1, 3)
    assert diploma["at"] == case.at
    assert names["photo"]["returned"] is False
    assert names["lease"]["received"] is False
    case.carry_out(c.HandOn("li", "permit", "customer", 1))
    assert case.item("leave").locked == (0,)


def test_inside_an_each_the_row_that_is_worked_on_is_asked_for() -> None:
    case = play(
        """
        - each: child
          in: children
          steps: [{step: look, by: worker, papers: [birth]}]
        - {step: collect, by: worker}
        - {step: leave, by: worker}
        - end: closed
        """
    ).start(children=[{"name": "Ann", "young": "true"}, {"name": "Eve", "young": "true"}])
    first, second = case.state.items.values()
    found: list[str] = []
    for item in (first, second):
        with pytest.raises(Refused) as refused:
            case.carry_out(c.Complete("li", item.id))
        found += [each.place for each in refused.value.problems]
    assert found == ["paper:birth.1", "paper:birth.2"]


def test_a_paper_of_a_step_that_was_passed_over_is_not_asked_for() -> None:
    case = play(
        """
        - {step: collect, by: worker, when: kind = "hard"}
        - {step: check, by: worker, papers: [permit]}
        - {step: leave, by: worker}
        - end: closed
        """
    )
    complete(case.start(kind="easy"), "check")
    assert "permit" not in whole(case)


def test_a_delegate_takes_papers_in_for_whoever_completes_the_step() -> None:
    case = play().start(kind="easy", children=[])
    item = case.item("collect").id
    case.carry_out(c.Claim("li", item))
    case.carry_out(c.Delegate("li", item, "han", "away"))
    complete(case, "collect", {"photo": (1, 0)}, by="han")
    complete(case, "collect", by="li")
    assert case.open() == {"check"}


def test_states_and_journals_with_papers_are_written_and_read() -> None:
    case = complete(collected(), "check", {"deed": (0, 1)}, by="zhou", outcome="fine")
    case.carry_out(c.HandOn("li", "photo", "customer", 1, note="signed for"))
    assert decode(encode(case.state)) == case.state
    journal = [decode(encode(each)) for each in case.journal]
    assert replay(case.definition, journal) == case.state


CALLED = """
- {call: admit, as: one, with: {pupils: children}, en: One}
- repeat: again
  until: two.count > 1
  at-most: 2
  steps: [{call: admit, as: two, en: Two}]
- {step: leave, by: worker, papers: [permit, letter, {paper: deed, when: one.outcome = "in"}]}
- end: closed
processes:
  admit:
    en: Admit
    fields: {pupils: {type: list, of: child, en: Pupils}, strict: {type: boolean, en: Strict}}
    papers:
      vaccine: {en: Vaccine, from: customer, per: pupils, when: young or strict}
      slip: {en: Slip, made-by: judge, hand-to: customer, originals: if strict then 2 else 1}
    steps:
      - {step: fill, by: worker, form: [pupils, {field: strict}]}
      - {step: gather, by: worker, papers: all}
      - {step: judge, by: worker, when: vaccine.received, returns-to: [gather]}
      - {step: give, by: worker, papers: [slip], returns-to: [judge]}
      - {end: in, en: In}
"""


def called(written: str = CALLED) -> Play:
    process, _, processes = written.partition("processes:\n")
    declared = (
        "papers:\n  permit: {en: Permit, made-by: one.judge}\n"
        "  letter: {en: Letter, from: customer}\n  deed: {en: Deed, from: customer}\n"
        f"processes:\n{processes}"
    )
    header = WITH_CHILDREN.replace("starts:\n", f"{declared}starts:\n")
    return Play(compile_pack(header + indent(process.strip("\n"), "  ") + "\n"))


def test_a_called_process_asks_for_papers_of_the_case_and_of_its_own_lists() -> None:
    case = called().start(children=[{"name": "Ann"}, {"name": "Bob", "young": "true"}])
    keys = [key for key in whole(case) if key.startswith("one.")]
    assert (keys[1:], len(keys)) == (["one.slip"], 2)
    bob = keys[0]
    assert whole(case)[bob].demand.label.en == "Bob: One: Vaccine"
    case.do("one.fill")
    assert problems(case, "one.gather") == {
        "paper:letter": "paper-missing",
        "paper:deed": "paper-missing",
        f"paper:{bob}": "paper-missing",
    }
    complete(case, "one.gather", {"letter": (1, 0), "deed": (1, 0), bob: (1, 0)})
    assert (there(case, "one.slip"), there(case, "permit")) == (NONE, NONE)
    case.do("one.judge")
    assert (there(case, "one.slip"), there(case, "permit")) == (Sheets(1, 0), Sheets(1, 0))
    case.carry_out(c.HandOn("li", "one.slip", to="customer", originals="1"))
    assert problems(case, "one.give") == {"paper:one.slip": "paper-missing"}
    case.send_back("one.give", "one.judge")
    assert there(case, "permit") == NONE


def test_a_step_outside_asks_for_papers_of_a_called_process() -> None:
    asked = CALLED.replace("[permit, letter,", "[one.vaccine, {one-of: [two.slip, letter]},")
    case = called(asked).start(children=[{"name": "Bob", "young": "true"}])
    bob = next(key for key in whole(case) if key.startswith("one.vaccine"))
    given: dict[str, Any] = {"letter": (1, 0), "deed": (1, 0), bob: (1, 0)}
    complete(case.do("one.fill"), "one.gather", given)
    case.do("one.judge").do("one.give")
    for _ in range(2):  # nobody is admitted, so that no slip is made
        complete(case, "two.fill", pupils=[])
        case.do("two.gather").do("two.give")
    case.carry_out(c.HandOn("li", "one.vaccine", "customer", 1, row=int(bob.rpartition(".")[2])))
    case.carry_out(c.HandOn("li", "letter", "customer", 1))
    assert problems(case, "leave") == {
        f"paper:{bob}": "paper-missing",
        "paper:letter": "papers-one-of",
    }
    assert complete(case, "leave", {bob: (1, 0), "letter": (1, 0)}).state.outcome == "closed"


def test_every_call_has_its_own_and_another_round_finds_what_is_there() -> None:
    case = called().start(children=[])
    for step in ("fill", "gather", "give"):
        complete(
            case, f"one.{step}", {"letter": (1, 0), "deed": (1, 0)} if step == "gather" else {}
        )
    complete(case, "two.fill", pupils=[{"name": "Cy", "young": "true"}])
    (cy,) = (key for key in whole(case) if key.startswith("two.vaccine"))
    complete(case, "two.gather", {cy: (1, 0)})
    assert case.do("two.judge").do("two.give").open() == {"two.fill"}
    assert there(case, "two.slip") == Sheets(1, 0)
    assert "one.slip" not in whole(case)

    complete(case, "two.fill", pupils=[{"name": "Dee", "young": "true"}])
    assert there(case, cy) == Sheets(1, 0)
    assert whole(case)[cy].is_demanded is False
    (asked,) = problems(case, "two.gather")
    assert asked not in (f"paper:{cy}", "paper:letter")
    assert replay(case.definition, case.journal) == case.state


def test_conditions_of_what_is_asked_for_read_the_place_of_the_step() -> None:
    case = play("""
- stage: hall
  fields: {late: {type: boolean, en: Late}}
  steps:
    - {step: collect, by: worker, form: [late]}
    - step: ask
      by: worker
      papers: [{paper: deed, when: late}, {one-of: [photo, lease]}]
- {step: leave, by: worker}
- end: closed
""").start(kind="easy", children=[])
    assert whole(case)["deed"].is_demanded
    complete(case, "collect", late="true")
    assert problems(case, "ask")["paper:deed"] == "paper-missing"
