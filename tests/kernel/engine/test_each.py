"""`each`: once for every element, together or one after the other, each with data of its own."""

from __future__ import annotations

from datetime import timedelta

import pytest

from tests.kernel.engine.playing import NINE, Play
from tuoban.kernel import commands as c
from tuoban.kernel import events as e
from tuoban.kernel.names import Names
from tuoban.kernel.refusals import Refused
from tuoban.kernel.state import Item

TOGETHER = """
- {step: list, by: worker}
- each: part
  in: '["door", "wing", "roof"]'
  fields: {cost: {type: money, en: Cost}}
  steps:
    - {step: look, by: worker, form: [cost], outcomes: {good_: Good, bad_: Bad}}
    - {step: mend, by: worker, when: 'look.outcome = "bad_" and cost < 100', returns-to: [look]}
- {step: bill, by: worker, returns-to: [look, mend, list]}
- end: closed
"""
ONE_BY_ONE = TOGETHER.replace("fields:", "order: one by one\n  fields:")


def of(play: Play, step: str, element: int) -> Item:
    """The open work of a step for one element."""
    return next(
        item
        for item in play.state.items.values()
        if item.node == step and element_of(play, item) == element
    )


def element_of(play: Play, item: Item) -> int:
    return next(
        play.state.activations[each].element
        for each in reversed(play.state.scope(item.activation))
        if play.state.activations[each].element
    )


def do(play: Play, step: str, element: int, outcome: str | None = None, **data: object) -> None:
    play.carry_out(c.Complete("li", of(play, step, element).id, outcome, data))


def open_elements(play: Play) -> set[tuple[str, int]]:
    return {(item.node, element_of(play, item)) for item in play.state.items.values()}


def names(play: Play) -> Names:
    surroundings = play.surroundings()
    return Names(play.definition, play.state, surroundings.opened, surroundings.zone)


def test_together_every_element_is_open_at_once_and_the_case_waits_for_all() -> None:
    play = Play(TOGETHER).start().do("list")
    assert open_elements(play) == {("look", 1), ("look", 2), ("look", 3)}
    do(play, "look", 2, "good_")
    do(play, "look", 1, "good_")
    assert play.open() == {"look"}
    do(play, "look", 3, "good_")
    assert play.open() == {"bill"}


def test_one_by_one_each_element_waits_for_the_one_before() -> None:
    play = Play(ONE_BY_ONE).start().do("list")
    assert open_elements(play) == {("look", 1)}
    do(play, "look", 1, "good_")
    assert open_elements(play) == {("look", 2)}
    do(play, "look", 2, "good_")
    do(play, "look", 3, "good_")
    assert play.open() == {"bill"}


def test_an_element_reads_its_own_results_and_its_own_fields() -> None:
    play = Play(TOGETHER).start().do("list")
    do(play, "look", 1, "bad_", cost=50)
    do(play, "look", 2, "bad_", cost=500)
    do(play, "look", 3, "good_", cost=5)
    assert open_elements(play) == {("mend", 1)}


def test_from_outside_the_results_are_read_in_the_order_of_the_elements() -> None:
    play = Play(TOGETHER).start().do("list")
    for element, outcome in ((3, "bad_"), (1, "good_"), (2, "bad_")):
        do(play, "look", element, outcome, cost=500)
    assert [each["outcome"] for each in names(play)["look"]["all"]] == ["good_", "bad_", "bad_"]
    assert [each["outcome"] for each in names(play)["look"]["history"]] == ["bad_", "good_", "bad_"]
    assert names(play)["look"]["count"] == 3


def test_nothing_to_do_means_going_on() -> None:
    play = Play(TOGETHER.replace('\'["door", "wing", "roof"]\'', "'[][item = 1]'"))
    assert play.start().do("list").open() == {"bill"}


def test_what_is_no_list_is_one_element() -> None:
    play = Play(
        """
- each: one
  in: 'if kind = "easy" then ["a"] else null'
  steps: [{step: a, by: worker}]
- {step: b, by: worker}
- end: closed
"""
    )
    assert play.start(kind="easy").open() == {"a"}


def test_the_list_is_read_once_on_entry() -> None:
    play = Play(
        """
- each: part
  in: 'if good then [1, 2] else [1]'
  order: one by one
  steps: [{step: a, by: worker, form: [good]}]
- {step: b, by: worker}
- end: closed
"""
    ).start(good=False)
    assert play.do("a", good=True).open() == {"b"}


def test_enough_withdraws_the_rest_and_tells_it() -> None:
    play = Play(
        TOGETHER.replace(
            "fields:", 'enough-when: count(look.all[outcome = "good_"]) >= 2\n  fields:'
        )
    )
    play.start().do("list")
    do(play, "look", 1, "good_")
    do(play, "look", 3, "good_")
    assert play.open() == {"bill"}
    assert [each.item for each in play.journal if isinstance(each, e.ItemWithdrawn)]


def test_a_return_into_an_element_names_it_and_leaves_the_others_done() -> None:
    play = Play(TOGETHER).start().do("list")
    for element in (1, 2, 3):
        do(play, "look", element, "good_", cost=element)
    bill = play.item("bill").id
    with pytest.raises(Refused, match="element-needed"):
        play.carry_out(c.Return("li", bill, "look", "again"))
    with pytest.raises(Refused, match="not-finished"):
        play.carry_out(c.Return("li", bill, "look", "again", (4,)))
    play.carry_out(c.Return("li", bill, "look", "again", (2,)))
    assert open_elements(play) == {("look", 2)}
    do(play, "look", 2, "good_")
    assert play.open() == {"bill"}


def test_one_by_one_the_elements_behind_the_one_returned_to_are_done_again() -> None:
    play = Play(ONE_BY_ONE).start().do("list")
    for element in (1, 2, 3):
        do(play, "look", element, "good_")
    play.carry_out(c.Return("li", play.item("bill").id, "look", "again", (2,)))
    do(play, "look", 2, "good_")
    assert open_elements(play) == {("look", 3)}
    do(play, "look", 3, "good_")
    assert play.open() == {"bill"}
    assert [each["outcome"] for each in names(play)["look"]["all"]] == ["good_"] * 3


def test_a_return_inside_an_element_touches_no_other() -> None:
    play = Play(TOGETHER).start().do("list")
    for element in (1, 2):
        do(play, "look", element, "bad_", cost=10)
    play.carry_out(c.Return("li", of(play, "mend", 2).id, "look", "again"))
    assert open_elements(play) == {("mend", 1), ("look", 2), ("look", 3)}
    assert play.open() == {"mend", "look"}


def test_a_return_to_before_reads_the_list_anew() -> None:
    play = Play(TOGETHER).start().do("list")
    for element in (1, 2, 3):
        do(play, "look", element, "good_")
    play.send_back("bill", "list").do("list")
    assert open_elements(play) == {("look", 1), ("look", 2), ("look", 3)}


def test_work_sent_back_in_an_element_shows_what_was_entered_there() -> None:
    play = Play(TOGETHER).start().do("list")
    for element in (1, 2):
        do(play, "look", element, "bad_", cost=10 * element)
    play.carry_out(c.Return("li", of(play, "mend", 2).id, "look", "again"))
    made = play.state.completions["look"]
    assert [each.draft.get("cost") for each in made if not each.counts] == [20]


def test_a_gate_on_a_step_inside_waits_for_every_element() -> None:
    play = Play(
        """
- parallel:
    - each: part
      in: '[1, 2]'
      steps: [{step: a, by: worker}, {step: b, by: worker}]
    - {step: gate, by: worker, needs: [a]}
- end: closed
"""
    ).start()
    assert play.item("gate").locked
    do(play, "a", 1)
    assert play.item("gate").locked
    do(play, "a", 2)
    assert play.item("gate").locked is None


def test_a_limit_counts_for_every_element_on_its_own() -> None:
    play = Play(
        """
- each: part
  in: '[1, 2]'
  within: part hours
  late: {at the limit: escalate to boss}
  steps: [{step: a, by: worker}]
- end: closed
""".replace("part hours", 'duration("PT" + string(part) + "H")')
    ).start()
    dues = sorted(clock.due for clock in play.state.clocks.values() if clock.due)
    assert dues == [NINE + timedelta(hours=1), NINE + timedelta(hours=2)]
    do(play, "a", 1)
    assert [clock.due for clock in play.state.clocks.values()] == [NINE + timedelta(hours=2)]
    play.wait(hours=3)
    assert play.told() == [("at the limit", "boss")]
    do(play, "a", 2)
    assert play.state.status == "ended"


def test_one_each_inside_another() -> None:
    play = Play(
        """
- each: row
  in: '[1, 2]'
  steps:
    - each: seat
      in: for n in 1..row return row * 10 + n
      steps: [{step: a, by: worker, when: seat != 22}]
- {step: b, by: worker, returns-to: [a]}
- end: closed
"""
    ).start()
    assert len(play.state.items) == 2
    for item in tuple(play.state.items):
        play.carry_out(c.Complete("li", item))
    play.carry_out(c.Return("li", play.item("b").id, "a", "again", (2, 1)))
    assert len(play.state.items) == 1
    assert play.do("a").open() == {"b"}


def test_a_stage_has_fields_that_are_read_outside_by_its_name() -> None:
    play = Play(
        """
- stage: permit
  fields: {fee: {type: money, en: Fee}}
  steps:
    - {step: ask, by: worker, form: [fee]}
    - {step: grant, by: worker, when: fee > 10}
- {step: pay, by: worker, when: permit.fee > 10, returns-to: [ask]}
- {step: file, by: worker, returns-to: [ask]}
- end: closed
"""
    ).start()
    play.do("ask", fee=20)
    assert play.open() == {"grant"}
    play.do("grant")
    assert play.open() == {"pay"}
    play.send_back("pay", "ask")
    assert names(play)["permit"]["fee"] is None
    assert play.do("ask", fee=5).open() == {"file"}


def test_every_round_of_a_loop_has_its_own_copy() -> None:
    play = Play(
        """
- repeat: tries
  until: good_enough
  fields: {good_enough: {type: boolean, en: Good enough}}
  steps:
    - {step: attempt, by: worker, form: [good_enough]}
- {step: use, by: worker, when: tries.good_enough and tries.round = 2}
- end: closed
"""
    ).start()
    play.do("attempt", good_enough=False)
    assert play.open() == {"attempt"}
    assert play.do("attempt", good_enough=True).open() == {"use"}


def test_inside_a_loop_inside_an_element_rounds_are_counted_apart() -> None:
    play = Play(
        """
- each: part
  in: '[1, 2]'
  steps:
    - repeat: tries
      until: check.outcome = "yes_" or tries.round = 2
      steps: [{step: check, by: worker, outcomes: {yes_: Yes, no_: No}}]
- end: closed
"""
    ).start()
    do(play, "check", 1, "no_")
    do(play, "check", 2, "no_")
    do(play, "check", 1, "no_")
    assert open_elements(play) == {("check", 2)}
    do(play, "check", 2, "no_")
    assert play.state.status == "ended"


OPENING = """
- each: visit
  in: '[1, 2]'
  opens: duration("PT" + string(visit) + "H") after start.at
  within: 30 minutes
  late: {at the limit: escalate to boss}
  steps: [{step: go, by: worker}]
- end: closed
"""


def test_every_element_opens_at_a_moment_of_its_own() -> None:
    play = Play(OPENING).start()
    assert play.open() == set()
    play.wait(hours=1)
    assert open_elements(play) == {("go", 1)}
    assert play.clock("visit", "within").due == NINE + timedelta(hours=1, minutes=30)
    do(play, "go", 1)
    assert play.state.status == "running"
    play.wait(hours=1)
    assert open_elements(play) == {("go", 2)}
    play.wait(minutes=30)
    assert play.told() == [("at the limit", "boss")]
    do(play, "go", 2)
    assert (play.state.status, play.state.clocks) == ("ended", {})


def test_what_interrupts_an_element_that_is_not_open_yet_keeps_it_from_opening() -> None:
    play = Play(
        """
- each: visit
  in: '[1]'
  opens: 2 hours after start.at
  steps: [{step: go, by: worker}]
  during: [{at: 1 hour after start.at, interrupting: true, then: [{step: tidy, by: worker}]}]
- {step: after, by: worker}
- end: closed
"""
    ).start()
    play.wait(hours=3)
    assert play.open() == {"tidy"}
    assert play.do("tidy").open() == {"after"}


REMARKS = """
- each: part
  in: '["a", "b", "c"]'
  fields: {remark: {type: text, en: Remark}, good_: {type: boolean, is: remark = "fine", en: Good}}
  steps:
    - {step: look, by: worker, form: [remark]}
    - {step: close, by: worker}
- {step: few, by: worker, when: 'count(part.all[good_]) < 2'}
- {step: judge, by: worker, returns-to: [look]}
- {step: last, by: worker, when: 'part.all[3].remark = "fine" and count(part.all) = 3'}
- end: closed
"""


def test_the_fields_of_elements_are_read_outside_as_a_list_in_their_order() -> None:
    play = Play(REMARKS).start()

    def remarks() -> list[str | None]:
        return [each["remark"] for each in names(play)["part"]["all"]]

    assert remarks() == [None, None, None]
    for element, remark in ((3, "fine"), (1, "scratch"), (2, "fine")):
        do(play, "look", element, remark=remark)
        do(play, "close", element)
    assert remarks() == ["scratch", "fine", "fine"]
    play.carry_out(c.Return("li", play.item("judge").id, "look", "again", of=(1,)))
    assert remarks() == [None, "fine", "fine"]
    do(play, "look", 1, remark="fine")
    do(play, "close", 1)
    assert play.do("judge").open() == {"last"}
