"""Decision tables in packs: how they are drawn, what their names give, what is told of them."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal

import pytest

from tests.kernel.language.support import compiled, found, pack, refused, warned
from tests.kernel.language.table_examples import PROCESS, with_table
from tuoban.kernel.clocks import Length
from tuoban.kernel.definition import Decide, Table
from tuoban.kernel.language import check_pack


def table_of(drawn: str, **more: str) -> Table:
    return compiled(with_table(drawn, **more)).tables["fee"]


TWO = (
    "{limit: {type: duration, zh: 时限}, desk: {type: choice, zh: 台, options: {one: 一, two: 二}}}"
)
BOTH = """
| level | amount | => limit          | => desk | #      |
|-------|:------:|-------------------|---------|--------|
| "i"   | < 5    | 15 minutes        | one     | 最急   |
| -     | -      | duration("PT4H")  | "two"   | a \\| b |
""".replace("\\\\|", "或")


def test_a_table_is_read_as_it_is_drawn() -> None:
    table = table_of(BOTH.replace(" \\| ", " 或 "), outputs=TWO, hit="first")
    decision = table.decision
    assert [column.text for column in table.inputs] == ["level", "amount"]
    assert decision({"level": "i", "amount": 3}).value == {
        "limit": timedelta(minutes=15),
        "desk": "one",
    }
    assert decision({"level": "ii", "amount": 3}).value["desk"] == "two"
    assert [rule.remark for rule in decision.table.rules] == ["最急", "a 或 b"]
    assert (table.label.zh, [field.label.zh for field in table.outputs]) == ("收费", ["时限", "台"])


def test_a_bar_inside_quotes_does_not_divide() -> None:
    table = table_of('| note | => price |\n| "a|b", "c\\"|d" | 1 |\n| - | 2 |', hit="first")
    assert table.decision({"note": "a|b"}).value == Decimal(1)
    assert table.decision({"note": 'c"|d'}).value == Decimal(1)


@pytest.mark.parametrize(
    ("word", "letter"),
    [
        ("unique", "U"),
        ("rule-order", "R"),
        ("collect", "C"),
        ("sum", "C+"),
        ("C#", "C#"),
        ("F", "F"),
    ],
)
def test_a_hit_policy_is_a_word_or_the_letter_of_the_standard(word: str, letter: str) -> None:
    assert table_of("| level | => price |\n| - | 1 |", hit=word).decision.table.hit == letter


def test_outputs_without_a_declaration_are_what_their_cells_are() -> None:
    table = table_of('| level | => word | => price |\n| - | "a" | 3 |', outputs="")
    assert [(field.name, field.type) for field in table.outputs] == [
        ("word", "text"),
        ("price", "number"),
    ]


def test_a_lone_output_is_called_as_its_table() -> None:
    (output,) = table_of(
        "| level | => price |\n| - | 1 |", outputs="{price: {type: money}}"
    ).outputs
    assert output.label.zh == "收费"


def test_of_several_outputs_each_needs_a_label() -> None:
    text = with_table(
        "| level | => price | => ▸word |\n| - | 1 | 2 |", outputs="{price: {type: money, zh: 价}}"
    )
    assert warned(text).code == "label-missing"


AFTER = """
  - decide: fee
  - step: work
    zh: 办理
    by: clerk
    when: {condition}
  - {{end: done, zh: 完成}}"""


@pytest.mark.parametrize(
    "condition",
    ["fee.price > 3", "fee.count = 1", "fee.at > start.at", "fee.rules = [1]", "fee.rules[1] = 1"],
)
def test_later_expressions_read_the_results(condition: str) -> None:
    assert compiled(with_table(process=AFTER.format(condition=condition))).nodes["work"].when


@pytest.mark.parametrize(
    ("condition", "code"),
    [
        ('fee.price = "a"', "wrong-type"),
        ("fee.prise > 3", "unknown-member"),
        ("fee.outcome = 3", "unknown-member"),
    ],
)
def test_results_are_checked_where_they_are_read(condition: str, code: str) -> None:
    report = check_pack(with_table(process=AFTER.format(condition=condition)))
    assert [each.code for each in report.problems] == [code]


def test_texts_that_a_table_can_give_are_options_to_its_readers() -> None:
    drawn = '| level | => word |\n| "i" | "high" |\n| "ii" | "low" |'
    process = AFTER.format(condition='fee.word = "hihg"')
    report = check_pack(with_table(drawn, outputs="", process=process))
    assert report.problems[0].facts["nearest"] == "high"


def test_a_table_of_many_results_gives_lists() -> None:
    process = AFTER.format(condition="sum(fee.price) > 3")
    assert compiled(with_table(hit="collect", process=process)).nodes["work"].when
    report = check_pack(with_table(hit="collect", process=AFTER.format(condition="fee.price > 3")))
    assert [each.code for each in report.problems] == ["wrong-type"]


def test_a_table_may_be_decided_twice_under_another_name() -> None:
    process = PROCESS.replace(
        "- decide: fee", "- decide: fee\n  - {decide: fee, as: again, zh: 再判}"
    )
    definition = compiled(with_table(process=process))
    nodes = [definition.nodes[name] for name in ("fee", "again")]
    assert [node.construct for node in nodes] == [Decide("fee"), Decide("fee")]
    assert [node.label.zh for node in nodes] == ["收费", "再判"]


def test_a_table_decided_twice_under_one_name_is_refused() -> None:
    process = PROCESS.replace("- decide: fee", "- decide: fee\n  - {decide: ▸fee}")
    assert refused(with_table(process=process)).code == "name-taken"


def test_a_decision_is_no_step() -> None:
    process = PROCESS.replace("by: clerk}", "by: {role: clerk, not: ▸fee}}")
    assert refused(with_table(process=process)).code == "not-a-step"


def test_a_decision_alone_does_not_stop_a_loop() -> None:
    process = """
  - ▸repeat: rounds
    until: fee.price > 3
    steps: [{decide: fee}]
  - {step: work, zh: 办理, by: clerk}
  - {end: done, zh: 完成}"""
    assert refused(with_table(process=process)).code == "loop-may-spin"


def test_a_loop_may_be_moved_by_a_decision_in_it() -> None:
    process = """
  - repeat: rounds
    until: fee.price > 3
    steps: [{step: work, zh: 办理, by: clerk}, {decide: fee}]
  - {end: done, zh: 完成}"""
    assert check_pack(with_table(process=process)).warnings == ()


def test_a_table_may_read_what_another_gave() -> None:
    text = with_table(process=PROCESS.replace("- decide: fee", "- decide: fee\n  - decide: next"))
    second = """
  next:
    zh: 下一张
    rules: |
      | fee.price | => word |
      | < 15      | "a"     |
      | >= 15     | "b"     |
"""
    definition = compiled(text.rstrip() + second)
    assert definition.tables["next"].decision({"fee": {"price": 20}}).value == "b"


def test_a_personal_value_may_be_looked_at_and_is_known_as_such() -> None:
    definition = compiled(
        with_table("| owner | level | => price |\n| null | - | 1 |\n| - | - | 2 |", hit="F")
    )
    assert [column.personal for column in definition.tables["fee"].inputs] == [True, False]


def test_now_and_today_may_be_looked_at() -> None:
    drawn = "| today > date(start.at) | => price |\n| true | 1 |\n| - | 2 |"
    assert table_of(drawn, hit="first").inputs[0].path is None


WORDS = "{word: {type: text, zh: 词}}"


@pytest.mark.parametrize(
    ("cell", "value"),
    [
        ("on hold", "on hold"),
        ("先回电", "先回电"),
        ("第 2 组", "第 2 组"),
        ('"a.b"', "a.b"),
        ('" a "', " a "),
        ('""', ""),
        ("null", None),
        ("note", "memo"),
        ("upper case(note)", "MEMO"),
        ('if note = null then "a" else "b"', "b"),
    ],
)
def test_a_text_may_be_plain_words_or_an_expression(cell: str, value: str | None) -> None:
    table = table_of(f"| amount | => word |\n| - | {cell} |", outputs=WORDS)
    assert table.decision({"amount": 1, "note": "memo"}).value == value


@pytest.mark.parametrize(
    ("cell", "code"),
    [
        ("upper case(▸nte)", "unknown-name"),
        ("amount.▸foo", "unknown-member"),
        ("if ▸nte then 1 else 2", "unknown-name"),
        ("upper case(note▸", "unexpected-end"),
        ("▸15", "wrong-kind"),
        ("▸true", "wrong-kind"),
        ("high ▸amount", "unexpected-token"),
    ],
)
def test_a_mistyped_expression_is_no_text(cell: str, code: str) -> None:
    assert refused(with_table(f"| amount | => word |\n| - | {cell} |", outputs=WORDS)).code == code


def test_the_default_of_an_output_is_read_like_its_cells() -> None:
    drawn = '| amount | => word |\n| > 5 | "a" |'
    outputs = "{{word: {{type: text, zh: 词, default: {default}}}}}"
    table = table_of(drawn, outputs=outputs.format(default="on hold"))
    assert table.decision({"amount": 1}).value == "on hold"
    text = with_table(drawn, outputs=outputs.format(default="upper case(▸nte)"))
    assert refused(text).code == "unknown-name"


def test_a_number_to_call_may_be_plain() -> None:
    outputs = "{word: {type: phone, zh: 电话}}"
    table = table_of("| amount | => word |\n| - | 400-123-4567 |", outputs=outputs)
    assert table.decision({"amount": 1}).value == "400-123-4567"


def test_one_dash_is_a_test_and_no_decoration() -> None:
    problem = refused(with_table("| level | => price |\n| - | -▸ |\n| - | 1 |"))
    assert problem.code == "unexpected-end"
    assert len(table_of("| level | => price |\n|--|:--:|\n| - | 1 |").decision.rows) == 1


MISTAKES = """
| leve  | amount   | => price  | => desk |
| "iii" | < "a"    | 3 minutes | thre    |
| "i"   | 3        | 10        | "on"    |
| -     | amuont   | "x"       | one     |
| -     | ? > 3 an | 1         |
"""


def test_all_problems_of_a_table_are_told_at_once_each_at_its_place() -> None:
    desk = "{type: choice, zh: 台, options: {one: 一, three: 三}}"
    outputs = f"{{price: {{type: money, zh: 价}}, desk: {desk}}}"
    report = check_pack(with_table(MISTAKES, outputs=outputs))
    assert found(report) == [
        ("unknown-name", 21, 9),
        ("wrong-type", 22, 19),
        ("write-instead", 22, 28),
        ("unknown-default", 22, 40),
        ("unknown-default", 23, 40),
        ("unknown-name", 24, 17),
        ("wrong-kind", 24, 28),
        ("cells-miscounted", 25, 9),
    ]


def test_an_option_of_an_input_is_called_by_its_head() -> None:
    problem = refused(with_table('| level | => price |\n| ▸"iii" | 1 |'))
    assert problem.read("zh").endswith("“level”没有选项“iii”，最接近的是“ii”")


def test_a_table_in_another_notation_is_refused() -> None:
    text = with_table().partition("    rules:")[0] + "    rules: ▸[1]\n"
    assert refused(text).code == "unexpected-kind"


def test_a_pack_may_do_without_tables() -> None:
    assert compiled(pack()).tables == {}


def test_a_number_in_a_column_of_durations_is_told_with_an_example() -> None:
    outputs = "{price: {type: duration, zh: 时限}}"
    problem = refused(with_table("| amount | => price |\n| - | ▸2 |", outputs=outputs))
    assert problem.read("zh").endswith(
        "“2”没有单位；请写成例如 30 minutes、2 working hours、3 workdays。"
    )


LENGTHS = """
| amount | => price                  |
|--------|---------------------------|
| < 2    | 30 minutes                |
| < 5    | 2 working hours           |
| < 9    | working time("1 workday") |
| -      | 3 workdays                |
"""


def test_limits_of_a_column_may_be_elapsed_time_working_time_and_workdays() -> None:
    table = table_of(
        LENGTHS,
        hit="first",
        outputs="{price: {type: duration, zh: 时限}}",
        process=PROCESS.replace("by: clerk", "by: clerk, within: fee.price"),
    )
    given = {amount: table.decision({"amount": amount}).value for amount in (1, 3, 6, 9)}
    assert given == {
        1: timedelta(minutes=30),
        3: Length(Decimal(2), "working hour"),
        6: Length(Decimal(1), "workday"),
        9: Length(Decimal(3), "workday"),
    }


@pytest.mark.parametrize("cell", ["2 working hours", "30 minutes"])
def test_a_column_of_one_kind_of_length_is_still_checked_where_it_is_read(cell: str) -> None:
    text = with_table(
        f"| amount | => price |\n| - | {cell} |",
        outputs="{price: {type: duration, zh: 时限}}",
        process=PROCESS.replace("by: clerk", "by: clerk, when: fee.price > 1"),
    )
    assert [each.code for each in check_pack(text).problems] == ["wrong-type"]


@pytest.mark.parametrize("others", ["", "| < 5 | 2 working hours |\n"])
def test_a_column_of_lengths_holds_no_months(others: str) -> None:
    drawn = f"| amount | => price |\n{others}| - | ▸1 month |"
    problem = refused(with_table(drawn, hit="first", outputs="{price: {type: duration, zh: 时限}}"))
    assert problem.code == "wrong-kind"


UNKNOWN_TABLE = """
  - decide: ▸fea
  - step: work
    zh: 办理
    by: clerk
    when: fee.price > 1
    needs: [fee, {that: fee.price < 9, else: 贵}]
  - {end: done, zh: 完成}"""


def test_a_misspelt_decide_is_told_once_and_not_again_where_its_table_is_read() -> None:
    problem = refused(with_table(process=UNKNOWN_TABLE))
    assert (problem.code, problem.facts["nearest"]) == ("unknown-table", "fee")


FORGOTTEN = """
| amount | level | ▸price |
|--------|-------|--------|
| < 5    | "i"   | 10     |
| < 5    | "ii"  | 20     |
| >= 5   | -     | a b    |
"""


def test_a_forgotten_arrow_in_the_head_is_told_once() -> None:
    process = PROCESS.replace("by: clerk", "by: clerk, when: fee.price > 1")
    problem = refused(with_table(FORGOTTEN, process=process))
    assert problem.code == "table-without-outputs"
    assert "“=> price”" in problem.read("zh")
    assert "“=> price”" in problem.read("en")


def test_a_second_output_without_its_arrow_is_told_with_what_to_write() -> None:
    drawn = "| amount | => price | ▸desk |\n| < 5 | 10 | a |\n| - | 3 | b |"
    problem = refused(with_table(drawn))
    assert "=> desk" in problem.read("zh")
    assert "=> desk" in problem.read("en")
