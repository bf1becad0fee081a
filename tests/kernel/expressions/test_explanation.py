from typing import Any

import pytest

from tuoban.kernel.expressions import Wording, compile_expression, explain
from tuoban.kernel.expressions.explanation import SENTENCES

CONTEXT: dict[str, Any] = {
    "paid": False,
    "total": 5,
    "kind": "repair",
    "signed": True,
    "limit": 8,
    "empty": None,
    "lines": [{"q": 1}, {"q": 7}],
}

PARTS = [
    ("total > 3", []),
    ("total > 8", [("total > 8", False)]),
    ("total > 8 and paid and signed", [("total > 8", False), ("paid", False)]),
    ("signed and (paid or total > 8)", [("paid", False), ("total > 8", False)]),
    ("paid or signed", []),
    ("missing.total > 3 and signed", [("missing.total > 3", None)]),
    ("not(signed)", [("not(signed)", False)]),
    ('if kind = "repair" then paid and signed else signed', [("paid", False)]),
    ("total", [("total", None)]),
]


@pytest.mark.parametrize(("text", "parts"), PARTS)
def test_the_parts_that_fail_are_named(text: str, parts: list[tuple[str, bool | None]]) -> None:
    found = explain(compile_expression(text), CONTEXT)
    assert [(cause.text, cause.value) for cause in found] == parts
    assert all(text[cause.start : cause.end] == cause.text for cause in found)


SENTENCE = [
    ("total > 8", "“total”是 5，应大于 8", "“total” is 5, it must be more than 8"),
    ("8 <= total", "“total”是 5，应不少于 8", "“total” is 5, it must be at least 8"),
    (
        "total >= limit",
        "“total”是 5，应不少于 “limit”（8）",
        "“total” is 5, it must be at least “limit” (8)",
    ),
    (
        "total > empty",
        "“total”是 5，应大于 “empty”（还没有值）",
        "“total” is 5, it must be more than “empty” (no value yet)",
    ),
    ("empty > 3", "“empty”还没有值，应大于 3", "“empty” has no value yet, it must be more than 3"),
    ("empty = 3", "“empty”还没有值，应等于 3", "“empty” has no value yet, it must equal 3"),
    (
        'kind in ("a", "b")',
        '“kind”是 "repair"，应为 "a"、"b"',
        '“kind” is "repair", it must be one of "a", "b"',
    ),
    ("total in [8..9]", "“total”是 5，应符合 [8..9]", "“total” is 5, it must fit [8..9]"),
    ("total in [8, 9]", "“total”是 5，应为 8、9", "“total” is 5, it must be one of 8, 9"),
    (
        "total between 6 and limit",
        "“total”是 5，应在 6 和 “limit”（8） 之间",
        "“total” is 5, it must be between 6 and “limit” (8)",
    ),
    ("paid", "“paid”为否", "“paid” is no"),
    ("empty", "“empty”还没有值", "“empty” has no value yet"),
    ("not(signed)", "“signed”为是，应为否", "“signed” is yes, it must be no"),
    (
        "every l in lines satisfies l.q < 5",
        "“lines”的第 2 项不符合“l.q < 5”",
        "element 2 of “lines” does not fit “l.q < 5”",
    ),
    (
        "some l in lines satisfies l.q > 9",
        "“lines”中没有一项符合“l.q > 9”",
        "no element of “lines” fits “l.q > 9”",
    ),
    (
        'starts with(kind, "x")',
        '“starts with(kind, "x")”不成立',
        '“starts with(kind, "x")” does not hold',
    ),
    (
        'total = "a"',
        '“total = "a"”：数字和文字不能比较',
        '“total = "a"”: a number cannot be compared with a text',
    ),
    ("total", "“total”无法判断", "“total” cannot be told"),
]


@pytest.mark.parametrize(("text", "zh", "en"), SENTENCE)
def test_a_part_that_fails_says_so_in_a_sentence(text: str, zh: str, en: str) -> None:
    (cause,) = explain(compile_expression(text), CONTEXT)
    assert cause.describe("zh") == zh
    assert cause.describe("en") == en


def test_the_sentence_calls_things_as_the_reader_does() -> None:
    wording = Wording(
        label=lambda path: {"quote.total": "报价 › 总额"}[".".join(path)],
        show=lambda path, value: f"{value} 元" if path or value else str(value),
    )
    (cause,) = explain(compile_expression("quote.total <= 500"), {"quote": {"total": 800}})
    assert cause.describe("zh", wording) == "“报价 › 总额”是 800 元，应不超过 500 元"


def test_every_sentence_stands_in_both_languages() -> None:
    assert all(zh and en and zh != en for zh, en in SENTENCES.values())
