"""What can be wrong with a calendar, or doubtful about it: codes, facts and both texts."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from tuoban.kernel.text import Text

CODES: dict[str, tuple[str, str]] = {
    "bad-time": (
        "“{text}”不是时段，例如 08:30-12:00、22:00-06:00、00:00-24:00",
        "“{text}” is not a span of time such as 08:30-12:00, 22:00-06:00, 00:00-24:00",
    ),
    "bad-weekday": (
        "“{text}”不是星期，例如 mon、mon-fri、sat",
        "“{text}” is not a weekday or a run of them such as mon, mon-fri, sat",
    ),
    "weekday-twice": ("{where}写了两次", "{where} is given twice"),
    "span-without-length": (
        "时段 {text} 没有长度；全天请写 00:00-24:00",
        "The span {text} has no length; the whole day is written 00:00-24:00",
    ),
    "span-too-long": (
        "时段 {text} 超过 24 小时，请拆到两天",
        "The span {text} is longer than 24 hours: divide it between two days",
    ),
    "span-begins-next-day": (
        "时段 {text} 不在当天开始，请写到开始的那一天",
        "The span {text} does not begin on its day: write it on the day it begins",
    ),
    "spans-overlap": (
        "{where}：时段 {first} 与 {second} 重叠",
        "{where}: the spans {first} and {second} overlap",
    ),
    "no-working-time": (
        "日历“{calendar}”没有任何工作时间，时限永远走不完；请至少写一个时段",
        "The calendar “{calendar}” has no working time, so no limit on it would ever pass: "
        "give it at least one span",
    ),
    "period-twice": (
        "有两份作息都从{where}起生效，只能留一份",
        "Two patterns are in force from {where}: keep one of them",
    ),
    "exception-twice": (
        "{where}写了两条例外，只能留一条",
        "{where} has two exceptions: keep one of them",
    ),
    "exception-without-hours": (
        "{where}照{weekday}上班，但那天没有工作时间；请写明时段",
        "{where} is to be worked like a {weekday}, which has no working time: give its spans",
    ),
    "absence-without-length": (
        "缺勤的结束 {end} 不晚于开始 {start}",
        "The absence ends at {end}, which is not after its start {start}",
    ),
    "moment-without-zone": (
        "{moment} 没有时区，不知道是哪一刻",
        "{moment} has no time zone, so it names no moment",
    ),
    "out-of-reach": (
        "在 {first} 年到 {last} 年之间算不出结果：时限太长，或日历在那之后没有工作时间",
        "There is no result between the years {first} and {last}: the length is too great, or the "
        "calendar has no working time there",
    ),
    "year-unconfirmed": (
        "{year} 年的放假安排（{country}）未经确认，调休可能不全，结果可能会变",
        "The public holidays of {year} ({country}) are not confirmed: moved workdays may be "
        "missing, and the result may change",
    ),
    "year-without-data": (
        "没有 {year} 年的放假安排（{country}），按平常的一周计算",
        "There is no data on the public holidays of {year} ({country}): counted as ordinary weeks",
    ),
    "days-run-together": (
        "{where}的工作时间与前一天的重叠，重叠部分只算一次",
        "The working time of {where} overlaps that of the day before; it counts once",
    ),
}

WARNINGS = frozenset({"year-unconfirmed", "year-without-data", "days-run-together"})
"""Codes of what is told and still computed with; all others refuse."""


@dataclass(frozen=True, slots=True)
class Finding:
    """One error or warning: `code` is a key of `CODES`, `facts` fill its text."""

    code: str
    facts: Mapping[str, str | Text] = field(default_factory=dict)

    @property
    def warns(self) -> bool:
        return self.code in WARNINGS

    def describe(self, language: str = "zh") -> str:
        """The finding as a sentence in `language`, "zh" or "en"."""
        return filled(CODES[self.code], self.facts, language)


class CalendarError(ValueError):
    """A calendar that cannot be used, or a question it cannot answer.

    `findings` are all that is wrong, never empty; `code` and `facts` are those of the first.
    """

    def __init__(self, *findings: Finding) -> None:
        self.findings = findings
        self.code = findings[0].code
        self.facts = findings[0].facts
        super().__init__(self.describe("en"))

    def describe(self, language: str = "zh") -> str:
        """All that is wrong, a sentence each."""
        return "\n".join(each.describe(language) for each in self.findings)


def filled(texts: tuple[str, str], facts: Mapping[str, str | Text], language: str) -> str:
    """The text of `language` out of (zh, en), with its facts."""
    read = {
        key: fact.read(language) if isinstance(fact, Text) else fact for key, fact in facts.items()
    }
    return texts[1 if language.startswith("en") else 0].format(**read)
