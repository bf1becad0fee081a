"""What can be wrong at the head of a pack, and with its settings."""

from __future__ import annotations

from tuoban.kernel.language.notation_texts import Texts

TEXTS: Texts = {
    "bad-slug": (
        "流程包的代号“{text}”应为小写字母、数字和连字符，例如 car-aftersales。",
        "The pack's slug “{text}” consists of small letters, digits and hyphens, as in "
        "car-aftersales.",
    ),
    "bad-version": (
        "版本“{text}”应为最多 32 个字母、数字、点和连字符，例如 2026.1。",
        "The version “{text}” consists of at most 32 letters, digits, dots and hyphens, as in "
        "2026.1.",
    ),
    "bad-currency": (
        "货币“{text}”应为三个大写字母的代码，例如 CNY。",
        "The currency “{text}” is a code of three capitals, such as CNY.",
    ),
    "bad-case-number": (
        "编号“{text}”应为最多 12 个大写字母、数字、汉字或连字符，例如 IT；"
        "或写全并以 -{{serial}} 结尾（位数如 -{{serial:6}}），可含 {{year}}、{{month}}、{{day}}、"
        "{{today}}，和一个 {{unit}}，"
        "例如 HT{{year}}-{{serial}}。",
        "The number “{text}” consists of at most 12 capitals, digits, Chinese characters or "
        "hyphens, such as IT; or is written in full and ends with -{{serial}}, or "
        "-{{serial:6}} for six digits, with {{year}}, {{month}}, {{day}}, {{today}}, and "
        "{{unit}} once: HT{{year}}-{{serial}}.",
    ),
    "stray-brace": (
        "花括号不配对；字段请写成 {{字段名}}。",
        "The braces do not match; a field is written as {{field}}.",
    ),
    "not-begun": (
        "“{name}”在工单开始时还读不到；case.unit 可读申请表单的字段、start 和 settings。",
        "“{name}” cannot be read when a case begins; case.unit may read the fields of the request, "
        "start and settings.",
    ),
    "priority-not-choice": (
        "优先级字段“{name}”的类型是 {type}，应为 choice，选项按紧急程度从高到低排列。",
        "The priority field “{name}” is of type {type}; it must be a choice whose options stand "
        "in the order of urgency, the most urgent first.",
    ),
    "setting-without-default": (
        "设置“{name}”要么写 default，要么写 required: true。",
        "The setting “{name}” needs either a default or required: true.",
    ),
    "options-without-default": (
        "“{name}”还有选项没有默认值：{known}。请补上，或写 required: true。",
        "Some options of “{name}” have no default: {known}. Add them, or write required: true.",
    ),
}
