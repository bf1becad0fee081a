"""Words that newcomers write for those of the language."""

from __future__ import annotations

from collections.abc import Collection
from difflib import SequenceMatcher

SURE = 0.8
"""How like a word must be to another one to be read as that, from 0 to 1."""

MEANT: dict[str, tuple[str, ...]] = {
    "else": ("otherwise",),
    "if": ("when",),
    "condition": ("when", "that"),
    "steps": ("then", "process"),
    "then": ("steps",),
    "do": ("then",),
    "role": ("by",),
    "performer": ("by",),
    "assignee": ("by",),
    "who": ("by",),
    "name": ("zh", "en"),
    "label": ("zh", "en"),
    "title": ("zh", "en"),
    "deadline": ("due", "within"),
    "sla": ("within",),
    "limit": ("within",),
    "results": ("outcomes",),
    "choices": ("options", "outcomes"),
    "values": ("options",),
    "loop": ("repeat",),
    "max": ("at-most",),
    "while": ("until",),
    "sign": ("signed-by",),
    "signature": ("signed-by",),
    "back-to": ("returns-to",),
    "task": ("step",),
    "gateway": ("choose",),
    "switch": ("choose",),
    "phase": ("stage",),
    "documents": ("papers",),
    "message": ("else", "text"),
    "cn": ("zh",),
    "名称": ("zh",),
    "中文": ("zh",),
    "英文": ("en",),
    "标题": ("title", "zh"),
    "版本": ("version",),
    "语言": ("language",),
    "货币": ("currency",),
    "设置": ("settings",),
    "角色": ("roles", "by"),
    "字段": ("fields", "form"),
    "流程": ("process",),
    "开始": ("starts",),
    "步骤": ("step", "steps"),
    "阶段": ("stage",),
    "结束": ("end",),
    "办理人": ("by",),
    "经办": ("by",),
    "表单": ("form",),
    "时限": ("within",),
    "逾期": ("late",),
    "条件": ("when", "that"),
    "否则": ("otherwise", "else"),
    "结果": ("outcomes",),
    "选项": ("options",),
    "类型": ("type",),
    "必填": ("required",),
    "默认": ("default",),
    "清单": ("checklist",),
    "材料": ("papers",),
    "签字": ("signed-by",),
    "退回": ("returns-to",),
}
"""By such a word, what it may mean, where that may stand."""


def meant(word: str, known: Collection[str]) -> str | None:
    """The word of the language that is meant by another one, as far as it may stand here."""
    return next((each for each in MEANT.get(word.lower(), ()) if each in known), None)


def is_misspelt(word: str, other: str) -> bool:
    """Whether a word is surely another one, misspelt."""
    return SequenceMatcher(None, word, other).ratio() >= SURE
