"""What can be wrong with the notation of a pack, as `texts` holds the rest."""

from __future__ import annotations

from collections.abc import Mapping

Texts = Mapping[str, tuple[str, str]]
"""By code, the text in Chinese and in English."""

NOTATION: Texts = {
    "file-too-large": (
        "文件有 {size} 字节，最多 {limit} 字节，请拆成几个流程包。",
        "The file has {size} bytes, at most {limit} are allowed; split the pack.",
    ),
    "bad-character": (
        "这里有一个看不见或不能用的字符（{character}），请删除。",
        "There is an invisible or unusable character here ({character}); delete it.",
    ),
    "escaped-character": (
        "这段文字里用转义写了看不见或不能用的字符（{character}），请删除。",
        "An invisible or unusable character is written here by an escape ({character}); delete it.",
    ),
    "tab": (
        "这里用了制表符（Tab），请改用空格。",
        "There is a tab here; use spaces instead.",
    ),
    "too-deep": (
        "嵌套超过 {limit} 层，请拆成几个阶段。",
        "Nested deeper than {limit} levels; split it up.",
    ),
    "second-document": (
        "一个文件只能写一个流程包，这里又开始了第二份（---）。",
        "A file holds one pack; a second document (---) begins here.",
    ),
    "directive": (
        "不能用 % 开头的指令行，请删除。",
        "Lines of directives (beginning with %) are not allowed; delete them.",
    ),
    "anchor": (
        "不能用锚点“&{name}”，请把内容写出来。",
        "Anchors such as “&{name}” are not allowed; write the content out.",
    ),
    "alias": (
        "不能用引用“*{name}”，请把内容写出来；若是文字，请加引号。",
        "Aliases such as “*{name}” are not allowed; write the content out, or quote it if it is "
        "text.",
    ),
    "tag": (
        "不能用类型标签“{name}”，请删除；若是文字，请加引号。",
        "Tags such as “{name}” are not allowed; delete it, or quote it if it is text.",
    ),
    "key-not-text": (
        "键必须是文字，这里是列表或映射。",
        "A key must be a text; this is a list or a mapping.",
    ),
    "duplicate-key": (
        "“{key}”写了两次，第一次在第 {line} 行。",
        "“{key}” is written twice; first on line {line}.",
    ),
    "duplicate-first-key": (
        "“{key}”写了两次，第一次在第 {line} 行。如果从这里开始是下一项，行首要写“- ”。",
        "“{key}” is written twice; first on line {line}. If another entry begins here, its line "
        "begins with “- ”.",
    ),
    "odd-space": (
        "行首用了全角或特殊的空格，请改用普通空格。",
        "The line begins with a full-width or special space; use ordinary spaces.",
    ),
    "space-after-colon": (
        "冒号后要有一个空格：“{key}: ”。",
        "A space is needed behind the colon: “{key}: ”.",
    ),
    "space-after-dash": (
        "列表项的“-”后要有一个空格。",
        "A space is needed behind the “-” of a list entry.",
    ),
    "value-missing-in-braces": (
        "花括号里的“{key}”没有值。值里含有 , : # [ ] {{ }} 时要加引号。",
        "“{key}” has no value inside the braces. A value that contains , : # [ ] {{ }} is quoted.",
    ),
    "yaml-colon": (
        "这里的冒号读不懂：值里含有“: ”时要加引号，或者是缩进不对。",
        "This colon cannot be understood: quote a value that contains “: ”, or correct the "
        "indentation.",
    ),
    "yaml-colon-missing": (
        "这里缺少冒号：请写成“键: 值”，冒号后要有空格。",
        "A colon is missing here: write “key: value”, with a space after the colon.",
    ),
    "yaml-dash": (
        "列表项“- ”要另起一行写。",
        "List entries (“- ”) begin on a line of their own.",
    ),
    "yaml-quote": (
        "从这里开始的引号没有结束。",
        "The quotation that begins here is not closed.",
    ),
    "yaml-escape": (
        "双引号里的反斜杠读不懂，请改用单引号。",
        "The backslash inside these double quotes cannot be understood; use single quotes.",
    ),
    "yaml-bracket": (
        "从这里开始的括号里缺少逗号或右括号，或括号不配对。值里含有括号或逗号时要加引号。",
        "Inside the bracket that begins here a comma or the closing bracket is missing. Quote a "
        "value that contains brackets or commas.",
    ),
    "yaml-character": (
        "值不能以这个字符开头，请加引号。",
        "A value cannot begin with this character; quote it.",
    ),
    "yaml-block-text": (
        "多行文字的开头（| 或 >）写得不对，后面不能再写别的，下一行要缩进。",
        "The beginning of this text of several lines (| or >) is not right: nothing may follow on "
        "the line, and the next line is indented.",
    ),
    "yaml-indent": (
        "这里的缩进对不上前面的内容。",
        "The indentation here does not match what stands before.",
    ),
    "yaml-syntax": (
        "这里不符合 YAML 的写法。",
        "This is not valid YAML.",
    ),
}
