"""Moments and amounts of time in words, in both languages."""

from __future__ import annotations

from datetime import datetime, tzinfo

from tuoban.kernel.calendars import WEEKDAYS
from tuoban.kernel.calendars.instants import DAY, MINUTE, SECOND
from tuoban.kernel.clocks.lengths import Measure
from tuoban.kernel.clocks.standing import Amount
from tuoban.kernel.text import Text

_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_KINDS = {Measure.WORKING: Text("工作时间", "working time"), Measure.ELAPSED: Text("", "")}


def moment_text(moment: datetime, zone: tzinfo, beside: datetime, *, dated: bool = False) -> Text:
    """What the wall in `zone` shows, to the minute: the time alone on the date of `beside`, unless
    it is to be `dated`, else with the date, and with the year in another year."""
    wall = moment.astimezone(zone)
    time = f"{wall:%H:%M}"
    other = beside.astimezone(zone)
    if other.date() == wall.date() and not dated:
        return Text(time, time)
    weekday = WEEKDAYS[wall.weekday()]
    zh = f"{wall.month}月{wall.day}日 {weekday.zh} {time}"
    en = f"{weekday.en[:3]} {wall.day} {_MONTHS[wall.month - 1]}"
    if other.year != wall.year:
        return Text(f"{wall.year}年{zh}", f"{en} {wall.year} {time}")
    return Text(zh, f"{en} {time}")


def amount_text(amount: Amount) -> Text:
    """`1 小时 5 分钟工作时间`, `1 h 5 min of working time`, `2 个工作日`, `1 d 2 h`.

    The sign is left out.
    """
    size = abs(amount.size)
    if amount.measure is Measure.WORKDAYS:
        return Text(f"{size} 个工作日", f"{size} workday" if size == 1 else f"{size} workdays")
    kind, length = _KINDS[amount.measure], _length_text(size, amount.measure is Measure.ELAPSED)
    return Text(length.zh + kind.zh, f"{length.en} of {kind.en}" if kind.en else length.en)


def _length_text(size: int, in_days: bool) -> Text:
    """Hours and minutes, below an hour seconds; working time is not divided into days, which
    differ."""
    days, rest = divmod(size, DAY) if in_days else (0, size)
    minutes, rest = divmod(rest, MINUTE)
    hours, minutes = divmod(minutes, 60)
    units = (
        (days, "天", "d"),
        (hours, "小时", "h"),
        (minutes, "分钟", "min"),
        (0 if size >= 60 * MINUTE else rest // SECOND, "秒", "s"),
    )
    shown = [(number, zh, en) for number, zh, en in units if number] or [(0, "分钟", "min")]
    return Text(
        " ".join(f"{number} {zh}" for number, zh, _ in shown),
        " ".join(f"{number} {en}" for number, _, en in shown),
    )


_SAYS_SO = ("日历", "时间", "作息", "天候")


def calendar_text(label: Text, *, changed: bool = False) -> Text:
    """A calendar by its name: `城东店日历`, `标准工作时间`, `calendar East`; one of the same name
    whose hours have `changed` is told as such."""
    zh = label.zh if label.zh.endswith(_SAYS_SO) else f"{label.zh}日历"
    if changed:
        return Text(f"{zh}（改后）", f"calendar {label.en} as changed")
    return Text(zh, f"calendar {label.en}")


def joined(*texts: Text) -> Text:
    return Text("".join(each.zh for each in texts), "".join(each.en for each in texts))


def number_text(number: int, one: str, many: str) -> str:
    """`1 pause`, `2 pauses`."""
    return f"{number} {one if number == 1 else many}"
