"""What a calculated moment was read from."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any, NamedTuple

from tuoban.kernel.clocks import moment_text
from tuoban.kernel.commands import Sealed
from tuoban.kernel.definition import Field, Text
from tuoban.kernel.limits import Moment
from tuoban.kernel.names import Names
from tuoban.kernel.sight import newest, vantage_of
from tuoban.kernel.state import Clock
from tuoban.kernel.values import end_of
from tuoban.runtime.cases.queries.rows import DueSource
from tuoban.runtime.cases.queries.scene import Scene
from tuoban.runtime.cases.wording import in_words

_STARTED = Text("发起时间", "Started")


class _Known(NamedTuple):
    """What stands at a path of an expression: its value, declared like a field."""

    field: Field
    value: Any


def due_sources(scene: Scene, moment: Moment, due: datetime, clock: Clock) -> tuple[DueSource, ...]:
    """What the moment of a live clock, which is `due` now, was read from.

    An expression may name more than it used: what is that very moment stands alone.
    """
    found: list[DueSource] = []
    for path in sorted(moment.base.paths):
        known = _known(scene, path, clock)
        if known is None or known.value is None:
            continue
        source = _source(scene, known)
        if _instant(scene, known.value) == due:
            return (source,)
        found.append(source)
    return tuple(found)


def _known(scene: Scene, path: tuple[str, ...], clock: Clock) -> _Known | None:
    definition, state, (name, *members) = scene.definition, scene.state, path
    opened, here = scene.surroundings.opened, vantage_of(state, clock.activation)
    names = Names(definition, state, opened, scene.surroundings.zone, vantage=here)
    if clock.node and definition.place_at(clock.node, name) is not None:
        field = definition.field_at(clock.node, name)
        return _Known(field, names[name]) if field is not None else None
    if name in definition.fields:
        value = names[name] if name in definition.derived else state.values.get(name)
        return _Known(
            definition.fields[name], opened.get(value.ref) if isinstance(value, Sealed) else value
        )
    if name == "settings" and members and members[0] in definition.settings:
        setting = definition.settings[members[0]]
        if setting.per:
            return None
        return _Known(setting.field, state.settings.get(setting.name))
    if path == ("start", "at"):
        return _Known(Field(name, "datetime", _STARTED), state.started_at)
    if name not in definition.nodes:
        return None
    done = newest(definition, state, name, here)
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
    at = known.value if isinstance(known.value, datetime) else None
    now = scene.surroundings.at
    words = (
        moment_text(at, zone, now)
        if at is not None
        else in_words(scene.definition, known.field, known.value, zone, opened)
    )
    return DueSource(known.field.label, words, at)


def _instant(scene: Scene, value: Any) -> datetime | None:
    return end_of(value, scene.surroundings.zone) if isinstance(value, date) else None
