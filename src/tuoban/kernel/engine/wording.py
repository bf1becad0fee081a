"""Why a clock starts, stands still or changes, in words for the ledger."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import TYPE_CHECKING

from tuoban.kernel import events as e
from tuoban.kernel.definition import Decide, Definition, Field, Need
from tuoban.kernel.expressions import Expression
from tuoban.kernel.limits import Limit, Moment
from tuoban.kernel.sight import owner_of
from tuoban.kernel.state import Item, Suspension
from tuoban.kernel.text import Text

if TYPE_CHECKING:
    from tuoban.kernel.engine.flow import Flow

WAITING = Text("等待中", "waiting")

_NOTHING = Text("", "")
_STRAIGHT_BACK = Text(
    "已退回重办，办好后直接送回这里", "it was sent back, and comes straight back once that is done"
)
_STARTED = Text("发起", "start of the case")
_OFFERED = Text("派到", "offered")
_OPENED = Text("开放", "opened")

Path = tuple[str, ...]


def of_start(flow: Flow, limit: Limit, ready_at: datetime | None) -> Text:
    """What a clock that starts now counts from: the step just done, or what `from` names."""
    if limit.start is not None:
        return of_moment(flow, limit.start)
    if ready_at is not None and ready_at < flow.surroundings.at:
        return _OFFERED
    for event in reversed(flow.events):
        if isinstance(event, e.ItemCompleted):
            done = flow.state.completion_of(event.item)
            return flow.definition.nodes[done.node].label if done is not None else _NOTHING
        if isinstance(event, e.WaitEnded):
            return flow.definition.nodes[event.node].label
        if isinstance(event, e.CaseStarted):
            return flow.definition.starts[event.request].label
        if isinstance(event, e.LimitPassed):
            return _OPENED
    return _NOTHING


def of_moment(flow: Flow, moment: Moment) -> Text:
    """What the base of a moment is called, where it is but a name."""
    labels = list(dict.fromkeys(_labels(flow, moment.base.paths)))
    return labels[0] if len(labels) == 1 else _NOTHING


def _labels(flow: Flow, paths: Iterable[Path]) -> Iterator[Text]:
    definition = flow.definition
    for name, *members in paths:
        if name == "start":
            yield _STARTED
        elif name == "case" and members and members[0] in definition.fields:
            yield definition.fields[members[0]].label
        elif name == "settings" and members and members[0] in definition.settings:
            yield definition.settings[members[0]].label
        elif name in definition.fields:
            yield definition.fields[name].label
        elif name in definition.nodes:
            output = definition.output_at(name, members[0]) if members else None
            own = definition.step_fields.get(name, {}).get(members[0]) if members else None
            named = output or own
            yield named.label if named is not None else definition.nodes[name].label


def of_change(flow: Flow, limit: Limit) -> Text:
    """What has changed that the limit is read from: `轻重缓急改为紧急`."""
    names = {path[1 if path[0] == "case" and len(path) > 1 else 0] for path in _read_by(limit)}
    for event in flow.events:
        if isinstance(event, e.FieldsSet | e.FieldCorrected):
            for name in event.values:
                if name in names or name in _looked_at(flow, names):
                    field = _field_of(flow, event.place, name)
                    return _field_changed(field, event.values[name])
    return _NOTHING


def _field_of(flow: Flow, place: int, name: str) -> Field:
    """A field of the case, or of the place that has a copy of it."""
    definition = flow.definition
    owner = owner_of(definition, flow.state, place) if place else ""
    return definition.place_fields.get(owner, definition.fields)[name]


def _read_by(limit: Limit) -> Iterator[Path]:
    if isinstance(limit.length, Expression):
        yield from limit.length.paths
    if limit.until is not None:
        yield from limit.until.base.paths
        if isinstance(limit.until.offset, Expression):
            yield from limit.until.offset.paths


def _looked_at(flow: Flow, names: set[str]) -> set[str]:
    """The fields that the tables among these names look at."""
    found: set[str] = set()
    for name in names & flow.definition.nodes.keys():
        construct = flow.definition.nodes[name].construct
        if isinstance(construct, Decide):
            table = flow.definition.tables[construct.table]
            found |= {each.path[-1] for each in table.inputs if each.path and not each.personal}
    return found


def _field_changed(field: Field, value: object) -> Text:
    option = field.option(str(value)) if field.type == "choice" else None
    if option is not None and not field.personal:
        return Text(f"{field.label.zh}改为{option.zh}", f"{field.label.en} now {option.en}")
    return Text(f"{field.label.zh}已改", f"{field.label.en} changed")


def of_lock(flow: Flow, item: Item) -> Text:
    """Why a step is locked."""
    found = lock_reasons(flow.definition, item.node, item.locked or ())
    return found[0] if found else WAITING


def of_suspension(suspended: Suspension) -> Text:
    zh, en = f"挂起：{suspended.reason}", f"suspended: {suspended.reason}"
    return Text(zh, en)


def of_outside(definition: Definition, roles: Iterable[str]) -> Text:
    """That only outside parties have work: `等规划局、设计院`."""
    labels = [definition.roles[each].label for each in roles]
    zh = "等" + "、".join(each.zh for each in labels)
    return Text(zh, "waiting for " + ", ".join(each.en for each in labels))


def lock_reasons(
    definition: Definition, node: str, failing: Iterable[int], opens: Text | None = None
) -> tuple[Text, ...]:
    """Why a step is locked, for people to read: its failing needs, by their places.

    Args:
        opens: the moment at which it opens, in words, if it does.
    """
    needs = definition.nodes[node].gate
    return tuple(
        _STRAIGHT_BACK
        if place == e.SENT_BACK
        else _not_yet(opens)
        if place == e.NOT_YET
        else _need(definition, needs[place])
        for place in failing
    )


def _not_yet(opens: Text | None) -> Text:
    if opens is None:
        return Text("还没到开放的时间", "it is not open yet")
    return Text(f"{opens.zh} 开放", f"opens {opens.en}")


def _need(definition: Definition, need: Need) -> Text:
    if need.otherwise is not None:
        return need.otherwise
    label = (
        definition.nodes[need.name].label if need.name is not None else Text("条件", "condition")
    )
    return Text(f"“{label.zh}”还没有完成", f"“{label.en}” is not done yet")
