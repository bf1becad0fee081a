"""Records and lists: what they are declared as, and what expressions know of them."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from tests.kernel.language.support import compiled, found, pack, refused
from tuoban.kernel.definition import Assign, Field
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
        fields="\n  lines: {type: list, of: lien, zh: 明细, min: 3, max: 2, personal: true}\n"
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


def test_a_setting_is_no_list_of_records() -> None:
    text = pack(
        records=f"{{line: {LINE}}}",
        settings="{a: {type: list, of: ▸line, required: true, zh: 甲}}",
    )
    assert refused(text).code == "unknown-element"


RULED = (
    "{type: list, of: line, zh: 明细, default: '%s'}"  # of the columns what, quantity, from and to
)


@pytest.mark.parametrize(
    "default",
    [
        "[]",
        'for n in 1..amount return {what: "灯", quantity: n}',
        'if amount > 1 then [{what: "灯"}] else null',
        "others[quantity > 2]",
    ],
)
def test_a_list_begins_with_what_an_expression_gives(default: str) -> None:
    text = with_list(RULED % default).replace(
        "\n  amount:", "\n  others: {type: list, of: line, zh: 其他}\n  amount:"
    )
    assert compiled(text).fields["lines"].default is not None


@pytest.mark.parametrize(
    ("default", "code", "facts"),
    [
        ("amount", "wrong-kind", {"found": "@number"}),
        ('[{wat: "灯"}]', "rows-with-more", {"name": "wat", "of": "line", "nearest": "what"}),
        ("[{what: 3}]", "rows-with-other", {"found": "@number", "expected": "@text"}),
        ('["灯"]', "rows-unfit", {"found": "@text", "expected": "@context"}),
        ("[lins]", "unknown-name", {"nearest": "lines"}),
    ],
)
def test_what_gives_no_such_rows_is_told_with_its_place(
    default: str, code: str, facts: dict[str, str]
) -> None:
    (problem,) = check_pack(with_list(RULED % default)).problems
    assert (problem.code, problem.line) == (code, 6)
    assert facts.items() <= problem.facts.items()
    assert all(problem.read(language) for language in ("zh", "en"))


def test_a_list_of_plain_values_begins_with_such_values() -> None:
    assert lines("{type: list, of: text, zh: 明细, default: '[\"易碎\"]'}").default is not None
    text = with_list("{type: list, of: text, zh: 明细, default: '▸[3]'}")
    assert refused(text).code == "rows-unfit"


KINDS = "{car: {zh: 车, facts: {plate: {type: text, zh: 牌}, open: {type: list, %s, zh: 未修}}}}"


@pytest.mark.parametrize(
    ("of", "code"),
    [
        ("of: line", None),
        ("of: date", None),
        ("▸of: person", "type-not-of-fact"),
        ("of: ▸lien", "unknown-element"),
    ],
)
def test_a_fact_is_a_list_of_what_a_file_keeps(of: str, code: str | None) -> None:
    text = with_list(kinds=KINDS % of)
    if code is None:
        assert [each.code for each in check_pack(text).problems] == []
    else:
        assert refused(text).code == code


def test_a_file_keeps_no_row_that_only_its_case_could_read() -> None:
    column = "by: {type: unit, zh: 部门}"
    text = with_list(kinds=KINDS % "of: line").replace("{line: {", f"{{line: {{{column}, ", 1)
    (problem,) = check_pack(text).problems
    assert problem.code == "type-not-of-fact"


def test_a_set_of_a_list_takes_its_rows_alone() -> None:
    text = with_list(
        process="\n  - {set: lines, to: '▸[{quantity: \"2\"}]'}\n  - {end: done, zh: 完成}"
    )
    assert refused(text).code == "rows-with-other"


@pytest.mark.parametrize(
    ("rows", "code"),
    [
        ("[{what: 灯, quantity: ▸0}]", "default-out-of-bounds"),
        ("[{what: 灯, ▸number: 1}]", "unknown-field"),
        ("[{what: 灯, from: ▸2026-02-30}]", "not-a-date"),
        ("[{what: 灯, quantity: ▸2.5}]", "bad-value"),
        ("[▸灯]", "unexpected-kind"),
        ("[▸{what: 灯, from: 2026-03-02, to: 2026-03-01}]", "default-breaks-rule"),
    ],
)
def test_rows_that_begin_a_form_are_checked_like_rows_that_are_typed(rows: str, code: str) -> None:
    assert refused(with_list(f"{{type: list, of: line, zh: 明细, default: {rows}}}")).code == code


def test_a_cell_of_a_first_row_is_a_value_or_reads_what_is_known_and_the_cells_before_it() -> None:
    rows = "[{what: 灯, quantity: amount}, {what: 线, quantity: 2, from: 2026-03-01, to: from}]"
    default = lines(f"{{type: list, of: line, zh: 明细, default: {rows}}}").default
    assert default is not None
    day = date(2026, 3, 1)
    assert default({"amount": Decimal(3)}) == [
        {"what": "灯", "quantity": Decimal(3)},
        {"what": "线", "quantity": Decimal(2), "from": day, "to": day},
    ]
    assert lines("{type: list, of: line, zh: 明细, default: []}").default is not None


def test_a_set_takes_rows_as_they_are_written() -> None:
    definition = compiled(
        with_list(process="\n  - {set: lines, to: [{what: 灯}]}\n  - {end: done, zh: 完成}")
    )
    (assigned,) = definition.nodes["set.1"].holding(Assign).values
    assert assigned[1]({}) == [{"what": "灯"}]
