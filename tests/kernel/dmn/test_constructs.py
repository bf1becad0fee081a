"""What models decide: one small file for each construct."""

from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

import pytest

from tests.kernel.dmn.support import literal, load, written
from tuoban.kernel.dmn import DmnError
from tuoban.kernel.expressions import BudgetExceeded

JOBS = [
    {"room": "hall", "hours left": 5},
    {"room": "cellar", "hours left": 9},
    {"room": "attic", "hours left": 1},
]
PERSON = {"name": "Li", "grades": ["A", "B"], "home": {"floor": 3}}

DECIDED: list[tuple[str, str, dict[str, Any], Any]] = [
    ("literal-expression", "税额", {"价格": 200, "税率 %": 13}, Decimal(26)),
    ("literal-expression", "税额", {"价格": 200, "税 率": 13}, Decimal(26)),
    ("hit-policies", "unique", {"n": 25}, 2),
    ("hit-policies", "unique", {"n": 5}, None),
    ("hit-policies", "any", {"n": 25}, 2),
    ("hit-policies", "any", {"n": 5}, None),
    ("hit-policies", "priority", {"n": 5}, 3),
    ("hit-policies", "first", {"n": 5}, 1),
    ("hit-policies", "rule order", {"n": 5}, [1, 3, 2]),
    ("hit-policies", "output order", {"n": 5}, [3, 2, 1]),
    ("hit-policies", "collect", {"n": 15}, [3, 2]),
    ("hit-policies", "collect sum", {"n": 5}, 6),
    ("hit-policies", "collect min", {"n": 5}, 1),
    ("hit-policies", "collect max", {"n": 5}, 3),
    ("hit-policies", "collect count", {"n": 5}, 3),
    ("decision-table", "上门费", {"区域": "城区", "工时": 1}, {"费用": 0, "说明": "免费"}),
    ("decision-table", "上门费", {"区域": "郊区", "工时": 8}, {"费用": 400, "说明": "收费"}),
    ("decision-table", "上门费", {"区域": "郊区", "工时": 9}, {"费用": 99, "说明": "另议"}),
    ("context", "whole", {"n": 2}, {"twice n": 4, "inner": {"more": 5}}),
    ("context", "result", {"n": 2}, 6),
    ("invocation", "boxed", {}, Decimal(180)),
    ("invocation", "written", {}, Decimal(180)),
    ("invocation", "misfit", {}, None),
    ("invocation", "wrong names", {}, None),
    ("invocation", "rate of", {"amount": 10, "member": True}, 9),
    ("function-definition", "合计", {}, 18),
    ("list", "d", {}, [1, 2, 3]),
    ("relation", "配件", {}, [{"名称": "滤芯", "单 价": 45}, {"名称": "皮带", "单 价": 120}]),
    ("relation", "贵的", {}, ["皮带"]),
    ("conditional", "size", {"n": 10}, "large"),
    ("conditional", "size", {"n": 9}, "small"),
    ("conditional", "size", {}, "small"),
    ("filter", "long jobs", {"jobs": JOBS, "limit": 2}, JOBS[:1]),
    ("filter", "last job", {"jobs": JOBS}, JOBS[2]),
    ("filter", "no test", {"jobs": JOBS}, None),
    ("invocation", "not called", {}, None),
    ("iterators", "squares", {"numbers": [1, 2, 3]}, [1, 5, 11]),
    ("iterators", "squares", {"numbers": 4}, [16]),
    ("iterators", "squares", {}, None),
    ("iterators", "from a range", {}, [2, 4, 6]),
    ("iterators", "any large", {"numbers": [1, 2, 3]}, True),
    ("iterators", "all large", {"numbers": [1, 2, 3]}, False),
    ("iterators", "all large", {"numbers": [3, 4]}, True),
    ("required-decisions", "second", {"n": 2}, 22),
    ("required-decisions", "second", {"n": 2, "first": 5}, 7),
    ("required-decisions", "told", {"by hand": "yes"}, "The head says yes"),
    ("required-decisions", "told", {}, None),
    ("decision-service", "one result", {"start": 1, "n": 2}, -2),
    ("decision-service", "two results", {"n": 2}, {"twice": 1996, "what is left": 998}),
    ("decision-service", "caller", {}, 2),
    ("decision-service", "misfit", {}, None),
    ("item-definitions", "person seen", {"person": PERSON}, PERSON),
    ("item-definitions", "person seen", {"person": [PERSON]}, PERSON),
    ("item-definitions", "person seen", {"person": {**PERSON, "age": 3}}, {**PERSON, "age": 3}),
    ("item-definitions", "person seen", {"person": {"name": "Li"}}, None),
    ("item-definitions", "person seen", {"person": {**PERSON, "grades": ["C"]}}, None),
    ("item-definitions", "person seen", {"person": {**PERSON, "home": {"floor": 100}}}, None),
    ("item-definitions", "few seen", {"few": [1, 2]}, [1, 2]),
    ("item-definitions", "few seen", {"few": 1}, [1]),
    ("item-definitions", "few seen", {"few": [1, 2, 3]}, None),
    ("item-definitions", "few seen", {"few": [1, -2]}, None),
    ("item-definitions", "when seen", {"when": date(2026, 3, 1)}, datetime(2026, 3, 1, tzinfo=UTC)),
    ("item-definitions", "is person", {}, True),
    ("item-definitions", "a grade", {}, "B"),
    ("item-definitions", "no grade", {}, None),
    ("item-definitions", "to number", {"x": [7]}, 7),
    ("item-definitions", "to number", {"x": "7"}, None),
]


@pytest.mark.parametrize(("model", "decision", "inputs", "expected"), DECIDED)
def test_models_decide_as_the_standard_says(
    model: str, decision: str, inputs: dict[str, Any], expected: object
) -> None:
    assert load(model).decide(decision, inputs).value == expected


def test_the_decisions_on_the_way_come_with_the_outcome() -> None:
    outcome = load("required-decisions").decide("second", {"n": 2})
    assert outcome.values == {"first": 20, "second": 22}


def test_the_rules_that_fitted_come_with_the_outcome() -> None:
    outcome = load("hit-policies").decide("output order", {"n": 15})
    assert [(each.subject, each.rules) for each in outcome.fittings] == [("output order", (2, 3))]


@pytest.mark.parametrize(
    ("model", "decision", "inputs", "said"),
    [
        ("hit-policies", "unique", {"n": 99}, "unique: the table has no result: no rule fits"),
        ("item-definitions", "no grade", {}, '“no grade” is "Z", which does not conform'),
        ("literal-expression", "税额", {"价格": 1}, "税额: “税率 %” is not given"),
        ("literal-expression", "税额", {"价格": "x"}, '“价格” is "x", which does not conform'),
        ("required-decisions", "told", {}, "by hand: no logic is written"),
        ("invocation", "wrong names", {}, "the parameters to be given are: amount, member"),
        ("invocation", "misfit", {}, 'rate of: the value of “amount” is "many", which'),
    ],
)
def test_a_null_has_its_reason(
    model: str, decision: str, inputs: dict[str, Any], said: str
) -> None:
    notes = load(model).decide(decision, inputs).notes
    assert any(said in note.describe("en") for note in notes), notes
    assert all(note.describe("zh") != note.describe("en") for note in notes)


def test_a_decision_that_is_not_known_is_refused_with_the_nearest_name() -> None:
    with pytest.raises(DmnError, match="the nearest is “squares”"):
        load("iterators").decide("square", {})


@pytest.mark.parametrize(
    ("model", "decision"), [("iterators", "squares"), ("decision-service", "one result")]
)
def test_an_input_that_is_not_known_is_refused(model: str, decision: str) -> None:
    with pytest.raises(DmnError) as refused:
        load(model).decide(decision, {"nobody": 1})
    assert refused.value.problems[0].code == "unknown-input"


def test_an_evaluation_keeps_to_its_budget() -> None:
    with pytest.raises(BudgetExceeded):
        load("iterators").decide("squares", {"numbers": list(range(200))}, budget=500)


def test_the_caller_says_what_time_it_is() -> None:
    model = written(literal("d", "[now(), today()]"))
    now = datetime(2026, 3, 1, 9, 30, tzinfo=UTC)
    assert model.decide("d", {}, now=now).value == [now, date(2026, 3, 1)]
    assert model.decide("d", {}).value == [None, None]
