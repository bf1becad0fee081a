"""The packs of the product together use every form of limit, so that each is played somewhere."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import timedelta
from pathlib import Path

import pytest

from tests.packs.test_packs import FOLDERS
from tuoban.kernel.clocks import Length, Measure
from tuoban.kernel.definition import Decide, Definition, Setting
from tuoban.kernel.expressions import Expression
from tuoban.kernel.language import compile_pack
from tuoban.kernel.limits import OF_PERFORMER, OF_UNIT, ROUND_THE_CLOCK, LateAction, Limit, Moment
from tuoban.services.installed import CATALOGUE

FORMS = (
    "a limit of a step",
    "a limit of a stage",
    "a limit of the case",
    "several clocks on one construct",
    "within and due on one construct",
    "opens",
    *(f"a literal length: {measure.value}" for measure in Measure),
    *(f"a setting as the length: {measure.value}" for measure in Measure),
    "a length read from a table: elapsed",
    "a length read from a table: working",
    "a length read from a table: workdays",
    "a length calculated with if",
    "from the start of the case",
    "from a field",
    "from a step",
    "the calendar of the unit",
    "the calendar of the performer",
    "the calendar always",
    "a calendar by its key",
    "stops-while on a block, with a reason",
    "stops-while on the case, with a reason",
    "a moment as it is",
    "a moment before: working",
    "a moment after: workdays",
    "late before",
    "late at",
    "late after",
    "late every",
    "tell performer",
    "tell a role",
    "escalate to a role",
    "several told at once",
    "move on",
    "steps when late",
    "a limit of every element",
    "opens of every element",
)


def forms_of(definition: Definition) -> Iterator[str]:
    places = [("the case", definition.case.limits)]
    for node in definition.nodes.values():
        opens = (node.opens,) if node.opens is not None else ()
        if opens:
            yield "opens"
        places.append((f"a {node.kind}", (*node.limits, *opens)))
        if node.kind == "each":
            yield from ("a limit of every element" for _ in node.limits[:1])
            yield from ("opens of every element" for _ in opens)
    for place, limits in places:
        if limits:
            yield f"a limit of {place}"
        if sum(each.length is not None for each in limits) > 1:
            yield "several clocks on one construct"
        if {"within", "due"} <= {each.key for each in limits}:
            yield "within and due on one construct"
        for limit in limits:
            yield from _of_limit(definition, place, limit)


def _of_limit(definition: Definition, place: str, limit: Limit) -> Iterator[str]:
    if limit.length is not None:
        yield from _of_length(definition, limit.length)
    if limit.until is not None:
        yield from _of_moment(definition, limit.until)
    for path in limit.start.paths if limit.start is not None else ():
        kind = "a step" if path[0] in definition.nodes else "a field"
        yield f"from {'the start of the case' if path[0] == 'start' else kind}"
    words = {
        OF_UNIT: "the calendar of the unit",
        OF_PERFORMER: "the calendar of the performer",
        ROUND_THE_CLOCK: "the calendar always",
    }
    yield words.get(limit.calendar, "a calendar by its key")
    if limit.stops_while is not None and limit.stops_label is not None:
        where = "the case" if place == "the case" else "a block"
        yield f"stops-while on {where}, with a reason"
    yield from _of_lateness(limit)


def _of_length(definition: Definition, length: Length | Expression) -> Iterator[str]:
    if isinstance(length, Length):
        yield f"a literal length: {length.measure.value}"
        return
    if length.text.startswith("if "):
        yield "a length calculated with if"
    for head, *members in length.paths:
        if head == "settings":
            for measure in _measures(definition.settings[members[0]]):
                yield f"a setting as the length: {measure}"
        elif head in definition.nodes and isinstance(definition.nodes[head].construct, Decide):
            yield from _of_cells(definition, head, members[0])


def _of_cells(definition: Definition, node: str, output: str) -> Iterator[str]:
    construct = definition.nodes[node].construct
    assert isinstance(construct, Decide)
    decision = definition.tables[construct.table].decision
    at = [column.name for column in decision.outputs].index(output)
    for rule in decision.table.rules:
        cell = rule.entries[at]
        if "workday" in cell:
            yield "a length read from a table: workdays"
        else:
            yield f"a length read from a table: {'working' if 'working' in cell else 'elapsed'}"


def _of_moment(definition: Definition, moment: Moment) -> Iterator[str]:
    offset = moment.offset
    if offset is None:
        yield "a moment as it is"
        return
    if isinstance(offset, Expression):
        ((_, name),) = offset.paths
        measures = list(_measures(definition.settings[name]))
    else:
        measures = [offset.measure.value]
    yield from (f"a moment {moment.side}: {measure}" for measure in measures)


def _of_lateness(limit: Limit) -> Iterator[str]:
    for tier in limit.tiers:
        yield f"late {'every' if tier.tier.every else tier.tier.side}"
        if tier.tier.offset is not None:
            yield f"a literal length: {tier.tier.offset.measure.value}"
        if len(tier.actions) > 1:
            yield "several told at once"
        for action in tier.actions:
            yield _done(action)


def _done(action: LateAction) -> str:
    if action.kind == "do":
        return "steps when late"
    if action.kind == "move on":
        return action.kind
    if action.to == "performer":
        return f"{action.kind} performer"
    return "tell a role" if action.kind == "tell" else "escalate to a role"


def _measures(setting: Setting) -> Iterator[str]:
    """In what the pack's own values of a setting are measured; one that must be set has none."""
    given = setting.value.values() if isinstance(setting.value, Mapping) else (setting.value,)
    for value in given:
        if value is not None:
            assert isinstance(value, Length | timedelta)
            yield value.measure.value if isinstance(value, Length) else Measure.ELAPSED.value


def _compiled(folder: Path) -> Definition:
    texts = ((folder / name).read_text("utf-8") for name in ("pack.yaml", "en.yaml"))
    text, translations = texts
    return compile_pack(text, translations=translations, catalogue=CATALOGUE, packs=None)


USED = {form for folder in FOLDERS for form in forms_of(_compiled(folder))}


@pytest.mark.parametrize("form", FORMS)
def test_some_pack_uses(form: str) -> None:
    assert form in USED
