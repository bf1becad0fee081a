"""Files that mean harm are refused soon, with a code and a place."""

from itertools import pairwise

import pytest

from tests.kernel.dmn.support import NAMESPACE, around, literal, problems, written
from tuoban.kernel.dmn import DmnError, read_model
from tuoban.kernel.dmn.problems import MOST_PROBLEMS
from tuoban.kernel.expressions import BudgetExceeded
from tuoban.kernel.xml_files import MAX_BYTES, MAX_DEPTH

LAUGHS = (
    "<!DOCTYPE d [<!ENTITY a 'ha'>"
    + "".join(f"<!ENTITY {b} '{f'&{a};' * 10}'>" for a, b in pairwise("abcdefghi"))
    + f"]><definitions xmlns='{NAMESPACE}'>&i;</definitions>"
)


def code_of(xml: bytes) -> str:
    with pytest.raises(DmnError) as refused:
        read_model(xml)
    (problem,) = refused.value.problems
    assert problem.describe("zh") != problem.describe("en")
    return problem.code


@pytest.mark.parametrize(
    ("xml", "code"),
    [
        (b"", "xml-empty"),
        (b"<!-- nothing -->", "xml-empty"),
        (b"not xml", "xml-malformed"),
        (b"\x00\x01", "xml-malformed"),
        (b"<a b=1/>", "xml-malformed"),
        (b"<a><b>", "xml-unclosed"),
        (b"<a><b", "xml-unclosed"),
        (b"<a><![CDATA[", "xml-unclosed"),
        (b"<a><b></a>", "xml-wrong-end"),
        (b"<a b='1' b='2'/>", "xml-attribute-twice"),
        (b"<a/><b/>", "xml-behind-end"),
        (b"<a><x:b/></a>", "xml-unknown-prefix"),
        (around("&nobody;").encode(), "xml-unknown-entity"),
        (LAUGHS.encode(), "xml-doctype"),
        (b"<!DOCTYPE d SYSTEM 'http://127.0.0.1:1/x.dtd'><d/>", "xml-doctype"),
        (b"<!DOCTYPE d [<!ENTITY x SYSTEM 'file:///etc/passwd'>]><d>&x;</d>", "xml-doctype"),
        (b"<?xml version='1.0' encoding='gb18030'?><d/>", "xml-encoding"),
        (b"<?xml version='1.0' encoding='no-such'?><d/>", "xml-encoding"),
        (b" " * (MAX_BYTES + 1), "xml-too-large"),
        (around("<description>" * MAX_DEPTH).encode(), "xml-too-deep"),
        (("<a>" * 100_000).encode(), "xml-too-deep"),
        (f"<a>{'<b/>' * 200_000}".encode(), "xml-too-many"),
        (around("<description>" + "&lt;" * 900_000).encode(), "xml-too-many"),
        (b"<definitions/>", "not-dmn"),
        (f"<decision xmlns='{NAMESPACE}'/>".encode(), "not-dmn"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_what_is_no_plain_dmn_file_is_refused(xml: bytes, code: str) -> None:
    assert code_of(xml) == code


def test_a_chain_of_functions_of_any_length_stays_within_the_stack() -> None:
    functions = "".join(
        f'<businessKnowledgeModel id="f{n}" name="f{n}"><encapsulatedLogic><literalExpression>'
        f"<text>f{n + 1}()</text></literalExpression></encapsulatedLogic><knowledgeRequirement>"
        f'<requiredKnowledge href="#f{n + 1}"/></knowledgeRequirement></businessKnowledgeModel>'
        for n in range(2000)
    )
    last = '<businessKnowledgeModel id="f2000" name="f2000"/>'
    with pytest.raises(BudgetExceeded):
        written(functions + last).decide("f0", {})


def test_a_chain_of_decisions_of_any_length_is_decided() -> None:
    needs = '<informationRequirement><requiredDecision href="#d{}"/></informationRequirement>'
    decisions = "".join(literal(f"d{n}", f"d{n + 1} + 1", needs.format(n + 1)) for n in range(1500))
    assert written(decisions + literal("d1500", "0")).decide("d0", {}).value == 1500


def test_boxed_expressions_as_deep_as_a_file_allows_stay_within_the_stack() -> None:
    levels = MAX_DEPTH - 4
    boxed = "<list>" * levels + "<literalExpression><text>1</text></literalExpression>"
    model = written(f'<decision id="d" name="d">{boxed}{"</list>" * levels}</decision>')
    with pytest.raises(BudgetExceeded):
        model.decide("d", {})  # values are nested at most so deep, too


def test_a_table_inside_a_loop_pays_from_the_budget_of_the_whole() -> None:
    table = (
        "<decisionTable><input><inputExpression><text>n</text></inputExpression></input><output/>"
        "<rule><inputEntry><text>-</text></inputEntry>"
        "<outputEntry><text>count(for x in 1..900 return x)</text></outputEntry></rule>"
        "</decisionTable>"
    )
    model = written(
        '<decision id="d" name="d"><for iteratorVariable="n"><in><literalExpression>'
        "<text>[1..900]</text></literalExpression></in>"
        f"<return>{table}</return></for></decision>"
    )
    with pytest.raises(BudgetExceeded):
        model.decide("d", {})


def test_too_many_names_in_sight_are_refused() -> None:
    entry = (
        '<contextEntry><variable name="n {}"/><literalExpression><text>1</text>'
        "</literalExpression></contextEntry>"
    )
    entries = "".join(entry.format(n) for n in range(2_000))
    body = f'<decision id="d" name="d"><context>{entries}</context></decision>'
    assert {code for _, _, code in problems(body)} == {"too-many-names"}


def test_too_many_texts_with_many_names_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tuoban.kernel.dmn.compiler.MAX_WORK", 2_000)
    inputs = "".join(f'<inputData id="i{n}" name="the input {n}"/>' for n in range(30))
    variables = inputs.replace("/>", '><variable name="the value"/></inputData>')
    body = variables + "".join(literal(f"d{n}", "1") for n in range(3000))
    assert {code for _, _, code in problems(body)} == {"too-much-work"}


def test_many_names_of_several_words_in_many_texts_are_refused(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("tuoban.kernel.dmn.compiler.MAX_WORK", 50_000)
    names = [f"x {a} {b}" for a in "abcdefghijklmnop" for b in "abcdefghijklmnop"]
    members = "".join(
        f'<itemComponent name="{name}"><typeRef>number</typeRef></itemComponent>' for name in names
    )
    text = "/* " + " ".join(names) + " */ 1"
    body = f'<itemDefinition name="t">{members}</itemDefinition>'
    assert problems(body + literal("d", text)) == []
    many = "".join(literal(f"d{n}", text) for n in range(30))
    assert {code for _, _, code in problems(body + many)} == {"too-much-work"}


def test_a_name_too_long_to_be_read_is_a_warning() -> None:
    (warning,) = written(f'<inputData id="i" name="{"n " * 100_000}"/>').warnings
    assert warning.code == "name-unusable"
    assert len(warning.describe("en")) < 1_000


def test_types_without_number_that_nobody_knows_are_refused() -> None:
    types = "".join(
        f'<itemDefinition name="t {n}"><typeRef>number</typeRef></itemDefinition>'
        for n in range(2_000)
    )
    body = types + "".join(
        f'<inputData id="i{n}" name="i{n}"><variable name="i{n}" typeRef="list&lt;no{n}&gt;"/>'
        "</inputData>"
        for n in range(2_000)
    )
    assert {code for _, _, code in problems(body)} == {"unknown-type-ref"}


def test_a_hopeless_file_is_given_up_on() -> None:
    body = "".join(literal(f"d{n}", "nobody") for n in range(1000))
    assert len(problems(body)) == MOST_PROBLEMS


def test_nulls_without_number_are_explained_a_few_times_only() -> None:
    model = written(literal("d", "f(1)", NEEDS) + FUNCTION)
    outcome = model.decide("d", {}, budget=1_000_000)
    assert outcome.value == [None] * 20_000
    assert len(outcome.notes) <= 20


NEEDS = '<knowledgeRequirement><requiredKnowledge href="#f"/></knowledgeRequirement>'
FUNCTION = (
    '<businessKnowledgeModel id="f" name="f"><encapsulatedLogic><formalParameter name="x"/>'
    '<for iteratorVariable="n"><in><literalExpression><text>[1..20000]</text></literalExpression>'
    "</in><return><literalExpression><text>n / 0</text></literalExpression></return></for>"
    "</encapsulatedLogic></businessKnowledgeModel>"
)
