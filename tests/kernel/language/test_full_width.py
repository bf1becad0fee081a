"""Full-width punctuation is named where it stands, and left alone in texts."""

from __future__ import annotations

import pytest

from tests.kernel.language.support import pack, refused, with_step
from tests.kernel.language.table_examples import with_table
from tuoban.kernel.language import check_pack

KIND = "\n  amount: {type: integer, zh: 数量}\n  note: {type: text, zh: 说明}\n  "

COLONS = [
    with_step("by▸：clerk"),
    with_step("by▸：clerk\nform: [note]"),
    with_step("by: clerk\nform▸：[note]"),
    with_step("by: clerk").replace("- step:", "- step▸："),
    pack(version="1").replace("version:", "version▸："),
    pack(roles="{clerk: 文员, head: 主管}").replace("roles:", "roles▸："),
    pack(fields=KIND + "size: {type▸：integer, zh: 大小, default: 1}"),
    pack(fields=KIND + "size▸：{type: integer, zh: 大小, default: 1}"),
    pack().replace("process:", "process▸："),
]
MARKS = [
    (pack(fields=KIND + "fee: {type: money▸， zh: 费, default: 1}"), "，", ","),
    (with_step("by: clerk\nneeds: [{that: amount > 1▸， else: 少}]"), "，", ","),
    (with_step("by: [clerk▸、head]"), "、", ","),
    (with_step("by: ▸（clerk）"), "（", "["),
    (with_step("by: ▸“clerk”"), "“", '"'),
    (with_step("by: [clerk, head▸］"), "］", "]"),
    (with_step("by: clerk\nneeds: ▸［{that: amount > 1, else: 少}］"), "［", "["),
    (with_step("by: clerk\nform: ▸［amount， note］"), "［", "["),
    (with_step("by: clerk\noutcomes: ▸｛ok: 好｝"), "｛", "{"),
    (
        pack(starts="[{request: ask, zh: 申请, by: ▸［clerk, head］, form: [amount, note]}]"),
        "［",
        "[",
    ),
    (with_table("▸｜ amount ｜ => price ｜\n| - | 1 |"), "｜", "|"),
    (with_table("| amount ▸｜ => price |\n| - | 1 |"), "｜", "|"),
    (with_table("| amount | => price |\n| 5 ▸｜ 3 |\n| - | 1 |"), "｜", "|"),
]
TEXTS = [
    "注意：先看",
    "“先看”，再办",
    "（先看）、再办",
    "地点，时间；人",
    "甲｜乙",
]


@pytest.mark.parametrize("marked", COLONS)
def test_a_full_width_colon_is_told_where_it_stands(marked: str) -> None:
    assert refused(marked).code == "full-width-colon"


@pytest.mark.parametrize(("marked", "mark", "instead"), MARKS)
def test_a_full_width_mark_is_told_with_what_to_write(marked: str, mark: str, instead: str) -> None:
    problem = refused(marked)
    assert (problem.code, problem.facts) == ("full-width-mark", {"found": mark, "instead": instead})


@pytest.mark.parametrize("text", TEXTS)
def test_in_texts_punctuation_is_what_it_is(text: str) -> None:
    assert check_pack(with_step(f"by: clerk\nchecklist: [{text}]\nform: [note]")).problems == ()


def test_a_bar_inside_quotes_divides_nothing_and_is_not_told() -> None:
    text = with_table('| note | => price |\n| "甲｜乙" | 3 |\n| - | 1 |', hit="first")
    assert check_pack(text).problems == ()


def test_a_mark_in_a_text_is_not_blamed_for_another_mistake() -> None:
    assert refused(with_step("by: clerk\nchecklist: ▸[（甲）， 乙\n")).code == "yaml-bracket"
