"""What can be wrong with limits, schedules and calendars."""

from __future__ import annotations

from tuoban.kernel.language.notation_texts import Texts

TEXTS: Texts = {
    "promise-too-short": (
        "“{name}”里的步骤按预计（takes）最长要 {takes}{way}，超过了时限 {limit}。",
        "What “{name}” holds is expected to take up to {takes} (takes){way}; its limit is {limit}.",
    ),
    "takes-of-settings": (
        "预计时长在工单开始前就要知道，只能用设置（settings），不能用“{name}”。",
        "How long a step is expected to take is known before any case begins, from settings alone, "
        "not from “{name}”.",
    ),
    "not-a-duration": (
        "“{text}”不是时长，例如 30 minutes。",
        "“{text}” is not a duration such as 30 minutes.",
    ),
    "length-in-words": (
        "“{text}”要用数字写：{zh}，或 {en}。",
        "Write “{text}” in digits: {zh}, or {en}.",
    ),
    "length-for-moment": (
        "“{text}”是时长，这里要写时刻，例如 {text} after start.at。",
        "“{text}” is a length of time, and a moment is expected here, such as {text} after "
        "start.at.",
    ),
    "unknown-unit": (
        "没有“{unit}”这个时间单位，可写：{known}。",
        "There is no unit of time “{unit}”; possible: {known}.",
    ),
    "limit-without-unit": (
        "“{text}”没有单位；请写成例如 30 minutes、2 working hours、3 workdays。",
        "“{text}” has no unit: write for example 30 minutes, 2 working hours, 3 workdays.",
    ),
    "length-not-above-zero": (
        "时长要大于零。",
        "A length of time must be above zero.",
    ),
    "length-not-whole": (
        "“{text}”：工作日、月、季度和年只能是整数；半天请写成工作小时。",
        "“{text}”: workdays, months, quarters and years are whole numbers; write half a day in "
        "working hours.",
    ),
    "late-of-which": (
        "这里不止一个时限，或时限已有自己的 late；请把 late 写进它所属的那个时限里。",
        "There is more than one limit here, or the limit has a late of its own: write late inside "
        "the limit it belongs to.",
    ),
    "limit-stands-still": (
        "“{name}”里只有外部人员办的步骤，时限一直停着。要算外部的时间，"
        "请写 stops-while: false，或把时限写在步骤上。",
        "Only outside parties work in “{name}”, so that its limit stands still. To count their "
        "time write stops-while: false, or give the limit to the step.",
    ),
    "escalates-outside": (
        "“{name}”是外部人员：升级给它，其实是给代为登记的 {role}。请写本单位对时限负责的角色。",
        "“{name}” is an outside party: escalating to it reaches {role}, who record for it. Name "
        "the role of the organisation that answers for the time.",
    ),
    "every-too-often": (
        "“{text}”太密；反复发生的至少相隔 {shortest}。",
        "“{text}” is too often: what comes again and again keeps at least {shortest} between.",
    ),
    "element-unfit": (
        "“{name}”存不下 in 给出的各项：应是类型相符的工单字段，不能是个人信息、列表或计算字段。",
        "“{name}” cannot hold the elements that in gives: it must be a field of the case of their "
        "type, neither personal nor a list nor computed.",
    ),
    "bad-schedule": (
        "“{text}”不是周期：可写 day at 9:00、workday at 17:00、week on monday at 9:00、"
        "month on day 25 at 17:00、month on last workday at 17:00、quarter on day 10 at 9:00 "
        "或 year on 3-01 at 9:00。",
        "“{text}” is no schedule: write day at 9:00, workday at 17:00, week on monday at 9:00, "
        "month on day 25 at 17:00, month on last workday at 17:00, quarter on day 10 at 9:00 or "
        "year on 3-01 at 9:00.",
    ),
    "bad-calendar": (
        "“{text}”不是日历：可写 unit（工单所属部门）、performer（办理人）、always（全天候），"
        "或某个日历的代号。",
        "“{text}” is no calendar: write unit (the unit of the case), performer (whoever does it), "
        "always (round the clock), or the key of a calendar.",
    ),
    "late-without-limit": (
        "写了 late，就要写 within 或 due，否则没有时限可言。",
        "late needs within or due: without them there is no limit to be late for.",
    ),
    "bad-late-time": (
        "“{text}”应写成 30 minutes before、at the limit、2 hours after 或 every week after；"
        "时长也可以是表达式，如 settings.remind before。",
        "“{text}” should read like 30 minutes before, at the limit, 2 hours after or every week "
        "after; the length may be an expression, as in settings.remind before.",
    ),
    "bad-late-action": (
        "“{text}”应写成 tell 角色、tell performer 或 escalate to 角色。",
        "“{text}” should read like tell <role>, tell performer or escalate to <role>.",
    ),
}
