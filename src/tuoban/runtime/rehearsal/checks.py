"""What a scenario checks, midway and at the end, each answered with a finding in both languages."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any, NamedTuple

from tuoban.kernel.definition import Definition, Field, Text
from tuoban.kernel.state import State
from tuoban.kernel.values import parse, to_input
from tuoban.runtime.rehearsal.moments import read_moment
from tuoban.runtime.rehearsal.scenario import Check, Expectation
from tuoban.runtime.rehearsal.stage import ZONE, Stage


class Finding(NamedTuple):
    holds: bool
    text: Text


def _yes(text: Text) -> Finding:
    return Finding(holds=True, text=text)


def _no(text: Text) -> Finding:
    return Finding(holds=False, text=text)


def judge(stage: Stage, check: Check) -> Iterator[Finding]:
    """What a check in the middle finds."""
    return _CHECKS[check.kind](stage, check)


def judge_end(stage: Stage, wanted: Expectation) -> Iterator[Finding]:
    """What there is at the end, against what was expected."""
    cases = stage.case_count()
    yield _compare("工单数", "cases", cases, wanted.cases)
    if not stage.case_id:
        return
    state = stage.state()
    if wanted.ended is not None:
        ended = state.outcome if state.status == "ended" else "—"
        yield _compare("结束", "ended", ended, wanted.ended)
    if wanted.late is not None:
        yield _compare("超时次数", "late items", stage.late_items(), wanted.late)
    yield from _values(stage, wanted.values)


def _compare(zh: str, en: str, found: object, wanted: object) -> Finding:
    if found == wanted:
        return _yes(Text(f"{zh}：{found}", f"{en}: {found}"))
    return _no(Text(f"{zh}：{found}，应为 {wanted}", f"{en}: {found}, expected {wanted}"))


def _state(name: str, zh: str, en: str, *, holds: bool) -> Finding:
    if holds:
        return _yes(Text(f"{name} {zh}", f"{name}: {en}"))
    return _no(Text(f"{name} 应为：{zh}", f"{name} should be: {en}"))


def _open(stage: Stage, check: Check) -> Iterator[Finding]:
    is_open = stage.open_steps()
    for name in check.names:
        text = Text(f"“{name}”待办", f"“{name}” is open")
        missing = Text(f"“{name}”没有开放", f"“{name}” is not open")
        yield Finding(name in is_open, text if name in is_open else missing)


def _closed(stage: Stage, check: Check) -> Iterator[Finding]:
    is_open = stage.open_steps()
    for name in check.names:
        text = Text(f"“{name}”没有开放", f"“{name}” is not open")
        wrong = Text(f"“{name}”不应开放", f"“{name}” should not be open")
        yield Finding(name not in is_open, wrong if name in is_open else text)


def _locked(stage: Stage, check: Check) -> Iterator[Finding]:
    wanted = check.kind == "locked"
    for name in check.names:
        item = stage.item(name)
        holds = item is not None and item.locked == wanted
        zh, en = ("锁定", "locked") if wanted else ("未锁定", "unlocked")
        yield _state(f"“{name}”", zh, en, holds=holds)


def _due(stage: Stage, check: Check) -> Iterator[Finding]:
    for name, text in check.values.items():
        item = stage.item(name)
        found = item.due_at if item is not None else None
        shown = f"{found.astimezone(ZONE):%Y-%m-%d %H:%M}" if found is not None else "—"
        moment = read_moment(text, stage.now, ZONE)
        wanted = f"{moment:%Y-%m-%d %H:%M}" if moment is not None else text
        yield _compare(f"“{name}”时限", f"“{name}” due", shown, wanted)


def _told(stage: Stage, check: Check) -> Iterator[Finding]:
    told = stage.told()
    wanted = check.kind == "told"
    for name in check.names:
        zh, en = ("收到提醒", "told") if wanted else ("没有收到提醒", "not told")
        yield _state(name, zh, en, holds=(name in told) == wanted)


def _value_checks(stage: Stage, check: Check) -> Iterator[Finding]:
    return _values(stage, check.values)


def _values(stage: Stage, wanted: Mapping[str, str]) -> Iterator[Finding]:
    state = stage.state()
    for name, text in wanted.items():
        field, kept = _looked_up(stage.definition, state, name)
        if field is None:
            yield _no(Text(f"没有字段“{name}”", f"there is no field {name!r}"))
            continue
        value, problem = parse(field, text, ZONE)
        if problem is not None:
            yield _no(Text(problem.read("zh"), problem.read("en")))
            continue
        found, meant = (to_input(field, each, ZONE) or "—" for each in (kept, value))
        yield _compare(field.label.zh, field.label.en, found, meant)


def _looked_up(definition: Definition, state: State, name: str) -> tuple[Field | None, Any]:
    """A field of the case, or what a table decided (`table.output`), with its value."""
    node, _, output = name.partition(".")
    if not output:
        return definition.fields.get(name), state.values.get(name)
    made = state.newest(node)
    kept = made.data.get(output) if made is not None else None
    return definition.output_at(node, output), kept


_CHECKS: Mapping[str, Callable[[Stage, Check], Iterator[Finding]]] = {
    "open": _open,
    "closed": _closed,
    "locked": _locked,
    "unlocked": _locked,
    "due": _due,
    "told": _told,
    "not-told": _told,
    "values": _value_checks,
}
