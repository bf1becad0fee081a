"""Blocks: how they are keyed and joined, and what makes a process unsound."""

from __future__ import annotations

import pytest

from tests.kernel.language.support import (
    compiled,
    found,
    pack,
    process,
    refused,
    split_mark,
    warned,
)
from tuoban.kernel.definition import Choose, End, Parallel, Region, Repeat, Text
from tuoban.kernel.language import check_pack

ALL_BLOCKS = process(
    """
- stage: paper
  zh: 文件
  steps:
    - {step: draft, zh: 起草, by: clerk}
    - {step: check, zh: 审核, by: head, outcomes: {pass: 合格, fail: 不合格}}
- choose:
    - {when: check.outcome = "fail", zh: 不合格, then: [{end: refused, zh: 退件}]}
    - otherwise:
        - {step: file, zh: 归档, by: clerk}
- parallel:
    - {step: copy, zh: 复印, by: clerk, when: amount > 1}
    - repeat: rounds
      until: call.count = 2 or rounds.exhausted
      at-most: 3
      steps:
        - {step: call, zh: 通知, by: clerk}
- {end: done, zh: 完成}
"""
)


def test_nodes_stand_down_the_page_and_are_named_or_numbered() -> None:
    assert list(compiled(ALL_BLOCKS).nodes) == [
        "paper", "draft", "check", "choose.1", "end.1", "file", "parallel.1", "copy", "rounds",
        "call", "end.2",
    ]  # fmt: skip


def test_nodes_are_joined_inside_their_regions() -> None:
    nodes = compiled(ALL_BLOCKS).nodes
    assert {key: node.next for key, node in nodes.items() if node.next} == {
        "paper": "choose.1",
        "draft": "check",
        "choose.1": "parallel.1",
        "parallel.1": "end.2",
    }


def test_regions_form_a_tree_under_the_process() -> None:
    definition = compiled(ALL_BLOCKS)
    assert definition.regions["process"] == Region(
        "process", None, ("paper", "choose.1", "parallel.1", "end.2")
    )
    assert definition.regions["choose.1/1"] == Region(
        "choose.1/1", "choose.1", ("end.1",), Text("不合格", "不合格")
    )
    assert definition.path("call") == ("process", "parallel.1/2", "rounds/1")
    assert definition.nodes["parallel.1"].regions == ("parallel.1/1", "parallel.1/2")


def test_each_construct_becomes_its_own_kind() -> None:
    nodes = compiled(ALL_BLOCKS).nodes
    choose, loop = nodes["choose.1"].construct, nodes["rounds"].construct
    assert isinstance(choose, Choose)
    assert [condition is None for condition in choose.conditions] == [False, True]
    assert isinstance(loop, Repeat)
    assert loop.at_most == 3
    assert nodes["end.1"].construct == End("refused")


def test_the_guard_of_a_parallel_branch_stands_with_the_construct_in_it() -> None:
    nodes = compiled(ALL_BLOCKS).nodes
    assert nodes["parallel.1"].construct == Parallel((None, None))
    assert nodes["copy"].when is not None


def test_the_ends_of_a_process_are_known_with_their_labels() -> None:
    assert compiled(ALL_BLOCKS).outcomes == {
        "refused": Text("退件", "退件"),
        "done": Text("完成", "完成"),
    }


def test_a_block_without_a_name_is_called_after_its_kind() -> None:
    nodes = compiled(ALL_BLOCKS).nodes
    assert nodes["choose.1"].label.zh == "选择"
    assert nodes["rounds"].label.en == "Repeat"


def test_a_loop_needs_no_name() -> None:
    definition = compiled(
        process(
            """
- repeat:
  until: work.count = 2
  steps: [{step: work, zh: 办理, by: clerk}]
- {end: done, zh: 完成}
"""
        )
    )
    assert "repeat.1" in definition.nodes


def test_the_same_text_compiles_to_the_same_keys() -> None:
    one, other = compiled(ALL_BLOCKS), compiled(ALL_BLOCKS)
    assert list(one.nodes) == list(other.nodes)
    assert one.regions == other.regions


def test_a_stage_offers_nothing_to_expressions() -> None:
    text = ALL_BLOCKS.replace("when: amount > 1", "when: ▸paper.count = 1")
    assert refused(text).code == "unknown-name"


def test_a_construct_bears_one_word() -> None:
    text = process("- {step: work, zh: 办理, by: clerk, ▸stage: x}\n- {end: done, zh: 完成}")
    assert refused(text).code == "unknown-key"


# Ends

ENDS_BOTH = """
- choose:
    - {when: amount = 1, then: [{end: one, zh: 一}]}
    - {otherwise: [{end: other, zh: 其他}]}
"""


def test_a_choice_whose_branches_all_end_is_an_end() -> None:
    assert check_pack(process(ENDS_BOTH)).problems == ()


def test_a_choice_that_may_take_no_branch_is_no_end() -> None:
    text = process("- ▸choose:\n    - {when: amount = 1, then: [{end: one, zh: 一}]}")
    assert refused(text).code == "no-end"


def test_nothing_stands_behind_a_choice_whose_branches_all_end() -> None:
    text = process(ENDS_BOTH + "- ▸end: done\n  zh: 完成")
    assert refused(text).code == "dead-step"


@pytest.mark.parametrize(
    "block",
    [
        "stage: s\n  zh: 段\n  steps: [{end: one, zh: 一}]",
        "parallel: [{step: work, zh: 办理, by: clerk}, {end: one, zh: 一}]",
        "repeat: r\n  until: amount = 1\n  steps: [{end: one, zh: 一}]",
    ],
)
def test_nothing_stands_behind_a_block_in_which_the_case_always_ends(block: str) -> None:
    text = process(f"- {block}\n- ▸end: done\n  zh: 完成")
    assert refused(text).code == "dead-step"


def test_an_end_that_may_be_passed_over_is_no_end() -> None:
    text = process("- ▸end: done\n  zh: 完成\n  when: amount = 1")
    assert refused(text).code == "no-end"


def test_one_name_of_an_end_needs_one_label() -> None:
    text = process("- choose: [{when: amount = 1, then: [{end: done}]}]\n- {end: done, zh: 完成}")
    definition = compiled(text)
    assert definition.outcomes == {"done": Text("完成", "完成")}
    assert {definition.nodes[key].label.zh for key in ("end.1", "end.2")} == {"完成"}


def test_an_end_without_any_label_is_told_once() -> None:
    text = process("- choose: [{when: amount = 1, then: [{▸end: done}]}]\n- {end: done}")
    assert warned(text).code == "label-missing"


# Needs


def test_a_step_may_need_one_in_another_branch() -> None:
    text = process(
        """
- parallel:
    - {step: left, zh: 左, by: clerk}
    - {step: right, zh: 右, by: clerk, needs: [left]}
- {end: done, zh: 完成}
"""
    )
    assert check_pack(text).problems == ()


def test_steps_may_not_wait_for_one_another_across_what_stands_between() -> None:
    text = process(
        """
- parallel:
    - stage: left
      zh: 左
      steps:
        - {step: a, zh: 甲, by: clerk, needs: [d]}
        - {step: b, zh: 乙, by: clerk}
    - stage: right
      zh: 右
      steps:
        - {step: c, zh: 丙, by: clerk, needs: [▸b]}
        - {step: d, zh: 丁, by: clerk}
- {end: done, zh: 完成}
"""
    )
    problem = refused(text)
    assert problem.code == "needs-circle"
    assert problem.facts["circle"] == "a → d → c → b → a"


def test_each_circle_is_told_once() -> None:
    step = "{{step: {0}, zh: 步, by: clerk, needs: [{1}]}}"
    pairs = [(step.format(f"a{n}", f"b{n}"), step.format(f"b{n}", f"a{n}")) for n in (1, 2)]
    blocks = "\n".join(f"- parallel: [{left}, {right}]" for left, right in pairs)
    text = process(blocks + "\n- {end: done, zh: 完成}")
    assert [code for code, _, _ in found(check_pack(text))] == ["needs-circle"] * 2


@pytest.mark.parametrize("needed", ["outer", "work", "other"])
def test_what_can_never_be_done_first_cannot_be_needed(needed: str) -> None:
    text = process(
        f"""
- choose:
    - when: amount = 1
      then:
        - stage: outer
          zh: 外
          steps:
            - {{step: work, zh: 办理, by: clerk, needs: [▸{needed}]}}
    - otherwise:
        - {{step: other, zh: 别, by: clerk}}
- {{end: done, zh: 完成}}
"""
    )
    assert refused(text).code == "needs-never-met"


def test_a_step_may_need_one_that_may_be_passed_over() -> None:
    text = process(
        """
- choose:
    - {when: amount = 1, then: [{step: first, zh: 先, by: clerk}]}
- {step: work, zh: 办理, by: clerk, needs: [first]}
- {end: done, zh: 完成}
"""
    )
    report = check_pack(text)
    assert (report.problems, report.warnings) == ((), ())


# Writers


def test_branches_may_write_fields_of_their_own_and_read_the_same_one() -> None:
    own = "fields: {remark: {type: text, zh: 备注}}, form: [remark, {field: note, read-only: true}]"
    text = process(
        f"""
- parallel:
    - {{step: left, zh: 左, by: clerk, {own}}}
    - {{step: right, zh: 右, by: clerk, {own}}}
- {{end: done, zh: 完成}}
"""
    )
    assert check_pack(text).problems == ()


def test_exclusive_branches_may_write_the_same_field() -> None:
    text = process(
        """
- choose:
    - {when: amount = 1, then: [{step: left, zh: 左, by: clerk, form: [note]}]}
    - {otherwise: [{step: right, zh: 右, by: clerk, form: [note]}]}
- {end: done, zh: 完成}
"""
    )
    assert check_pack(text).problems == ()


def test_two_writers_deep_inside_their_branches_are_found() -> None:
    text = process(
        """
- parallel:
    - {stage: s, zh: 段, steps: [{step: left, zh: 左, by: clerk, form: [note]}]}
    - choose:
        - {when: amount = 1, then: [{step: right, zh: 右, by: clerk, form: [▸note]}]}
- {end: done, zh: 完成}
"""
    )
    problem = refused(text)
    assert (problem.code, problem.facts["other"]) == ("two-writers", "left")


# Loops


WORK = "{step: work, zh: 办理, by: clerk}"
GUARDED = "{step: extra, zh: 加办, by: clerk, when: amount > 2}"
MAY_BE_PASSED_OVER = [
    GUARDED,
    f"{{stage: s, zh: 段, when: amount > 2, steps: [{WORK}]}}",
    f"{{stage: s, zh: 段, steps: [{GUARDED}]}}",
    f"choose: [{{when: amount > 2, then: [{WORK}]}}]",
    f"choose: [{{when: amount > 2, then: [{WORK}]}}, {{otherwise: [{GUARDED}]}}]",
    f"parallel: [{GUARDED}]",
    f"{{repeat: inner, at-most: 2, until: inner.round > 9, steps: [{GUARDED}]}}",
    "{end: none, zh: 无, when: amount > 2}",
]
SURELY_STOPS = [
    WORK,
    f"{{stage: s, zh: 段, steps: [{GUARDED}, {WORK}]}}",
    f"choose: [{{when: amount > 2, then: [{WORK}]}}, {{otherwise: [{{end: none, zh: 无}}]}}]",
    f"parallel: [{WORK}, {GUARDED}]",
    f"{{repeat: inner, until: inner.round > 9, steps: [{WORK}]}}",
]


def spinning(body: str, more: str = "") -> str:
    loop = f"- ▸repeat: rounds\n  until: rounds.round > 9{more}\n  steps: \n    - {body}"
    return process(f"{loop}\n- {{end: done, zh: 完成}}")


@pytest.mark.parametrize("body", MAY_BE_PASSED_OVER)
def test_a_loop_that_may_be_gone_round_without_a_stop_needs_a_bound(body: str) -> None:
    assert refused(spinning(body)).code == "loop-may-spin"
    bounded, _ = split_mark(spinning(body, "\n  at-most: 3"))
    assert check_pack(bounded).problems == ()


@pytest.mark.parametrize("body", SURELY_STOPS)
def test_a_loop_that_always_comes_to_a_step_needs_no_bound(body: str) -> None:
    text, _ = split_mark(spinning(body))
    assert check_pack(text).problems == ()


def test_a_loop_holding_what_cannot_be_read_is_not_also_said_to_spin() -> None:
    text, place = split_mark(spinning("▸{stpe: work}").replace("- ▸repeat", "- repeat"))
    assert found(check_pack(text)) == [("no-construct", *place)]


def test_chinese_names_serve_throughout() -> None:
    definition = compiled(
        pack(
            roles="{文员: 文员, 主管: 主管}",
            fields="\n  里程: {type: integer, zh: 里程}",
            starts="[{request: 报修, zh: 报修, by: [文员, 主管], form: [里程]}]",
            process="\n  - {step: 报价, zh: 报价, by: 文员, outcomes: {同意: 同意}}\n"
            '  - {step: 维修, zh: 维修, by: 文员, when: 报价.outcome = "同意" and 里程 > 1}\n'
            "  - {end: 完成, zh: 完成}",
        )
    )
    when = definition.nodes["维修"].when
    assert when is not None
    assert when({"报价": {"outcome": "同意"}, "里程": 2}) is True


REACTION = """
- stage: paper
  zh: 资料
  steps: [{{step: work, zh: 办理, by: clerk, form: [note]}}]
  during: [{{{0}}}]
- {{end: done, zh: 完成}}
"""


@pytest.mark.parametrize(
    ("written", "code"),
    [
        ("on: extra, zh: 增项, ▸then: [{step: more, zh: 补, by: clerk}]", None),
        ("every: ▸5 minutes, then: [{step: more, zh: 补, by: clerk}]", "every-too-often"),
        ("message: ▸hello, then: [{step: more, zh: 补, by: clerk}]", "unknown-message"),
        ("on: extra, by: clerk, zh: 增, fields: {▸open: {type: text, zh: 开}}, "
         "then: [{step: more, zh: 补, by: clerk}]", "reserved-name"),
        ("on: extra, by: clerk, zh: 增, then: [{step: more, zh: 补, by: clerk, form: [▸note]}]",
         "two-writers"),
        ("on: extra, by: clerk, zh: 增, then: [{step: more, zh: 补, by: clerk, returns-to: "
         "[▸work]}]", "return-not-before"),
    ],
)  # fmt: skip
def test_a_reaction_is_read_as_carefully_as_a_step(written: str, code: str | None) -> None:
    marked = process(REACTION.format(written))
    if code is None:
        report = check_pack(marked.replace("▸", ""))
        assert [each.code for each in report.problems] == ["key-missing"]
    else:
        assert refused(marked).code == code


@pytest.mark.parametrize("value", ["5 minutes", "{i: 1 hour, ii: 9 minutes}"])
def test_what_comes_again_by_a_setting_of_the_pack_keeps_a_distance(value: str) -> None:
    per, of = (", per: level", "(level)") if value.startswith("{") else ("", "")
    body = (
        "\n  - stage: paper\n    zh: 资料\n    steps: [{step: work, zh: 办理, by: clerk}]\n"
        f"    during: [{{▸every: settings.often{of}, then: [{{step: more, zh: 补, by: clerk}}]}}]\n"
        "  - {end: done, zh: 完成}"
    )
    text = pack(
        fields="\n  level: {type: choice, zh: 级, required: true, options: {i: 一, ii: 二}}",
        starts="[{request: ask, zh: 申请, by: [clerk, head], form: [level]}]",
        settings=f"{{often: {{type: duration{per}, default: {value}, zh: 间隔}}}}",
        process=body,
    )
    assert refused(text).code == "every-too-often"
    fine = text.replace("▸", "").replace("5 minutes", "10 minutes").replace("9 min", "90 min")
    assert check_pack(fine).problems == ()


@pytest.mark.parametrize("inside", ["{wait: 1 second}", "{wait: nine, for: 9 minutes}"])
def test_a_loop_that_only_waits_a_moment_spins(inside: str) -> None:
    assert refused(spinning(f"▸{inside}".replace("▸{", "{"))).code == "loop-may-spin"
    text, _ = split_mark(spinning("{wait: 10 minutes}"))
    assert check_pack(text).problems == ()


def test_the_form_of_a_reaction_asks_for_its_own_fields() -> None:
    written = (
        "on: extra, by: clerk, zh: 增, fields: {what: {type: text, zh: 增项}, "
        "price: {type: money, zh: 价}}, form: [{field: what, required: true}], "
        "then: [{step: more, zh: 补, by: clerk}]"
    )
    report = check_pack(process(REACTION.format(written)))
    assert not report.problems
    assert [(each.code, each.facts["name"]) for each in report.warnings] == [
        ("field-never-asked", "price")
    ]


@pytest.mark.parametrize(
    "block",
    [
        "- stage: paper\n  zh: 资料\n  within: 1 day\n  late: {at the limit: move on}\n"
        "  steps: [{step: work, zh: 办理, by: clerk}]",
        "- stage: paper\n  zh: 资料\n  steps: [{step: work, zh: 办理, by: clerk}]\n"
        "  during: [{on: stop, zh: 停, by: head, interrupting: true}]",
        "- plan: paper\n  zh: 资料\n  complete-when: amount > 1\n"
        "  steps: [{step: work, zh: 办理, by: clerk}]",
        "- each: paper\n  in: '[1, 2]'\n  enough-when: work.count = 1\n"
        "  steps: [{step: work, zh: 办理, by: clerk}]",
    ],
)
def test_what_may_be_withdrawn_cannot_be_waited_for_but_its_block_can(block: str) -> None:
    rest = "\n- {step: other, zh: 另办, by: clerk, needs: [▸%s]}\n- {end: done, zh: 完成}"
    assert refused(process(block + rest % "work")).code == "needs-withdrawn"
    text = process(block + rest % "paper").replace("▸", "")
    assert not check_pack(text).problems


def test_blocks_far_inside_one_another_are_judged_once_each() -> None:
    """Judged once for every block around them, they would keep the compiler busy for years."""
    steps = "{step: a0, zh: 甲, by: clerk}"
    for depth in range(1, 23):
        steps = f"{{parallel: [{steps}, {{step: a{depth}, zh: 甲, by: clerk}}]}}"
    assert check_pack(process(f"- {steps}\n- {{end: done, zh: 完}}")).problems == ()


@pytest.mark.parametrize(("length", "to", "spins"), [
    ("2 hours", "now", False), ("5 minutes", "now", True), ("2 hours", "since", True),
    ("2 hours", "now, when: since = null", True),
])  # fmt: skip
def test_work_that_a_moment_ends_stops_where_the_moment_is_a_while_from_now(
    length: str, to: str, spins: bool
) -> None:
    ended = f"{{at: {length} after since, as: late, zh: 到时, interrupting: true}}"
    body = f"{{set: since, to: {to}}}\n    - {{step: work, zh: 办, by: clerk, during: [{ended}]}}"
    text, _ = split_mark(spinning(body))
    text = text.replace("\nfields:", "\nfields:\n  since: {type: datetime, zh: 起}", 1)
    codes = [each.code for each in check_pack(text).problems]
    assert codes == (["loop-may-spin"] if spins else [])
