"""What can be wrong with the constructs of a process."""

from __future__ import annotations

from tuoban.kernel.language.notation_texts import Texts

TEXTS: Texts = {
    "no-construct": (
        "这里应有一个环节，以其中之一开头：{known}。",
        "A construct should stand here, beginning with one of: {known}.",
    ),
    "needs-condition": (
        "“{text}”是条件，请写成 {{that: ..., else: 没有满足时的说明}}。",
        "“{text}” is a condition: write it as {{that: ..., else: what is missing}}.",
    ),
    "otherwise-not-last": (
        "otherwise 只能是最后一个分支。",
        "otherwise can only be the last branch.",
    ),
    "end-labelled-twice": (
        "结束“{name}”有两个不同的名称。",
        "The end “{name}” has two different labels.",
    ),
    "loop-unmoved": (
        "循环里和同时进行的步骤都改变不了这个条件：要么第一轮之后就停，要么永远不停。"
        "请改写条件，或写 at-most。",
        "Nothing done inside the loop or beside it can change this condition: it is left after its "
        "first round, or never. Write another condition, or at-most.",
    ),
    "loop-may-spin": (
        "这个循环可能一轮接一轮地空转：里面的步骤都可能跳过或由系统自动办，等待也不足 {shortest}。"
        "请写 at-most，或让其中一步由人办、不带条件，或等久一些。",
        "This loop may go round and round without anybody doing anything: all that is in it may be "
        "passed over, is done by the system, or waits less than {shortest}. Write at-most, leave "
        "one step of somebody without a condition, or wait longer.",
    ),
    "return-not-before": (
        "不能退回到“{name}”：它不在这一步之前，或在同时进行的另一分支里。",
        "Work cannot be returned to “{name}”: it does not stand before this step, or stands in "
        "another branch that runs at the same time.",
    ),
    "no-end": (
        "流程走到这里之后没有结束：每条路最后都要写 end。",
        "The process goes on behind this without an end: every way must finish with end.",
    ),
    "dead-step": (
        "永远走不到这里：第 {line} 行之后流程一定已经结束。",
        "This is never reached: the process has always ended by line {line}.",
    ),
    "dead-branch": (
        "永远走不到这个分支：第 {line} 行的分支在同样的条件下先被选中。",
        "This branch is never taken: under the same condition the one in line {line} comes first.",
    ),
    "never-true": (
        "这个条件永远不成立，它后面的内容永远不会发生。",
        "This condition never holds, so that what rests on it never happens.",
    ),
    "always-true": (
        "这个条件总是成立，一开始就会满足，等于没有写。",
        "This condition always holds: it is met at once, as if it were not written.",
    ),
    "when-too-early": (
        "判断这个条件时，“{name}”不可能已经有值，条件永远不成立。",
        "When this condition is judged, “{name}” cannot have a value yet: it never holds.",
    ),
    "loop-never-left": (
        "这个条件永远不成立，循环永远停不下来。请改写条件，或写 at-most。",
        "This condition never holds, so that the loop is never left. Write another condition, or "
        "at-most.",
    ),
    "join-above-branches": (
        "join 写的是 {count}，但只有 {branches} 个分支，永远不够。",
        "join asks for {count} branches, but there are only {branches}: there can never be enough.",
    ),
    "bad-join": (
        "“{text}”不能作 join：可写 all（全部）、any（任一），或大于 0 的整数。",
        "“{text}” is no join: write all, any, or how many branches are enough.",
    ),
    "elements-write": (
        "“{each}”的各项同时进行，都填写字段“{name}”，后写的会覆盖先写的。"
        "请写 order: one by one，或把字段放到“{each}”的 fields 里。",
        "The elements of “{each}” run at the same time and all fill in “{name}”; the later would "
        "overwrite the earlier. Write order: one by one, or put the field into the fields of "
        "“{each}”.",
    ),
    "occurrences-write": (
        "“{reaction}”可能还没办完就再次发生，每次都填写字段“{name}”，后写的会覆盖先写的。"
        "请把字段放到“{reaction}”的 fields 里；之后可用 {reaction}.all 读取每一次的值。",
        "“{reaction}” may happen again before it is over and fills in “{name}” each time; the "
        "later would overwrite the earlier. Put the field into the fields of “{reaction}”: "
        "{reaction}.all then has the value of each time.",
    ),
    "unknown-process": (
        "没有叫“{name}”的子流程（processes），也没有这样的流程包。",
        "No process under processes is called “{name}”, and no pack that is known here.",
    ),
    "calls-itself": (
        "子流程“{name}”又调用了自己，永远不会结束。",
        "The process “{name}” calls itself, so that it would never end.",
    ),
    "called-too-much": (
        "子流程一次次调用，合起来超过 {limit} 个环节和结构，请少调用几次或拆成几个流程包。",
        "The processes that are called, each counted once for each call, come to more than {limit} "
        "constructs: call fewer, or make packs of them.",
    ),
    "called-too-deep": (
        "子流程一层套一层地调用，这里外面已有 {limit} 层环节和结构，请少套几层。",
        "Processes call one another one inside the other, and {limit} constructs stand around this "
        "call: let them follow one another, or put what they do into fewer processes.",
    ),
    "never-called": (
        "没有任何地方调用子流程“{name}”。",
        "Nothing calls the process “{name}”.",
    ),
    "moves-on-again": (
        "“every ... after”会反复到来，而 move on 只能发生一次。",
        "“every ... after” comes again and again, but the process can move on only once.",
    ),
    "case-moves-on": (
        "整个工单的时限不能写 move on：没有可以继续的下一步。请写 tell 或 escalate to。",
        "The limit of the whole case cannot move on: there is nothing behind it. Write tell or "
        "escalate to.",
    ),
    "no-trigger": (
        "看不出这件事何时发生，应写其中一个：{known}。",
        "This does not say what lets it happen; write one of: {known}.",
    ),
    "two-writers": (
        "“{other}”和“{step}”都填写字段“{name}”，而两者可能同时进行（第 {line} 行），后写的会覆盖"
        "先写的。请只在一处填写，放到各自的 fields 里，或用 needs 排出先后。",
        "“{other}” and “{step}” may run at the same time (line {line}) and both fill in “{name}”; "
        "the later would overwrite the earlier. Ask for it once, give each fields of its own, or "
        "let the one need the other.",
    ),
}
