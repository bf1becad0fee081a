"""A running case goes on by another version of its process."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from textwrap import dedent, indent

import pytest

from tests.kernel.engine.playing import HEADER, NINE, Play, define, replay
from tuoban.kernel import commands as c
from tuoban.kernel import events as e
from tuoban.kernel.codec import decode, encode
from tuoban.kernel.definition import Definition
from tuoban.kernel.language import compile_pack
from tuoban.kernel.refusals import Refused


class Moving(Play):
    """A case that may go on by other versions."""

    def move(self, process: str | Definition, version: str = "2", **renames: str) -> list[e.Event]:
        made = define(process) if isinstance(process, str) else process
        events = self.migrate(replace(made, version=version), **renames)
        written = [decode(encode(event)) for event in self.journal]
        assert replay(self.begun_with, written, self.versions) == self.state
        assert decode(encode(self.state)) == self.state
        return events

    def reasons(self, process: str, **renames: str) -> list[str]:
        """The codes of why it cannot go on so."""
        before = self.state
        with pytest.raises(Refused) as refused:
            self.move(process, **renames)
        assert self.state is before
        assert refused.value.code == "not-migratable"
        assert refused.value.read("zh") != refused.value.read("en")
        return [each.code for each in refused.value.problems]


OLD = """
- {step: a, by: worker}
- {step: b, by: worker, within: 1 hour}
- {step: d, by: worker}
- end: closed
"""


def test_work_in_hand_stays_in_the_same_hands_and_keeps_its_time() -> None:
    play = Moving(OLD).start().do("a")
    play.carry_out(c.Claim("han", play.item("b").id))
    was, due = play.item("b"), play.due("b")
    play.at += timedelta(minutes=20)

    events = play.move(
        """
        - {step: a, by: worker}
        - {step: new, by: worker}
        - {step: b, by: worker, within: 2 hours}
        - {step: c, by: worker, needs: [new]}
        - {step: d, by: worker}
        - end: closed
        """
    )

    now = play.item("b")
    assert (now.id, now.person, now.offered_at) == (was.id, "han", was.offered_at)
    assert due == NINE + timedelta(hours=1)
    assert play.due("b") == NINE + timedelta(hours=2)
    assert play.clock("b").begins == NINE
    assert [each.node for each in events if isinstance(each, e.PassedOver)] == ["new"]
    play.do("b", "han").do("c").do("d")
    assert play.state.outcome == "closed"


def test_what_is_gone_and_was_done_counts_no_more_and_the_rest_goes_on() -> None:
    play = Moving(OLD).start().do("a")

    play.move("- {step: b, by: worker}\n- end: closed")

    assert "a" not in play.state.completions
    assert play.state.clocks == {}
    assert play.do("b").state.status == "ended"


def test_work_in_hand_that_is_gone_refuses_all_unless_it_is_told_where_to_go_on() -> None:
    play = Moving(OLD).start().do("a")
    new = "- {step: a, by: worker}\n- {step: x, by: checker}\n- end: closed"

    assert play.reasons(new) == ["position-gone"]
    assert play.reasons(new, b="nowhere") == ["rename-unknown", "position-gone"]
    play.move(new, b="x")

    assert play.item("x").roles == ("checker",)
    assert play.item("x").pools == (("checker", "east"),)
    assert play.do("x", "zhou").state.status == "ended"


def test_whoever_may_not_do_it_any_more_loses_it() -> None:
    play = Moving(OLD).start().do("a")
    play.carry_out(c.Claim("han", play.item("b").id))

    play.move(OLD.replace("{step: b, by: worker", "{step: b, by: checker"))

    assert play.item("b").person is None
    assert play.item("b").pools == (("checker", "east"),)


def test_what_was_done_elsewhere_refuses() -> None:
    play = Moving(OLD).start().do("a")

    wrapped = """
    - stage: first
      steps: [{step: a, by: worker}]
    - {step: b, by: worker}
    - end: closed
    """
    assert play.reasons(wrapped) == ["done-elsewhere"]


def test_what_is_new_in_a_block_that_was_left_must_not_be_needed() -> None:
    old = """
    - stage: first
      steps: [{step: a, by: worker}]
    - {step: b, by: worker}
    - end: closed
    """
    new = """
    - stage: first
      steps: [{step: a, by: worker}, {step: n, by: worker}]
    - {step: b, by: worker}
    - {step: c, by: worker, needs: [n]}
    - end: closed
    """
    assert Moving(old).start().do("a").reasons(new) == ["needed-in-vain"]
    play = Moving(old).start()
    play.move(new)
    play.do("a").do("n").do("b").do("c")
    assert play.state.status == "ended"


def test_blocks_without_a_name_are_known_by_what_is_in_them() -> None:
    old = """
    - choose:
        - when: kind = "hard"
          then: [{step: a, by: worker}]
        - otherwise: [{step: b, by: worker}]
    - end: closed
    """
    new = """
    - choose:
        - when: good
          then: [{step: early, by: worker}]
    - choose:
        - when: amount > 3
          then: [{step: z, by: worker}]
        - when: kind = "hard"
          then: [{step: a, by: worker}, {step: a2, by: worker}]
        - otherwise: [{step: b, by: worker}]
    - end: closed
    """
    play = Moving(old).start(kind="hard")

    play.move(new)

    assert {each.region for each in play.state.activations.values()} == {"process", "choose.2/2"}
    assert play.do("a").do("a2").state.status == "ended"


def test_new_branches_and_new_items_of_plans_are_opened() -> None:
    old = """
    - parallel:
        - {step: a, by: worker}
        - plan: all_free
          steps: [{step: p, by: worker}]
    - end: closed
    """
    new = """
    - parallel:
        - {step: a, by: worker}
        - {step: b, by: worker}
        - plan: all_free
          steps: [{step: p, by: worker}, {step: q, by: worker}]
    - end: closed
    """
    play = Moving(old).start()
    play.move(new)
    assert play.open() == {"a", "b", "p", "q"}
    play.do("a").do("b").do("q").do("p")
    assert play.state.status == "ended"


def test_joint_work_cannot_become_that_of_one() -> None:
    joint = "- {step: a, by: {role: worker, agree: all}, outcomes: {y: Yes, n: No}}\n- end: closed"
    assert Moving(joint).start().reasons("- {step: a, by: worker}\n- end: closed") == [
        "position-gone"
    ]


def _with_fields(process: str, *changes: tuple[str, str]) -> Definition:
    text = HEADER + indent(dedent(process).strip("\n"), "  ") + "\n"
    for one, other in changes:
        assert one in text
        text = text.replace(one, other)
    return compile_pack(text)


def test_values_go_along_under_their_new_names_or_refuse() -> None:
    play = Moving(OLD).start(kind="hard", amount=5, wanted_at="2026-03-04 10:00")
    other = _with_fields(
        OLD,
        (
            "kind: {type: choice, en: Kind, options: {easy: Easy, hard: Hard}}",
            "note: {type: text, en: N}",
        ),
        ("| kind   |", "| note   |"),
        ("amount: {type: money", "price: {type: money"),
        ("| amount |", "| price  |"),
        ("form: [kind, amount,", "form: [note, price,"),
    )
    play.move(other, amount="price")
    assert play.state.values["price"] == 5
    assert not {"kind", "amount"} & play.state.values.keys()

    text = _with_fields(OLD, ("wanted_at: {type: datetime", "wanted_at: {type: text"))
    with pytest.raises(Refused) as refused:
        play.move(text, "3")
    assert [each.code for each in refused.value.problems] == ["field-changed"]


def test_a_chosen_option_that_is_gone_refuses() -> None:
    play = Moving(OLD).start(kind="hard")
    other = _with_fields(
        OLD,
        (", hard: Hard}", "}"),
        ('| "hard" | > 10   | 15 minutes | back    |\n      ', ""),
        ('| "hard" | -      | 1 hours    | back    |\n      ', ""),
    )
    with pytest.raises(Refused) as refused:
        play.move(other)
    assert [each.code for each in refused.value.problems] == ["option-gone"]


def test_it_refuses_what_is_no_other_version() -> None:
    play = Moving(OLD).start()
    assert play.refused(c.Migrate("wang", "2026.1")) == "same-version"
    assert play.refused(c.Migrate("wang", "3000")) == "unknown-version"


def test_a_case_may_be_carried_on_several_times_and_is_replayed() -> None:
    play = Moving(OLD).start().do("a")
    play.move(OLD.replace("step: b", "step: b2"), "2", b="b2")
    play.move(OLD.replace("step: a", "step: a3").replace("step: b", "step: b2"), "3", a="a3")
    assert play.state.completions.keys() == {"a3"}
    play.do("b2").do("d")
    assert replay(play.begun_with, play.journal, play.versions) == play.state
    assert play.state.status == "ended"


PAPERS = """
papers:
  deed: {en: Deed, from: customer, originals: 2}
  lease: {en: Lease, from: customer}
documents:
  receipt: {en: Receipt, text: Received}
"""


def with_papers(process: str, called: str = "", **names: str) -> Definition:
    """A process with papers and a document, which may be called otherwise."""
    before = f"{PAPERS.strip()}\n{called.strip()}\n"
    text = HEADER.replace("starts:\n", f"{before}starts:\n") + indent(process, "  ")
    for name, other in names.items():
        text = text.replace(name, other)
    return compile_pack(text)


TAKEN = """
- {step: take, by: worker, papers: [deed], print: receipt}
- {step: keep, by: worker, papers: [deed, lease]}
- {end: closed}
"""


def handed_in() -> Moving:
    play = Moving(with_papers(TAKEN)).start()
    play.carry_out(c.PrintDocument("li", "take", "receipt"))
    papers = {"deed": (2, 0)}
    play.carry_out(c.Complete("li", play.item("take").id, papers=papers))
    play.carry_out(c.HandIn("li", "lease", 1))
    return play


def test_papers_and_what_was_printed_go_along_under_their_new_names() -> None:
    play = handed_in()
    new = with_papers(TAKEN, take="collect", deed="title", receipt="slip")
    play.move(new, take="collect", deed="title", receipt="slip")
    assert [each.originals for each in play.state.papers["title"]] == [2]
    assert play.state.papers["title"][0].paper == "title"
    assert "deed" not in play.state.papers
    assert [each.document for each in play.state.printed["collect"]] == ["slip"]
    play.carry_out(c.PrintDocument("li", "collect", "slip"))
    again = [each.copy for each in play.journal if isinstance(each, e.DocumentPrinted)]
    assert again == [1, 2]
    play.do("keep")
    assert play.state.outcome == "closed"


def test_a_paper_whose_name_another_has_taken_is_not_mistaken_for_it() -> None:
    play = handed_in()
    one = TAKEN.replace("[deed, lease]", "[deed]")
    new = with_papers(one.replace("deed", "lease"), deed="old_deed")
    play.move(new, deed="lease")
    assert [each.originals for each in play.state.papers["lease"]] == [2]


CALLED = """
- {call: admit, as: admission}
- {step: keep, by: worker, when: admission.slip.originals = 1}
- {end: closed}
"""
ADMIT = """
processes:
  admit:
    en: Admit
    papers: {slip: {en: Slip, from: customer}}
    steps: [{step: ask, by: worker, papers: [slip]}, {step: more, by: worker}]
"""


def test_papers_of_a_called_process_go_along_with_the_call_that_is_called_otherwise() -> None:
    play = Moving(with_papers(CALLED, ADMIT)).start()
    item = play.item("admission.ask").id
    play.carry_out(c.Complete("li", item, papers={"admission.slip": (1, 0)}))
    play.move(with_papers(CALLED, ADMIT, admission="opening"), admission="opening")
    assert [each.originals for each in play.state.papers["opening.slip"]] == [1]
    assert play.do("opening.more").open() == {"keep"}


def test_a_paper_that_is_not_asked_for_any_more_is_still_there() -> None:
    play = handed_in()
    play.move(
        TAKEN.replace(", papers: [deed], print: receipt", "").replace(", papers: [deed, lease]", "")
    )
    assert [each.originals for each in play.state.papers["deed"]] == [2]


BACK = """
- stage: work
  opens: wanted_at
  steps: [{step: a, by: worker}, {step: b, by: worker}]
- {step: check, by: worker, returns-to: [b]}
- end: closed
"""


def test_what_waits_to_be_entered_again_goes_on_at_the_step_under_its_new_name() -> None:
    play = Moving(BACK).start(wanted_at="2026-03-02 08:00").do("a").do("b")
    play.carry_out(c.Correct("wang", "wanted_at", "2026-03-02 12:00", "later"))
    play.send_back("check", "b")
    without = BACK.replace(", {step: b, by: worker}", "").replace("[b]", "[a]")
    assert play.reasons(without) == ["position-gone"]
    renamed = BACK.replace("step: b", "step: draw").replace("[b]", "[draw]")
    play.move(renamed.replace("stage: work", "stage: works"), b="draw", work="works")
    assert play.open() == set()
    assert play.wait(hours=3).open() == {"draw"}
    assert play.do("draw").do("check").state.status == "ended"
