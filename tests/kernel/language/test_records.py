"""Records and lists: what they are declared as, and what expressions know of them."""

from __future__ import annotations

from decimal import Decimal

import pytest

from tests.kernel.language.support import compiled, found, pack, refused
from tuoban.kernel.definition import Field
from tuoban.kernel.language import check_pack

LINE = (
    "{what: {type: text, zh: 物品, required: true}, quantity: {type: integer, zh: 数量, min: 1}, "
    "from: {type: date, zh: 起}, to: {type: date, zh: 止, "
    "rules: [{that: to >= from, else: 止期应晚于起期}]}}"
)


def with_list(properties: str = "{type: list, of: line, zh: 明细}", **sections: str) -> str:
    return pack(
        records=f"{{line: {LINE}}}",
        fields=f"\n  lines: {properties}\n  amount: {{type: integer, zh: 数量}}",
        starts="[{request: ask, zh: 申请, by: [clerk, head], form: [lines, amount]}]",
        **sections,
    )


def lines(properties: str) -> Field:
    return compiled(with_list(properties)).fields["lines"]


def test_a_list_has_the_columns_of_its_record() -> None:
    field = lines("{type: list, of: line, min: 1, max: 20, zh: 明细}")
    assert (field.minimum, field.maximum, field.required) == (Decimal(1), Decimal(20), True)
    assert [column.name for column in field.columns] == ["what", "quantity", "from", "to"]
    what, quantity, _, to = field.columns
    assert what.required
    assert quantity.minimum == Decimal(1)
    assert len(to.rules) == 1


def test_a_list_of_plain_values_has_one_column_without_a_name() -> None:
    field = lines("{type: list, of: choice, options: {a: 甲, b: 乙}, zh: 选}")
    assert field.is_plain
    assert [each.name for each in field.columns] == [""]
    assert [key for key, _ in field.columns[0].options] == ["a", "b"]


def test_a_column_may_be_called_item() -> None:
    text = pack(
        records="{line: {item: {type: text, zh: 物品}}}",
        fields="\n  lines: {type: list, of: line, zh: 明细}\n  note: {type: text, zh: 说明}",
        starts="[{request: ask, zh: 申请, by: [clerk, head], form: [lines, note]}]",
        case='{title: "{note}"}',
    )
    assert compiled(text).fields["lines"].columns[0].name == "item"


def when(condition: str) -> str:
    return with_list(
        process=f"\n  - {{step: work, zh: 办理, by: clerk, when: '{condition}'}}"
        "\n  - {end: done, zh: 完成}"
    )


@pytest.mark.parametrize(
    "condition",
    [
        "count(lines) > 2",
        "sum(lines.quantity) > 10",
        "count(lines[quantity > 2]) > 0",
        'some line in lines satisfies line.what = "灯"',
        "lines[1].from < lines[2].to",
        'lines[item.what = "灯"][1].quantity > 3',
        'list contains(lines.what, "灯")',
    ],
)
def test_expressions_read_rows_and_columns(condition: str) -> None:
    assert check_pack(when(condition)).problems == ()


def test_a_misspelt_column_is_told_with_the_nearest() -> None:
    problem = refused(when("sum(lines.▸quantty) > 10"))
    assert (problem.code, problem.facts["nearest"]) == ("unknown-member", "quantity")


def test_a_column_is_used_as_what_it_is() -> None:
    assert refused(when("lines[1].what > ▸3")).code == "wrong-type"


def test_a_list_is_no_number() -> None:
    assert found(check_pack(when("lines > 3")))[0][0] == "wrong-type"


def test_every_problem_of_records_and_lists_is_told_at_once() -> None:
    text = pack(
        records="{line: {what: {type: txt, zh: 物品}}, text: {a: {type: text, zh: 甲}}, empty: {}}",
        fields="\n  lines: {type: list, of: lien, zh: 明细, min: 3, max: 2, default: 1}\n"
        "  tags: {type: list, zh: 标签, options: {a: 甲}}",
    )
    assert {code for code, _, _ in found(check_pack(text))} >= {
        "unknown-type-of-field",
        "reserved-name",
        "empty-list",
        "unknown-element",
        "bounds-crossed",
        "key-not-for-list",
        "key-missing",
    }


def test_neither_a_setting_nor_an_output_is_a_list() -> None:
    assert refused(pack(settings="{a: {type: ▸list, default: x, zh: 甲}}")).code == (
        "unknown-type-of-field"
    )
