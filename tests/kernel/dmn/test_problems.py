"""What a file says that cannot be understood is told with its place, all of it at once."""

from string import Formatter

import pytest

from tests.kernel.dmn.support import around, literal, problems, written
from tuoban.kernel.dmn import TEXTS, DmnError, read_model

REFUSED: list[tuple[str, str]] = [
    ("<colour/>", "unknown-element"),
    ('<decision id="d" name="d"><rule/></decision>', "unknown-element"),
    ('<import name="other" namespace="urn:o" importType="x"/>', "import-not-supported"),
    ('<decision id="d"/>', "name-missing"),
    ('<decision id="d" name="d"/><decision id="d" name="e"/>', "id-taken"),
    ('<decision id="d" name="d"/><decision id="e" name="d"/>', "name-taken"),
    (
        '<decision id="d" name="d"><variable name="d"/><variable name="d"/></decision>',
        "element-twice",
    ),
    ('<decision id="d" name="d"><list/><list/></decision>', "one-expression"),
    (
        '<decision id="d" name="d"><conditional><if/><then/><else/></conditional></decision>',
        "expression-missing",
    ),
    ('<decision id="d" name="d"><filter/></decision>', "element-missing"),
    (
        '<decision id="d" name="d"><variable name="d" typeRef="nmber"/></decision>',
        "unknown-type-ref",
    ),
    (
        '<decision id="d" name="d"><informationRequirement>'
        '<requiredInput href="#nobody"/></informationRequirement></decision>',
        "unknown-reference",
    ),
    (
        '<decision id="d" name="d"><informationRequirement>'
        '<requiredInput href="#d"/></informationRequirement></decision>',
        "unknown-reference",
    ),
    ('<decision id="d" name="d"><informationRequirement/></decision>', "element-missing"),
    ('<itemDefinition name="a"><typeRef>b</typeRef></itemDefinition>', "unknown-type-ref"),
    ('<itemDefinition name="a"><typeRef>a</typeRef></itemDefinition>', "type-circle"),
    ('<itemDefinition name="number"><typeRef>string</typeRef></itemDefinition>', "name-taken"),
    (
        '<itemDefinition name="a"><typeRef>number</typeRef><functionItem/></itemDefinition>',
        "one-kind-of-type",
    ),
    (
        '<itemDefinition name="a"><typeRef>number</typeRef>'
        "<allowedValues><text>[1..</text></allowedValues></itemDefinition>",
        "unexpected-end",
    ),
    (literal("d", "1 +"), "unexpected-end"),
    (literal("d", "n + 1"), "unknown-name"),
    (
        '<decision id="d" name="d"><literalExpression expressionLanguage="urn:sql">'
        "<text>1</text></literalExpression></decision>",
        "other-language",
    ),
    (
        '<decision id="d" name="d"><literalExpression><importedValues/></literalExpression>'
        "</decision>",
        "not-supported",
    ),
    (
        '<decision id="d" name="d"><functionDefinition kind="Java"><literalExpression>'
        "<text>1</text></literalExpression></functionDefinition></decision>",
        "not-supported",
    ),
    (
        '<decision id="d" name="d"><relation><column name="a"/><row/></relation></decision>',
        "cells-of-row",
    ),
    (
        '<decision id="d" name="d"><context><contextEntry><list/></contextEntry>'
        '<contextEntry><variable name="a"/><list/></contextEntry></context></decision>',
        "entry-behind-result",
    ),
    (
        '<decision id="d" name="d"><decisionTable hitPolicy="BEST"><output/><rule><outputEntry>'
        "<text>1</text></outputEntry></rule></decisionTable></decision>",
        "unknown-policy",
    ),
    (
        '<decision id="d" name="d"><decisionTable><output/></decisionTable></decision>',
        "table-problem",
    ),
]


@pytest.mark.parametrize(("body", "code"), REFUSED)
def test_what_cannot_be_understood_refuses_the_file(body: str, code: str) -> None:
    assert {found[2] for found in problems(body)} == {code}


def test_all_problems_are_told_in_the_order_of_the_file() -> None:
    body = literal("a", "1 +") + "\n" + literal("b", "x") + "\n" + literal("c", "2 )")
    assert problems(body) == [
        (2, 55, "unexpected-end"),
        (3, 52, "unknown-name"),
        (4, 54, "unexpected-token"),
    ]


def test_a_problem_inside_a_text_of_several_lines_has_its_own_place() -> None:
    assert problems(literal("d", "[1,\n  2 &lt; 3,\n  三四]")) == [(4, 3, "unknown-name")]


def test_a_problem_in_a_cell_of_a_table_has_its_own_place() -> None:
    body = (
        '<decision id="d" name="d"><decisionTable>\n<input><inputExpression><text>1</text>'
        "</inputExpression></input><output/>\n"
        "<rule><inputEntry><text>&gt; nobody</text></inputEntry>\n"
        "<outputEntry><text>2</text></outputEntry></rule></decisionTable></decision>"
    )
    assert problems(body) == [(4, 30, "table-problem")]


@pytest.mark.parametrize(
    ("written_policy", "first"),
    [
        ('hitPolicy="FRIST"', "FIRST, "),
        ('hitPolicy="unique"', "UNIQUE, "),
        ('hitPolicy="COLLECT" aggregation="SUMM"', "COLLECT SUM, "),
    ],
)
def test_an_unknown_hit_policy_is_told_with_those_that_are(written_policy: str, first: str) -> None:
    with pytest.raises(DmnError) as refused:
        written(f'<decision id="d" name="d"><decisionTable {written_policy}>{CELLS}')
    (problem,) = refused.value.problems
    assert problem.facts["known"].startswith(first)
    assert len(problem.facts["known"].split(", ")) == 11


CELLS = "<output/><rule><outputEntry><text>1</text></outputEntry></rule></decisionTable></decision>"


def test_an_unknown_hit_policy_does_not_hide_the_bad_cells_of_its_table() -> None:
    cells = CELLS.replace("1<", "1 +<")
    body = f'<decision id="d" name="d"><decisionTable hitPolicy="FRIST">\n{cells}'
    assert problems(body) == [(2, 27, "unknown-policy"), (3, 38, "table-problem")]


def test_a_circle_is_told_with_its_path() -> None:
    needs = '<informationRequirement><requiredDecision href="#{}"/></informationRequirement>'
    body = literal("a", "b", needs.format("b")) + literal("b", "a", needs.format("a"))
    with pytest.raises(DmnError, match="They depend on one another: a → b → a"):
        written(body)


def test_what_will_always_be_null_is_a_warning() -> None:
    (warning,) = written(literal("d", '1 + "a"')).warnings
    assert warning.code == "wrong-type"
    assert warning.read("en", "m.dmn").startswith("m.dmn:2:")


def test_extensions_and_unknown_attributes_are_told() -> None:
    model = written(
        '<extensionElements><x:a xmlns:x="urn:x"/></extensionElements>'
        '<decision id="d" name="d" colour="red"/>'
    )
    assert [warning.code for warning in model.warnings] == ["foreign-elements", "unknown-attribute"]


def test_what_does_not_decide_is_passed_over() -> None:
    model = written(
        "<description>A text</description>"
        '<textAnnotation id="t"><text>A note</text></textAnnotation>'
        '<knowledgeSource id="k" name="law"><type>x</type></knowledgeSource>'
        '<dmndi:DMNDI xmlns:dmndi="https://www.omg.org/spec/DMN/20230324/DMNDI/"/>'
    )
    assert (model.parts, model.warnings) == ({}, ())


def test_read_leniently_a_faulty_text_is_null_with_its_reason() -> None:
    model = written(literal("a", "1 +") + literal("b", "2"), lenient=True)
    assert [warning.code for warning in model.warnings] == ["unexpected-end"]
    outcome = model.decide("a", {})
    assert outcome.value is None
    assert outcome.notes[0].describe("en") == "a: the logic is faulty and cannot be evaluated"
    assert model.decide("b", {}).value == 2


def test_a_file_of_another_version_says_which_are_read() -> None:
    xml = around("").replace("20230324", "20990101").encode()
    with pytest.raises(DmnError, match=r"DMN 1\.2 to 1\.5"):
        read_model(xml)


@pytest.mark.parametrize("code", sorted(TEXTS))
def test_every_code_has_two_texts_with_the_same_facts(code: str) -> None:
    zh, en = TEXTS[code]
    facts = [set(Formatter().parse(text)) for text in (zh, en)]
    names = [{part[1] for part in each if part[1]} for each in facts]
    if code not in ("table-problem", "table-without-result"):
        assert names[0] == names[1]
    assert zh != en


@pytest.mark.parametrize(
    "body",
    [
        '<decision id="d" name="d"><functionDefinition kind="Java"><list/></functionDefinition>'
        "</decision>",
        '<decision id="d" name="d"><variable name="d" typeRef="nmber"/></decision>',
        '<decision id="d" name="d"/><decision id="e" name="d"/>',
        '<decision id="d" name="d"><decisionTable><output/></decisionTable></decision>',
    ],
)
def test_read_leniently_a_faulty_part_only_warns(body: str) -> None:
    model = written(body, lenient=True)
    assert len(model.warnings) == 1
    model.decide("d", {})


def test_members_with_signs_in_their_names_are_read() -> None:
    item = '<itemComponent name="{}"><typeRef>number</typeRef></itemComponent>'
    model = written(
        f'<itemDefinition name="t">{item.format("pre-tax")}{item.format("after tax")}'
        '</itemDefinition><inputData id="p" name="price"><variable name="price" typeRef="t"/>'
        "</inputData>"
        + literal(
            "d",
            "price.pre-tax - price.after tax",
            '<informationRequirement><requiredInput href="#p"/></informationRequirement>',
        )
    )
    assert model.decide("d", {"price": {"pre-tax": 9, "after tax": 7}}).value == 2
