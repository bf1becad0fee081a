"""`undo`: what was done is undone, the newest first, when a case is cancelled or ends so."""

from __future__ import annotations

from textwrap import dedent, indent

import pytest

from tests.kernel.engine.playing import HEADER, Play, define
from tuoban.kernel import commands as c
from tuoban.kernel import events as e
from tuoban.kernel.language import PackError, compile_pack

ROW = """
- step: one
  by: worker
  form: [amount]
  undo: [{step: undo_one, by: {same-as: one}, within: 1 hours}, {step: check_one, by: checker}]
- step: two
  by: checker
  outcomes: {yes_: Yes, no_: No}
  undo: [{step: undo_two, by: checker}]
- choose:
    - when: two.outcome = "no_"
      then: [{end: refused, undo: true}]
- parallel:
    - {step: three, by: worker}
    - {step: four, by: worker}
- end: closed
"""


def done() -> Play:
    return Play(ROW).start().do("one", amount=5).do("two", by="zhou", outcome="yes_")


def test_a_cancelled_case_ends_once_everything_is_undone_the_newest_first() -> None:
    play = done().do("three")
    play.carry_out(c.Cancel("wang", "no need"))
    assert play.open() == {"undo_two"}
    assert play.state.status == "running"
    assert play.refused(c.Cancel("wang", "no need")) == "winding-up"
    play.do("undo_two", by="zhou")
    assert play.open() == {"undo_one"}
    assert play.item("undo_one").person == "li"
    assert play.clock("undo_one").item == play.item("undo_one").id
    play.do("undo_one").do("check_one", by="zhou")
    assert play.state.outcome == "cancelled"
    withdrawn = [each.item for each in play.journal if isinstance(each, e.ItemWithdrawn)]
    assert len(withdrawn) == 1
    assert play.state.values["amount"] == 5


def test_what_undoes_a_step_is_called_after_it() -> None:
    definition = done().definition
    labels = [
        definition.label_of(definition.nodes[each].reactions[0]).en for each in ("one", "two")
    ]
    assert labels == ["Undoing of one", "Undoing of two"]


def test_only_what_was_done_is_undone() -> None:
    play = Play(ROW).start().do("one", amount=5)
    play.carry_out(c.Cancel("wang", "no need"))
    assert play.open() == {"undo_one"}
    play = Play(ROW).start()
    play.carry_out(c.Cancel("wang", "no need"))
    assert play.state.outcome == "cancelled"


def test_an_end_may_undo_too() -> None:
    play = Play(ROW).start().do("one", amount=5).do("two", by="zhou", outcome="no_")
    assert play.open() == {"undo_two"}
    play.do("undo_two", by="zhou").do("undo_one").do("check_one", by="zhou")
    assert play.state.outcome == "refused"


def test_a_return_undoes_nothing() -> None:
    play = Play(ROW.replace("outcomes: {yes_", "returns-to: [one]\n  outcomes: {yes_")).start()
    play.do("one", amount=5).send_back("two", "one", by="zhou")
    assert play.open() == {"one"}
    play.carry_out(c.Cancel("wang", "no need"))
    assert play.state.outcome == "cancelled"


def test_what_was_done_for_each_and_in_each_round_is_undone_where_it_was_done() -> None:
    play = Play("""
    - each: part
      in: '["a", "b"]'
      order: one by one
      steps:
        - repeat: rounds
          until: one.outcome = "good"
          steps:
            - step: one
              by: worker
              outcomes: {good: Good, bad: Bad}
              undo: [{step: back, by: worker, when: one.outcome = "good"}]
    - {step: two, by: worker}
    - end: closed
    """).start()
    for outcome in ("bad", "good", "good"):
        play.do("one", outcome=outcome)
    left = set(play.state.activations)
    play.carry_out(c.Cancel("wang", "no need"))
    assert play.open() == {"back"}
    elements = []
    while play.state.status == "running":
        scope = play.state.scope(play.item("back").activation)
        elements.append(next(play.state.activations[each].element for each in scope[1:]))
        play.do("back")
    assert elements == [2, 1]
    assert play.state.outcome == "cancelled"
    assert left == {0}


def test_an_undo_is_waited_for_and_undone_no_further() -> None:
    play = done()
    play.carry_out(c.Cancel("wang", "no need"))
    assert play.refused(c.Withdraw("zhou", 2)) == "winding-up"
    item = play.item("undo_two").id
    assert play.refused(c.Jump("wang", item, "one", "why not")) == "not-jumpable"
    play.carry_out(c.Suspend("wang", "holiday"))
    assert play.refused(c.Complete("zhou", item)) == "suspended"
    play.carry_out(c.Resume("wang"))
    assert play.do("undo_two", by="zhou").open() == {"undo_one"}


CLOSING = """
cancel:
  then:
    - {step: look, by: checker, outcomes: {fine: Fine, again: Again}}
    - step: refund
      by: {role: checker, not: look}
      within: 1 hours
      returns-to: [look]
"""


def closing(process: str = ROW) -> Play:
    return Play(compile_pack(HEADER + indent(process.strip("\n"), "  ") + CLOSING))


def test_what_is_done_on_cancel_follows_what_undoes_and_then_the_case_ends() -> None:
    play = closing().start().do("one", amount=5)
    assert "look" not in play.open()
    play.carry_out(c.Cancel("wang", "no need"))
    assert play.open() == {"undo_one"}
    play.do("undo_one").do("check_one", by="zhou")
    assert play.open() == {"look"}
    assert play.refused(c.Cancel("wang", "no need")) == "winding-up"
    play.do("look", by="zhou", outcome="fine")
    assert play.clock("refund").item == play.item("refund").id
    play.do("refund")
    assert play.state.outcome == "cancelled"


def test_it_follows_at_once_where_there_is_nothing_to_undo() -> None:
    play = closing().start()
    play.carry_out(c.Cancel("wang", "no need"))
    assert play.open() == {"look"}
    play.carry_out(c.Suspend("wang", "holiday"))
    assert play.refused(c.Complete("zhou", play.item("look").id, "fine")) == "suspended"
    play.carry_out(c.Resume("wang"))
    play.do("look", by="zhou", outcome="fine").send_back("refund", "look")
    assert play.open() == {"look"}
    assert play.refused(c.Jump("wang", play.item("look").id, "one", "why not")) == "not-jumpable"
    play.do("look", by="zhou", outcome="fine").do("refund")
    assert play.state.outcome == "cancelled"


def test_it_is_done_when_a_caller_recalls_the_case_and_by_no_other_end() -> None:
    play = closing().start()
    play.carry_out(c.Recall("Q-1"))
    assert play.open() == {"look"}
    play = closing().start().do("one", amount=5).do("two", by="zhou", outcome="no_")
    play.do("undo_two", by="zhou").do("undo_one").do("check_one", by="zhou")
    assert play.state.outcome == "refused"


def test_it_may_end_the_case_otherwise_and_undoes_nothing_itself() -> None:
    text = """
    - {step: one, by: worker}
    - {end: closed}
    """
    header = HEADER + indent(dedent(text).strip("\n"), "  ")
    fee = "{step: fee, by: worker, undo: [{step: back, by: worker}]}"
    then = f"\ncancel:\n  then: [{fee}, {{end: paid}}]\n"
    play = Play(compile_pack(header + then)).start()
    play.carry_out(c.Cancel("wang", "no need"))
    play.do("fee")
    assert play.state.outcome == "paid"


def test_what_is_done_on_cancel_is_no_step_of_the_way() -> None:
    for wrong in ("needs: [look]", "returns-to: [look]"):
        process = f"- {{step: one, by: worker, {wrong}}}\n- {{end: closed}}\n"
        with pytest.raises(PackError):
            closing(process)


def test_mistakes_are_told() -> None:
    with pytest.raises(PackError):
        compile_pack(HEADER + "  - {end: closed}\ncancel: {then: []}\n")
    for undo in ("[]", "[{step: one, by: worker}]"):
        with pytest.raises(PackError):
            define(f"- {{step: one, by: worker, undo: {undo}}}\n- end: closed\n")


def test_the_latest_done_is_undone_first_whichever_was_offered_first() -> None:
    play = Play("""
    - parallel:
        - {step: one, by: worker, undo: [{step: undo_one, by: worker}]}
        - {step: two, by: worker, undo: [{step: undo_two, by: worker}]}
    - {step: three, by: worker}
    - {end: closed}
    """).start()
    play.do("two").do("one")
    play.carry_out(c.Cancel("wang", "no need"))
    assert play.open() == {"undo_one"}
    assert play.do("undo_one").open() == {"undo_two"}


CALLED = """
- parallel:
    - {call: extra, within: 1 hours, late: {at the limit: move on}}
    - {step: beside, by: worker, undo: [{step: undo_beside, by: worker}]}
- {step: after, by: worker, when: extra.outcome = "dropped"}
- {end: closed}
processes:
  extra:
    en: Extra
    fields: {much: {type: boolean, en: Much}}
    steps:
      - {step: plan, by: worker, undo: [{step: unplan, by: worker}, {step: tell, by: worker}]}
      - parallel:
          - step: build
            by: worker
            form: [much]
            outcomes: {fine: Fine, bad: Bad}
            undo: [{step: unbuild, by: worker, form: [{field: much, read-only: true}]}]
          - {step: watch, by: worker}
      - choose:
          - when: build.outcome = "bad"
            then: [{end: dropped, undo: true}]
      - {end: built}
"""


def dropped() -> Play:
    """A called process that has come to an end that undoes."""
    play = Play(CALLED).start().do("extra.plan").do("extra.watch")
    return play.do("extra.build", outcome="bad", much=True)


def test_an_end_of_a_called_process_undoes_that_alone_and_the_case_goes_on() -> None:
    play = dropped().do("beside")
    assert play.open() == {"extra.unbuild"}
    plan = play.state.completions["extra.plan"][0].item
    assert play.refused(c.Withdraw("li", plan)) == "winding-up"
    play.do("extra.unbuild")
    assert play.open() == {"extra.unplan"}
    play.do("extra.unplan").do("extra.tell")
    assert play.open() == {"after"}
    play.carry_out(c.Cancel("wang", "no need"))
    assert play.open() == {"undo_beside"}
    play.do("undo_beside")
    assert play.state.outcome == "cancelled"


def test_a_cancel_meanwhile_undoes_what_is_left_and_begins_anew_with_what_is_half_undone() -> None:
    play = dropped().do("extra.unbuild").do("extra.unplan").do("beside")
    assert play.open() == {"extra.tell"}
    play.carry_out(c.Cancel("wang", "no need"))
    assert play.open() == {"undo_beside"}
    play.do("undo_beside")
    assert play.open() == {"extra.unplan"}
    play.do("extra.unplan").do("extra.tell")
    assert play.state.outcome == "cancelled"


def test_what_withdraws_a_called_process_withdraws_what_undoes_it() -> None:
    play = dropped().do("extra.unbuild").wait(hours=2)
    assert play.open() == {"beside"}
    assert not play.state.windings
    assert play.do("beside").state.outcome == "closed"


PLACES = (
    """
    - step: two
      by: worker
      during: [{on: stop, by: worker, then: [{end: dropped, undo: true}]}]
    """,
    """
    - parallel:
        - {step: two, by: worker}
        - stage: other
          steps: [{step: stop, by: worker}, {end: dropped, undo: true, when: one.count = 1}]
    """,
    """
    - each: part
      in: '[1, 2]'
      steps: [{step: stop, by: worker}, {end: dropped, undo: true}]
    """,
)


@pytest.mark.parametrize("place", PLACES)
@pytest.mark.parametrize("called", ["", "inner."])
def test_it_ends_the_process_it_is_written_in_from_wherever_it_stands(
    place: str, called: str
) -> None:
    one = "- {step: one, by: worker, undo: [{step: back, by: worker}]}\n"
    steps = f"{one}{dedent(place).strip()}\n- {{end: closed}}\n"
    if called:
        inner = indent(steps, "      ")
        steps = (
            '- {call: inner}\n- {step: last, by: worker, when: inner.outcome = "dropped"}\n'
            f"- {{end: closed}}\nprocesses:\n  inner:\n    en: Inner\n    steps:\n{inner}"
        )
    play = Play(steps).start().do(f"{called}one")
    if "during" in place:
        play.carry_out(c.React("li", f"{called}stop"))
    else:
        play.do(f"{called}stop")
    assert play.open() == {f"{called}back"}
    play.do(f"{called}back")
    assert (play.open(), play.state.outcome) == (({"last"}, None) if called else (set(), "dropped"))


ASIDE = """
- stage: work
  steps:
    - {call: extra, without-waiting: true}
    - {step: one, by: worker, undo: [{step: undo_one, by: worker}]}
- {step: two, by: worker}
- {end: closed}
processes:
  extra:
    en: Extra
    steps:
      - {step: plan, by: worker, undo: [{step: unplan, by: worker}]}
      - {step: build, by: worker, outcomes: {fine: Fine, bad: Bad}}
      - choose:
          - {when: build.outcome = "bad", then: [{end: dropped, undo: true}]}
      - {end: built}
"""


@pytest.mark.parametrize("left", [False, True])
def test_a_process_that_nobody_waits_for_undoes_itself_beside_the_case(*, left: bool) -> None:
    play = Play(ASIDE).start().do("extra.plan")
    if left:
        play.do("one")
    play.do("extra.build", outcome="bad")
    assert play.open() == {"extra.unplan", "two" if left else "one"}
    play.do("extra.unplan")
    assert play.open() == {"two" if left else "one"}
    play.carry_out(c.Cancel("wang", "no need"))
    assert play.open() == ({"undo_one"} if left else set())


@pytest.mark.parametrize("over", [False, True])
def test_a_cancel_undoes_what_was_done_in_a_process_that_nobody_waits_for(*, over: bool) -> None:
    play = Play(ASIDE).start().do("extra.plan").do("one")
    if over:
        play.do("extra.build", outcome="fine")
    play.carry_out(c.Cancel("wang", "no need"))
    assert play.open() == {"undo_one"}
    assert play.do("undo_one").open() == {"extra.unplan"}
    assert play.do("extra.unplan").state.outcome == "cancelled"


COVERING = """
- {step: one, by: worker, covers: [amount], undo: [{step: undo_one, by: worker}]}
- {step: two, by: worker, form: [amount], undo: [{step: undo_two, by: worker, form: [amount]}]}
- {step: three, by: worker, needs: [one]}
- {end: closed}
"""


def test_what_lapses_while_a_case_is_wound_up_is_undone_in_its_turn() -> None:
    play = Play(COVERING).start().do("one").do("two")
    play.carry_out(c.Cancel("wang", "no need"))
    play.do("undo_two", amount=7)
    assert play.open() == {"undo_one"}


def test_what_has_lapsed_is_undone_and_what_was_done_again_is_undone_once() -> None:
    play = Play(COVERING).start().do("one").do("two", amount=5)
    assert play.open() == {"one", "three"}
    play.carry_out(c.Cancel("wang", "no need"))
    assert play.do("undo_two").do("undo_one").state.outcome == "cancelled"
    play = Play(COVERING).start().do("one").do("two", amount=5).do("one")
    play.carry_out(c.Cancel("wang", "no need"))
    assert play.do("undo_one").do("undo_two").state.outcome == "cancelled"


@pytest.mark.parametrize("cut_short", ["cancelled", "moved on", "over"])
def test_what_undoes_is_not_undone_however_the_undoing_of_a_process_ended(cut_short: str) -> None:
    step = "{step: unplan, by: worker}"
    undone = step.replace("worker}", "worker, undo: [{step: replan, by: worker}]}")
    play = Play(CALLED.replace(step, undone)).start().do("extra.plan").do("extra.watch")
    play.do("extra.build", outcome="bad", much=True).do("extra.unbuild").do("extra.unplan")
    if cut_short == "moved on":
        play.wait(hours=2)
    elif cut_short == "over":
        play.do("extra.tell")
    play.carry_out(c.Cancel("wang", "no need"))
    while play.state.status == "running":
        (item,) = play.state.items.values()
        assert item.node != "extra.replan"
        play.do(item.node)


def test_what_a_reaction_did_while_a_process_was_wound_up_is_undone_with_the_case() -> None:
    during = "during: [{on: more, by: worker, then: [{step: m, by: worker, undo: [U]}]}]"
    process = CALLED.replace(
        "late: {at the limit: move on}",
        "late: {at the limit: move on}, " + during.replace("U", "{step: back, by: worker}"),
    )
    play = Play(process).start().do("extra.plan").do("extra.watch")
    play.do("extra.build", outcome="bad", much=True).carry_out(c.React("li", "more"))
    play.do("m").do("extra.unbuild").do("extra.unplan").do("extra.tell")
    play.carry_out(c.Cancel("wang", "no need"))
    assert play.open() == {"back"}
