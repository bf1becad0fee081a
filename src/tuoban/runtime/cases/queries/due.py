"""Why work is due when it is: how long its limit is, or what its moment was read from."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from typing import Any, NamedTuple

from tuoban.kernel import events as e
from tuoban.kernel.commands import Sealed
from tuoban.kernel.definition import Field, Text
from tuoban.kernel.state import Item
from tuoban.kernel.values import end_of
from tuoban.runtime.cases.queries.rows import DueSource
from tuoban.runtime.cases.queries.scene import Scene
from tuoban.runtime.cases.queries.timeline import Read
from tuoban.runtime.cases.wording import in_words

_STARTED = Text("发起时间", "Started")


class _Known(NamedTuple):
    """What stands at a path of an expression: its value, declared like a field."""

    field: Field
    value: Any


def limit_of(scene: Scene, read: Iterable[Read], item: Item) -> timedelta | None:
    """The limit with which the item's clock was first started; None if it has no length."""
    limit = scene.definition.nodes[item.node].step.limit
    if limit is None or limit.within is None:
        return None
    for each in read:
        for event in each.events:
            if isinstance(event, e.ClockStarted) and event.item == item.id:
                return event.due - event.at
    return None


def due_sources(scene: Scene, item: Item) -> tuple[DueSource, ...]:
    """What the moment at which the item is due was read from.

    An expression may name more than it used: what is that very moment stands alone.
    """
    limit = scene.definition.nodes[item.node].step.limit
    if limit is None or limit.due is None:
        return ()
    found: list[DueSource] = []
    for path in sorted(limit.due.paths):
        known = _known(scene, path)
        if known is None or known.value is None:
            continue
        source = _source(scene, known)
        if _instant(scene, known.value) == item.due:
            return (source,)
        found.append(source)
    return tuple(found)


def _known(scene: Scene, path: tuple[str, ...]) -> _Known | None:
    definition, state, (name, *members) = scene.definition, scene.state, path
    if name in definition.fields:
        value = state.values.get(name)
        opened = scene.surroundings.opened
        return _Known(
            definition.fields[name], opened.get(value.ref) if isinstance(value, Sealed) else value
        )
    if name == "settings" and members and members[0] in definition.settings:
        setting = definition.settings[members[0]]
        field = Field(setting.name, setting.type, setting.label)
        return _Known(field, state.settings.get(setting.name))
    if path == ("start", "at"):
        return _Known(Field(name, "datetime", _STARTED), state.started_at)
    done = state.newest(name)
    if done is None:
        return None
    decided = definition.output_at(name, members[0]) if members else None
    if decided is not None:
        return _Known(decided, done.data[decided.name])
    if members != ["at"]:
        return None
    return _Known(Field(name, "datetime", definition.nodes[name].label), done.at)


def _source(scene: Scene, known: _Known) -> DueSource:
    zone, opened = scene.surroundings.zone, scene.surroundings.opened
    words = in_words(scene.definition, known.field, known.value, zone, opened)
    at = known.value if isinstance(known.value, datetime) else None
    return DueSource(known.field.label, words, at)


def _instant(scene: Scene, value: Any) -> datetime | None:
    return end_of(value, scene.surroundings.zone) if isinstance(value, date) else None
