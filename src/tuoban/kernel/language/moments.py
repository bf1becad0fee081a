"""Time as packs write it: lengths such as `30 minutes`, moments such as `2 hours before x`."""

from __future__ import annotations

import re
from datetime import timedelta

from tuoban.kernel.expressions import Expression
from tuoban.kernel.language.problems import Findings
from tuoban.kernel.language.reading import as_text
from tuoban.kernel.language.scope import Scope, literal
from tuoban.kernel.language.tree import Node, Scalar

UNITS = {"second": 1, "minute": 60, "hour": 3600, "day": 86_400, "week": 604_800}
"""Seconds of each unit that can be used; a day is 24 hours."""
LATER_UNITS = frozenset(
    {"working minute", "working hour", "working day", "workday", "month", "quarter", "year"}
)

_AMOUNT = re.compile(r"(\d{1,6}(?:\.\d{1,6})?)\s*([^\W\d_]+(?: [a-z]+)?)")
_MOMENT = re.compile(
    r'(?P<amount>(?:[^"]|"[^"]*")+?)\s(?P<side>before|after)\s+(?P<base>\S.*)', re.DOTALL
)


def read_amount(scalar: Scalar, findings: Findings) -> timedelta | None:
    """The length of `30 minutes`; None, reported, if it has none that can be used."""
    match = _AMOUNT.fullmatch(scalar.text.strip())
    if match is None:
        findings.add(scalar, "not-a-duration", text=scalar.text)
        return None
    unit = match[2].removesuffix("s")
    if unit in UNITS:
        return timedelta(seconds=float(match[1]) * UNITS[unit])
    known = ", ".join(f"{each}s" for each in UNITS)
    if unit in LATER_UNITS:
        findings.add(scalar, "unit-not-supported-yet", unit=match[2], known=known)
    else:
        near = findings.nearest(unit, UNITS)
        findings.add(
            scalar, "unknown-unit", unit=match[2], known=known, nearest=near and f"{near}s"
        )
    return None


def duration_text(length: timedelta) -> str:
    """The FEEL text of a length of time, `duration("PT30M")`."""
    minutes, seconds = divmod(length.seconds, 60)
    hours, minutes = divmod(minutes, 60)
    parts = ((hours, "H"), (minutes, "M"), (seconds, "S"))
    date = f"{length.days}D" if length.days else ""
    time = "".join(f"{count}{letter}" for count, letter in parts if count)
    if not date and not time:
        time = "0S"
    return f'duration("P{date}{"T" if time else ""}{time}")'


def read_duration(node: Node | None, scope: Scope, findings: Findings) -> Expression | None:
    """`30 minutes`, or an expression that gives a duration."""
    scalar = as_text(node, findings, "@duration")
    return _duration(scalar, scope, findings)[0] if scalar else None


def _duration(scalar: Scalar, scope: Scope, findings: Findings) -> tuple[Expression | None, str]:
    """The duration with its FEEL text."""
    if not _AMOUNT.fullmatch(scalar.text.strip()):
        return scope.read(scalar, findings, "duration"), scalar.text
    length = read_amount(scalar, findings)
    if length is None:
        return None, ""
    return literal(duration_text(length)), duration_text(length)


def read_moment(node: Node | None, scope: Scope, findings: Findings) -> Expression | None:
    """`2 hours after <moment>`, or an expression that gives a date or a date and time."""
    scalar = as_text(node, findings, "@moment")
    if scalar is None:
        return None
    match = _MOMENT.fullmatch(scalar.text)
    if match is None:
        return scope.read(scalar, findings, "moment")
    length, length_text = _duration(_part(scalar, match, "amount"), scope, findings)
    base = scope.read(_part(scalar, match, "base"), findings, "moment")
    if length is None or base is None:
        return None
    sign = "-" if match["side"] == "before" else "+"
    whole = Scalar(scalar.place, f"({match['base']}) {sign} ({length_text})")
    return scope.read(whole, findings, "moment")


def _part(scalar: Scalar, match: re.Match[str], group: str) -> Scalar:
    inner = None if scalar.inner is None else scalar.inner + match.start(group)
    return Scalar(scalar.place, match[group], scalar.quoted, inner)
