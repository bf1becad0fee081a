"""`is`: what is computed, in which order, and what is refused."""

from __future__ import annotations

import pytest

from tests.kernel.language.support import compiled, found, pack, refused
from tuoban.kernel.language import check_pack

LINE = "{n: {type: integer, zh: 数}, twice: {type: integer, zh: 倍, is: n * factor}}"


def with_fields(fields: str, line: str = LINE) -> str:
    return pack(
        records=f"{{line: {line}}}",
        fields="\n  amount: {type: integer, zh: 数量}\n  note: {type: text, zh: 说明}\n"
        "  lines: {type: list, of: line, zh: 明细}\n  factor: {type: integer, zh: 系数}\n" + fields,
        starts="[{request: ask, zh: 申请, by: [clerk, head], form: [amount, note, lines, factor]}]",
    )


def test_a_field_comes_behind_all_that_it_needs() -> None:
    text = with_fields(
        "  sum_all: {type: number, zh: 和, is: sum(lines.twice) + more}\n"
        "  more: {type: number, zh: 多, is: amount + 1}\n"
    )
    derived = compiled(text).derived
    assert set(derived) == {"lines", "more", "sum_all"}
    assert derived["lines"] == ("lines",)
    assert set(derived["sum_all"][:-1]) == {"lines", "more"}
    assert derived["sum_all"][-1] == "sum_all"


def test_columns_are_computed_in_the_order_in_which_they_need_one_another() -> None:
    line = (
        "{a: {type: integer, zh: 甲, is: b + 1}, b: {type: integer, zh: 乙, is: c * 2}, "
        "c: {type: integer, zh: 丙}}"
    )
    assert compiled(with_fields("", line)).fields["lines"].order == ("b", "a")


CIRCLES = [
    ("  a: {type: integer, zh: 甲, ▸is: a + 1}\n", "a → a"),
    ("  a: {type: integer, zh: 甲, ▸is: b}\n  b: {type: integer, zh: 乙, is: a}\n", "a → b → a"),
]


@pytest.mark.parametrize(("fields", "chain"), CIRCLES)
def test_a_circle_is_told_as_it_goes(fields: str, chain: str) -> None:
    problem = refused(with_fields(fields))
    assert (problem.code, problem.facts["chain"]) == ("computed-in-circle", chain)


def test_a_circle_may_lead_through_the_rows_of_a_list() -> None:
    text = (
        with_fields("")
        .replace(
            "factor: {type: integer, zh: 系数}",
            "factor: {type: integer, zh: 系数, ▸is: sum(lines.twice)}",
        )
        .replace(", lines, factor]", ", lines]")
    )
    assert refused(text).facts["chain"] == "factor → lines → factor"


def test_every_circle_is_told() -> None:
    text = with_fields(
        "  a: {type: integer, zh: 甲, is: a}\n  b: {type: integer, zh: 乙, is: c}\n"
        "  c: {type: integer, zh: 丙, is: b}\n"
    )
    assert [code for code, _, _ in found(check_pack(text))] == ["computed-in-circle"] * 2


@pytest.mark.parametrize("key", ["required: true", "default: 1", "min: 1", "max: 1"])
def test_what_nobody_enters_takes_nothing_about_entering(key: str) -> None:
    text = with_fields(f"  a: {{type: integer, zh: 甲, is: 1 + 1, ▸{key}}}\n")
    assert refused(text).code == "key-beside-is"


def test_what_is_computed_has_the_type_that_is_declared() -> None:
    assert refused(with_fields("  a: {type: date, zh: 甲, is: ▸amount}\n")).code == "wrong-kind"


def test_what_is_computed_cannot_rank_cases() -> None:
    text = with_fields(
        "  rank: {type: choice, zh: 级, options: {hi: 高}, "
        "is: 'if amount > 1 then \"hi\" else null'}\n"
    )
    assert refused(text + "case: {priority: ▸rank}\n").code == "computed-not-here"


def test_what_is_computed_does_not_wait_for_a_form() -> None:
    report = check_pack(with_fields("  a: {type: integer, zh: 甲, is: amount}\n"))
    assert (report.problems, report.warnings) == ((), ())


def test_neither_a_step_nor_a_list_is_computed() -> None:
    assert refused(with_fields("  a: {type: list, of: text, zh: 甲, ▸is: 1}\n")).code == (
        "key-not-for-list"
    )


def with_steps(steps: str, **sections: str) -> str:
    return pack(process=f"\n{steps}\n  - {{end: done, zh: 完成}}", **sections)


STEP = (
    "  - {{step: {name}, zh: 办理, by: clerk, form: [a], "
    "fields: {{a: {{type: number, zh: 甲}}, {field}}}}}"
)
OF = "{name}: {{type: number, zh: 乙, {mark}is: {text}}}"


def step(name: str, field: str, text: str, mark: str = "") -> str:
    return STEP.format(name=name, field=OF.format(name=field, text=text, mark=mark))


def test_own_fields_are_computed_in_the_order_in_which_they_need_one_another() -> None:
    both = "c: {type: number, zh: 丙, is: b + 1}, " + OF.format(name="b", text="a * 2", mark="")
    text = with_steps(STEP.format(name="work", field=both))
    assert compiled(text).orders == {"work": ("b", "c")}


@pytest.mark.parametrize(
    "steps",
    [
        step("work", "b", "c + ▸work.count"),
        step("work", "b", "▸work.a"),
    ],
)
def test_a_step_computes_nothing_from_its_own_name(steps: str) -> None:
    text = with_steps(steps.replace("c + ", "a + "))
    assert refused(text).code == "own-name-here"


def test_a_circle_of_a_step_is_told() -> None:
    both = "c: {type: number, zh: 丙, ▸is: b}, " + OF.format(name="b", text="c", mark="")
    text = with_steps(STEP.format(name="work", field=both))
    assert refused(text).facts["chain"] == "c → b → c"


def test_a_circle_over_several_steps_is_told() -> None:
    steps = step("one", "b", "two.c") + "\n" + step("two", "c", "one.b").replace("a:", "d:")
    text = with_steps(steps.replace("form: [a], fields: {d", "form: [d], fields: {d"))
    (problem,) = check_pack(text).problems
    assert problem.code == "computed-in-circle"
    assert "one.b" in str(problem.facts["chain"])


def test_a_circle_of_a_step_and_the_case_is_told() -> None:
    fields = (
        "\n  amount: {type: integer, zh: 数量}\n  note: {type: text, zh: 说明}"
        "\n  total: {type: number, zh: 合计, is: work.b}"
    )
    (problem,) = check_pack(with_steps(step("work", "b", "total + 1"), fields=fields)).problems
    assert problem.code == "computed-in-circle"


def test_nothing_is_set_that_is_computed() -> None:
    fields = (
        "\n  amount: {type: integer, zh: 数量}\n  note: {type: text, zh: 说明}"
        "\n  total: {type: number, zh: 合计, is: amount + 1}"
    )
    text = with_steps(
        "  - {step: work, zh: 办理, by: clerk}\n  - {set: ▸total, to: 1}", fields=fields
    )
    assert refused(text).code == "computed-not-here"


@pytest.mark.parametrize("key", ["▸required: true", "▸default: 1", "▸min: 1"])
def test_what_is_said_of_entered_values_goes_with_none_that_is_computed(key: str) -> None:
    text = with_steps(step("work", "b", "a").replace("zh: 乙", f"zh: 乙, {key}"))
    assert refused(text).code == "key-beside-is"


def of_a_paper(says: str, reads: str) -> str:
    """A paper of which there is as much as a stage computes, which reads of the paper."""
    return pack(
        papers=f"{{letter: {{zh: 函, copies: s.n, {says}}}}}",
        process=f"""
  - {{step: work, zh: 办理, by: clerk, papers: [letter]}}
  - stage: s
    zh: 段
    fields: {{n: {{type: integer, zh: 数, is: {reads}}}}}
    steps: [{{step: next, zh: 后, by: clerk}}]
  - {{end: done, zh: 完成}}""",
    )


def test_a_circle_may_lead_over_a_paper_that_a_step_makes() -> None:
    text = of_a_paper("made-by: work", "letter.copies + 1").replace(", papers: [letter]", "")
    (problem,) = check_pack(text).problems
    assert problem.code == "computed-in-circle"
    assert problem.facts["chain"] in ("s.n → letter → s.n", "letter → s.n → letter")


def test_how_much_is_asked_for_may_follow_from_what_was_handed_in() -> None:
    assert check_pack(of_a_paper("from: customer", "letter.copies + 1")).problems == ()


def test_a_circle_may_lead_over_the_papers_of_a_call() -> None:
    text = pack(
        process="""
  - {call: inner, zh: 内, as: c}
  - stage: s
    zh: 段
    fields: {n: {type: integer, zh: 数, is: c.letter.copies + 1}}
    steps: [{step: next, zh: 后, by: clerk}]
  - {end: done, zh: 完成}"""
    )
    text += """processes:
  inner:
    zh: 内
    papers: {letter: {zh: 函, copies: s.n, made-by: one}}
    steps: [{step: one, zh: 一, by: clerk}]
"""
    (problem,) = check_pack(text).problems
    assert (problem.code, "c.letter" in str(problem.facts["chain"])) == ("computed-in-circle", True)
