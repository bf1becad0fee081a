"""What can be wrong with indicators."""

from __future__ import annotations

from tuoban.kernel.language.notation_texts import Texts

TEXTS: Texts = {
    "indicator-without-measure": (
        "“{name}”没有写怎样计算，可写其中一项：{known}。",
        "“{name}” does not say what is measured; write one of: {known}.",
    ),
    "bad-over": (
        "“{text}”不是能统计的范围。可写 all、running，或 started、ended（写了 of 时还有 done）加上"
        "期间：last 30 days、this month、previous quarter 等。",
        "“{text}” does not say which cases. Possible are all, running, or started, ended, or with "
        "of also done, with a period: last 30 days, this month, previous quarter and the like.",
    ),
    "done-of-what": (
        "done 按步骤的办结时间统计，要同时写 of: 步骤名。",
        "done looks at when a step was done: write of: step beside it.",
    ),
    "not-done-by-anybody": (
        "“{name}”不是步骤，也不是可能发生的事（during），没有一次次的办理可以统计。",
        "“{name}” is neither a step nor a reaction, so that there is nothing to look at each time.",
    ),
    "unknown-ledger": ("没有“{name}”这本账。", "There is no ledger “{name}”."),
    "bad-target": (
        "“{text}”不是目标，例如 = 0、>= 50 % 或 < 10 minutes。",
        "“{text}” is not a target such as = 0, >= 50 % or < 10 minutes.",
    ),
    "target-above-all": (
        "比率最大为 1，目标“{text}”要写成百分数，例如 >= 50 %。",
        "A share is at most 1; write the target “{text}” in per cent, such as >= 50 %.",
    ),
    "unit-of-its-own": (
        "比率和时长自带单位，这里不写 unit。",
        "A share or a length of time has its own unit; there is no unit to write.",
    ),
    "indicator-circle": (
        "这些指标互相用来计算，没有起点：{circle}。",
        "These indicators are calculated from one another: {circle}.",
    ),
    "personal-indicator": (
        "指标用到了个人信息“{name}”，结果会以明文留存。请改用不含个人信息的内容。",
        "The indicator reads “{name}”, which is personal, and would be kept in the clear. Use "
        "something that is not personal.",
    ),
}
