"""Durations and moments of timers, as packs write them."""

from __future__ import annotations

import re
from datetime import datetime

from tuoban.kernel.bpmn.xml import Element

_ISO = re.compile(
    r"P(?:(?P<years>\d{1,9})Y)?(?:(?P<months>\d{1,9})M)?(?:(?P<weeks>\d{1,9})W)?"
    r"(?:(?P<days>\d{1,9})D)?(?:T(?:(?P<hours>\d{1,9})H)?(?:(?P<minutes>\d{1,9})M)?"
    r"(?:(?P<seconds>\d{1,9})S)?)?",
    re.ASCII,
)
_INSTANT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d)?(Z|[+-]\d\d:\d\d)?", re.ASCII)
_REPEATED = re.compile(r"R(?P<times>-?\d*)/(?P<every>P.*)")
_WITHOUT_END = ("", "-1")


def length_of(text: str) -> str:
    """An ISO duration of one unit as a length, `P3D` as `3 days`; empty where it is none."""
    match = _ISO.fullmatch(text.strip())
    said = {unit: int(n) for unit, n in match.groupdict().items() if n} if match else {}
    if len(said) != 1:
        return ""
    ((unit, number),) = said.items()
    if not number:
        return ""
    return f"{number} {unit.removesuffix('s') if number == 1 else unit}"


def timer_of(definition: Element) -> tuple[str, str]:
    """What a timer waits for: `for`, `until` or `every`, and the text; `times` where it comes so
    often and then no more, and empty where it says nothing that a pack can."""
    for name, key in (("timeDuration", "for"), ("timeDate", "until"), ("timeCycle", "every")):
        found = definition.child(name)
        text = _plain(found.text) if found is not None else ""
        if not text:
            continue
        if key == "until":
            return (key, f'date and time("{text}")') if _is_instant(text) else ("", text)
        cycle = _REPEATED.fullmatch(text)
        once = cycle is not None and cycle["times"] == "1"
        if cycle is not None and not once and cycle["times"] not in _WITHOUT_END:
            return "times", text
        length = length_of(cycle["every"] if cycle is not None else text)
        return ("for" if once else key, length) if length else ("", text)
    return "", ""


def _plain(text: str) -> str:
    """What a timer says, without what makes an expression of it: `="PT2H"`, `duration("PT2H")`."""
    bare = text.strip().removeprefix("=").strip()
    quoted = re.fullmatch(r'(?:duration\()?"([^"]*)"\)?', bare)
    return quoted[1].strip() if quoted is not None else bare


def _is_instant(text: str) -> bool:
    """Whether it is a date with its time that the calendar knows."""
    if _INSTANT.fullmatch(text) is None:
        return False
    try:
        datetime.fromisoformat(text)
    except ValueError:
        return False
    return True
