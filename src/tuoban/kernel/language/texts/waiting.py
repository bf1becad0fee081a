"""What can be wrong with what waits, and with what it waits for."""

from __future__ import annotations

from tuoban.kernel.language.notation_texts import Texts

TEXTS: Texts = {
    "needs-never-met": (
        "这一步没法等“{name}”：它在这一步之后、在同一选择的另一条分支里，或包含这一步。",
        "This step cannot wait for “{name}”: it comes later, stands in another branch of the same "
        "choice, or contains this step.",
    ),
    "needs-withdrawn": (
        "“{name}”所在的块（第 {line} 行）可能在它办完之前就结束，那时它被撤回，等它就永远办不了。"
        "请改写成没有它也能成立的条件，或等整个块。",
        "The block “{name}” stands in (line {line}) may be left before it is done; it is then "
        "withdrawn, and what waits for it would wait for ever. Write a condition that also holds "
        "without it, or wait for the whole block.",
    ),
    "needs-overtaken": (
        "“{name}”一办完，第 {line} 行的块就已经够数，随即结束，这一步被撤回，谁也办不了它。"
        "请去掉这项 needs，或让那个块等更多的分支（join）。",
        "As soon as “{name}” is done, enough is done of the block in line {line}: it is left at "
        "once, and this is withdrawn before anybody can do it. Drop the need, or let the block "
        "wait for more branches (join).",
    ),
    "needs-ended": (
        "“{name}”一办完，流程随即走到第 {line} 行的 end 而结束，这一步被撤回，谁也办不了它。"
        "请去掉这项 needs，或把 end 放到两者之后。",
        "As soon as “{name}” is done, the process comes to the end in line {line}: this is "
        "withdrawn before anybody can do it. Drop the need, or put the end behind both.",
    ),
    "needs-optional": (
        "“{name}”要有人加办才开始，它所在的计划可能没有它就办完，那时等它就永远办不了。"
        "请改写成条件，或把需要它的步骤放进同一计划。",
        "“{name}” begins only when somebody adds it, and its plan may be over without it: what "
        "waits for it would wait for ever. Write a condition, or put this into the same plan.",
    ),
    "needs-undoing": (
        "撤销（undo）时其余的都已撤回，“{name}”那时可能还没有办完，等它就永远办不了。",
        "While something is undone all else has been withdrawn; “{name}” may not have been done by "
        "then, and what waits for it would wait for ever.",
    ),
    "needs-never-done": (
        "“{name}”永远办不完：流程总在它里面结束，等它的步骤永远办不了。",
        "“{name}” is never done: the process always ends in it, so that nothing can wait for it.",
    ),
    "needs-never-filled": (
        "在这一步办完之前，没有哪里填写“{name}”；而 needs 在办理之前判断，这一步永远办不了。"
        "请在更早的一步填写；若要核对填写的内容，请用字段的 rules。",
        "Nothing enters “{name}” before this step is done, and needs are judged before: the step "
        "can never be done. Ask for it in an earlier step; to check what is entered, use the "
        "field's rules.",
    ),
    "needs-own-end": (
        "这一步在“{name}”之内：只要它没办完，{name}.open 就不会是 0，等下去永远办不了。"
        "请在这一步写 needs: []，或改写条件，例如 {name}.open = 1。",
        "This stands inside “{name}”: while it is not done, {name}.open is not 0, so that it would "
        "wait for ever. Write needs: [] here, or another condition, such as {name}.open = 1.",
    ),
    "wait-never-true": (
        "在等待期间和之前，没有哪里填写“{name}”，这个条件永远不成立。",
        "Nothing enters “{name}” before or during this wait: the condition can never hold.",
    ),
    "wait-unmoved": (
        "等待期间没有任何步骤在进行，能改变这个条件：它要么一开始就成立，要么永远等下去。"
        "请把它放进 parallel，与改变它的步骤同时进行，或改用时刻。",
        "Nothing that runs during this wait can change the condition: it holds at once, or the "
        "case waits for ever. Let it stand in a parallel beside the steps that change it, or wait "
        "for a moment.",
    ),
    "needs-circle": (
        "互相等待，谁也办不了：{circle}。",
        "These wait for one another, so none can ever be done: {circle}.",
    ),
    "needs-reaction": (
        "“{name}”是可能发生、也可能不发生的事，不能等它办完。"
        "请写条件，例如 {{that: {name}.open = 0}}。",
        "“{name}” may happen or not, so that nothing can wait for it. Write a condition, such as "
        "{{that: {name}.open = 0}}.",
    ),
    "return-not-needed": (
        "在计划里只能退回到这一步需要（needs）的内容，“{name}”不在其中。",
        "Inside a plan work goes back only to what the step needs; “{name}” is not among that.",
    ),
    "lapses-out-of-reach": (
        "“{name}”可能失效，但它所在的块那时可能已经结束，无法重新办理。"
        "请把它放到外面，或把需要它的步骤放进同一块。",
        "“{name}” may lapse when the block it stands in has been left, so that it could not be "
        "done again. Move it out, or put what needs it into the same block.",
    ),
}
