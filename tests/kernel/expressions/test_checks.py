import pytest

from tuoban.kernel.expressions import (
    ANY,
    BOOLEAN,
    DATE,
    DATETIME,
    DURATION,
    NUMBER,
    TEXT,
    ExpressionError,
    Shape,
    choice_of,
    compile_expression,
    context_of,
    function_to,
    list_of,
)

LINE = context_of({"price": NUMBER, "kind": choice_of("part", "labour"), "on": DATE})
KNOWN: dict[str, Shape] = {
    "kind": choice_of("repair", "claim"),
    "total": NUMBER,
    "insured": BOOLEAN,
    "note": TEXT,
    "lines": list_of(LINE),
    "quote": context_of({"outcome": choice_of("accept", "decline"), "total": NUMBER}),
    "extra": context_of({"open": NUMBER}, is_open=True),
    "opened_at": DATETIME,
    "anything": ANY,
    "unit price": NUMBER,
    "within": function_to(DURATION),
}

REFUSED = [
    ("totl > 1", "unknown-name", 0, {"name": "totl", "nearest": "total"}),
    ("cuont(lines) > 1", "unknown-name", 0, {"name": "cuont", "nearest": "count"}),
    ("quote.outcom", "unknown-member", 6, {"of": "quote", "nearest": "outcome"}),
    ("lines.prize", "unknown-member", 6, {"of": "lines", "nearest": "price"}),
    ("lines[prise > 1]", "unknown-name", 6, {"nearest": "price"}),
    ("for l in lines return l.prise", "unknown-member", 24, {"nearest": "price"}),
    ("opened_at.yaer", "unknown-member", 10, {"nearest": "year"}),
    ('quote.outcome = "acept"', "unknown-option", 16, {"value": "acept", "nearest": "accept"}),
    ('"clam" != kind', "unknown-option", 0, {"of": "kind", "nearest": "claim"}),
    ('kind in ("repair", "clam")', "unknown-option", 19, {"nearest": "claim"}),
    ('kind in ["clam"]', "unknown-option", 9, {"nearest": "claim"}),
    ('lines[kind = "parts"]', "unknown-option", 13, {"nearest": "part"}),
    ('total + "a"', "wrong-type", 8, {"found": "text", "expected": "number"}),
    ("kind = repair", "write-instead", 7, {"instead": '"repair"'}),
    ("kind in (repair, claim)", "write-instead", 9, {"instead": '"repair"'}),
    ("insured = yes", "write-instead", 10, {"instead": "true"}),
    ("insured = 否", "write-instead", 10, {"instead": "false"}),
    ("note = 空", "write-instead", 7, {"instead": "null"}),
    ("lines[on < 2026-03-01]", "write-instead", 11, {"instead": '@"2026-03-01"'}),
    ("lines[on < opened_at]", "date-with-datetime", 11, {"text": "opened_at"}),
    ("insured + total", "wrong-type", 0, {"found": "boolean"}),
    ("insured and 3", "wrong-type", 12, {"found": "number", "expected": "boolean"}),
    ("not(total)", "wrong-type", 4, {"found": "number", "expected": "boolean"}),
    ("if total then 1 else 2", "wrong-type", 3, {"expected": "boolean"}),
    ("total < note", "wrong-type", 8, {"found": "text", "expected": "number"}),
    ("insured < true", "wrong-type", 0, {"found": "boolean"}),
    ("total = note", "wrong-type", 8, {"found": "text"}),
    ("total between 1 and note", "wrong-type", 20, {"found": "text"}),
    ("total in [1..note]", "wrong-type", 13, {"found": "text"}),
    ("total in (> note)", "wrong-type", 12, {"found": "text"}),
    ("-note", "wrong-type", 1, {"found": "text", "expected": "days; months; number"}),
    ("upper case(total)", "wrong-type", 11, {"found": "number", "expected": "text"}),
    ("sum(lines)", "wrong-type", 4, {"found": "list", "expected": "number"}),
    ("sum(lines.kind)", "wrong-type", 4, {"expected": "number"}),
    ("lines[note]", "wrong-type", 6, {"found": "text", "expected": "boolean; number"}),
    ("total(1)", "wrong-type", 0, {"found": "number", "expected": "function"}),
    ("some l in lines satisfies l.price", "wrong-type", 26, {"expected": "boolean"}),
    ("for i in 1..note return i", "wrong-type", 12, {"expected": "number"}),
    ("substring(note)", "wrong-arguments", 0, {"function": "substring"}),
    ("abs(number: 1)", "unknown-parameter", 0, {"name": "number", "nearest": "n"}),
    ('@"2026-02-30"', "bad-temporal", 0, {"text": "2026-02-30"}),
]


@pytest.mark.parametrize(("text", "code", "position", "facts"), REFUSED)
def test_what_can_never_be_right_is_refused(
    text: str, code: str, position: int, facts: dict[str, str]
) -> None:
    with pytest.raises(ExpressionError) as refused:
        compile_expression(text, KNOWN)
    assert (refused.value.code, refused.value.position) == (code, position)
    assert facts.items() <= refused.value.facts.items()


ACCEPTED = [
    ("anything + 1", "number"),
    ("anything.x.y and insured", "boolean"),
    ("anything(1)", "any"),
    ('anything = "x" or anything > 3', "boolean"),
    ("anything[price > 3 and total > 2]", "list"),
    ("anything[1]", "any"),
    ("lines[1].price", "number"),
    ("sum(lines.price) > 3", "boolean"),
    ("lines[price > total][1].on + duration(note)", "date"),
    ("total = null", "boolean"),
    ("if insured then total else null", "number"),
    ("extra.unheard_of", "any"),
    ("min(lines.price)", "number"),
    ("max(total, 3)", "number"),
    ("unit price * total", "number"),
    ('within("i") * 2', "duration"),
    ("opened_at + within(kind)", "datetime"),
    ("opened_at - opened_at", "days"),
    ("opened_at.year", "number"),
    ("[1..3].start", "any"),
    ("for l in lines return l.on", "list"),
    ("{a: total, b: a > 1}.b", "boolean"),
    ('[{a: 1}, {a: "x"}].a', "list"),
    ("sort(lines, function(x, y) x.price < y.price)[1].price", "number"),
    ("coalesce(total, 0) + 1", "number"),
    ("split(total, [1, 2])", "list"),
    ("kind = note", "boolean"),
    ("count(lines[count(lines) > 1])", "number"),
]


@pytest.mark.parametrize(("text", "kind"), ACCEPTED)
def test_what_may_be_right_is_accepted_and_its_kind_is_known(text: str, kind: str) -> None:
    assert compile_expression(text, KNOWN).shape.kind == kind


PATHS = [
    ("quote.outcome", {("quote", "outcome")}),
    ("quote.total + quote.total", {("quote", "total")}),
    ("count(lines) > sum(lines.price)", {("lines",), ("lines", "price")}),
    ("lines[price > total]", {("lines",), ("total",)}),
    ("for l in lines return l.price", {("lines",)}),
    ("{a: total, b: a}", {("total",)}),
    ("(function(x) x + total)(1)", {("total",)}),
    ("1 + 2", set()),
    ("anything[x > 1].y", {("anything",)}),
]


@pytest.mark.parametrize(("text", "paths"), PATHS)
def test_an_expression_tells_what_it_reads(text: str, paths: set[tuple[str, ...]]) -> None:
    expression = compile_expression(text, KNOWN)
    assert expression.paths == paths
    assert expression.names == {path[0] for path in paths}


def test_without_known_names_nothing_but_the_grammar_is_checked() -> None:
    expression = compile_expression("now() > deadline and nonsense(1) + true = null")
    assert expression.names == {"now", "deadline", "nonsense"}


def test_a_name_in_a_filter_may_come_from_the_context_when_nothing_is_known() -> None:
    assert compile_expression("lines[price > limit]").names == {"lines", "price", "limit"}


@pytest.mark.parametrize(
    ("text", "kind"), [("reverse(0)", "list"), ("abs([1])", "number"), ("sort([2, 1])", "list")]
)
def test_implicit_conversions_count_in_what_a_call_foretells(text: str, kind: str) -> None:
    assert compile_expression(text, {}).shape.kind == kind
