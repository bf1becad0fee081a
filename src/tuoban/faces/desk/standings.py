"""Where a case stands with each step, in words. The picture of its process and the strip, which
stands for it on phones and for whoever listens, say the same."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from tuoban.faces.desk.times import dated, moment
from tuoban.kernel.definition import Definition
from tuoban.kernel.diagram import Standing
from tuoban.kernel.text import Text
from tuoban.runtime.cases.queries import StepMark, steps_of

_LEFT = frozenset(("passed", "withdrawn", "lapsed"))

_SPOKEN: Mapping[Standing, Callable[[], str]] = {
    "done": lambda: pgettext("of a step", "done"),
    "current": lambda: _("now"),
    "late": lambda: _("late"),
    "waits": lambda: _("waits"),
    "ahead": lambda: _("ahead"),
    "passed": lambda: pgettext("of a step", "not taken"),
    "withdrawn": lambda: pgettext("of a step", "withdrawn"),
    "lapsed": lambda: pgettext("of a step", "lapsed"),
}


@dataclass(frozen=True, slots=True)
class StripStep:
    """A step, or a wait, on the strip. `note` is the small line; `count` how many elements of how
    many it is done for, empty where it stands in no list."""

    label: Text
    standing: Standing
    note: str
    count: str
    is_sure: bool = True
    """Whether it will be done, as far as can be told."""


def strip_of(
    definition: Definition,
    standings: Mapping[str, Standing],
    steps: Sequence[StepMark],
    now: datetime,
) -> tuple[StripStep, ...]:
    """The steps and waits in the order of the pack, without those of reactions that have not
    begun."""
    marks, left_out = {mark.key: mark for mark in steps}, not_begun(definition, standings)
    found = []
    for node in steps_of(definition):
        standing, mark = standings[node.key], marks.get(node.key)
        owners = {definition.regions[region].owner for region in definition.path(node.key)}
        if mark is None and (standing not in _LEFT or owners & left_out):
            continue
        is_sure = mark is None or mark.state != "maybe"
        said = note(standing, mark, now)
        found.append(StripStep(node.label, standing, said, count_of(mark), is_sure))
    return tuple(found)


def spoken(standing: Standing) -> str:
    """The standing of a step in a word or two; empty where nothing is said."""
    return _SPOKEN[standing]() if standing in _SPOKEN else ""


def note(standing: Standing, step: StepMark | None, now: datetime | None) -> str:
    """The small line of a step: who did it and when, or what has become of it.

    Args:
        now: None: no day is today, as in a rehearsal.
    """
    if standing in _LEFT:
        return spoken(standing)
    if step is None:
        return ""
    when = ""
    if step.at is not None:
        when = moment(step.at, now) if now is not None else dated(step.at)
    if step.state == "done":
        return f"{when} {step.who or ''}".strip()
    if step.state == "late":
        return f"{step.who or ''} {_('late')}".strip()
    if step.waits:
        return _("until %(when)s") % {"when": when} if when else _("waits")
    if step.state == "current":
        return step.who or _("now")
    return _("if needed") if step.state == "maybe" else ""


def count_of(step: StepMark | None) -> str:
    """For how many elements of a list of several a step is done."""
    return f"{step.elements_done}/{step.elements}" if step and step.elements > 1 else ""


def keys_of(definition: Definition, kinds: Iterable[str]) -> Iterable[str]:
    """The keys of the nodes of these kinds."""
    return (key for key, node in definition.nodes.items() if node.kind in kinds)


def not_begun(definition: Definition, standings: Mapping[str, Standing]) -> frozenset[str]:
    """The reactions that have not happened."""
    every = keys_of(definition, ("reaction",))
    return frozenset(key for key in every if standings[key] not in ("current", "done"))
