"""Causes: what kept a condition from being true, told in a sentence in either language."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from tuoban.kernel.expressions.builtins.conversion import write
from tuoban.kernel.expressions.errors import BudgetExceeded
from tuoban.kernel.expressions.limits import Meter
from tuoban.kernel.expressions.nulls import NullReason
from tuoban.kernel.expressions.values import kind_of

SENTENCES: dict[str, tuple[str, str]] = {
    "=": ("{left}，应为 {right}", "{left}, it must be {right}"),
    "!=": ("{left}，不应为 {right}", "{left}, it must not be {right}"),
    "<": ("{left}，应小于 {right}", "{left}, it must be less than {right}"),
    "<=": ("{left}，应不超过 {right}", "{left}, it must be at most {right}"),
    ">": ("{left}，应大于 {right}", "{left}, it must be more than {right}"),
    ">=": ("{left}，应不少于 {right}", "{left}, it must be at least {right}"),
    "before": ("{left}，应早于 {right}", "{left}, it must be before {right}"),
    "by": ("{left}，应不晚于 {right}", "{left}, it must be no later than {right}"),
    "after": ("{left}，应晚于 {right}", "{left}, it must be after {right}"),
    "from": ("{left}，应不早于 {right}", "{left}, it must be no earlier than {right}"),
    "in": ("{left}，应符合 {right}", "{left}, it must fit {right}"),
    "one-of": ("{left}，应为 {right} 之一", "{left}, it must be one of {right}"),
    "between": ("{left}，应在 {right} 之间", "{left}, it must be between {right}"),
    "given": ("{left}", "{left}"),
    "not-given": ("{left}，应留空", "{left}, it must be left empty"),
    "is-no": ("“{name}”为否，应为是", "“{name}” is no, it must be yes"),
    "is-yes": ("“{name}”为是，应为否", "“{name}” is yes, it must be no"),
    "none": (
        "“{source}”中没有一项符合“{text}”{given}",
        "no element of “{source}” fits “{text}”{given}",
    ),
    "one": (
        "“{source}”的第 {place} 项不符合“{text}”{given}",
        "element {place} of “{source}” does not fit “{text}”{given}",
    ),
    "no": ("“{text}”不成立{given}", "“{text}” does not hold{given}"),
    "null": ("“{text}”无法判断", "“{text}” cannot be told"),
    "any-of": ("以下满足一项即可：{parts}", "one of these is enough: {parts}"),
    "all-of": ("{parts}", "{parts}"),
    "value": ("“{name}”为 {value}", "“{name}” is {value}"),
    "empty": ("“{name}”还没有值", "“{name}” has no value yet"),
    "with-value": ("“{name}”（{value}）", "“{name}” ({value})"),
    "without-value": ("“{name}”（还没有值）", "“{name}” (no value yet)"),
    "given-values": ("（{values}）", " ({values})"),
}
"""The sentences of an explanation, zh and en, without their full stop."""

_COMPARED = frozenset(
    {"=", "!=", "<", "<=", ">", ">=", "before", "by", "after", "from", "in", "one-of", "between"}
)
_MOMENTS = frozenset({"date", "time", "datetime"})
_OF_MOMENTS = {"<": "before", "<=": "by", ">": "after", ">=": "from"}
_JOINTS = {
    "reasons": ("；", "; "),
    "one-of": ("、", ", "),
    "between": (" 和 ", " and "),
    "given": ("，", ", "),
    "any-of": ("；或者 ", "; or "),
    "all-of": ("，并且 ", ", and "),
}

Path = tuple[str, ...]


def _written(value: Any) -> str:
    """The value as FEEL text, where that has a length that people read."""
    try:
        return write(Meter(10_000), value)
    except BudgetExceeded:
        return "…"


def _dotted(path: Path) -> str:
    return ".".join(path)


@dataclass(frozen=True, slots=True)
class Wording:
    """How the reader calls things: the label of a name, and a value as it is shown there.

    `show` gets the path of the name that the value was read by or, for a constant, that it is
    compared with; None for any other value.
    """

    label: Callable[[Path], str] = _dotted
    show: Callable[[Path | None, Any], str] = lambda path, value: _written(value)


PLAIN = Wording()
"""Names and values as they are written in expressions."""


@dataclass(frozen=True, slots=True)
class Operand:
    """A part that was looked at: its text, its value, and its path where it is a name.

    A constant reads no name: `5`, `duration("PT1H")`.
    """

    text: str
    value: Any
    path: Path | None
    is_constant: bool = False

    def name(self, wording: Wording) -> str:
        return self.text if self.path is None else wording.label(self.path)

    def shown(self, wording: Wording, like: "Operand | None" = None) -> str:
        """The value in words: a constant as a value of what it is compared with."""
        path = like.path if like is not None and self.is_constant else self.path
        return wording.show(path, self.value)


@dataclass(frozen=True, slots=True)
class Cause:
    """A part of the expression, where it stands, its value (False, or None for null), and why.

    `form` is a key of `SENTENCES`; `operands` are the values that it speaks of, `facts` the rest,
    `reasons` why it is null, `parts` the causes that it is made of.
    """

    text: str
    start: int
    end: int
    value: bool | None
    form: str
    operands: tuple[Operand, ...] = ()
    facts: Mapping[str, str] = field(default_factory=dict)
    reasons: tuple[NullReason, ...] = ()
    parts: "tuple[Cause, ...]" = ()

    def describe(self, language: str = "zh", wording: Wording = PLAIN) -> str:
        """The cause as a sentence in `language`, "zh" or "en", without its full stop."""
        teller = _Teller(language, wording)
        return teller.parts(self) if self.parts else teller.sentence(self)


class _Teller:
    """Tells causes to one reader."""

    def __init__(self, language: str, wording: Wording) -> None:
        self.language = language
        self.column = 0 if language == "zh" else 1
        self.wording = wording

    def say(self, form: str, **facts: str) -> str:
        return SENTENCES[form][self.column].format(**facts)

    def joined(self, form: str, texts: Sequence[str]) -> str:
        return _JOINTS[form][self.column].join(texts)

    def parts(self, cause: Cause) -> str:
        told = [part.describe(self.language, self.wording) for part in cause.parts]
        return self.say(cause.form, parts=self.joined(cause.form, told))

    def sentence(self, cause: Cause) -> str:
        form = _sentence(cause)
        if form == "because":
            told = [reason.describe(self.language) for reason in cause.reasons]
            return self.joined("reasons", told)
        facts = {"text": cause.text, "given": self.given(cause), **cause.facts}
        if cause.operands:
            first, *others = cause.operands
            facts |= {"name": first.name(self.wording), "left": self.subject(first)}
            if others:
                told = [self.expectation(first, other) for other in others]
                facts["right"] = self.joined(form if form in _JOINTS else "one-of", told)
        return self.say(form, **facts)

    def subject(self, operand: Operand) -> str:
        if operand.value is None:
            return self.say("empty", name=operand.name(self.wording))
        value = operand.shown(self.wording)
        return self.say("value", name=operand.name(self.wording), value=value)

    def expectation(self, subject: Operand, operand: Operand) -> str:
        shown = operand.shown(self.wording, subject)
        if operand.is_constant:
            return shown
        form = "without-value" if operand.value is None else "with-value"
        return self.say(form, name=operand.name(self.wording), value=shown)

    def given(self, cause: Cause) -> str:
        """What the names in a part stood for, where the sentence does not speak of them."""
        if not cause.operands:
            return ""
        values = self.joined("given", [self.subject(operand) for operand in cause.operands])
        return self.say("given-values", values=values)


def _sentence(cause: Cause) -> str:
    """What is null says so; but where only a value is missing, that is the better sentence."""
    form = cause.form
    if form in _OF_MOMENTS and any(kind_of(one.value) in _MOMENTS for one in cause.operands):
        form = _OF_MOMENTS[form]
    if cause.value is not None:
        return form
    empty = any(one.value is None and one.path is not None for one in cause.operands)
    if empty:
        return form if form in _COMPARED else "empty"
    return "because" if cause.reasons else "null"
