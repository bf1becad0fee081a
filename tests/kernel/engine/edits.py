"""Changes to the text of a process, as people make them from one version to the next."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from random import Random

CONSTRUCT = re.compile(
    r" *- \{?(step|stage|plan|repeat|each|choose|parallel|call|decide|wait|set|tell|send)\b"
)
REACTION = re.compile(r" *- \{(on|when|every|at|message)\b")
NAME = re.compile(r"\b[a-z]+_\d+\b")
OTHER_LIMITS = {"30 minutes": "2 hours", "1 workday": "1 hour", "3 working hours": "1 day"}


@dataclass(frozen=True, slots=True)
class Entry:
    """A construct or a reaction of a process: its lines, and those before and behind it."""

    before: list[str]
    own: list[str]
    behind: list[str]

    @property
    def dash(self) -> str:
        return self.own[0].partition("-")[0] + "- "

    def replaced(self, *own: str) -> str:
        return "\n".join([*self.before, *own, *self.behind])


def _added(entry: Entry, dice: Random, number: int) -> str:
    return entry.replaced(f"{entry.dash}{{step: new_{number}, by: worker}}", *entry.own)


def _added_behind(entry: Entry, dice: Random, number: int) -> str:
    needs = ("", ", within: 30 minutes", ", opens: 1 hour after start.at")[number % 3]
    return entry.replaced(*entry.own, f"{entry.dash}{{step: new_{number}, by: worker{needs}}}")


def _removed(entry: Entry, dice: Random, number: int) -> str:
    return entry.replaced()


def _wrapped(entry: Entry, dice: Random, number: int) -> str:
    """With a block around it."""
    dash, deeper = entry.dash, " " * len(entry.dash)
    word = dice.choice(("stage", "plan"))
    field = f"fields: {{kept_{number}: {{type: boolean, en: Kept}}}}"
    head = [f"{dash}{word}: wrap_{number}", f"{deeper}{field}", f"{deeper}steps:"]
    return entry.replaced(*head, *(deeper + line for line in entry.own))


def _swapped(entry: Entry, dice: Random, number: int) -> str:
    """With what stands behind it before it."""
    if not entry.behind or not entry.behind[0].startswith(entry.dash):
        return entry.replaced(*entry.own)
    end = _end(entry.behind, 0)
    other = Entry(entry.before, entry.behind[:end], [*entry.own, *entry.behind[end:]])
    return other.replaced(*other.own)


def _limited(entry: Entry, dice: Random, number: int) -> str:
    """With another limit, or with one where there was none, or without the one there was."""
    first, *more = entry.own
    others = [
        first.replace(limit, other) for limit, other in OTHER_LIMITS.items() if limit in first
    ]
    others += [re.sub(r", (within|opens|due): [^,{}\[\]']+", "", first)] * (not more)
    others += [re.sub(r"\}$", ", within: 45 minutes}", first)] * (", within" not in first)
    if more:
        limits = [line for line in more if re.match(r" *(within|opens|due|late): ", line)]
        lost = dice.choice(limits) if limits else ""
        return entry.replaced(first, *(line for line in more if line != lost))
    return entry.replaced(dice.choice(others))


def _done_by_others(entry: Entry, dice: Random, number: int) -> str:
    return entry.replaced(entry.own[0].replace("by: worker", "by: checker", 1), *entry.own[1:])


def _done_jointly(entry: Entry, dice: Random, number: int) -> str:
    jointly = "by: {role: worker, agree: all}"
    return entry.replaced(entry.own[0].replace("by: worker", jointly, 1), *entry.own[1:])


def _signed(entry: Entry, dice: Random, number: int) -> str:
    return entry.replaced(
        entry.own[0].replace("by: worker", "by: worker, signed-by: checker", 1), *entry.own[1:]
    )


EDITS: Mapping[str, Callable[[Entry, Random, int], str]] = {
    "add": _added,
    "add behind": _added_behind,
    "remove": _removed,
    "wrap": _wrapped,
    "swap": _swapped,
    "limit": _limited,
    "performer": _done_by_others,
    "joint": _done_jointly,
    "sign": _signed,
}
RENAME = "rename"


def edited(text: str, dice: Random, number: int) -> tuple[str, str, dict[str, str]]:
    """The pack with one change: which, how it reads then, and what is called otherwise in it.

    Args:
        number: of the change, for names that no other change gives.
    """
    kind = dice.choice((*EDITS, RENAME))
    head, process, body = text.partition("\nprocess:\n")
    if kind == RENAME:
        old, new = dice.choice(NAME.findall(body)), f"re_{number}"
        return kind, re.sub(rf"\b{old}\b", new, text), {old: new}
    lines = body.split("\n")
    wanted = (CONSTRUCT, REACTION) if kind == "remove" else (CONSTRUCT,)
    places = [at for at, line in enumerate(lines) if any(each.match(line) for each in wanted)]
    at = dice.choice(places)
    end = _end(lines, at)
    entry = Entry(lines[:at], lines[at:end], lines[end:])
    return kind, head + process + EDITS[kind](entry, dice, number), {}


def _end(lines: list[str], at: int) -> int:
    """Where what begins at a line ends: its other lines stand deeper."""
    depth = len(lines[at]) - len(lines[at].lstrip())
    for place in range(at + 1, len(lines)):
        line = lines[place]
        if line.strip() and len(line) - len(line.lstrip()) <= depth:
            return place
    return len(lines)
