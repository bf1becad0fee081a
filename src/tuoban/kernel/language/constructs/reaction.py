"""The reactions of `during`: what may happen while a step or a block is active.

What lets one happen is its word: `on` (somebody presses a button), `when` (a condition becomes
true), `at` (a moment comes), `every` (again and again, after so long or by a schedule), `message`
(a message comes).
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from tuoban.kernel.definition import FormSection, Reaction, Text
from tuoban.kernel.expressions import DATETIME, NUMBER, TEXT, Shape, context_of
from tuoban.kernel.language import places
from tuoban.kernel.language.constructs.kind import Branch, Kind
from tuoban.kernel.language.constructs.step import take_up_fills
from tuoban.kernel.language.correspondence import (
    MATCHING,
    MESSAGE,
    OFFERED,
    declare_values,
    read_awaited,
    value_shapes,
)
from tuoban.kernel.language.declared import Block
from tuoban.kernel.language.forms import FormReader
from tuoban.kernel.language.limits import read_interval
from tuoban.kernel.language.moments import read_moment
from tuoban.kernel.language.people import read_pressers
from tuoban.kernel.language.reading import Properties, as_boolean, as_items
from tuoban.kernel.language.schedules import is_schedule, read_schedule
from tuoban.kernel.language.scope import Scope, field_shapes, with_lists
from tuoban.kernel.language.tree import Node
from tuoban.kernel.language.workspace import Workspace
from tuoban.kernel.limits import MOMENT, Limit


def _branches(value: Node, properties: Properties, ws: Workspace) -> list[Branch]:
    written = properties.get("then")
    if written is None:
        # What interrupts may do no more than that; what is filled in is kept, and may be all.
        if "form" not in properties:
            properties.need("interrupting")
        return [Branch(properties.place, ())]
    return [Branch(properties.place, as_items(written, ws.findings))]


def _declare(block: Block, ws: Workspace) -> None:
    places.declare(block, ws, OFFERED)
    declare_values(block, ws)


def _offers(block: Block, ws: Workspace) -> Shape:
    listed = with_lists(
        {**field_shapes(block.own), **value_shapes(block), "at": DATETIME, "by": TEXT}
    )
    return context_of({**(listed.members or {}), "open": NUMBER})


def _check(block: Block, ws: Workspace) -> None:
    places.check_nested(block, ws)


def _reaction(
    block: Block,
    ws: Workspace,
    *,
    by: tuple[str, ...] = (),
    form: tuple[FormSection, ...] = (),
    moment: Limit | None = None,
    again: bool = False,
) -> Reaction:
    interrupting = as_boolean(block.properties.get("interrupting"), ws.findings)
    host = block.host.key if block.host is not None else ""
    return Reaction(host, by, form, None, moment, again, interrupting)


def _read_on(block: Block, ws: Workspace) -> Reaction:
    form = FormReader({**places.known_fields(block, ws), **block.own}, ws)
    sections = form.read(block.properties.get("form"))
    take_up_fills(form.fills.difference(block.own), block, ws)
    ws.place_fills.update((block.key, name) for name in form.fills.intersection(block.own))
    by, person = read_pressers(block.properties.need("by"), ws)
    return replace(_reaction(block, ws, by=by, form=sections), person=person)


def _read_when(block: Block, ws: Workspace) -> Reaction | None:
    scope = places.scope_in(block.body, ws)
    condition = scope.condition(block.properties.need("when"), ws.findings)
    found = _reaction(block, ws)
    if condition is None:
        return None
    return Reaction(found.host, condition=condition, interrupting=found.interrupting)


def _clear(block: Block, ws: Workspace) -> Scope:
    return places.scope_in(block.body, ws).in_clear("personal-limit")


def _read_at(block: Block, ws: Workspace) -> Reaction | None:
    moment = read_moment(block.properties.need("at"), _clear(block, ws), ws.findings)
    found = _reaction(block, ws, moment=Limit(MOMENT, until=moment))
    return found if moment is not None else None


def _read_every(block: Block, ws: Workspace) -> Reaction | None:
    written = block.properties.need("every")
    if is_schedule(written):
        schedule = read_schedule(written, ws.findings)
        at = Limit(MOMENT, schedule=schedule)
        return _reaction(block, ws, moment=at, again=True) if schedule is not None else None
    length = read_interval(written, _clear(block, ws), ws)
    found = _reaction(block, ws, moment=Limit(MOMENT, length=length), again=True)
    return found if length is not None else None


def _read_message(block: Block, ws: Workspace) -> Reaction | None:
    awaited = read_awaited(block.properties, places.scope_in(block.body, ws), ws)
    return replace(_reaction(block, ws), message=awaited) if awaited is not None else None


Read = Callable[[Block, Workspace], Reaction | None]


def _kind(word: str, label: Text, read: Read, *keys: str, named: bool = False) -> Kind:
    return Kind(
        word=word,
        label=label,
        keys=(*keys, "interrupting", "then", *(() if named else ("as",))),
        naming="named" if named else "named beside",
        named_by="" if named else "as",
        runs_as="reaction",
        guarded=False,
        branches=_branches,
        declare=_declare,
        offers=_offers,
        read=read,
        inside=places.with_fields,
        check=_check,
        timed=True,
        many=True,
        holds_reactions=True,
    )


def _late_branches(value: Node, properties: Properties, ws: Workspace) -> list[Branch]:
    return [Branch(properties.place, as_items(value, ws.findings))]


def _read_late(block: Block, ws: Workspace) -> Reaction:
    return Reaction(block.host.key if block.host is not None else "")


LATE = Kind(
    word="late-steps",
    label=Text("超时处理", "When late"),
    keys=(),
    naming="unnamed",
    runs_as="reaction",
    guarded=False,
    branches=_late_branches,
    read=_read_late,
)
"""Steps under `late`: nobody writes this word."""

UNDO = replace(LATE, word="undo-steps", label=Text("撤销处理", "To undo it"))
"""Steps under `undo`, likewise."""

KINDS = (
    _kind("on", Text("临时事项", "On request"), _read_on, "by", "fields", "form", named=True),
    _kind("when", Text("满足条件时", "When"), _read_when),
    _kind("at", Text("到时", "At a moment"), _read_at),
    _kind("every", Text("定期", "Regularly"), _read_every),
    _kind(MESSAGE, Text("收到消息时", "When a message comes"), _read_message, MATCHING),
)
