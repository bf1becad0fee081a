"""What operations do to what waits for a message: cells of the tables of
docs/reference/operations.md."""

from __future__ import annotations

from tests.kernel.engine.playing import Play
from tests.kernel.engine.table import cell, jumped
from tests.kernel.engine.test_messages import deliver, play, waits
from tuoban.kernel import commands as c

WAIT = """
- {step: one, by: worker, form: [kind]}
- parallel:
    - stage: waiting
      steps:
        - {wait: came, message: paid, matching: kind = message.kind, for: 2 hours}
        - {step: two, by: checker, returns-to: [one]}
    - {step: beside, by: boss, returns-to: [one]}
- {step: three, by: worker}
- end: closed
"""
REACTION = """
- {step: one, by: worker, form: [kind]}
- stage: host
  steps: [{step: two, by: checker, returns-to: [one]}]
  during:
    - {message: paid, as: news, matching: kind = message.kind, then: [{step: look, by: boss}]}
- {step: three, by: worker}
- end: closed
"""


def waiting() -> Play:
    return play(WAIT).start().do("one", kind="easy")


def hosting() -> Play:
    return play(REACTION).start().do("one", kind="easy")


def paid(case: Play) -> Play:
    deliver(case, "m-1", kind="easy")
    return case


@cell("withdraw", "a message wait")
def test_withdraw_wait() -> None:
    case = waiting()
    case.withdraw("one")
    assert waits(case.state) == []
    assert deliver(case, "m-1", kind="easy") == []
    case.do("one", kind="easy")
    paid(case)
    assert case.open() == {"two", "beside"}
    case.withdraw("one").do("one", kind="easy")
    assert waits(case.state) == ["came"]
    assert paid(case).open() == {"two", "beside"}


@cell("return", "a message wait")
def test_return_wait() -> None:
    case = paid(waiting()).send_back("two", "one", "zhou").do("one", kind="easy")
    assert waits(case.state) == ["came"]
    assert case.state.newest("came") is None
    assert paid(case).open() == {"two", "beside"}


@cell("jump", "a message wait")
def test_jump_wait() -> None:
    case = jumped(waiting(), "beside", "three")
    assert waits(case.state) == []
    assert deliver(case, "m-1", kind="easy") == []
    back = jumped(paid(waiting()), "beside", "one").do("one", kind="easy")
    assert waits(back.state) == ["came"]
    assert paid(back).open() == {"two", "beside"}


@cell("cancel", "a message wait")
def test_cancel_wait() -> None:
    case = waiting()
    case.carry_out(c.Cancel("zhou", "no more"))
    assert waits(case.state) == []
    assert case.refused(c.Deliver("m-1", "paid", {"kind": "easy"}, case.at)) == "case-over"


@cell("suspend", "a message wait")
def test_suspend_wait() -> None:
    case = waiting()
    case.carry_out(c.Suspend("zhou", "strike"))
    case.wait(hours=3)
    assert waits(case.state) == ["came"]
    assert paid(case).open() == {"two", "beside"}


@cell("correct", "a message wait")
def test_correct_wait() -> None:
    case = waiting()
    assert deliver(case, "m-1", kind="hard") == []
    case.carry_out(c.Correct("li", "kind", "hard", "misread"))
    deliver(case, "m-1", kind="hard")
    assert case.open() == {"two", "beside"}


@cell("withdraw", "a message reaction")
def test_withdraw_reaction() -> None:
    case = paid(hosting())
    assert case.open() == {"two", "look"}
    case.withdraw("one")
    assert case.open() == {"one"}
    case.do("one", kind="easy")
    assert paid(case).open() == {"two", "look"}


@cell("return", "a message reaction")
def test_return_reaction() -> None:
    case = paid(hosting()).do("look", by="wang").send_back("two", "one", "zhou")
    case.do("one", kind="easy")
    assert case.open() == {"two"}
    assert paid(case).open() == {"two", "look"}


@cell("jump", "a message reaction")
def test_jump_reaction() -> None:
    case = jumped(paid(hosting()), "two", "three")
    assert case.open() == {"three"}
    assert deliver(case, "m-2", kind="easy") == []


@cell("cancel", "a message reaction")
def test_cancel_reaction() -> None:
    case = paid(hosting())
    case.carry_out(c.Cancel("zhou", "no more"))
    assert case.open() == set()


@cell("suspend", "a message reaction")
def test_suspend_reaction() -> None:
    case = hosting()
    case.carry_out(c.Suspend("zhou", "strike"))
    assert paid(case).open() == {"two", "look"}
    look = case.item("look").id
    assert case.refused(c.Complete("wang", look, None, {}, frozenset(), {})) == "suspended"


@cell("correct", "a message reaction")
def test_correct_reaction() -> None:
    case = paid(hosting())
    case.carry_out(c.Correct("li", "kind", "hard", "misread"))
    assert case.open() == {"two", "look"}
    assert deliver(case, "m-2", kind="easy") == []
    deliver(case, "m-3", kind="hard")
    assert len([item for item in case.state.items.values() if item.node == "look"]) == 2
