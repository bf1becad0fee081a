"""What can be wrong with names and labels."""

from __future__ import annotations

from tuoban.kernel.language.notation_texts import Texts

TEXTS: Texts = {
    "bad-name": (
        "“{name}”不能作名称：用小写字母、数字、下划线或汉字，不以数字开头，最多 60 个字符。",
        "“{name}” cannot be a name: use small letters, digits, underscores or Chinese "
        "characters, no digit first, at most 60.",
    ),
    "reserved-name": (
        "“{name}”在这里另有含义，请换一个名称。",
        "“{name}” has a meaning of its own here; choose another name.",
    ),
    "name-taken": (
        "名称“{name}”已在第 {line} 行用过；字段、步骤和环节不能重名。",
        "The name “{name}” is taken on line {line}; fields, steps and blocks share one set of "
        "names.",
    ),
    "unknown-role": ("没有“{name}”这个角色。", "There is no role “{name}”."),
    "unknown-field": ("没有“{name}”这个字段。", "There is no field “{name}”."),
    "unknown-step": ("没有“{name}”这个步骤或环节。", "There is no step or block “{name}”."),
    "not-a-step": (
        "“{name}”不是步骤，这里只能写步骤。",
        "“{name}” is not a step; only a step can stand here.",
    ),
    "names-itself": ("“{name}”不能指向自己。", "“{name}” cannot refer to itself."),
    "label-missing": (
        "“{name}”没有 zh 或 en 名称，将直接显示“{name}”。",
        "“{name}” has neither zh nor en; it will be shown as “{name}”.",
    ),
    "untranslated": ("“{text}”没有译文。", "“{text}” is not translated."),
    "translation-unused": (
        "流程包里没有“{text}”这段文字，这条译文用不上。",
        "The pack holds no text “{text}”; this translation is not used.",
    ),
    "role-unused": ("角色“{name}”没有用到。", "Nothing in the pack uses the role “{name}”."),
}
