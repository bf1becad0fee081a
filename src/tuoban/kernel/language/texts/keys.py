"""What can be wrong with any key and its value."""

from __future__ import annotations

from tuoban.kernel.language.notation_texts import Texts

TEXTS: Texts = {
    "empty-pack": ("文件是空的。", "The file is empty."),
    "unexpected-kind": (
        "这里写的是{found}，应为{expected}。",
        "Found {found}, expected {expected}.",
    ),
    "full-width-colon": (
        "这里用了中文冒号“：”，请改成英文冒号加空格“: ”。",
        "Full-width colon “：”; write an ordinary colon and a space “: ”.",
    ),
    "full-width-mark": (
        "这里用了全角的“{found}”，请改成半角的“{instead}”。",
        "Full-width “{found}”; write an ordinary “{instead}”.",
    ),
    "blank-text": ("这里是空白，应为{expected}。", "This is blank, expected {expected}."),
    "unknown-key": (
        "这里没有“{key}”这一项，可写：{known}。",
        "There is no “{key}” here; possible: {known}.",
    ),
    "unknown-word": (
        "这里不能写“{word}”，可写：{known}。",
        "“{word}” cannot stand here; possible: {known}.",
    ),
    "not-supported-yet": (
        "“{word}”暂不支持。",
        "“{word}” is not supported yet.",
    ),
    "key-missing": ("缺少“{key}”。", "“{key}” is missing."),
    "value-missing": ("“{key}”没有值。", "“{key}” has no value."),
    "not-together": (
        "“{key}”和“{other}”不能同时写。",
        "“{key}” and “{other}” exclude one another.",
    ),
    "empty-list": ("这里至少要写一项。", "At least one entry is needed here."),
    "listed-twice": ("“{name}”列了两次。", "“{name}” is listed twice."),
    "not-a-number": ("“{text}”不是数字，例如 12.5。", "“{text}” is not a number such as 12.5."),
    "not-a-count": ("应为大于 0 的整数。", "A whole number above 0 is expected."),
    "not-a-time": (
        "“{text}”不是一天中的时刻，例如 09:30。",
        "“{text}” is not a time of day such as 09:30.",
    ),
    "not-a-date": (
        "“{text}”不是有效的日期，例如 2026-03-01 或 2026-03-01 09:30。",
        "“{text}” is not a date such as 2026-03-01 or 2026-03-01 09:30.",
    ),
    "bad-value": ("“{text}”不是{expected}。", "“{text}” is not {expected}."),
}
