"""What can be wrong with what an expression reads."""

from __future__ import annotations

from tuoban.kernel.language.notation_texts import Texts

TEXTS: Texts = {
    "wrong-kind": (
        "“{text}”是{found}，这里应为{expected}。",
        "“{text}” is {found}; {expected} is expected here.",
    ),
    "unknown-here": (
        "这里没有叫“{name}”的内容。",
        "Nothing is called “{name}” here.",
    ),
    "own-name-here": (
        "“{name}”是这一步自己的内容，办完才有值；needs、within 和 due 在办理之前判断，不能用它。",
        "“{name}” is this step's own and has no value before it is completed; needs, within and "
        "due are judged before, so they cannot use it.",
    ),
    "field-of-block": (
        "字段“{name}”属于声明它的步骤或块，只能在里面直接读取；在外面请写“名称.{name}”。",
        "The field “{name}” belongs to the step or block that declares it and is read there alone "
        "by its bare name; elsewhere write the name of that place, a dot and “{name}”.",
    ),
    "known-inside-only": (
        "“{name}”在逐项办理（each）里面，每一项各有一份，在外面不能直接读取。",
        "“{name}” stands inside an each and exists once for every element, so that it cannot be "
        "read from outside.",
    ),
    "no-clock-here": (
        "这里不能用“{name}”：时间过去并不会让条件重新判断。只有 default、rules 和 set 可以用；"
        "要按时间触发，请用 within 或 due。",
        "“{name}” cannot be used here: nothing would judge the condition again as time passes. "
        "Only default, rules and set may use it; for a moment, use within or due.",
    ),
    "per-without-options": (
        "“{text}”不是有选项的内容：这里写一个 choice 字段，或步骤的 outcome，例如 check.outcome。",
        "“{text}” has no options: write a field of type choice, or the outcome of a step, such as "
        "check.outcome.",
    ),
    "option-of-none": ("没有“{name}”这个选项。", "There is no option “{name}”."),
}
