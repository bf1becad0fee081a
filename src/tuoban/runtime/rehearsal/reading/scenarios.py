"""A scenario, from its head to what is expected of it."""

from __future__ import annotations

from tuoban.kernel.language.tree import Mapping as MappingNode
from tuoban.kernel.language.tree import Node
from tuoban.kernel.language.tree import Sequence as SequenceNode
from tuoban.runtime.activities import registry
from tuoban.runtime.rehearsal import scenario as s
from tuoban.runtime.rehearsal.reading.cast import read_cast, read_skills, read_units
from tuoban.runtime.rehearsal.reading.moves import read_move
from tuoban.runtime.rehearsal.reading.shapes import Reader

_SCENARIO = (
    "scenario", "units", "cast", "skills", "clock", "hours", "settings", "files", "given",
    "start", "play", "expect",
)  # fmt: skip


_EXPECTED = ("ended", "late", "cases", "values", "papers", "indicators")


def read_scenario(reader: Reader, node: Node) -> s.Scenario | None:
    """A scenario; None, with a problem, where none can be made out."""
    pairs = reader.pairs(node, _SCENARIO)
    if not isinstance(node, MappingNode):
        return None
    for key in ("scenario", "cast", "start", "expect"):
        if key not in pairs:
            reader.problem(node, f"缺少“{key}”", f"“{key}” is missing")
            return None
    units = read_units(reader, pairs.get("units"))
    cast = read_cast(reader, pairs["cast"], units)
    for pair in reader.written(pairs.get("units")):
        head = units[pair.key.text].head
        if head and head not in cast:
            reader.not_in_cast(pair.value, head)
    moves = [read_move(reader, each, cast) for each in reader.items(pairs.get("play"))]
    return s.Scenario(
        name=reader.in_both(pairs["scenario"], "scenario"),
        line=node.place.line,
        clock=reader.clock(pairs.get("clock")),
        cast=cast,
        skills=read_skills(reader, pairs.get("skills"), cast),
        units=units,
        hours=reader.hours(pairs["hours"]) if "hours" in pairs else None,
        settings=_settings(reader, pairs.get("settings")),
        files=_files(reader, pairs.get("files")),
        given={key: reader.plain(each) for key, each in reader.pairs(pairs.get("given")).items()},
        begin=_begin(reader, pairs["start"]),
        moves=tuple(each for each in moves if each is not None),
        expectation=_expectation(reader, pairs["expect"]),
    )


def _begin(reader: Reader, node: Node) -> s.Begin:
    if isinstance(node, MappingNode) and node.pair("every") is not None:
        pairs = reader.pairs(node, ("every", "of"))
        name = reader.need(node, pairs, "every")
        return s.Begin(node.place.line, "", name, {}, None, reader.text(pairs.get("of")))
    pairs = reader.pairs(node)
    refusal = reader.refusal(pairs)
    if "message" in pairs:
        name = reader.need(node, pairs, "message")
        skipped = {"message", "refused", "at"}
        data = {key: reader.raw(each) for key, each in pairs.items() if key not in skipped}
        return s.Begin(node.place.line, "", name, data, refusal, message=True)
    skipped = {"by", "request", "refused", "at"}
    data = {key: reader.raw(each) for key, each in pairs.items() if key not in skipped}
    by, request = reader.need(node, pairs, "by"), reader.text(pairs.get("request"))
    return s.Begin(node.place.line, by, request, data, refusal)


def _expectation(reader: Reader, node: Node) -> s.Expectation:
    pairs = reader.pairs(node)
    kept = {key: each for key, each in pairs.items() if key not in _EXPECTED}
    for key in kept:
        if key not in registry.props():
            known = ", ".join((*_EXPECTED, *registry.props()))
            zh, en = f"不认识“{key}”，可写：{known}", f"“{key}” is not known; possible: {known}"
            reader.problem(node, zh, en)
    cases = reader.count(pairs.get("cases"))
    return s.Expectation(
        line=node.place.line,
        ended=reader.text(pairs["ended"]) if "ended" in pairs else None,
        late=reader.count(pairs.get("late")),
        cases=1 if cases is None else cases,
        values={key: reader.raw(each) for key, each in reader.pairs(pairs.get("values")).items()},
        papers=reader.papers(pairs.get("papers")),
        indicators=reader.measured(pairs.get("indicators")),
        props={key: reader.plain(each) for key, each in kept.items()},
    )


def _files(reader: Reader, node: Node | None) -> dict[str, dict[str, s.Raw]]:
    """`{浙A12345: {kind: vehicle, next_service: 2026-06-01}}`."""
    found = {}
    for pair in reader.written(node):
        inner = reader.pairs(pair.value)
        reader.need(pair.value, inner, "kind")
        found[pair.key.text] = {key: reader.raw(each) for key, each in inner.items()}
    return found


def _settings(reader: Reader, node: Node | None) -> dict[str, str]:
    """`{answer: 2 workdays, see_within: {urgent: 10 minutes}}`, and by the slug of a pack that is
    called, `{taxi-ride: {patience: 1 hour}}`."""
    found = {}
    for pair in reader.written(node):
        if isinstance(pair.value, MappingNode):
            inner = _settings(reader, pair.value)
            found.update({f"{pair.key.text}.{name}": value for name, value in inner.items()})
        else:
            found[pair.key.text] = _setting(reader, pair.value)
    return found


def _setting(reader: Reader, node: Node) -> str:
    """A value as it is typed; of a list, with commas between."""
    if isinstance(node, SequenceNode):
        return ", ".join(reader.text(each) for each in node.items)
    return reader.text(node)
