"""What can be wrong with the constructs of a process."""

from __future__ import annotations

from tuoban.kernel.language.notation_texts import Texts

TEXTS: Texts = {
    "no-construct": (
        "这里应有一个环节，以其中之一开头：{known}。",
        "A construct should stand here, beginning with one of: {known}.",
    ),
    "otherwise-not-last": (
        "otherwise 只能是最后一个分支。",
        "otherwise can only be the last branch.",
    ),
    "undo-of-a-call": (
        "这个结束只结束被调用的流程，工单并没有结束，不能在这里撤销（undo）。",
        "This end is that of a called process only: the case does not end, so nothing is undone.",
    ),
    "end-labelled-twice": (
        "结束“{name}”有两个不同的名称。",
        "The end “{name}” has two different labels.",
    ),
    "loop-unmoved": (
        "循环里没有任何步骤能改变这个条件，可能永远不会停。",
        "Nothing done inside the loop can change this condition; it may never stop.",
    ),
    "loop-may-spin": (
        "这个循环可能一轮接一轮地空转：里面的步骤都可能跳过。请写 at-most，或让其中一步不带条件。",
        "This loop may go round and round without anybody doing anything: all that is in it may be "
        "passed over. Write at-most, or leave one step without a condition.",
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
    "unknown-process": (
        "没有叫“{name}”的子流程（processes），也没有这样的流程包。",
        "No process under processes is called “{name}”, and no pack that is known here.",
    ),
    "calls-itself": (
        "子流程“{name}”又调用了自己，永远不会结束。",
        "The process “{name}” calls itself, so that it would never end.",
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
        "同时进行的“{other}”和“{step}”都填写字段“{name}”，后写的会覆盖先写的。"
        "请只在一处填写，或放到各自的 fields 里。",
        "“{other}” and “{step}” run at the same time and both fill in “{name}”; the later would "
        "overwrite the earlier. Ask for it once, or give each step fields of its own.",
    ),
}
