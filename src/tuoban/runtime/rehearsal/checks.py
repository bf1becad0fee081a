"""What a scenario checks, midway and at the end, each answered with a finding in both languages."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping
from datetime import timedelta
from decimal import Decimal
from functools import partial
from typing import Any, NamedTuple

from tuoban.kernel import sight
from tuoban.kernel.commands import Sealed
from tuoban.kernel.computed import values_of
from tuoban.kernel.definition import Definition, Field, Reaction, Text
from tuoban.kernel.facts import fact_of, known
from tuoban.kernel.names import Names
from tuoban.kernel.rows import cells_of, read_value
from tuoban.kernel.state import State
from tuoban.kernel.values import to_input
from tuoban.runtime.activities import registry
from tuoban.runtime.cases import outside
from tuoban.runtime.cases.filing.values import files_in
from tuoban.runtime.cases.models import WorkItem
from tuoban.runtime.cases.wording import in_words
from tuoban.runtime.rehearsal import indicators, papers, rows
from tuoban.runtime.rehearsal.moments import read_moment
from tuoban.runtime.rehearsal.naming import not_known
from tuoban.runtime.rehearsal.scenario import Check, Expectation, Given, Plain, Raw
from tuoban.runtime.rehearsal.stage import ZONE, Stage
from tuoban.runtime.rehearsal.uploads import names_of


class Finding(NamedTuple):
    holds: bool
    text: Text


def _yes(text: Text) -> Finding:
    return Finding(holds=True, text=text)


def _no(text: Text) -> Finding:
    return Finding(holds=False, text=text)


def judge(stage: Stage, check: Check) -> Iterator[Finding]:
    """What a check in the middle finds. A name that stands for nothing holds in no check."""
    what, known = _NAMED[check.kind] if check.kind in _NAMED else (_same(""), None)
    names = known(stage) if known is not None else ()
    unknown = [name for name in (*check.names, *check.values) if known and name not in names]
    for name in unknown:
        yield _no(not_known(what, name, names))
    if not unknown:
        yield from _CHECKS[check.kind](stage, check)


def judge_end(stage: Stage, wanted: Expectation) -> Iterator[Finding]:
    """What there is at the end, against what was expected."""
    cases = stage.case_count()
    yield _compare("工单数", "cases", cases, wanted.cases)
    if not stage.case_id:
        return
    state = stage.state()
    if wanted.ended is not None:
        yield _end(stage, state, wanted.ended)
    if wanted.late is not None:
        yield _compare("超时次数", "late limits", stage.late_limits(), wanted.late)
    yield from _values(stage, wanted.values)
    yield from _papers(stage, wanted.papers)
    yield from _indicators(stage, wanted.indicators)
    for name, meant in wanted.props.items():
        yield from _props(stage, name, meant)


def _props(stage: Stage, name: str, wanted: Plain) -> Iterator[Finding]:
    """What a service keeps for the case, against what was expected."""
    prop = registry.prop(name)
    if prop is None or prop.found is None:
        yield _no(Text(f"这里不能核对“{name}”", f"“{name}” cannot be looked at here"))
        return
    pairs = {"": wanted} if isinstance(wanted, str) else wanted
    for part, text in pairs.items():
        found = prop.found(stage.case_id, part)
        label = f"{name} {part}".strip()
        yield _compare(label, label, _number(str(found)), _number(text))


def _number(text: str) -> str:
    """A number as it is compared: 860.00 is 860."""
    try:
        return f"{Decimal(text).normalize():f}"
    except ArithmeticError:
        return text


def _compare(zh: str, en: str, found: object, wanted: object) -> Finding:
    return _told_apart(Text(zh, en), _same(found), _same(wanted), holds=found == wanted)


def _told_apart(name: Text, found: Text, wanted: Text, *, holds: bool) -> Finding:
    """What was found, and what was wanted where that is something else."""
    if holds:
        return _yes(Text(f"{name.zh}：{found.zh}", f"{name.en}: {found.en}"))
    zh = f"{name.zh}：{found.zh}，应为 {wanted.zh}"
    return _no(Text(zh, f"{name.en}: {found.en}, expected {wanted.en}"))


def _same(value: object) -> Text:
    return Text(str(value), str(value))


def _node(stage: Stage, name: str) -> Text:
    """What people call a step or block."""
    node = stage.definition.nodes.get(name)
    label = node.label if node is not None else _same(name)
    return Text(f"“{label.zh}”", f"“{label.en}”")


_IS_OPEN, _IS_NOT_OPEN = Text("待办", "is open"), Text("没有开放", "is not open")
_SHOULD_NOT = Text("不应开放", "should not be open")


def _open(stage: Stage, check: Check) -> Iterator[Finding]:
    is_open = stage.open_steps(check.of)
    for name in check.names:
        yield _of_node(stage, name, _IS_OPEN, _IS_NOT_OPEN, holds=name in is_open)


def _closed(stage: Stage, check: Check) -> Iterator[Finding]:
    is_open = stage.open_steps(check.of)
    for name in check.names:
        yield _of_node(stage, name, _IS_NOT_OPEN, _SHOULD_NOT, holds=name not in is_open)


def _of_node(stage: Stage, name: str, right: Text, wrong: Text, *, holds: bool) -> Finding:
    """What is found of a step or block, one of two things."""
    label, found = _node(stage, name), right if holds else wrong
    return Finding(holds, Text(f"{label.zh}{found.zh}", f"{label.en} {found.en}"))


_WAITS, _GOES_ON = Text("在等", "waits"), Text("没有在等", "does not wait")


def _waits(stage: Stage, check: Check) -> Iterator[Finding]:
    waits = stage.waits()
    for name in check.names:
        found = _WAITS if name in waits else _GOES_ON
        yield _told_apart(_node(stage, name), found, _WAITS, holds=name in waits)


_LOCKED, _UNLOCKED = Text("锁定", "locked"), Text("未锁定", "unlocked")
_NOT_OPEN, _GONE = Text("还没有开放", "not open"), Text("已不在待办", "no longer open")


def _locked(stage: Stage, check: Check) -> Iterator[Finding]:
    wanted = _LOCKED if check.kind == "locked" else _UNLOCKED
    held = {turn.node for turn in stage.state().turns}
    for name in check.names:
        item = stage.item(name, of=check.of)
        found = _NOT_OPEN
        if item is not None:
            found = _LOCKED if item.locked else _UNLOCKED
        holds = found == wanted
        if item is not None and item.status != WorkItem.OPEN and not holds:
            found = _GONE
        if name in held:
            found, holds = _LOCKED, wanted == _LOCKED
        yield _told_apart(_node(stage, name), found, wanted, holds=holds)


def _due(stage: Stage, check: Check) -> Iterator[Finding]:
    for name, raw in check.values.items():
        item, text = stage.item(name, of=check.of), str(raw)
        found = item.due_at if item is not None else None
        shown = f"{found.astimezone(ZONE):%Y-%m-%d %H:%M}" if found is not None else "—"
        moment = read_moment(text, stage.now, ZONE)
        wanted = f"{moment:%Y-%m-%d %H:%M}" if moment is not None else text
        label = _node(stage, name)
        yield _compare(f"{label.zh}时限", f"{label.en} due", shown, wanted)


_STILL, _RUNS = Text("停着", "stands still"), Text("在走", "runs")


def _stands_still(stage: Stage, check: Check) -> Iterator[Finding]:
    for name in check.names:
        item = stage.item(name, of=check.of)
        still = item is not None and item.stands_still
        found = _STILL if still else _RUNS
        label = _node(stage, name)
        clock = Text(f"{label.zh}计时", f"the clock of {label.en}")
        yield _told_apart(clock, found, _STILL, holds=still)


_WAS_TOLD, _WAS_NOT_TOLD = Text("收到提醒", "told"), Text("没有收到提醒", "not told")


def _told(stage: Stage, check: Check) -> Iterator[Finding]:
    told = stage.told()
    wanted = _WAS_TOLD if check.kind == "told" else _WAS_NOT_TOLD
    anyhow = {name for name, _ in told}
    looked_at = [(name, "", name in anyhow) for name in check.names]
    looked_at += [(name, str(way), (name, str(way)) in told) for name, way in check.values.items()]
    for name, channel, was_told in looked_at:
        found = _WAS_TOLD if was_told else _WAS_NOT_TOLD
        label = _same(f"{name} ({channel})" if channel else name)
        yield _told_apart(label, found, wanted, holds=found == wanted)


_WAS_SENT, _WAS_NOT_SENT = Text("已发出", "sent"), Text("没有发出", "not sent")


def _sent(stage: Stage, check: Check) -> Iterator[Finding]:
    sent = stage.sent()
    for name in check.names:
        kind = stage.definition.messages.get(name)
        label = kind.label if kind is not None else _same(name)
        found = _WAS_SENT if name in sent else _WAS_NOT_SENT
        yield _told_apart(label, found, _WAS_SENT, holds=name in sent)


def _ended(stage: Stage, check: Check) -> Iterator[Finding]:
    state = stage.state()
    for name in check.names:
        yield _end(stage, state, name)


def _end(stage: Stage, state: State, wanted: str) -> Finding:
    """How the case has ended, against how it should have; `—` while it runs."""
    found = (state.outcome or "—") if state.status == "ended" else "—"
    one, other = (stage.definition.outcome_label(each) or _same(each) for each in (found, wanted))
    return _told_apart(Text("结束", "ended"), one, other, holds=found == wanted)


def _value_checks(stage: Stage, check: Check) -> Iterator[Finding]:
    return _values(stage, check.values)


def _paper_checks(stage: Stage, check: Check) -> Iterator[Finding]:
    return _papers(stage, check.papers)


def _papers(stage: Stage, wanted: Mapping[str, Given]) -> Iterator[Finding]:
    """What is there of papers."""
    for name, found, meant in papers.standing(stage, wanted):
        if found is None:
            yield _no(Text(f"没有材料“{name}”", f"there is no paper “{name}”"))
        else:
            yield _told_apart(_same(f"“{name}”"), found.text, meant.text, holds=found == meant)


def _indicator_checks(stage: Stage, check: Check) -> Iterator[Finding]:
    return _indicators(stage, {name: str(raw) for name, raw in check.values.items()})


def _indicators(stage: Stage, wanted: Mapping[str, str]) -> Iterator[Finding]:
    """What indicators come to."""
    for name, found, meant, holds in indicators.standing(stage, wanted):
        if found is None:
            yield _no(Text(f"没有指标“{name.zh}”", f"there is no indicator “{name.en}”"))
        else:
            yield _told_apart(name, found, meant, holds=holds)


def _values(stage: Stage, wanted: Mapping[str, Raw]) -> Iterator[Finding]:
    state = stage.state()
    for name, text in wanted.items():
        field, kept = _looked_up(stage.definition, state, name)
        if field is None:
            yield _no(Text(f"没有字段“{name}”", f"there is no field “{name}”"))
            continue
        if isinstance(kept, Sealed):
            hidden = Text(
                f"“{name}”是个人信息，不能核对", f"“{name}” is personal, it cannot be looked at"
            )
            yield _no(hidden)
            continue
        if field.holds_files:
            there, wanted_names = tuple(each.name for each in files_in(kept)), names_of(text)
            said = (_same("、".join(each) or "—") for each in (there, wanted_names))
            yield _told_apart(field.label, *said, holds=there == wanted_names)
            continue
        named = field.type == "person" and isinstance(text, str)
        written = stage.person_id(str(text)) if named else text
        if field.refers:
            written = outside.meant({name: field}, {name: text}, None)[name]
        if isinstance(text, str) and kept == stage.unit_key(text):
            written = stage.unit_key(text)
        value, problems = read_value(field, written, ZONE)
        if problems:
            zh, en = (f"“{name}” {problems[0].read(language)}" for language in ("zh", "en"))
            yield _no(Text(zh, en))
            continue
        holds = _as_compared(field, kept) == _as_compared(field, value)
        words = partial(_in_words, stage.definition)
        if not holds and field.type == "list":
            for each in rows.apart(field, kept or (), value or (), words):
                yield _told_apart(*each, holds=False)
            continue
        yield _told_apart(field.label, words(field, kept), words(field, value), holds=holds)


def _as_compared(field: Field, value: Any) -> object:
    if field.type == "list":
        return [_cells_as_compared(field, row) for row in value or ()]
    return value if isinstance(value, timedelta) else to_input(field, value, ZONE)


def _cells_as_compared(field: Field, row: Any) -> list[object]:
    cells = cells_of(field, row)
    entered = (column for column in field.columns if column.computed is None)
    return [_as_compared(column, cells.get(column.name)) for column in entered]


def _in_words(definition: Definition, field: Field, value: Any) -> Text:
    return _same("—") if value is None else in_words(definition, field, value, ZONE, None)


def _looked_up(definition: Definition, state: State, name: str) -> tuple[Field | None, Any]:
    """A field of the case, one of a block, what a table decided (`table.output`), a step gave or a
    message carried that a wait took, what the name of a reaction gives (`extra.count`, `.open`, or
    a field of its newest occurrence), or a fact of what a field names (`vehicle.plate`), with its
    value."""
    node, _, output = name.partition(".")
    if not output:
        names = Names(definition, state, {}, ZONE)
        values = values_of(definition, state.values, names)
        return definition.fields.get(name), values.get(name)
    of, _, member = name.rpartition(".")
    named, ref = _looked_up(definition, state, of)
    if named is not None and named.kind:
        on_file = outside.files().facts([ref or ""])
        return fact_of(definition, named, member), (known(state, on_file, ref) or {}).get(member)
    if output in definition.orders.get(node, ()):
        own = definition.place_fields.get(node) or definition.data_fields(node)
        return own.get(output), Names(definition, state, {}, ZONE)[node][output]
    if node in definition.nodes and isinstance(definition.nodes[node].construct, Reaction):
        return _of_reaction(definition, state, node, output)
    if output in definition.place_fields.get(node, {}):
        return definition.place_fields[node][output], _of_block(definition, state, node, output)
    made = state.newest(node)
    kept = made.data.get(output) if made is not None else None
    given = definition.data_fields(node).get(output)
    return given or definition.output_at(node, output), kept


def _of_block(definition: Definition, state: State, node: str, name: str) -> Any:
    """What a field of a block holds in its newest instance."""
    body = definition.nodes[node].regions[0]
    found = sight.instance(definition, state, body)
    return state.at_place(found.id, name) if found is not None else None


def _of_reaction(
    definition: Definition, state: State, node: str, member: str
) -> tuple[Field | None, Any]:
    offered = Names(definition, state, {}, ZONE)[node]
    if member in _COUNTED:
        label = definition.nodes[node].label
        counted = Text(f"{label.zh} {_COUNTED[member].zh}", f"{label.en} {_COUNTED[member].en}")
        return Field(member, "integer", counted), Decimal(offered[member])
    found = sight.newest(definition, state, node)
    if (said := definition.data_fields(node).get(member)) is not None:
        return said, found.data.get(member) if found is not None else None
    field = definition.place_fields.get(node, {}).get(member)
    return field, state.at_place(found.place, member) if found is not None else None


_COUNTED = {"count": Text("次数", "count"), "open": Text("进行中", "open")}


def _nodes(stage: Stage) -> Collection[str]:
    return stage.definition.nodes.keys()


def _told_ones(stage: Stage) -> Collection[str]:
    return {*stage.people, *stage.definition.roles}


def _messages(stage: Stage) -> Collection[str]:
    return stage.definition.messages.keys()


_WORK = Text("步骤", "step")
_ALL_NODES = ("open", "closed", "waits", "locked", "unlocked", "due", "stands-still")
_NAMED: Mapping[str, tuple[Text, Callable[[Stage], Collection[str]]]] = {
    **dict.fromkeys(_ALL_NODES, (_WORK, _nodes)),
    **dict.fromkeys(("told", "not-told"), (Text("这个人", "member of the cast"), _told_ones)),
    "sent": (Text("消息", "message"), _messages),
}
"""What the names in a check are names of; of those that are not listed, the check tells itself."""

_CHECKS: Mapping[str, Callable[[Stage, Check], Iterator[Finding]]] = {
    "open": _open,
    "closed": _closed,
    "waits": _waits,
    "locked": _locked,
    "unlocked": _locked,
    "due": _due,
    "stands-still": _stands_still,
    "told": _told,
    "not-told": _told,
    "sent": _sent,
    "ended": _ended,
    "values": _value_checks,
    "papers": _paper_checks,
    "indicators": _indicator_checks,
}
