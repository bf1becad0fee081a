"""`papers`: what a pack says of them, and what its steps ask for."""

from __future__ import annotations

import pytest

from tests.kernel.language.paper_examples import called, papers
from tests.kernel.language.support import compiled, pack, refused, step, with_step
from tuoban.kernel.expressions import Expression
from tuoban.kernel.papers import Sheets, Wanted

ROWS = {
    "records": "{child: {name: {type: text, zh: 姓名}, young: {type: boolean, zh: 年幼}}}",
    "fields": "\n  children: {type: list, of: child, zh: 子女}\n"
    "  amount: {type: integer, zh: 数量}",
    "starts": "[{request: ask, zh: 申请, by: [clerk, head], form: [children, amount]}]",
}


def test_a_paper_in_full() -> None:
    text = papers(
        "deed: {zh: 契据, originals: 2, copies: 1, from: head,"
        " hand-to: {head: original, clerk: copy}, returned: true, hint: 盖章}",
        "[deed]",
    )
    deed = compiled(text).papers["deed"]
    assert (deed.label.zh, deed.originals, deed.copies, deed.source) == ("契据", 2, 1, "head")
    assert deed.hand_to == (("head", Sheets(1, 0)), ("clerk", Sheets(0, 1)))
    assert (deed.returned, deed.back_by) == (True, None)
    assert deed.hint is not None


@pytest.mark.parametrize(
    ("written", "amounts"),
    [("", (1, 0)), (", copies: 3", (0, 3)), (", originals: 2", (2, 0)), (", originals: 0", (0, 0))],
)
def test_what_is_not_said_is_one_original(written: str, amounts: tuple[int, int]) -> None:
    deed = compiled(papers(f"deed: {{zh: 契据, from: head{written}}}", "deed")).papers["deed"]
    assert (deed.originals, deed.copies) == amounts


def test_an_amount_may_be_an_expression() -> None:
    text = papers(
        "deed: {zh: 契据, from: head, originals: 'if amount > 1 then 2 else 1'}", "[deed]"
    )
    assert isinstance(compiled(text).papers["deed"].originals, Expression)
    assert (
        refused(papers("deed: {zh: 契据, from: head, originals: '▸amount > 1'}", "[deed]")).code
        == "wrong-kind"
    )


def test_what_a_step_asks_for() -> None:
    declared = "a: {zh: 甲, from: head}\n  b: {zh: 乙, from: head}\n  c: {zh: 丙}"
    assert step(papers(declared, "all"))[1].papers == (Wanted(("a",)), Wanted(("b",)))
    (one, choice) = step(papers(declared, "[{paper: a, when: amount > 1}, {one-of: [b, c]}]"))[
        1
    ].papers
    assert one.papers == ("a",)
    assert one.when is not None
    assert choice.papers == ("b", "c")
    assert choice.is_choice
    assert refused(papers(declared, "[a, {one-of: [b, ▸a]}]")).code == "listed-twice"


def test_a_paper_for_rows_reads_their_cells() -> None:
    declared = "birth: {zh: 出生证明, from: head, per: children, when: young}"
    text = with_step("by: clerk\npapers: [birth]", papers=f"\n  {declared}", **ROWS)
    assert compiled(text).papers["birth"].per == "children"
    on_form = with_step(
        "by: clerk\nform: [children]\npapers: [▸birth]", papers=f"\n  {declared}", **ROWS
    )
    assert refused(on_form).code == "per-on-form"
    for per, code in (("▸amount", "per-not-rows"), ("▸childs", "unknown-field")):
        wrong = with_step(
            "by: clerk\npapers: [birth]",
            papers=f"\n  birth: {{zh: 出生证明, from: head, per: {per}}}",
            **ROWS,
        )
        assert refused(wrong).code == code


@pytest.mark.parametrize(
    ("declared", "code"),
    [
        ("deed: {zh: 契据, from: ▸heads}", "unknown-role"),
        ("deed: {zh: 契据, from: head, made-by: ▸works}", "unknown-step"),
        ("deed: {zh: 契据, from: head, returned: ▸later}", "unknown-step"),
        ("deed: {zh: 契据, from: head, hand-to: {clerk: ▸some}}", "unknown-word"),
        ("deed: {zh: 契据, from: head, ▸colour: red}", "unknown-key"),
        ("▸note: {zh: 契据, from: head}", "name-taken"),
    ],
)
def test_mistakes(declared: str, code: str) -> None:
    name = declared.partition(":")[0].strip("▸")
    assert refused(papers(declared, f"[{name}]")).code == code


def test_a_step_may_wait_for_what_another_makes_and_not_in_a_circle() -> None:
    process = (
        "[{parallel: [{step: one, zh: 一, by: clerk, papers: [b]},"
        " {step: two, zh: 二, by: clerk, papers: [▸a]}]}, {end: done, zh: 完成}]"
    )
    declared = "{a: {zh: 甲, made-by: one}, b: {zh: 乙, made-by: two}}"
    assert refused(pack(papers=declared, process=process)).code == "needs-circle"


def test_conditions_of_the_process_read_papers_and_fields_do_not() -> None:
    declared = "{deed: {zh: 契据, from: head}}"
    process = (
        "[{step: work, zh: 办理, by: clerk, papers: [deed]},"
        " {step: more, zh: 再办, by: clerk, when: deed.copies > 0}, {end: done, zh: 完成}]"
    )
    assert "deed" in compiled(pack(papers=declared, process=process)).papers
    fields = (
        "\n  amount: {type: integer, zh: 数量, is: ▸deed.copies}\n  note: {type: text, zh: 说明}"
    )
    computed = pack(papers=declared, process=process, fields=fields)
    assert refused(computed).code == "no-paper-here"


def test_the_papers_of_a_called_process_are_those_of_its_call() -> None:
    deed = compiled(called("deed: {zh: 契据, from: head, when: sum > 1}")).papers["one.deed"]
    assert (deed.label.zh, deed.call, deed.source) == ("子：契据", "one", "head")
    assert (
        compiled(called("deed: {zh: 契据, from: head}", asked="all")).nodes["one.work"].step.papers
    )


def test_papers_of_a_called_process_are_read_outside_by_the_name_of_the_call() -> None:
    line = "{call: sub, as: one}\n  - {step: later, zh: 再办, by: clerk, when: one.deed.received}"
    assert "later" in compiled(called("deed: {zh: 契据, from: head}", line)).nodes
    wrong = line.replace("deed.received", "▸deeds.received")
    assert refused(called("deed: {zh: 契据, from: head}", wrong)).code == "unknown-member"


@pytest.mark.parametrize(
    ("declared", "code"),
    [
        ("deed: {zh: 契据, from: head}, ▸outcome: {zh: 结果, from: head}", "reserved-name"),
        ("deed: {zh: 契据, from: head, made-by: ▸more}", "unknown-step"),
        (
            "deed: {zh: 契据, made-by: work}, lease: {zh: 租约, from: head, when: ▸deed.received}",
            "no-paper-here",
        ),
        ("deed: {zh: 契据, from: head, per: ▸amount}", "per-not-rows"),
        ("deed: {zh: 契据, from: head}, ▸sum: {zh: 数, from: head}", "name-taken"),
        ("deed: {zh: 契据, from: head}, ▸note: {zh: 注, from: head}", "name-taken"),
    ],
)
def test_mistakes_in_the_papers_of_a_called_process(declared: str, code: str) -> None:
    asked = "[lease]" if "lease" in declared else "[deed]"
    assert refused(called(declared, asked=asked)).code == code


def test_a_step_of_a_call_is_named_by_both_names() -> None:
    def made_by(step: str) -> str:
        text = called("deed: {zh: 契据, from: head}")
        return text.replace(
            "processes:", f"papers: {{permit: {{zh: 许可, made-by: {step}}}}}\nprocesses:"
        )

    assert compiled(made_by("one.work")).papers["permit"].made_by == "one.work"
    assert refused(made_by("▸one.works")).code == "unknown-step"
    assert refused(made_by("▸one")).code == "not-a-step"


def test_all_papers_are_those_that_need_not_have_gone_back_by_then() -> None:
    declared = "{deed: {zh: 契据, from: head, returned: work}, lease: {zh: 租约, from: head}}"
    process = (
        "[{step: take, zh: 收件, by: clerk, papers: all}, {step: work, zh: 办理, by: clerk,"
        " papers: all}, {end: done, zh: 完成}]"
    )
    nodes = compiled(pack(papers=declared, process=process)).nodes
    assert [each.papers for each in nodes["take"].step.papers] == [("deed",), ("lease",)]
    assert [each.papers for each in nodes["work"].step.papers] == [("lease",)]
