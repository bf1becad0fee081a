"""`documents` and `print`: texts with expressions, held against what the pack knows."""

from __future__ import annotations

import pytest

from tests.kernel.language.support import refused, step, with_step
from tuoban.kernel.expressions import Expression
from tuoban.kernel.language import compile_pack


def document(text: str, keys: str = "by: clerk\nprint: receipt") -> str:
    lines = "".join(f"      {line}\n" for line in text.split("\n"))
    return with_step(keys, documents=f"\n  receipt:\n    zh: 收据\n    text: |\n{lines}")


def test_lines_are_headings_items_texts_and_gaps() -> None:
    text = document("# 收据\n\n今收到 {amount} 件\n- 说明：{note}")
    (made,) = compile_pack(text).documents.values()
    assert [line.kind for line in made.zh] == ["heading", "gap", "text", "item"]
    first, middle, last = made.zh[2].parts
    assert (first, last) == ("今收到 ", " 件")
    assert isinstance(middle, Expression)
    assert made.zh == made.en
    assert step(text)[1].prints == ("receipt",)


@pytest.mark.parametrize(
    ("line", "code"),
    [
        ("共 {▸amuont} 件", "unknown-name"),
        ("共 {amount + ▸} 件", "unexpected-end"),
        ("共 ▸{amount 件", "stray-brace"),
    ],
)
def test_what_stands_in_braces_is_compiled_with_the_pack(line: str, code: str) -> None:
    assert refused(document(f"# 收据\n{line}")).code == code


def test_a_document_is_printed_once_by_a_step() -> None:
    assert refused(document("收到", "by: clerk\nprint: [receipt, ▸receipt]")).code == "listed-twice"
