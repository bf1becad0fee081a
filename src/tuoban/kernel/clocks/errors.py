"""What can be wrong with a time limit or its ledger: stable codes, facts and both texts."""

from __future__ import annotations

from tuoban.kernel.calendars.errors import filled
from tuoban.kernel.text import Text

CODES: dict[str, tuple[str, str]] = {
    "limit-without-unit": (
        "“{text}”没有单位；请写成例如 30 minutes、2 working hours、3 workdays",
        "“{text}” has no unit: write for example 30 minutes, 2 working hours, 3 workdays",
    ),
    "bad-length": (
        "“{text}”不是时长，例如 30 minutes、2 working hours、3 workdays",
        "“{text}” is no length of time such as 30 minutes, 2 working hours, 3 workdays",
    ),
    "unknown-unit": (
        "没有叫“{unit}”的时间单位，可用的有 {known}",
        "There is no unit of time “{unit}”; known are {known}",
    ),
    "length-not-above-zero": ("时长要大于零", "A length of time must be above zero"),
    "length-not-whole": (
        "{unit}只能是整数",
        "The number of {unit} must be whole",
    ),
    "unknown-calendar": ("没有日历“{calendar}”", "There is no calendar “{calendar}”"),
    "not-started": ("计时还没有开始", "The clock has not started"),
    "already-started": ("计时已经开始", "The clock has started already"),
    "already-paused": ("计时已经暂停", "The clock is paused already"),
    "not-paused": ("计时没有暂停", "The clock is not paused"),
    "already-stopped": ("计时已经结束", "The clock has stopped"),
    "entry-out-of-order": (
        "{moment} 早于前一条记录的 {previous}",
        "{moment} is earlier than the entry before it, {previous}",
    ),
}


class ClockError(ValueError):
    """A limit or ledger that makes no sense. `code` is a key of `CODES`, `facts` fill its text."""

    def __init__(self, code: str, **facts: str | Text) -> None:
        self.code = code
        self.facts = facts
        super().__init__(self.describe("en"))

    def describe(self, language: str = "zh") -> str:
        """The error as a sentence in `language`, "zh" or "en"."""
        return filled(CODES[self.code], self.facts, language)
