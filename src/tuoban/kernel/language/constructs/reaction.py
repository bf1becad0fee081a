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
from tuoban.kernel.language.constructs.kind import Branch, Kind, through_its_body
from tuoban.kernel.language.constructs.step import take_up_fills
from tuoban.kernel.language.correspondence import (
    MATCHING,
    MESSAGE,
    OFFERED,
    TAKE,
    declare_values,
    find_message,
    form_of,
    read_awaited,
    read_take,
    value_shapes,
)
from tuoban.kernel.language.declared import Block, Declaration
from tuoban.kernel.language.forms import FormReader
from tuoban.kernel.language.limits import read_interval
from tuoban.kernel.language.moments import read_moment
from tuoban.kernel.language.offering import with_lists
from tuoban.kernel.language.people import read_pressers
from tuoban.kernel.language.reading import Properties, as_boolean, as_items
from tuoban.kernel.language.schedules import is_schedule, read_schedule
from tuoban.kernel.language.scope import Scope, field_shapes
from tuoban.kernel.language.tree import Node, Scalar, Sequence
from tuoban.kernel.language.workspace import Workspace
from tuoban.kernel.limits import MOMENT, Limit


def _branches(value: Node, properties: Properties, ws: Workspace) -> list[Branch]:
    written = properties.get("then")
    if written is None:
        # What interrupts may do no more than that; what is filled in is kept, and may be all.
        if "form" not in properties and TAKE not in properties:
            properties.need("interrupting")
        return [Branch(properties.place, ())]
    return [Branch(properties.place, as_items(written, ws.findings))]


def _declare(block: Block, ws: Workspace) -> None:
    places.declare(block, ws, OFFERED)
    declare_values(block, ws)


def _offers(block: Block, ws: Workspace) -> Shape:
    listed = with_lists(
        {**value_shapes(block), **field_shapes(block.own), "at": DATETIME, "by": TEXT}
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
    form = FormReader(_fillable(block, ws), ws)
    sections = form.read(block.properties.get("form"))
    _take_up(form.fills, block, ws)
    by, person = read_pressers(block.properties.need("by"), ws)
    return replace(_reaction(block, ws, by=by, form=sections), person=person)


def _fillable(block: Block, ws: Workspace) -> dict[str, Declaration]:
    """The fields that may be filled when it happens: its own come first."""
    return {**places.known_fields(block, ws), **block.own}


def _take_up(names: set[str], block: Block, ws: Workspace) -> None:
    """Take up which fields are filled when it happens."""
    take_up_fills(names.difference(block.own), block, ws)
    ws.fill_of(block, names.intersection(block.own), None)


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
    draft = find_message(block.properties.get(MESSAGE), ws) if awaited is not None else None
    if awaited is None or draft is None:
        return None
    take = read_take(block.properties.get(TAKE), draft, _fillable(block, ws), ws)
    _take_up(set(take), block, ws)
    _check_hidden(block, ws)
    return replace(_reaction(block, ws, form=form_of(take)), message=awaited)


def _check_hidden(block: Block, ws: Workspace) -> None:
    """Report own fields that are called like what the message carries and do not take it: its name
    would give the one or the other to read."""
    written = block.properties.get(TAKE)
    items = written.items if isinstance(written, Sequence) else ()
    taken = {each.text for each in items if isinstance(each, Scalar)}
    for name, declaration in block.own.items():
        if name in block.says and name not in taken:
            ws.findings.add(declaration.name, "field-hides-message", name=name)


Read = Callable[[Block, Workspace], Reaction | None]


def _kind(
    word: str,
    label: Text,
    read: Read,
    *keys: str,
    named: bool = False,
    at_once: bool = False,
    overlaps: bool = True,
) -> Kind:
    return Kind(
        word=word,
        label=label,
        keys=(*keys, "fields", "interrupting", "then", *(() if named else ("as",))),
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
        exits=through_its_body,
        at_once=at_once,
        overlaps=overlaps,
    )


def _late_branches(value: Node, properties: Properties, ws: Workspace) -> list[Branch]:
    return [Branch(properties.place, as_items(value, ws.findings))]


def _read_late(block: Block, ws: Workspace) -> Reaction:
    host = block.host.key if block.host is not None else ""
    return Reaction(host, winds_up=block.kind.winds_up)


LATE = Kind(
    word="late-steps",
    label=Text("超时处理", "When late"),
    keys=(),
    naming="unnamed",
    runs_as="reaction",
    guarded=False,
    branches=_late_branches,
    read=_read_late,
    exits=through_its_body,
)
"""Steps under `late`: nobody writes this word."""

UNDO = replace(LATE, word="undo-steps", label=Text("撤销", "Undoing"), winds_up=True)
"""Steps under `undo`, likewise."""

ON_CANCEL = replace(UNDO, word="cancel-steps", label=Text("作废后的处理", "After cancelling"))
"""Steps under `cancel`, likewise; they belong to no host."""

KINDS = (
    _kind("on", Text("临时事项", "On request"), _read_on, "by", "form", named=True),
    replace(_kind("when", Text("满足条件时", "When"), _read_when, at_once=True), judges=("when",)),
    # A moment comes again only where it has been moved.
    _kind("at", Text("到时", "At a moment"), _read_at, at_once=True, overlaps=False),
    _kind("every", Text("定期", "Regularly"), _read_every),
    _kind(MESSAGE, Text("收到消息时", "When a message comes"), _read_message, MATCHING, TAKE),
)
