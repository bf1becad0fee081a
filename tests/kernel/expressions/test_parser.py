import pytest

from tuoban.kernel.expressions import CODES, ExpressionError, evaluate, parse, to_text
from tuoban.kernel.expressions import syntax as s

REFUSED = [
    ("", "expression-empty", 0),
    ("  // nothing", "expression-empty", 0),
    ("1 +", "unexpected-end", 3),
    ("1 2", "unexpected-token", 2),
    ("(1", "unexpected-end", 2),
    ("[1, ]", "unexpected-token", 4),
    ("f(1,)", "unexpected-token", 4),
    ("{1: 2}", "unexpected-token", 1),
    ("{a: 1, a: 2}", "repeated-name", 7),
    ("function(a, a) a", "repeated-name", 12),
    ("if a then b", "unexpected-end", 11),
    ("for x return 1", "unexpected-token", 6),
    ("and", "unexpected-token", 0),
    ("a..b", "bare-range", 1),
    ("x in (1..5, > 9)", "bare-range", 6),
    ('"open', "unclosed-text", 0),
    ("/* open", "unclosed-comment", 0),
    ("3km", "bad-number", 0),
    ("1e9999", "bad-number", 0),
    ('"\\uD83D"', "bad-escape", 0),
    ('"\\U110000"', "bad-escape", 0),
    ("a # b", "unexpected-character", 2),
    ("a == b", "write-instead", 2),
    ("a <> b", "write-instead", 2),
    ("a && b", "write-instead", 2),
    ("!a", "write-instead", 0),
    ("'a'", "write-instead", 0),
    ("a ≥ 3", "write-instead", 2),
    ("a =< 3", "write-instead", 2),
    ("a => 3", "write-instead", 2),
    ("a 或 b", "write-instead", 2),
    ("a AND b", "write-instead", 2),
    ("a > 4 hours", "write-instead", 4),
    ("期限 > 3 天", "write-instead", 5),
    ("状态 = “完成”", "write-instead", 5),
    ("count（x）", "write-instead", 5),
    ("a instance of nmber", "unknown-type", 14),
    ("1" * 10_001, "expression-too-long", 10_000),
    ("(" * 101 + "1" + ")" * 101, "expression-too-deep", 100),
    ("[" * 5_000, "expression-too-deep", 100),
    ("-" * 5_000 + "1", "expression-too-deep", 100),
    ("+".join(["1"] * 200), "expression-too-deep", 0),
    ("a" + ".b" * 200, "expression-too-deep", 0),
    ("1 instance of " + "list<" * 200, "expression-too-deep", 509),
]


@pytest.mark.parametrize(("text", "code", "position"), REFUSED)
def test_what_is_not_feel_is_refused_where_it_stands(text: str, code: str, position: int) -> None:
    with pytest.raises(ExpressionError) as refused:
        parse(text)
    assert (refused.value.code, refused.value.position) == (code, position)


def test_long_conditions_are_not_deep() -> None:
    assert evaluate(" or ".join(f"x = {n}" for n in range(500)), {"x": 499}) is True


def test_an_expression_of_the_greatest_depth_is_evaluated() -> None:
    assert evaluate("(" * 99 + "1" + ")" * 99, {}) == 1
    assert evaluate("-" * 98 + "1", {}) == 1


def test_an_error_speaks_both_languages() -> None:
    with pytest.raises(ExpressionError) as refused:
        parse("count(x")
    assert refused.value.describe("zh") == "表达式没有写完，还缺“,”或“)”"
    assert refused.value.describe("en") == "The expression ends too early: “,” or “)” is missing"


@pytest.mark.parametrize("code", sorted(CODES))
def test_both_texts_of_a_code_name_the_same_facts(code: str) -> None:
    zh, en = CODES[code]
    facts = [{part.split("}")[0] for part in text.split("{")[1:]} for text in (zh, en)]
    assert facts[0] == facts[1]


def test_a_tree_knows_where_its_parts_stand() -> None:
    text = 'a = 1 and (b.c > 2 or not("x" in [y]))'
    tree = parse(text)
    assert isinstance(tree, s.Conjunction)
    assert [text[one.start : one.end] for one in tree.operands] == [
        "a = 1",
        'b.c > 2 or not("x" in [y])',
    ]


SHORTEST = [
    ("(1 + 2) + 3", "1 + 2 + 3"),
    ("1 + (2 + 3)", "1 + (2 + 3)"),
    ("1+2*3", "1 + 2 * 3"),
    ("(a and b) or c", "a and b or c"),
    ("(a and b) and c", "(a and b) and c"),
    ("a and(b or c)", "a and (b or c)"),
    ("(-a) ** 2", "-a ** 2"),
    ("-(a ** 2)", "-(a ** 2)"),
    ("(if a then b else c) + 1", "(if a then b else c) + 1"),
    ("1 + if a then b else c", "1 + (if a then b else c)"),
    ("x in > 5", "x in (> 5)"),
    ("x in (1..5)", "x in ((1..5))"),
    ("]1..5[", "(1..5)"),
    ("[1..(xs[1])]", "[1..(xs[1])]"),
    ("[1..f((xs[1]))]", "[1..(f(xs[1]))]"),
    ('{"a": 1, "b c": 2, "d-e": 3, "f and g": 4}', '{a: 1, b c: 2, "d-e": 3, "f and g": 4}'),
    ("date and time ( x )", "date and time(x)"),
    ("a instance of list < number >", "a instance of list<number>"),
    ("f(x : 1,y:2)", "f(x: 1, y: 2)"),
    ("for x in 1..2 return x", "for x in 1..2 return x"),
    ("(< 5) = x", "(< 5) = x"),
    ("(f)(1)[2].c", "f(1)[2].c"),
]


@pytest.mark.parametrize(("text", "printed"), SHORTEST)
def test_a_tree_is_printed_without_needless_brackets(text: str, printed: str) -> None:
    assert to_text(parse(text)) == printed
    assert parse(printed) == parse(text)


def test_names_with_spaces_are_read_where_they_are_known() -> None:
    names = frozenset({"total price", "total price of a-b"})
    assert parse("total price of a-b + 1", names) == s.Calculation(
        "+",
        s.Name("total price of a-b"),
        s.Number(parse("1").value),  # type: ignore[attr-defined]
    )
    with pytest.raises(ExpressionError):
        parse("total price + 1")


def test_rare_characters_are_letters_whatever_the_tables_of_this_python_know() -> None:
    assert evaluate("\U000323ae名 + 1", {"\U000323ae名": 2}) == 3


def test_signs_may_stand_in_the_names_of_the_context() -> None:
    context = {"student's age": 20, "A/B-test": 2, "v1.2": 3}
    assert evaluate("student's age + A/B-test + v1.2", context) == 25
    assert evaluate("{client's fee+tax: 5}.client's fee+tax", {}) == 5
