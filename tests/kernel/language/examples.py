"""One small pack per code: what it takes to meet the problem, with its place marked."""

from __future__ import annotations

from tests.kernel.language import message_examples, paper_examples, table_examples
from tests.kernel.language.support import pack, process, with_step


def field(properties: str) -> str:
    """A pack whose field `amount` is declared so."""
    return pack(fields=f"\n  amount: {properties}\n  note: {{type: text, zh: 说明}}")


def listed(properties: str) -> str:
    """A pack with a record `line` and a list `lines` declared so, which the first form asks for."""
    return pack(
        records="{line: {what: {type: text, zh: 物品}, quantity: {type: integer, zh: 数量}}}",
        fields=f"\n  lines: {properties}\n  amount: {{type: integer, zh: 数量}}",
        starts="[{request: ask, zh: 申请, by: [clerk, head], form: [lines, amount]}]",
    )


KINDS = "{car: {zh: 车, facts: {plate: {type: text, zh: 车牌}}}}"
CAR = "{type: asset, kind: car, zh: 车}"


def named(field_text: str, kinds: str = KINDS, **sections: str) -> str:
    """A pack with a kind of assets, and a field declared so that may name one."""
    return pack(
        kinds=kinds,
        fields=f"\n  car: {field_text}\n  amount: {{type: integer, zh: 数量}}",
        starts="[{request: ask, zh: 申请, by: [clerk, head], form: [car, amount]}]",
        **sections,
    )


def setting(text: str) -> str:
    """The same with a `set` in its process."""
    return named(CAR, process=f"\n  - {text}\n  - {{end: done, zh: 完成}}")


NOTATION = {
    "file-too-large": "▸" + "# x\n" * 70_000,
    "bad-character": pack(title="演▸\u200b示"),
    "tab": pack(title="演▸\t示"),
    "too-deep": pack(title="[" * 49 + "▸" + "[" * 20),
    "second-document": pack() + "▸---\npack: other\n",
    "directive": "▸%YAML 1.2\n---\n" + pack(),
    "anchor": pack(title="▸&title 演示"),
    "alias": pack(title="▸*title"),
    "tag": pack(title="▸!!str 演示"),
    "key-not-text": pack(title="{zh: 演示, ▸[en]: x}"),
    "duplicate-key": pack() + "▸title: 又一个\n",
    "value-missing-in-braces": with_step("by: {role: clerk, ▸head}"),
    "yaml-colon": pack(title="演示▸: 一"),
    "yaml-colon-missing": pack() + "rests-on: x\nabc\n▸title: x\n",
    "yaml-dash": pack(title="▸- 演示"),
    "yaml-quote": pack(title="▸'演示"),
    "yaml-escape": pack(title='"演示\\▸q"'),
    "yaml-bracket": pack(title="▸{zh: 演示"),
    "yaml-character": pack(title="▸@演示"),
    "yaml-block-text": pack(title="|▸演示"),
    "yaml-indent": "- a\n▸b: c\n",
    "yaml-syntax": "▸" + pack(title='"\\UFFFFFFFF"'),
}

ACTIVITIES = {
    "unknown-activity": with_step("by: clerk\ndo: ▸quotee"),
    "activity-field-taken": with_step(
        "by: clerk\ndo: ▸collect",
        fields="{taken: {type: money, zh: 实收}}",
        starts="[{request: ask, zh: 申请, by: [clerk, head], form: [taken]}]",
    ),
    "personal-activity": with_step(
        "by: clerk\ndo: collect\namount: ▸amount",
        fields="{amount: {type: money, zh: 金额, personal: true}}",
        starts="[{request: ask, zh: 申请, by: [clerk, head], form: [amount]}]",
    ),
    "rows-without": with_step(
        "by: clerk\ndo: issue-parts\nfor: ▸lines",
        records="{line: {what: {type: text, zh: 物品}}}",
        fields="{lines: {type: list, of: line, zh: 明细}}",
        starts="[{request: ask, zh: 申请, by: [clerk, head], form: [lines]}]",
    ),
    "not-by-system": with_step("do: charge\namount: '5'\n▸form: [note]"),
}

KEYS = {
    "empty-pack": "▸# 还没有写\n",
    "unexpected-kind": pack(version="▸[1]"),
    "full-width-mark": pack(roles="{clerk: 文员▸， head: 主管}"),
    "full-width-colon": process("- step▸：work\n- {end: done, zh: 完成}"),
    "blank-text": pack(title='▸" "'),
    "unknown-key": pack() + "▸role: x\n",
    "unknown-word": pack(language="▸cn"),
    "not-supported-yet": pack() + "▸indicators: {}\n",
    "key-missing": "▸" + pack(title=""),
    "value-missing": pack() + "▸currency:\n",
    "not-together": pack(settings="{a: {type: text, ▸required: true, default: x, zh: 甲}}"),
    "empty-list": with_step("by: clerk\nchecklist: ▸[]"),
    "listed-twice": with_step("by: clerk\nform: [note, ▸note]"),
    "not-a-number": field("{type: integer, zh: 数量, min: ▸two}"),
    "not-a-count": process(
        """
- repeat: rounds
  until: work.count = 2
  at-most: ▸0
  steps: [{step: work, zh: 办理, by: clerk}]
- {end: done, zh: 完成}
"""
    ),
    "not-a-date": field("{type: date, zh: 日期, default: ▸2026-02-30}"),
    "bad-value": pack(settings="{most: {type: integer, zh: 上限, default: ▸many}}"),
}
HEADER = {
    "bad-slug": pack(pack="▸Demo Pack"),
    "bad-version": pack(version="▸一"),
    "bad-currency": pack(currency="▸元"),
    "bad-case-number": pack(case="{number: ▸it no}"),
    "stray-brace": pack(case='{title: "{note} ▸}"}'),
    "priority-not-choice": pack(case="{priority: ▸note}"),
}

SETTINGS = {
    "per-without-options": pack(
        settings="{s: {type: integer, per: ▸amount, required: true, zh: 甲}}"
    ),
    "option-of-none": pack(
        fields="\n  amount: {type: integer, zh: 数量}\n  note: {type: text, zh: 说明}\n"
        "  level: {type: choice, zh: 级别, options: {i: 一, ii: 二}, default: i}",
        starts="[{request: ask, zh: 申请, by: [clerk, head], form: [amount, note, level]}]",
        settings="{s: {type: integer, per: level, zh: 甲, default: {i: 1, ii: 2, ▸iii: 3}}}",
    ),
    "options-without-default": pack(
        fields="\n  amount: {type: integer, zh: 数量}\n  note: {type: text, zh: 说明}\n"
        "  level: {type: choice, zh: 级别, options: {i: 一, ii: 二}, default: i}",
        starts="[{request: ask, zh: 申请, by: [clerk, head], form: [amount, note, level]}]",
        settings="{s: {type: integer, per: level, zh: 甲, ▸default: {i: 1}}}",
    ),
}

VARIANTS = {
    "not-for-every-step": pack(
        every_step="{by: clerk, ▸form: [note]}",
        process="\n  - {step: work, zh: 办理}\n  - {end: done, zh: 完成}",
    ),
    "bad-base": pack(extends="▸demo 2026.1"),
    "unknown-base": pack(extends="▸basis@2026.1"),
}

NAMES = {
    "bad-name": with_step("by: clerk\nfields: {▸Room-No: {type: text, zh: 房号}}"),
    "reserved-name": process("- {step: ▸case, zh: 办理, by: clerk}\n- {end: done, zh: 完成}"),
    "name-taken": process(
        "- {step: work, zh: 甲, by: clerk}\n- {step: ▸work, zh: 乙, by: clerk}\n"
        "- {end: done, zh: 完成}"
    ),
    "unknown-role": with_step("by: ▸clark"),
    "unknown-field": with_step("by: clerk\nform: [▸amout]"),
    "unknown-step": with_step("by: clerk\nneeds: [▸wrok]"),
    "not-a-step": process(
        """
- stage: paper
  zh: 文件
  steps: [{step: draft, zh: 起草, by: clerk}]
- {step: check, zh: 审核, by: {role: head, not: ▸paper}}
- {end: done, zh: 完成}
"""
    ),
    "names-itself": with_step("by: {role: clerk, not: ▸work}"),
}

FIELDS = {
    "unknown-type-of-field": field("{type: ▸intger, zh: 数量}"),
    "key-not-for-type": field("{type: date, zh: 日期, ▸min: 1}"),
    "bound-not-whole": field("{type: integer, zh: 数量, min: ▸1.5}"),
    "bounds-crossed": field("{type: integer, zh: 数量, ▸min: 5, max: 3}"),
    "default-out-of-bounds": field("{type: integer, zh: 数量, min: 1, default: ▸0}"),
    "unknown-default": field(
        "{type: choice, zh: 类别, options: {normal: 一般, high: 紧急}, default: ▸nomal}"
    ),
    "setting-without-default": pack(settings="{▸most: {type: integer, zh: 上限}}"),
    "not-on-form": with_step(
        "by: clerk\nform: [note]\noutcomes: {no: {zh: 否, requires: ▸amount}}"
    ),
    "wrong-kind": with_step("by: clerk\nwithin: ▸amount"),
    "personal-unit": with_step(
        "by: {role: clerk, in: ▸home}",
        fields="\n  amount: {type: integer, zh: 数量}\n  note: {type: text, zh: 说明}"
        "\n  home: {type: text, zh: 家, personal: true}",
        starts="[{request: ask, zh: 申请, by: [clerk, head], form: [amount, note, home]}]",
    ),
    "personal-person": with_step(
        "by: {person: ▸helper, role: clerk}",
        fields="\n  amount: {type: integer, zh: 数量}\n  note: {type: text, zh: 说明}"
        "\n  helper: {type: text, zh: 帮手, personal: true}",
        starts="[{request: ask, zh: 申请, by: [clerk, head], form: [amount, note, helper]}]",
    ),
    "bad-agreement": with_step("by: {role: clerk, agree: ▸most}"),
    "signer-outside": with_step(
        "by: clerk\nsigned-by: {role: buyer, ▸in: case.unit}",
        roles="{clerk: 文员, head: 主管, buyer: {zh: 客户, recorded-by: clerk}}",
    ),
    "joint-writes": with_step("by: {role: clerk, agree: all}\nform: [▸note]"),
    "not-a-person": with_step("by: {person: ▸note, role: clerk}"),
    "role-of-a-case": with_step(
        "by: [clerk, ▸guide]",
        roles="{clerk: 文员, head: 主管, guide: {zh: 导游, person: start.by}}",
    ),
    "needs-never-filled": with_step(
        "by: clerk\nform: [hours]\nneeds: [{that: 2 < ▸hours, else: 先填工时}]",
        fields="\n  amount: {type: integer, zh: 数量}\n  note: {type: text, zh: 说明}"
        "\n  hours: {type: integer, zh: 工时}",
    ),
    "own-name-here": with_step(
        "by: clerk\nfields: {room: {type: integer, zh: 房号}}\nform: [room]\n"
        "needs: [{that: ▸room > 1, else: 先填房号}]"
    ),
    "personal-default": pack(
        fields="\n  amount: {type: integer, zh: 数量, personal: true}"
        "\n  note: {type: boolean, zh: 大单, default: ▸amount > 9}"
    ),
    "personal-limit": with_step(
        "by: clerk\ndue: ▸note",
        fields="\n  amount: {type: integer, zh: 数量}"
        "\n  note: {type: date, zh: 生日, personal: true}",
    ),
    "no-clock-here": with_step("by: clerk\nwhen: start.at < ▸now"),
}

TIME = {
    "not-a-duration": pack(settings="{most: {type: duration, zh: 时限, default: ▸soon}}"),
    "unknown-unit": with_step("by: clerk\nwithin: ▸30 minuts"),
    "limit-without-unit": with_step("by: clerk\nwithin: ▸30"),
    "length-not-above-zero": with_step("by: clerk\nwithin: ▸0 minutes"),
    "length-not-whole": with_step("by: clerk\nwithin: ▸1.5 workdays"),
    "late-of-which": with_step(
        "by: clerk\nwithin: 1 hour\ndue: start.at\n▸late: {at the limit: tell performer}"
    ),
    "every-too-often": with_step(
        "by: clerk\nwithin: 1 hour\nlate: {▸every minute after: tell performer}"
    ),
    "element-unfit": pack(
        starts="[{request: ask, zh: 申请, by: [clerk, head], form: [amount, note]}, "
        "{every: day at 9:00, each: ▸amount, in: 'units(\"store\")'}]"
    ),
    "bad-schedule": with_step(
        "by: clerk\nduring: [{every: ▸month on day 32 at 17:00, then: [{step: b, by: clerk}]}]"
    ),
    "bad-calendar": with_step("by: clerk\nwithin: {limit: 1 hour, calendar: ▸Office Hours}"),
    "no-performer-here": pack(case="{within: 2 workdays, late: {at the limit: tell ▸performer}}"),
    "late-without-limit": with_step("by: clerk\n▸late: {at the limit: tell performer}"),
    "bad-late-time": with_step("by: clerk\nwithin: 1 hour\nlate: {▸at limit: tell performer}"),
    "bad-late-action": with_step("by: clerk\nwithin: 1 hour\nlate: {at the limit: ▸inform head}"),
}

PROCESS = {
    "no-construct": process(
        "- {step: work, zh: 办理, by: clerk}\n- ▸{stpe: other}\n- {end: done, zh: 完成}"
    ),
    "otherwise-not-last": process(
        """
- choose:
    - ▸otherwise: [{end: other, zh: 其他}]
    - when: amount = 1
      then: [{end: one, zh: 一}]
- {end: done, zh: 完成}
"""
    ),
    "end-labelled-twice": process(
        """
- choose: [{when: amount = 1, then: [{end: done, zh: 完成}]}]
- {end: ▸done, zh: 办完}
"""
    ),
    "loop-may-spin": process(
        """
- ▸repeat: rounds
  until: work.count = 2
  steps: [{step: work, zh: 办理, by: clerk, when: amount > 1}]
- {end: done, zh: 完成}
"""
    ),
    "several-same": process(
        """
- each: part
  in: '[1, 2]'
  steps: [{step: look, zh: 看, by: clerk}]
- {step: bill, zh: 结算, by: {role: clerk, same-as: ▸look}}
- {end: done, zh: 完成}
"""
    ),
    "same-as-excluded": process(
        """
- {step: first, zh: 先, by: clerk}
- {step: second, zh: 后, by: {same-as: first, not: ▸first}}
- {end: done, zh: 完成}
"""
    ),
    "undo-of-a-call": process(
        """
- {call: inner}
- {end: done, zh: 完成}
"""
    )
    + """processes:
  inner:
    zh: 内
    steps:
      - {step: one, zh: 一, by: clerk}
      - {end: over, zh: 完, ▸undo: true}
""",
    "nobody-names": process(
        """
- {step: first, zh: 先, by: {role: clerk, pick: ▸named}}
- {end: done, zh: 完成}
"""
    ),
    "never-before": process(
        """
- {step: first, zh: 先, by: {same-as: ▸second}}
- {step: second, zh: 后, by: clerk}
- {end: done, zh: 完成}
"""
    ),
    "return-not-before": process(
        """
- {step: first, zh: 先, by: clerk, returns-to: [▸second]}
- {step: second, zh: 后, by: clerk}
- {end: done, zh: 完成}
"""
    ),
    "no-end": process(
        "- step: first\n  zh: 先\n  by: clerk\n- ▸step: second\n  zh: 后\n  by: clerk"
    ),
    "dead-step": process(
        "- {end: done, zh: 完成}\n- ▸step: work\n  zh: 办理\n  by: clerk\n- {end: done}"
    ),
    "needs-never-met": process(
        """
- {step: first, zh: 先, by: clerk, needs: [▸second]}
- {step: second, zh: 后, by: clerk}
- {end: done, zh: 完成}
"""
    ),
    "needs-withdrawn": process(
        """
- parallel:
    - {step: left, zh: 左, by: clerk}
    - {step: right, zh: 右, by: clerk}
  join: any
- {step: after, zh: 后, by: clerk, needs: [▸left]}
- {end: done, zh: 完成}
"""
    ),
    "join-above-branches": process(
        """
- parallel:
    - {step: left, zh: 左, by: clerk}
    - {step: right, zh: 右, by: clerk}
  join: ▸3
- {end: done, zh: 完成}
"""
    ),
    "bad-join": process(
        """
- parallel: [{step: left, zh: 左, by: clerk}, {step: right, zh: 右, by: clerk}]
  join: ▸0
- {end: done, zh: 完成}
"""
    ),
    "personal-set": pack(
        fields="""
  amount: {type: integer, zh: 数量}
  phone_no: {type: phone, zh: 电话, personal: true}
  note: {type: text, zh: 说明}""",
        starts="[{request: ask, zh: 申请, by: [clerk, head], form: [amount, phone_no, note]}]",
        process="""
  - {step: work, zh: 办理, by: clerk}
  - {set: note, to: ▸phone_no}
  - {end: done, zh: 完成}""",
    ),
    "no-inbox": pack(
        roles="{clerk: 文员, head: 主管, customer: {zh: 客户, recorded-by: clerk}}",
        process="""
  - {step: work, zh: 办理, by: clerk}
  - {tell: {▸customer: inbox}, text: 办好了}
  - {end: done, zh: 完成}""",
    ),
    "wait-never-true": pack(
        fields="""
  amount: {type: integer, zh: 数量}
  note: {type: text, zh: 说明}
  late_note: {type: text, zh: 补充}""",
        process="""
  - parallel:
      - {wait: pause, zh: 等, that: '▸late_note = "x" and work.count > 0'}
      - {step: work, zh: 办理, by: clerk}
  - {step: after, zh: 后, by: clerk, form: [late_note]}
  - {end: done, zh: 完成}""",
    ),
    "wait-unmoved": process(
        """
- {step: work, zh: 办理, by: clerk, outcomes: {yes: 是, no: 否}}
- {wait: pause, zh: 等, ▸that: work.outcome = "yes"}
- {end: done, zh: 完成}
"""
    ),
    "needs-circle": process(
        """
- parallel:
    - {step: left, zh: 左, by: clerk, needs: [right]}
    - {step: right, zh: 右, by: clerk, needs: [▸left]}
- {end: done, zh: 完成}
"""
    ),
    "elements-write": process(
        """
- each: part
  in: '[1, 2]'
  steps: [{step: work, zh: 办理, by: clerk, form: [▸note]}]
- {end: done, zh: 完成}
"""
    ),
    "field-of-block": process(
        """
- stage: paper
  zh: 资料
  fields: {fee: {type: money, zh: 费用}}
  steps: [{step: work, zh: 办理, by: clerk, form: [fee]}]
- {step: pay, zh: 缴费, by: clerk, when: ▸fee > 0}
- {end: done, zh: 完成}
"""
    ),
    "known-inside-only": process(
        """
- each: part
  in: '[1, 2]'
  steps: [{step: work, zh: 办理, by: clerk}]
- {step: pay, zh: 缴费, by: clerk, when: ▸part > 0}
- {end: done, zh: 完成}
"""
    ),
    "personal-element": process(
        """
- each: part
  in: ▸work.all
  steps: [{step: look, zh: 看, by: clerk}]
- step: work
  zh: 办理
  by: clerk
  fields: {who: {type: text, zh: 姓名, personal: true}}
  form: [who]
- {end: done, zh: 完成}
"""
    ),
    "no-trigger": process(
        """
- stage: paper
  zh: 资料
  steps: [{step: work, zh: 办理, by: clerk}]
  during: [▸{then: [{step: more, zh: 补充, by: clerk}]}]
- {end: done, zh: 完成}
"""
    ),
    "needs-reaction": process(
        """
- stage: paper
  zh: 资料
  steps: [{step: work, zh: 办理, by: clerk, needs: [▸extra]}]
  during: [{on: extra, zh: 增项, by: clerk, then: [{step: more, zh: 补充, by: clerk}]}]
- {end: done, zh: 完成}
"""
    ),
    "return-not-needed": process(
        """
- plan: permits
  zh: 报批
  steps:
    - {step: work, zh: 办理, by: clerk}
    - {step: other, zh: 另办, by: clerk, returns-to: [▸work]}
- {end: done, zh: 完成}
"""
    ),
    "unknown-process": process(
        """
- {call: ▸check, zh: 审核}
- {end: done, zh: 完成}
"""
    ),
    "inside-is-awaited": process(
        """
- {call: check, ▸without-waiting: true}
- {end: done, zh: 完成}
"""
    )
    + """
processes:
  check: {zh: 审核, steps: [{step: look, zh: 看, by: clerk}]}
""",
    "never-called": pack()
    + """
processes:
  ▸check: {zh: 审核, steps: [{step: look, zh: 看, by: clerk}]}
""",
    "calls-itself": process("- call: check\n- {end: done, zh: 完成}")
    + """
processes:
  check: {zh: 审核, steps: [{step: look, zh: 看, by: clerk}, {call: ▸check, as: again}]}
""",
    "personal-given": process(
        """
- step: work
  zh: 办理
  by: clerk
  fields: {who: {type: text, zh: 姓名, personal: true}}
  form: [who]
- {call: check, with: {what: ▸work.who}}
- {end: done, zh: 完成}
"""
    )
    + """
processes:
  check:
    zh: 审核
    fields: {what: {type: text, zh: 内容}}
    steps: [{step: look, zh: 看, by: clerk, form: [what]}]
""",
    "lapses-out-of-reach": process(
        """
- stage: paper
  zh: 资料
  steps: [{step: work, zh: 办理, by: clerk, covers: [note]}]
- {step: other, zh: 另办, by: clerk, needs: [▸work]}
- {end: done, zh: 完成}
"""
    ),
    "moves-on-again": with_step("by: clerk\nwithin: 1 hour\nlate: {▸every week after: move on}"),
    "case-moves-on": pack(case="{within: 1 day, late: {at the limit: ▸move on}}"),
    "two-writers": process(
        """
- parallel:
    - {step: left, zh: 左, by: clerk, form: [note]}
    - {step: right, zh: 右, by: clerk, form: [▸note]}
- {end: done, zh: 完成}
"""
    ),
}

RECORDS = {
    "key-not-for-list": listed("{type: list, of: line, ▸default: 1, zh: 明细}"),
    "unknown-element": listed("{type: list, of: ▸lien, zh: 明细}"),
    "options-of-list": listed("{type: list, of: line, ▸options: {a: 甲}, zh: 明细}"),
    "key-not-in-record": pack(records="{line: {what: {type: text, zh: 物品, ▸default: x}}}"),
    "personal-in-record": pack(records="{line: {what: {type: text, zh: 物品, ▸personal: true}}}"),
    "key-beside-is": field("{type: integer, zh: 数量, is: 1 + 1, ▸required: true}"),
    "computed-in-circle": pack(
        fields="\n  amount: {type: integer, zh: 数量, ▸is: twice / 2}\n"
        "  twice: {type: integer, zh: 两倍, is: amount * 2}\n  note: {type: text, zh: 说明}"
    ),
    "computed-not-here": with_step(
        "by: clerk\nform: [{field: ▸twice, required: true}]",
        fields="\n  twice: {type: integer, zh: 两倍, is: amount * 2}\n"
        "  amount: {type: integer, zh: 数量}\n  note: {type: text, zh: 说明}",
    ),
    "no-case-in-computed": field("{type: text, zh: 编号, is: ▸case.number}"),
    "personal-computed": pack(
        fields="\n  amount: {type: integer, zh: 数量}\n"
        "  note: {type: text, zh: 说明, personal: true}\n"
        "  length: {type: integer, zh: 字数, is: ▸string length(note)}"
    ),
    "kept-in-working-time": pack(case="{archive: {class: 合同, keep: ▸10 workdays}}"),
    "key-not-for-reference": named("{type: asset, kind: car, zh: 车, ▸default: x}"),
    "reference-not-here": pack(settings="{a: {type: ▸asset, zh: 甲, default: x}}"),
    "reference-set": setting("{set: ▸car, to: null}"),
    "unknown-kind": named("{type: asset, kind: ▸cart, zh: 车}"),
    "unknown-fact": setting("{set: ▸car.colour, to: red}"),
    "type-not-of-fact": named(
        CAR,
        "{car: {zh: 车, facts: {plate: {type: text, zh: 牌}, who: {▸type: person, zh: 人}}}}",
    ),
    "kind-without-name": named(
        CAR,
        "{car: {zh: 车, facts: {▸year: {type: integer, zh: 年}}}}",
    ),
    "fact-not-set": setting("{set: ▸car.plate, to: x}"),
    "per-not-rows": with_step("by: clerk\nchecklist: {per: ▸amount, items: [看过]}"),
    "per-on-form": with_step(
        "by: clerk\nform: [lines]\nchecklist: [{per: ▸lines, items: [看过]}]",
        records="{line: {what: {type: text, zh: 物品}}}",
        fields="\n  lines: {type: list, of: line, zh: 明细}\n  amount: {type: integer, zh: 数量}\n"
        "  note: {type: text, zh: 说明}",
    ),
    "list-in-record": pack(records="{line: {what: {type: ▸list, of: text, zh: 物品}}}"),
}

PROBLEMS = {
    **NOTATION, **KEYS, **HEADER, **NAMES, **FIELDS, **TIME, **PROCESS, **VARIANTS, **SETTINGS,
    **RECORDS,
    **ACTIVITIES,
    **table_examples.PROBLEMS,
    **message_examples.PROBLEMS,
    **paper_examples.PROBLEMS,
}  # fmt: skip

WARNINGS = {
    "promise-too-short": process(
        """
- ▸stage: all_work
  zh: 全部
  within: 3 workdays
  steps:
    - {step: work, zh: 办理, by: clerk, takes: 2 workdays}
    - {step: check, zh: 检查, by: head, takes: 2 workdays}
- {end: done, zh: 完成}
"""
    ),
    "default-of-no-step": pack(every_step="{▸by: head}"),
    **table_examples.WARNINGS,
    **message_examples.WARNINGS,
    **paper_examples.WARNINGS,
    "label-missing": process("- ▸step: work\n  by: clerk\n- {end: done, zh: 完成}"),
    "record-unused": pack(records="{▸line: {what: {type: text, zh: 物品}}}"),
    "role-unused": pack(roles="{clerk: 文员, head: 主管, ▸guest: 访客}"),
    "field-never-asked": pack(
        fields="\n  amount: {type: integer, zh: 数量}\n  note: {type: text, zh: 说明}\n"
        "  ▸spare: {type: text, zh: 备用}",
    ),
    "loop-unmoved": process(
        """
- repeat: rounds
  ▸until: amount = 1
  steps: [{step: work, zh: 办理, by: clerk}]
- {end: done, zh: 完成}
"""
    ),
    "nobody-to-take": process(
        """
- {step: first, zh: 先, by: clerk, when: amount > 1}
- {step: second, zh: 后, by: {same-as: ▸first}}
- {end: done, zh: 完成}
"""
    ),
}
