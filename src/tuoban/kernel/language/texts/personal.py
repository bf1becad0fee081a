"""Where personal values may not be read."""

from __future__ import annotations

from tuoban.kernel.language.notation_texts import Texts

TEXTS: Texts = {
    "personal-in-record": (
        "记录里不能有个人信息：每一行都会以明文留存。请把它放到单独的字段。",
        "A record cannot hold personal values: its rows are kept in the clear. Give it a field of "
        "its own.",
    ),
    "personal-computed": (
        "计算用到了个人信息“{name}”，结果会以明文显示。请改用不含个人信息的内容。",
        "What is computed reads “{name}”, which is personal, and would be shown in the clear. Use "
        "something that is not personal.",
    ),
    "personal-element": (
        "逐项办理的各项会记入流水，不能含个人信息“{name}”。请只取需要的部分。",
        "The elements of an each are kept in the journal, so that they may not hold the personal "
        "“{name}”. Take only the parts that are needed.",
    ),
    "personal-default": (
        "默认值用到了个人信息“{name}”，会以明文留存。请给这个字段加上 personal: true，或不用它。",
        "The default reads “{name}”, which is personal, and would be kept in the clear. Add "
        "personal: true to this field, or do without it.",
    ),
    "personal-limit": (
        "时限用到了个人信息“{name}”，会以明文留存。请改用不含个人信息的内容。",
        "The limit reads “{name}”, which is personal, and would be kept in the clear. Use "
        "something that is not personal.",
    ),
    "personal-unit": (
        "部门用到了个人信息“{name}”，会以明文留存。请改用不含个人信息的内容。",
        "The unit reads “{name}”, which is personal, and would be kept in the clear. Use something "
        "that is not personal.",
    ),
    "personal-person": (
        "这里用到了个人信息“{name}”，会以明文留存。请改用 person 类型的字段。",
        "This reads “{name}”, which is personal, and would be kept in the clear. Use a field of "
        "the type person.",
    ),
    "personal-set": (
        "set 给字段的值会以明文留存，不能涉及个人信息“{name}”。请让人在表单上填写。",
        "What set gives a field is kept in the clear, so that it can have nothing to do with "
        "“{name}”, which is personal. Let somebody enter it on a form.",
    ),
    "personal-given": (
        "交给子流程的内容用到了个人信息“{name}”，会以明文留存。",
        "What is handed to the process reads “{name}”, which is personal, and would be kept in the "
        "clear.",
    ),
}
