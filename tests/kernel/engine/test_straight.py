"""Return with `direct` 直送: the case comes straight back, and what stands between is kept."""

from __future__ import annotations

from datetime import timedelta

import pytest

from tests.kernel.engine.playing import Play
from tuoban.kernel import commands as c
from tuoban.kernel import events as e

ROW = """
- {step: quote, by: worker, form: [amount]}
- {step: approve, by: checker, covers: [amount]}
- {step: note, by: worker}
- {step: sign, by: worker, within: 2 hours, returns-to: [{quote: direct}, approve]}
- end: closed
"""


def ready(process: str = ROW) -> Play:
    play = Play(process).start().do("quote", amount=10)
    return play.do("approve", by="zhou").do("note", by="han")


def test_the_sender_waits_and_goes_on_when_it_is_done_again() -> None:
    play = ready()
    play.send_back("sign", "quote")
    assert play.open() == {"sign", "quote"}
    assert play.item("sign").locked == (e.SENT_BACK,)
    assert play.refused(c.Complete("li", play.item("sign").id)) == "locked"
    assert play.item("quote").person == "li"
    assert play.state.values["amount"] == 10
    play.do("quote", amount=10)
    assert play.open() == {"sign"}
    assert play.item("sign").locked is None
    assert play.do("sign").state.outcome == "closed"
    assert len(play.state.completions["note"]) == 1


def test_of_the_steps_between_only_what_covers_the_change_is_done_again() -> None:
    play = ready()
    play.send_back("sign", "quote")
    play.do("quote", amount=12)
    assert play.open() == {"sign", "approve"}
    assert play.item("approve").person == "zhou"
    assert play.item("sign").locked == (e.SENT_BACK,)
    play.do("approve", by="zhou")
    assert play.item("sign").locked is None
    assert play.do("sign").state.outcome == "closed"


def test_what_lapsed_is_done_again_in_its_order() -> None:
    play = ready(
        ROW.replace("{step: note, by: worker}", "{step: note, by: worker, covers: [amount]}")
    )
    play.send_back("sign", "quote")
    play.do("quote", amount=12)
    assert play.open() == {"sign", "approve"}
    play.do("approve", by="zhou")
    assert play.open() == {"sign", "note"}
    play.do("note", by="han")
    assert play.do("sign").state.outcome == "closed"


def test_the_clock_of_the_sender_stands_still() -> None:
    play = ready()
    play.wait(minutes=30)
    play.send_back("sign", "quote")
    assert play.clock("sign").ledger.is_paused
    play.wait(hours=5)
    play.do("quote", amount=10)
    play.wait(minutes=89)
    assert play.clock("sign").fired == {}
    assert play.due("sign") == play.at + timedelta(minutes=1)


def test_one_way_is_taken_where_there_is_but_one() -> None:
    play = ready()
    command = c.Return("li", play.item("sign").id, "quote", "no", straight=False)
    assert play.refused(command) == "not-returnable"
    command = c.Return("li", play.item("sign").id, "approve", "no", straight=True)
    assert play.refused(command) == "not-returnable"
    play.send_back("sign", "approve")
    assert play.open() == {"approve"}


def test_the_returner_chooses_where_both_are_possible() -> None:
    both = ROW.replace("{quote: direct}, approve", "quote, {quote: direct}")
    play = ready(both)
    play.carry_out(c.Return("li", play.item("sign").id, "quote", "no"))
    assert play.open() == {"quote"}
    play = ready(both)
    play.carry_out(c.Return("li", play.item("sign").id, "quote", "no", straight=True))
    assert play.open() == {"quote", "sign"}


def test_what_waits_is_not_sent_straight_back_twice_but_may_go_back_further() -> None:
    play = ready(ROW.replace("{quote: direct}, approve", "quote, {approve: direct}"))
    play.send_back("sign", "approve")
    command = c.Return("li", play.item("sign").id, "approve", "no")
    assert play.refused(command) == "not-finished"
    play.send_back("sign", "quote")
    assert play.open() == {"quote"}
    play.do("quote", amount=1).do("approve", by="zhou").do("note", by="han")
    assert play.item("sign").locked is None


@pytest.mark.parametrize(
    "block",
    [
        "- stage: inside\n  steps: [{first}, {second}]",
        "- parallel:\n    - stage: inside\n      steps: [{first}, {second}]\n"
        "    - {{step: other, by: worker}}",
        "- repeat: rounds\n  until: quote.count > 0\n  steps: [{first}, {second}]",
        "- plan: inside\n  steps: [{first}, {second}]",
        "- choose:\n  - when: true\n    then: [{first}, {second}]",
    ],
)
def test_it_goes_back_into_a_block_that_is_done_which_stays_done(block: str) -> None:
    first = "{step: quote, by: worker, form: [amount]}"
    second = "{step: approve, by: checker, covers: [amount], needs: [quote]}"
    process = (
        block.format(first=first, second=second)
        + "\n- {step: sign, by: worker, returns-to: [{quote: direct}]}\n- end: closed\n"
    )
    play = Play(process).start()
    if "other" in play.open():
        play.do("other")
    play.do("quote", amount=10).do("approve", by="zhou")
    before = set(play.state.activations)
    marks = {node: len(found) for node, found in play.state.done.items()}
    play.send_back("sign", "quote")
    assert play.open() == {"quote", "sign"}
    play.do("quote", amount=11)
    assert play.open() == {"approve", "sign"}
    play.do("approve", by="zhou")
    assert play.open() == {"sign"}
    assert set(play.state.activations) == before
    assert {node: len(found) for node, found in play.state.done.items()} == marks
    assert play.do("sign").state.outcome == "closed"
