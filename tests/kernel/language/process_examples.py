"""One small pack per code of what can be wrong with constructs, as in `examples`."""

from __future__ import annotations

from tests.kernel.language.support import pack, process, with_step

PROBLEMS = {
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
    "loop-unmoved": process(
        """
- repeat: rounds
  ▸until: amount = 1
  steps: [{step: work, zh: 办理, by: clerk}]
- {end: done, zh: 完成}
"""
    ),
    "needs-own-end": process(
        """
- stage: paper
  zh: 资料
  steps: [{step: work, zh: 办理, by: clerk, needs: [{that: extra.open = 0, else: 增项没有办完}]}]
  during:
    - on: extra
      zh: 增项
      by: clerk
      then: [{step: more, zh: 补, by: clerk, needs: [{that: ▸extra.open = 0, else: 等}]}]
- {end: done, zh: 完成}
"""
    ),
    "occurrences-write": process(
        """
- stage: paper
  zh: 资料
  steps: [{step: work, zh: 办理, by: clerk}]
  during: [{on: extra, zh: 增项, by: clerk, then: [{step: more, zh: 补, by: clerk, form: [▸note]}]}]
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
    "bars-nobody": process(
        """
- {step: first, zh: 先, by: {role: clerk, not: ▸second}}
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
    "needs-condition": with_step("by: clerk\nneeds: ▸1 > 2"),
    "length-for-moment": with_step("by: clerk\ndue: ▸2 days"),
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
    "needs-overtaken": process(
        """
- parallel:
    - {step: left, zh: 左, by: clerk}
    - {step: right, zh: 右, by: clerk, needs: [▸left]}
  join: any
- {end: done, zh: 完成}
"""
    ),
    "needs-ended": process(
        """
- parallel:
    - {stage: one, zh: 甲, steps: [{step: left, zh: 左, by: clerk}, {end: over, zh: 止}]}
    - {step: right, zh: 右, by: clerk, needs: [▸left]}
    - {step: other, zh: 另, by: clerk}
  join: 2
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
    "no-address": pack(
        roles="{clerk: 文员, head: 主管, customer: {zh: 客户, recorded-by: clerk}}",
        process="""
  - {step: work, zh: 办理, by: clerk}
  - {tell: {▸customer: sms}, text: 办好了}
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
    "needs-optional": process(
        """
- plan: permits
  zh: 报批
  steps:
    - {step: work, zh: 办理, by: clerk}
    - {step: more, zh: 补办, by: clerk, optional: true}
- {step: after, zh: 后, by: clerk, needs: [▸more]}
- {end: done, zh: 完成}
"""
    ),
    "needs-undoing": process(
        """
- {step: work, zh: 办理, by: clerk, undo: [{step: back, zh: 撤, by: clerk, needs: [▸after]}]}
- {step: after, zh: 后, by: clerk}
- {end: done, zh: 完成}
"""
    ),
    "needs-never-done": process(
        """
- parallel:
    - {stage: left, zh: 左, steps: [{step: work, zh: 办理, by: clerk}, {end: left, zh: 停}]}
    - {step: right, zh: 右, by: clerk, needs: [▸left]}
  join: any
- {end: done, zh: 完成}
""".replace("▸left", "▸aside").replace("stage: left", "stage: aside")
    ),
    "dead-branch": process(
        """
- choose:
    - {when: amount > 1, then: [{step: work, zh: 办理, by: clerk}]}
    - {when: amount>1, then: [{▸step: other, zh: 别, by: clerk}]}
- {end: done, zh: 完成}
"""
    ),
    "never-true": process(
        "- {step: work, zh: 办理, by: clerk, when: ▸1 > 2}\n- {end: done, zh: 完成}"
    ),
    "always-true": process(
        """
- plan: permits
  zh: 报批
  complete-when: ▸true
  steps: [{step: work, zh: 办理, by: clerk}]
- {end: done, zh: 完成}
"""
    ),
    "when-too-early": process(
        """
- {step: first, zh: 先, by: clerk, when: ▸after.outcome = "yes"}
- {step: after, zh: 后, by: clerk, outcomes: {yes: 是, no: 否}}
- {end: done, zh: 完成}
"""
    ),
    "loop-never-left": process(
        """
- repeat: rounds
  until: ▸false
  steps: [{step: work, zh: 办理, by: clerk}]
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
    "asides-write": process(
        """
- repeat: rounds
  until: amount > 3
  at-most: 3
  steps:
    - {step: count, zh: 清点, by: clerk, form: [amount]}
    - {call: check, without-waiting: true}
- {end: done, zh: 完成}
"""
    )
    + """
processes:
  check: {zh: 审核, steps: [{step: look, zh: 看, by: clerk, form: [▸note]}]}
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
