"""The notation: every plain value stays text, and every place is where an editor shows it."""

from __future__ import annotations

import pytest

from tests.kernel.language.support import compiled, found, pack, process, refused, with_step
from tuoban.kernel.language import PackText, check_pack, check_published
from tuoban.kernel.language.notation import MAX_DEPTH, read
from tuoban.kernel.language.problems import Findings
from tuoban.kernel.language.tree import Mapping, Place, Scalar, Sequence


@pytest.mark.parametrize("plain", ["on", "no", "9:00", "2026.10", "~", "null", "0x1F", "1_000"])
def test_a_plain_value_is_what_it_looks_like(plain: str) -> None:
    assert read(plain, Findings("pack.yaml")) == Scalar(Place(1, 1), plain)


def test_a_tree_knows_its_places() -> None:
    tree = read("a:\n  - 'x'\n  - {b: y}\n", Findings("pack.yaml"))
    assert isinstance(tree, Mapping)
    items = tree.pairs[0].value
    assert isinstance(items, Sequence)
    first, second = items.items
    assert first == Scalar(Place(2, 5), "x", quoted=True, inner=1)
    assert isinstance(second, Mapping)
    assert second.pairs[0].value.place == Place(3, 9)


@pytest.mark.parametrize("text", ["", "\n", "# nothing yet\n", "---\n"])
def test_a_file_that_holds_nothing_is_no_pack(text: str) -> None:
    report = check_pack(text)
    assert report.definition is None
    assert len(report.problems) == 1


@pytest.mark.parametrize("text", ["[]", "演示", "- a\n- b\n"])
def test_a_pack_is_a_mapping(text: str) -> None:
    assert found(check_pack(text)) == [("unexpected-kind", 1, 1)]


def test_a_byte_order_mark_and_windows_line_ends_do_no_harm() -> None:
    text = "\ufeff" + pack().replace("\n", "\r\n")
    assert compiled(text).title.zh == "演示"


def test_the_deepest_nesting_allowed_is_read() -> None:
    findings = Findings("pack.yaml")
    read("[" * MAX_DEPTH + "]" * MAX_DEPTH, findings)
    assert findings.problems == ()


def test_every_line_with_a_tab_is_told() -> None:
    text = pack(title="演\t示", rests_on="章\t程")
    assert found(check_pack(text)) == [("tab", 3, 9), ("tab", 12, 12)]


def test_a_tab_that_indents_stops_the_reading() -> None:
    assert found(check_pack("pack:\n\tdemo\nrole: x\n")) == [("tab", 2, 1)]


def test_a_lone_surrogate_is_told_and_not_raised() -> None:
    assert found(check_pack(pack(title="演\ud800示"))) == [("bad-character", 3, 9)]


def test_a_problem_inside_a_quoted_expression_stands_at_its_own_column() -> None:
    assert refused(with_step('by: clerk\nwhen: "amount > ▸amuont"')).code == "unknown-name"


def test_a_problem_inside_a_folded_expression_stands_where_the_expression_begins() -> None:
    assert refused(with_step("by: clerk\nwhen: ▸>-\n  amount >\n  amuont")).code == "unknown-name"


def test_a_construct_in_braces_reads_like_one_on_lines() -> None:
    flow = compiled(process("- {step: work, zh: 办理, by: clerk}\n- {end: done, zh: 完成}"))
    block = compiled(process("- step: work\n  zh: 办理\n  by: clerk\n- end: done\n  zh: 完成"))
    assert flow.nodes["work"].construct == block.nodes["work"].construct


def test_an_escaped_character_is_a_problem_only_before_a_pack_is_published() -> None:
    text = pack(title='"演\\u0001示"')
    assert found(check_pack(text)) == [("escaped-character", 3, 8)]
    assert check_published(PackText(text)).problems == ()
    beside = check_pack(pack(), translations='演示: "De\\u200bmo"\n')
    assert found(beside) == [("escaped-character", 1, 1)]
