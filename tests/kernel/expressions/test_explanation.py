from datetime import date, timedelta
from typing import Any

import pytest

from tuoban.kernel.expressions import Wording, compile_expression, explain
from tuoban.kernel.expressions.causes import SENTENCES
from tuoban.kernel.expressions.explanation import MOST_CAUSES

CONTEXT: dict[str, Any] = {
    "paid": False,
    "total": 5,
    "kind": "repair",
    "signed": True,
    "limit": 8,
    "empty": None,
    "lines": [{"q": 1}, {"q": 7}],
    "day": date(2026, 3, 2),
    "took": timedelta(hours=2),
}

PARTS = [
    ("total > 3", []),
    ("total > 8", [("total > 8", False)]),
    ("total > 8 and paid and signed", [("total > 8", False), ("paid", False)]),
    ("signed and (paid or total > 8)", [("paid or total > 8", False)]),
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
    ("total > 8", "“total”为 5，应大于 8", "“total” is 5, it must be more than 8"),
    ("8 <= total", "“total”为 5，应不少于 8", "“total” is 5, it must be at least 8"),
    (
        "total >= limit",
        "“total”为 5，应不少于 “limit”（8）",
        "“total” is 5, it must be at least “limit” (8)",
    ),
    (
        "total > empty",
        "“total”为 5，应大于 “empty”（还没有值）",
        "“total” is 5, it must be more than “empty” (no value yet)",
    ),
    ("empty > 3", "“empty”还没有值，应大于 3", "“empty” has no value yet, it must be more than 3"),
    ("empty = 3", "“empty”还没有值，应为 3", "“empty” has no value yet, it must be 3"),
    (
        'kind in ("a", "b")',
        '“kind”为 "repair"，应为 "a"、"b" 之一',
        '“kind” is "repair", it must be one of "a", "b"',
    ),
    ("total in [8..9]", "“total”为 5，应符合 [8..9]", "“total” is 5, it must fit [8..9]"),
    ("total in [8, 9]", "“total”为 5，应为 8、9 之一", "“total” is 5, it must be one of 8, 9"),
    (
        "total between 6 and limit",
        "“total”为 5，应在 6 和 “limit”（8） 之间",
        "“total” is 5, it must be between 6 and “limit” (8)",
    ),
    ("paid", "“paid”为否，应为是", "“paid” is no, it must be yes"),
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
        '“starts with(kind, "x")”不成立（“kind”为 "repair"）',
        '“starts with(kind, "x")” does not hold (“kind” is "repair")',
    ),
    (
        'total = "a"',
        '“total = "a"”：数字和文字不能比较',
        '“total = "a"”: a number cannot be compared with a text',
    ),
    (
        "paid or total > limit and signed",
        "以下满足一项即可：“paid”为否，应为是；或者 “total”为 5，应大于 “limit”（8）",
        "one of these is enough: “paid” is no, it must be yes; or “total” is 5, it must be more "
        "than “limit” (8)",
    ),
    (
        "paid or total > limit and empty = 1",
        "以下满足一项即可：“paid”为否，应为是；或者 “total”为 5，应大于 “limit”（8），并且 "
        "“empty”还没有值，应为 1",
        "one of these is enough: “paid” is no, it must be yes; or “total” is 5, it must be more "
        "than “limit” (8), and “empty” has no value yet, it must be 1",
    ),
    ("not(total = 5)", "“total”为 5，不应为 5", "“total” is 5, it must not be 5"),
    ("not(negand: signed)", "“signed”为是，应为否", "“signed” is yes, it must be no"),
    (
        'day < @"2026-03-01"',
        "“day”为 2026-03-02，应早于 2026-03-01",
        "“day” is 2026-03-02, it must be before 2026-03-01",
    ),
    (
        'took <= duration("PT1H")',
        "“took”为 PT2H，应不超过 PT1H",
        "“took” is PT2H, it must be at most PT1H",
    ),
    ("empty != null", "“empty”还没有值", "“empty” has no value yet"),
    ("total = null", "“total”为 5，应留空", "“total” is 5, it must be left empty"),
    (
        "some n in [1, 2] satisfies n > total",
        "“[1, 2]”中没有一项符合“n > total”（“total”为 5）",
        "no element of “[1, 2]” fits “n > total” (“total” is 5)",
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
    assert cause.describe("zh", wording) == "“报价 › 总额”为 800 元，应不超过 500 元"


def test_every_sentence_stands_in_both_languages() -> None:
    told = {form: texts for form, texts in SENTENCES.items() if form not in ("given", "all-of")}
    assert all(zh and en and zh != en for zh, en in told.values())


@pytest.mark.parametrize("x", ["a", None, 0])
def test_a_condition_of_hundreds_of_parts_is_explained_by_the_first_few(x: object) -> None:
    causes = explain(compile_expression(" and ".join(["x > 1"] * 1_000)), {"x": x})
    assert len(causes) == MOST_CAUSES
    assert all(cause.describe() for cause in causes)
