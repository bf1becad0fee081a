"""What a modeller is told is so, and can be done."""

from __future__ import annotations

import pytest

from tests.kernel.bpmn.building import (
    END,
    START,
    begun,
    flow,
    imported,
    node,
    process_of,
    refusals,
    tasks,
)
from tests.kernel.bpmn.test_choices import gate


def choice(condition: str) -> str:
    process = START + tasks("a", "b") + END + gate("x", "x_e_4")
    return process + flow("s > a", "a > x", f"x > b ? {condition}", "x > e", "b > e")


@pytest.mark.parametrize(
    ("said", "feel"),
    [
        ("${!approved}", "not(approved)"),
        ("${!(amount > 5) || !paid}", "not(amount > 5) or not(paid)"),
        ("${not approved && amount !== 5}", "not(approved) and amount != 5"),
        ("order total > 5", "order_total > 5"),
        ("order total > 5 and paid by = 'cash'", 'order_total > 5 and paid_by = "cash"'),
        ("amount is greater than 5", None),
        ("= customer name = \"Order total\"", 'customer_name = "Order total"'),
    ],
)  # fmt: skip
def test_conditions_that_other_tools_write(said: str, feel: str | None) -> None:
    if feel is None:
        assert refusals(choice(said)) == ["condition-not-feel x_b_3"]
        return
    assert f"{{when: {feel}, then:" in process_of(choice(said))
    assert "condition-read" in [each.code for each in imported(choice(said)).warnings]


def test_a_condition_of_several_words_is_gone_by() -> None:
    play = begun(choice("order total > 5")).do("a", order_total=9)
    assert play.open() == {"b"}


@pytest.mark.parametrize(
    ("inside", "code"),
    [
        ("<conditionalEventDefinition><condition/></conditionalEventDefinition>",
         "condition-missing"),
        ("<conditionalEventDefinition/>", "condition-missing"),
        ("<timerEventDefinition><timeDuration> </timeDuration></timerEventDefinition>",
         "timer-missing"),
        ("<timerEventDefinition/>", "timer-missing"),
        ("<timerEventDefinition><timeDuration>${due}</timeDuration></timerEventDefinition>",
         "timer-unread"),
    ],
)  # fmt: skip
def test_what_is_not_said_is_told_otherwise_than_what_is_not_understood(
    inside: str, code: str
) -> None:
    process = START + node("intermediateCatchEvent", "w", inside) + END + flow("s > w", "w > e")
    assert refusals(process) == [f"{code} w"]


def test_a_timer_that_comes_once_is_a_duration() -> None:
    inside = "<timerEventDefinition><timeCycle>R1/P5D</timeCycle></timerEventDefinition>"
    process = START + node("intermediateCatchEvent", "w", inside) + END + flow("s > w", "w > e")
    assert "for: 5 days" in process_of(process)


@pytest.mark.parametrize(
    ("called", "code"),
    [("gone", "call-unknown"), ("task", "call-of-task"), ("none", "call-of-empty"),
     ("p", "call-of-itself"), ("", "call-of-nothing")],
)  # fmt: skip
def test_why_nothing_can_be_called(called: str, code: str) -> None:
    beside = '<globalUserTask id="task" name="Sign"/><process id="none"/>'
    process = START + node("callActivity", "c", calledElement=called) + END
    assert refusals(process + flow("s > c", "c > e"), beside) == [f"{code} c"]
