"""A table of a model, printed for a pack, decides there as it did in the model."""

from collections.abc import Iterable
from datetime import date
from itertools import product
from typing import Any

import pytest

from tests.kernel.dmn.support import load, written
from tests.kernel.language.support import pack
from tuoban.kernel.dmn import DmnError, as_pack_table
from tuoban.kernel.language import compile_pack

YEARS = (None, 0, 5, 6, 9, 10, 13, 19, 20, 40, 41)
GRADES = (None, "junior", "senior")
SINCE = (None, date(2019, 12, 31), date(2020, 1, 1))
HALF = (True, False, None)


def sections(printed: str) -> dict[str, str]:
    """The printed sections as `pack` takes them."""
    fields, _, tables = printed.partition("tables:\n")
    return {"fields": "\n" + fields.removeprefix("fields:\n"), "tables": "\n" + tables}


def assert_same(
    model: str, decision: str, table: str, renamed: dict[str, str], inputs: Iterable[dict[str, Any]]
) -> None:
    loaded = load(model)
    printed = sections(as_pack_table(loaded, decision, "zh"))
    names = ", ".join(renamed.values())
    process = f"\n  - {{decide: {table}, as: found}}\n  - step: work\n    zh: 办理\n    by: clerk"
    definition = compile_pack(
        pack(
            **printed,
            starts=f"[{{request: ask, zh: 申请, by: [clerk, head], form: [{names}]}}]",
            process=f"{process}\n  - {{end: done, zh: 完成}}",
        )
    )
    compiled = definition.tables[table].decision
    for given in inputs:
        theirs = loaded.decide(decision, given).value
        ours = compiled({renamed[name]: value for name, value in given.items()}).value
        assert ours == theirs, given


def test_a_table_with_names_of_several_words_decides_the_same() -> None:
    names = {
        "Years of Service": "years_of_service",
        "jobGrade": "job_grade",
        "since": "since",
        "half time": "half_time",
    }
    # 13 years are not allowed; a pack refuses them where they are entered.
    years = [year for year in YEARS if year != 13]
    samples = [
        dict(zip(names, values, strict=True)) for values in product(years, GRADES, SINCE, HALF)
    ]
    assert_same("pack-table", "Vacation Days", "vacation_days", names, samples)


def test_priorities_of_outputs_decide_the_same() -> None:
    names = {"Years of Service": "years_of_service"}
    samples = [{"Years of Service": year} for year in YEARS]
    assert_same("pack-table", "level", "level", names, samples)


def test_a_table_with_several_outputs_and_defaults_decides_the_same() -> None:
    names = {"区域": "区域", "工时": "工时"}
    samples = [
        dict(zip(names, values, strict=True))
        for values in product(("城区", "郊区", None), (None, 0, 1, 2, 8, 9))
    ]
    assert_same("decision-table", "上门费", "上门费", names, samples)


def test_allowed_values_of_inputs_become_options_and_rules_of_fields() -> None:
    printed = as_pack_table(load("pack-table"), "Vacation Days", "en")
    assert '  job_grade:\n    type: choice\n    en: "jobGrade"\n    options:' in printed
    for rule in ("years_of_service in ([0..60])", "not(years_of_service in (13))"):
        assert f'- that: "years_of_service = null or {rule}"' in printed


def test_remarks_and_comments_do_not_break_the_drawing() -> None:
    printed = as_pack_table(load("pack-table"), "Vacation Days")
    assert "| a 'rule' / of thumb |" in printed
    assert "| 20 + years_of_service " in printed


INPUT = '<inputData id="n" name="{0}"><variable name="{0}" typeRef="{1}"/></inputData>'
NEEDS = '<informationRequirement><requiredInput href="#n"/></informationRequirement>'


def table(text: str, cell: str = "1", more: str = "", output: str = "") -> str:
    return (
        f'<decision id="d" name="d">{NEEDS}{more}<decisionTable hitPolicy="COLLECT"><input>'
        f"<inputExpression><text>{text}</text></inputExpression></input><output>{output}</output>"
        f"<rule><inputEntry><text>-</text></inputEntry><outputEntry><text>{cell}</text>"
        "</outputEntry></rule></decisionTable></decision>"
    )


FUNCTION = (
    '<businessKnowledgeModel id="f" name="f"><encapsulatedLogic><literalExpression><text>1</text>'
    "</literalExpression></encapsulatedLogic></businessKnowledgeModel>"
)
PERSON = (
    '<itemDefinition name="tP"><itemComponent name="age"><typeRef>number</typeRef>'
    "</itemComponent></itemDefinition>"
)


@pytest.mark.parametrize(
    ("body", "codes"),
    [
        (INPUT.format("n", "number") + '<decision id="d" name="d"/>', {"as-table-no-table"}),
        (INPUT.format("?", "number") + table("1"), set()),
        (INPUT.format("1 n", "number") + table("1"), set()),
        (INPUT.format("case", "number") + table("case"), {"as-table-name"}),
        (INPUT.format("n", "time") + table("n"), {"as-table-type"}),
        (
            PERSON + INPUT.format("p", "tP") + table("p.age"),
            {"as-table-structured", "as-table-type"},
        ),
        (
            INPUT.format("n", "number")
            + FUNCTION
            + table(
                "n",
                "f()",
                '<knowledgeRequirement><requiredKnowledge href="#f"/></knowledgeRequirement>',
            ),
            {"as-table-function"},
        ),
        (
            INPUT.format("n", "number")
            + table("n", "n + 1", "", "<outputValues><text>[1..9]</text></outputValues>"),
            {"as-table-output-values"},
        ),
        (
            INPUT.format("n", "number") + table("n", "1", '<variable name="d" typeRef="number"/>'),
            {"as-table-result-type"},
        ),
        (
            INPUT.format("n", "number").replace("<variable", "<description/><variable")
            + table("n + 1").replace(
                "</inputExpression>", "</inputExpression><inputValues><text>1</text></inputValues>"
            ),
            {"as-table-input-values"},
        ),
    ],
)  # fmt: skip
def test_what_a_pack_cannot_say_is_refused_with_its_reason(body: str, codes: set[str]) -> None:
    found: set[str] = set()
    try:
        as_pack_table(written(body), "d")
    except DmnError as error:
        found = {problem.code for problem in error.problems}
    assert found == codes
