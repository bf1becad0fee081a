"""A value that is not of its type is told with what was found and how one is written."""

import json
from decimal import Decimal
from typing import Any

import pytest

from tests.kernel.dmn.support import literal, load, written
from tuoban.kernel.dmn import DmnError, Model
from tuoban.kernel.dmn.misfits import MOST_MEMBERS, MOST_SHOWN, shown
from tuoban.kernel.expressions import evaluate


def model_of(type_: str, more: str = "") -> Model:
    needs = '<informationRequirement><requiredInput href="#i"/></informationRequirement>'
    return written(
        f'{more}<inputData id="i" name="i"><variable name="i" typeRef="{type_}"/></inputData>'
        + literal("d", "i", needs)
    )


TYPES = {
    "number": 12,
    "string": "A",
    "boolean": True,
    "date": "2026-03-15",
    "time": "09:30:00",
    "date and time": "2026-03-15T09:30:00",
    "days and time duration": "P1DT2H",
    "years and months duration": "P1Y6M",
}


@pytest.mark.parametrize("type_", TYPES)
def test_the_example_of_a_type_is_of_the_type(type_: str) -> None:
    model = model_of(type_)
    part = model.part("d")
    (problem,) = model.check_inputs(part, {"i": [1, 2]})
    assert (problem.code, problem.facts["found"]) == ("misfit", "[1, 2]")
    example = evaluate(problem.facts["example"], {})
    assert example is not None
    assert model.check_inputs(part, {"i": example}) == ()


def test_what_lacks_only_its_quotes_is_the_example() -> None:
    model = model_of("date")
    (problem,) = model.check_inputs(model.part("d"), {"i": 2008}, {"i": "2026-03-15"})
    assert problem.facts["example"] == '@"2026-03-15"'
    assert problem.describe("en") == (
        "the value of “i” is 2008, which does not conform to the type date: write, for example, "
        '@"2026-03-15"'
    )
    (problem,) = model.check_inputs(model.part("d"), {"i": 2008}, {"i": "1 + 2007"})
    assert evaluate(problem.facts["example"], {}) is not None


def test_the_example_of_a_structure_has_its_members() -> None:
    model = load("item-definitions")
    (problem,) = model.check_inputs(model.part("person seen"), {"person": "Li"})
    assert problem.facts["example"] == '{"name": "A", "grades": …, "home": …}'


def test_the_example_of_a_list_has_an_element_of_its_type() -> None:
    item = '<itemDefinition name="t" isCollection="true"><typeRef>date</typeRef></itemDefinition>'
    model = model_of("t", item)
    (problem,) = model.check_inputs(model.part("d"), {"i": [1]})
    assert problem.facts["example"] == '[@"2026-03-15"]'


def test_the_example_of_a_large_structure_is_cut() -> None:
    members = "".join(
        f'<itemComponent name="m{n}"><typeRef>number</typeRef></itemComponent>' for n in range(500)
    )
    model = model_of("t", f'<itemDefinition name="t">{members}</itemDefinition>')
    (problem,) = model.check_inputs(model.part("d"), {"i": 1})
    assert problem.facts["example"].count(":") == MOST_MEMBERS
    assert problem.facts["example"].endswith(", …}")


def test_a_type_with_allowed_values_tells_them() -> None:
    model = load("item-definitions")
    (problem,) = model.check_inputs(model.part("few seen"), {"few": [1, 2, 3]})
    assert problem.code == "misfit-tests"
    assert problem.facts["tests"] == "count(?) < 3"


@pytest.mark.parametrize("value", ["x" * 1_000_000, [Decimal(1)] * 100_000, Decimal("1E+6000")])
def test_a_huge_value_is_shown_short(value: Any) -> None:
    assert len(shown(value)) <= MOST_SHOWN + 1


def test_all_names_that_are_no_inputs_are_told_at_once() -> None:
    model = model_of("number")
    with pytest.raises(DmnError) as refused:
        model.decide("d", {"j": 1, "k": 2})
    assert [problem.facts["name"] for problem in refused.value.problems] == ["j", "k"]


def test_a_misfit_in_a_loop_is_noted_once() -> None:
    function = (
        '<businessKnowledgeModel id="f" name="f"><encapsulatedLogic><formalParameter name="x" '
        'typeRef="string"/><literalExpression><text>x</text></literalExpression>'
        "</encapsulatedLogic></businessKnowledgeModel>"
    )
    needs = '<knowledgeRequirement><requiredKnowledge href="#f"/></knowledgeRequirement>'
    model = written(function + literal("d", "for n in 1..500 return f(n)", needs))
    notes = [note.reason for note in model.decide("d", {}).notes if note.reason.code == "misfit"]
    assert [json.dumps(note.facts["found"]) for note in notes] == ['"1"']
