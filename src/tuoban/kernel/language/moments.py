"""Time as packs write it: lengths (`2 working hours`) and moments (`1 workday before slot`)."""

from __future__ import annotations

import re
from datetime import timedelta

from tuoban.kernel.clocks import UNITS, ClockError, Length, Measure, read_length
from tuoban.kernel.expressions import Expression
from tuoban.kernel.language.problems import Findings
from tuoban.kernel.language.reading import as_text
from tuoban.kernel.language.scope import Scope, literal
from tuoban.kernel.language.spoken_lengths import as_written
from tuoban.kernel.language.tree import Node, Scalar
from tuoban.kernel.limits import Moment

_AMOUNT = re.compile(r"\d{1,6}(?:\.\d{1,6})?\s*(?:[^\W\d_]+(?: [a-z]+)?)?")
_MOMENT = re.compile(
    r'(?P<amount>(?:[^"]|"[^"]*")+?)\s(?P<side>before|after)\s+(?P<base>\S.*)', re.DOTALL
)

_SHORT = {
    "s": "second", "sec": "second", "m": "minute", "min": "minute", "mins": "minute", "h": "hour",
    "hr": "hour", "hrs": "hour", "d": "day", "wd": "workday", "w": "week", "y": "year",
}  # fmt: skip
"""Units as they are shortened elsewhere."""

_KINDS = {
    Measure.ELAPSED: "days",
    Measure.WORKING: "length",
    Measure.WORKDAYS: "length",
}


def read_amount(scalar: Scalar, findings: Findings) -> Length | None:
    """The length of `30 minutes`; None, reported, if it is none."""
    text = scalar.text.strip()
    if not _AMOUNT.fullmatch(text):
        findings.add(scalar, "not-a-duration", text=scalar.text)
        return None
    try:
        return read_length(text)
    except ClockError as error:
        facts = {name: str(value) for name, value in error.facts.items()}
        if error.code == "unknown-unit":
            unit = text.lstrip("0123456789. ")
            near = _SHORT.get(unit.lower()) or findings.nearest(unit.removesuffix("s"), UNITS)
            known = ", ".join(f"{each}s" for each in UNITS)
            facts = {"unit": unit, "known": known} | ({"nearest": f"{near}s"} if near else {})
        elif error.code == "length-not-whole":
            facts = {"text": scalar.text}
        findings.add(scalar, error.code, **facts)
        return None


def is_plain_length(text: str) -> bool:
    """Whether a length is written out: `30 minutes`, and not calculated."""
    return _AMOUNT.fullmatch(text.strip()) is not None


def kind_of_length(text: str) -> str | None:
    """The kind that a length has in expressions, where it is written plainly: `30 minutes` is
    "days", `3 workdays` is "length"; of months, None."""
    if not _AMOUNT.fullmatch(text.strip()):
        return None
    try:
        measure = read_length(text).measure
    except ClockError:
        return None
    return _KINDS.get(measure)


def feel_text(length: Length) -> str:
    """The length as FEEL writes it: `duration("PT30M")`, `working time("2 working hours")`."""
    if length.measure is Measure.ELAPSED:
        return _duration_text(timedelta(microseconds=length.size))
    if length.measure is Measure.MONTHS:
        return f'duration("P{length.size}M")'
    return f'working time("{length.text.en}")'


def _duration_text(length: timedelta) -> str:
    minutes, seconds = divmod(length.seconds, 60)
    hours, minutes = divmod(minutes, 60)
    parts = ((hours, "H"), (minutes, "M"), (seconds, "S"))
    date = f"{length.days}D" if length.days else ""
    time = "".join(f"{count}{letter}" for count, letter in parts if count)
    if not date and not time:
        time = "0S"
    return f'duration("P{date}{"T" if time else ""}{time}")'


def read_duration(node: Node | None, scope: Scope, findings: Findings) -> Expression | None:
    """`30 minutes`, or an expression that gives a length of time, as the value of a field, which
    holds no months."""
    scalar = as_text(node, findings, "@duration")
    if scalar is None:
        return None
    if not _AMOUNT.fullmatch(scalar.text.strip()):
        return read_calculated(scalar, scope, findings, "duration")
    length = read_amount(scalar, findings)
    if length is not None and length.measure is Measure.MONTHS:
        facts = {"found": "@months", "expected": "@wanted-duration"}
        findings.add(scalar, "wrong-kind", text=scalar.text, **facts)
        return None
    return literal(feel_text(length)) if length is not None else None


def read_limit_length(
    node: Node | None, scope: Scope, findings: Findings
) -> Length | Expression | None:
    """`2 working hours`, or an expression that gives a length of time, as a limit."""
    scalar = as_text(node, findings, "@duration")
    return _length(scalar, scope, findings) if scalar is not None else None


def _length(scalar: Scalar, scope: Scope, findings: Findings) -> Length | Expression | None:
    if _AMOUNT.fullmatch(scalar.text.strip()):
        return read_amount(scalar, findings)
    return read_calculated(scalar, scope, findings, "length")


def read_calculated(
    scalar: Scalar, scope: Scope, findings: Findings, kind: str
) -> Expression | None:
    """A length that is no plain one: an expression. One in words is reported with its digits."""
    spoken = as_written(scalar.text)
    if spoken is None or scalar.text.strip() in scope.known:
        return scope.read(scalar, findings, kind)
    findings.add(scalar, "length-in-words", text=scalar.text, zh=spoken.zh, en=spoken.en)
    return None


def read_moment(node: Node | None, scope: Scope, findings: Findings) -> Moment | None:
    """`2 hours after <moment>`, or an expression that gives a date or a date and time."""
    scalar = as_text(node, findings, "@moment")
    if scalar is None:
        return None
    match = _MOMENT.fullmatch(scalar.text)
    if match is None and is_plain_length(scalar.text):
        findings.add(scalar, "length-for-moment", text=scalar.text.strip())
        return None
    if match is None:
        whole = scope.read(scalar, findings, "moment")
        return Moment(whole) if whole is not None else None
    offset = _length(_part(scalar, match, "amount"), scope, findings)
    base = scope.read(_part(scalar, match, "base"), findings, "moment")
    if offset is None or base is None:
        return None
    return Moment(base, offset, "before" if match["side"] == "before" else "after")


def _part(scalar: Scalar, match: re.Match[str], group: str) -> Scalar:
    inner = None if scalar.inner is None else scalar.inner + match.start(group)
    return Scalar(scalar.place, match[group], scalar.quoted, inner)
