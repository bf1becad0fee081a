"""What can go wrong with an expression: stable codes, facts and both texts.

An `ExpressionError` is raised while an expression is read or compiled. At run time only
`BudgetExceeded` is raised: what the standard calls an error is null there.
"""

from collections.abc import Iterable
from difflib import get_close_matches

CODES: dict[str, tuple[str, str]] = {
    "expression-empty": ("表达式是空的", "The expression is empty"),
    "expression-too-long": (
        "表达式有 {length} 个字符，最多 {limit} 个，请拆成几个字段",
        "The expression has {length} characters, at most {limit} are allowed: split it",
    ),
    "expression-too-deep": (
        "表达式嵌套超过 {limit} 层，请拆成几个字段",
        "The expression is nested deeper than {limit} levels: split it",
    ),
    "unexpected-character": (
        "这里不能用字符“{character}”",
        "The character “{character}” cannot stand here",
    ),
    "write-instead": (
        "这里不能写 {found} ，请写 {instead}",
        "{found} is not understood here: write {instead}",
    ),
    "unclosed-text": ('文字少了结尾的引号 "', 'The text lacks its closing quote "'),
    "unclosed-comment": ("注释少了结尾的 */", "The comment lacks its closing */"),
    "bad-escape": (
        "文字里的“{escape}”不是完整的字符",
        "“{escape}” in the text is not a whole character",
    ),
    "bad-number": (
        "“{number}”不是可用的数字",
        "“{number}” is not a number that can be used",
    ),
    "unexpected-token": (
        "这里写的是{found}，应为{expected}",
        "Found {found}, expected {expected}",
    ),
    "unexpected-end": (
        "表达式没有写完，还缺{expected}",
        "The expression ends too early: {expected} is missing",
    ),
    "bare-range": (
        "范围两端要写括号：[1..5] 含两端，(1..5) 不含",
        "A range needs brackets: [1..5] with its ends, (1..5) without",
    ),
    "repeated-name": ("“{name}”写了两次", "“{name}” is given twice"),
    "unknown-name": (
        "没有叫“{name}”的内容{near}",
        "Nothing is called “{name}”{near}",
    ),
    "unknown-member": (
        "“{of}”里没有“{name}”{near}",
        "“{of}” has no “{name}”{near}",
    ),
    "unknown-parameter": (
        "函数“{function}”没有参数“{name}”{near}",
        "The function “{function}” has no parameter “{name}”{near}",
    ),
    "unknown-option": (
        "“{of}”没有选项“{value}”{near}",
        "“{of}” has no option “{value}”{near}",
    ),
    "unknown-type": (
        "没有叫“{name}”的类型{near}",
        "No type is called “{name}”{near}",
    ),
    "wrong-arguments": (
        "函数“{function}”不能这样调用，写法是 {expected}",
        "The function “{function}” cannot be called so; it is written {expected}",
    ),
    "wrong-type": (
        "“{text}”是{found}，这里应为{expected}",
        "“{text}” is {found}; expected {expected}",
    ),
    "date-with-datetime": (
        "日期不能和日期时间比较；“{text}”是日期时间，请写 date({text})",
        "A date cannot be compared with a date and time; “{text}” is one: write date({text})",
    ),
    "bad-temporal": (
        "“{text}”不是日期、时间或时长，例如 2026-03-01、09:30:00、"
        "2026-03-01T09:30:00+08:00、P3D、PT2H",
        "“{text}” is not a date, time or duration such as 2026-03-01, 09:30:00, "
        "2026-03-01T09:30:00+08:00, P3D, PT2H",
    ),
    "budget-exceeded": (
        "计算超过 {budget} 步，已停止",
        "The calculation was stopped after {budget} steps",
    ),
}

WORDS: dict[str, tuple[str, str]] = {
    "an expression": ("一个表达式", "an expression"),
    "a name": ("一个名称", "a name"),
    "a type": ("一个类型", "a type"),
    "the end": ("表达式结束", "the end of the expression"),
    "any": ("任意值", "any value"),
    "null": ("空值", "null"),
    "number": ("数字", "a number"),
    "text": ("文字", "a text"),
    "boolean": ("是/否", "yes or no"),
    "date": ("日期", "a date"),
    "time": ("时刻", "a time of day"),
    "datetime": ("日期时间", "a date and time"),
    "duration": ("时长", "a duration"),
    "days": ("天数时长", "a duration of days and time"),
    "months": ("年月时长", "a duration of years and months"),
    "length": ("工作时长", "a length of working time"),
    "list": ("列表", "a list"),
    "context": ("一组内容", "a context"),
    "range": ("范围", "a range"),
    "function": ("函数", "a function"),
}
"""What the facts `found` and `expected` may name, for the reader."""


NONE_NEAR = "-"
"""Stands for the nearest name where none comes near."""

_NEAR = ("，最接近的是“{nearest}”", "; the nearest is “{nearest}”")

SEPARATOR = "; "
"""Between the alternatives that the facts `found` and `expected` list."""


class ExpressionError(ValueError):
    """An expression that cannot be used.

    `code` is a key of `CODES`, `facts` fill its text, `position` is the offset of the
    offending character in the text, from 0.
    """

    def __init__(self, code: str, position: int = 0, **facts: str) -> None:
        self.code = code
        self.facts = facts
        self.position = position
        super().__init__(self.describe("en"))

    def describe(self, language: str = "zh") -> str:
        """The error as a sentence in `language`, "zh" or "en"."""
        column = 0 if language == "zh" else 1
        facts = dict(self.facts)
        for key in ("found", "expected"):
            if key in facts:
                facts[key] = _list(facts[key], column)
        facts["near"] = _NEAR[column].format(**facts) if self.has_near else ""
        return CODES[self.code][column].format(**facts)

    @property
    def has_near(self) -> bool:
        """Whether there is a name that was probably meant."""
        return self.facts.get("nearest", NONE_NEAR) != NONE_NEAR


class BudgetExceeded(ExpressionError):
    """An evaluation took more steps, memory or nesting than it was allowed."""

    def __init__(self, budget: int) -> None:
        super().__init__("budget-exceeded", budget=str(budget))


def _list(words: str, column: int) -> str:
    separator = "或" if column == 0 else " or "
    return separator.join(
        WORDS[word][column] if word in WORDS else _quoted(word) for word in words.split(SEPARATOR)
    )


def _quoted(word: str) -> str:
    """The word in quotation marks, unless it stands in some already."""
    return word if word.startswith("“") else f"“{word}”"


LIKE = 0.4
"""How like one of many names must be to be offered."""

_COMPARED_LENGTH = 60
"""Characters by which names are compared: likeness costs the product of both lengths."""


def nearest(name: str, known: Iterable[str], like: float = 0.0) -> str:
    """The known name most like `name`, at least `like` (0 to 1), or `NONE_NEAR`."""
    written = {each[:_COMPARED_LENGTH]: each for each in sorted(known)}
    alike = get_close_matches(name[:_COMPARED_LENGTH], written, n=1, cutoff=like)
    return written[alike[0]] if alike else NONE_NEAR
