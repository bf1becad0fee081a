"""One small pack per code: what it takes to meet the problem, with its place marked."""

from __future__ import annotations

from tests.kernel.language import (
    indicator_examples,
    message_examples,
    notation_examples,
    paper_examples,
    process_examples,
    table_examples,
)
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
    "not-supported-yet": field("{type: ▸contract, zh: 合同}"),
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
    "not-a-time": field("{type: time, zh: 时刻, default: ▸24:30}"),
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
    "not-begun": pack(case='{unit: "▸work.by"}'),
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
        every_step="{by: clerk, ▸undo: [note]}",
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
    "nobody-records": with_step("by: ▸customer", starts="[{every: day at 9:00}]"),
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
    "default-breaks-rule": pack(
        settings="{shares: {type: list, of: percent, zh: 比例, default: ▸[50, 30], "
        "rules: [{that: sum(shares) = 100, else: 合计须为 100%}]}}"
    ),
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
    "not-a-customer": pack(
        starts="[{request: ask, zh: 申请, by: clerk, for: ▸amount, form: [note]}]"
    ),
    "role-not-alone": with_step(
        "by: ▸[clerk, head]", roles="{clerk: {zh: 文员, skills: typing}, head: 主管}"
    ),
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
    "length-in-words": with_step("by: clerk\nwithin: ▸四小时"),
    "not-a-duration": pack(settings="{most: {type: duration, zh: 时限, default: ▸soon}}"),
    "unknown-unit": with_step("by: clerk\nwithin: ▸30 minuts"),
    "limit-without-unit": with_step("by: clerk\nwithin: ▸30"),
    "length-not-above-zero": with_step("by: clerk\nwithin: ▸0 minutes"),
    "length-not-whole": with_step("by: clerk\nwithin: ▸1.5 workdays"),
    "takes-of-settings": with_step("by: clerk\ntakes: ▸amount"),
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

RECORDS = {
    "key-not-for-list": listed("{type: list, of: line, ▸personal: true, zh: 明细}"),
    "rows-with-more": listed("{type: list, of: line, zh: 明细, default: '▸[{wat: 1}]'}"),
    "rows-with-other": listed("{type: list, of: line, zh: 明细, default: '▸[{what: 1}]'}"),
    "rows-unfit": listed("{type: list, of: line, zh: 明细, default: '▸[1]'}"),
    "rows-out-of-bounds": listed(
        "{type: list, of: line, zh: 明细, min: 2, default: ▸[{what: 灯}]}"
    ),
    "row-lacks": pack(
        records="{line: {what: {type: text, zh: 物品, required: true}, no: {type: text, zh: 另}}}",
        fields="\n  lines: {type: list, of: line, zh: 明细, default: [▸{no: 灯}]}",
        starts="[{request: ask, zh: 申请, by: [clerk, head], form: [lines]}]",
    ),
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
    "key-not-for-reference": named("{type: asset, kind: car, zh: 车, ▸is: null}"),
    "key-not-for-file": field("{type: image, ▸default: null, zh: 照片}"),
    "file-not-here": pack(settings="{a: {type: ▸file, zh: 甲, default: x}}"),
    "unknown-type-of-file": field("{type: file, accept: [▸exe], zh: 附件}"),
    "not-a-size": field("{type: file, max-size: ▸large, zh: 附件}"),
    "reference-not-here": pack(settings="{a: {type: ▸asset, zh: 甲, default: x}}"),
    "reference-unfit": setting("{set: car, to: ▸case.number}"),
    "nothing-on-file": setting("{set: ▸case.number.colour, to: red}"),
    "unknown-kind": named("{type: asset, kind: ▸cart, zh: 车}"),
    "unknown-fact": setting("{set: ▸car.colour, to: red}"),
    "type-not-here": pack(
        tables="""
  who:
    zh: 谁
    outputs: {person: {▸type: person, zh: 人}}
    rules: |
      | amount | => person |
      |--------|-----------|
      | -      | "li"      |
"""
    ),
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
    **KEYS, **HEADER, **NAMES, **FIELDS, **TIME, **VARIANTS, **SETTINGS,
    **RECORDS,
    **ACTIVITIES,
    **notation_examples.PROBLEMS,
    **process_examples.PROBLEMS,
    **table_examples.PROBLEMS,
    **message_examples.PROBLEMS,
    **paper_examples.PROBLEMS,
    **indicator_examples.PROBLEMS,
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
    "limit-stands-still": pack(
        roles="{clerk: 文员, head: 主管, buyer: {zh: 客户, recorded-by: clerk}}",
        process="\n  - ▸stage: theirs\n    zh: 段\n    within: 1 day\n"
        "    steps: [{step: ask, zh: 问, by: buyer}]\n  - {step: work, zh: 办, by: head}\n"
        "  - {end: done, zh: 完成}",
    ),
    "escalates-outside": with_step(
        "by: clerk\nwithin: 1 hour\nlate: {at the limit: escalate to ▸buyer}",
        roles="{clerk: 文员, head: 主管, buyer: {zh: 客户, recorded-by: clerk}}",
    ),
    "default-of-no-step": pack(every_step="{▸by: head}"),
    **table_examples.WARNINGS,
    **message_examples.WARNINGS,
    **paper_examples.WARNINGS,
    **indicator_examples.WARNINGS,
    "label-missing": process("- ▸step: work\n  by: clerk\n- {end: done, zh: 完成}"),
    "record-unused": pack(records="{▸line: {what: {type: text, zh: 物品}}}"),
    "role-unused": pack(roles="{clerk: 文员, head: 主管, ▸guest: 访客}"),
    "field-never-asked": pack(
        fields="\n  amount: {type: integer, zh: 数量}\n  note: {type: text, zh: 说明}\n"
        "  ▸spare: {type: text, zh: 备用}",
    ),
    "person-never-named": pack(
        fields="{amount: {type: integer, zh: 数量}, guide: {type: person, zh: 陪同人}}",
        starts="[{request: ask, zh: 申请, by: clerk, form: [amount]}]",
        roles="{clerk: 文员}",
        process="""
  - {step: walk, zh: 陪同, ▸by: {person: guide}}
  - {step: ask, zh: 询问, by: clerk, form: [guide]}
  - {end: done, zh: 完成}
""",
    ),
    "named-and-barred": process(
        """
- {step: first, zh: 先, by: clerk}
- {step: second, zh: 后, by: {same-as: first}}
- {step: third, zh: 再, ▸by: {same-as: second, role: head, not: first}}
- {end: done, zh: 完成}
"""
    ),
    "named-twice": process(
        """
- {step: first, zh: 先, by: clerk}
- {step: second, zh: 后, by: {same-as: first}, ▸signed-by: {role: head, same-as: first}}
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
