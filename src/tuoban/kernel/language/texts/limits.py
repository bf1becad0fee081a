"""What can be wrong with limits, schedules and calendars."""

from __future__ import annotations

from tuoban.kernel.language.notation_texts import Texts

TEXTS: Texts = {
    "promise-too-short": (
        "“{name}”里的步骤按预计（takes）最长要 {takes}，超过了时限 {limit}。",
        "What “{name}” holds is expected to take up to {takes} (takes); its limit is {limit}.",
    ),
    "not-a-duration": (
        "“{text}”不是时长，例如 30 minutes。",
        "“{text}” is not a duration such as 30 minutes.",
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
        "“{text}”应写成 30 minutes before、at the limit、2 hours after 或 every week after。",
        "“{text}” should read like 30 minutes before, at the limit, 2 hours after or every week "
        "after.",
    ),
    "bad-late-action": (
        "“{text}”应写成 tell 角色、tell performer 或 escalate to 角色。",
        "“{text}” should read like tell <role>, tell performer or escalate to <role>.",
    ),
}
