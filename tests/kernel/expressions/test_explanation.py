import pytest

from tuoban.kernel.expressions import compile_expression, explain_false

CONTEXT = {"paid": False, "total": 5, "kind": "repair", "signed": True}

CASES = [
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


@pytest.mark.parametrize(("text", "reasons"), CASES)
def test_the_parts_that_fail_are_named(text: str, reasons: list[tuple[str, bool | None]]) -> None:
    found = explain_false(compile_expression(text), CONTEXT)
    assert [(reason.text, reason.value) for reason in found] == reasons
    assert all(text[reason.start : reason.end] == reason.text for reason in found)
