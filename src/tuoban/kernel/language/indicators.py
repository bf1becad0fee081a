"""`indicators`: what is measured across the cases of the pack, its target, and who is told.

An indicator is one of three: a value of each case, or of each time something is done in it, with
what is made of these values (`share: callback.count > 0`); what a service has in its books
(`ledger: stock`); or a calculation from other indicators (`is: held - lent`).
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from typing import get_args

from tuoban.kernel.clocks import ClockError, Length, Measure, read_length
from tuoban.kernel.definition import (
    CANCELLED,
    Booked,
    Derived,
    Grouping,
    Indicator,
    Over,
    Sampled,
    Text,
)
from tuoban.kernel.definition.indicators import Aggregate, Each, Kind, Period, Side, Which
from tuoban.kernel.expressions import (
    ANY,
    DATETIME,
    DAYS,
    NUMBER,
    Expression,
    Shape,
    choice_of,
    context_of,
    function_to,
)
from tuoban.kernel.language.declared import Block
from tuoban.kernel.language.limits import KEYS as LIMITED
from tuoban.kernel.language.names import RESERVED, read_name, unknown
from tuoban.kernel.language.places import scope_in
from tuoban.kernel.language.reading import Properties, as_mapping, as_one_or_more, as_text
from tuoban.kernel.language.roles import inside_role
from tuoban.kernel.language.schedules import read_schedule
from tuoban.kernel.language.scope import Scope
from tuoban.kernel.language.settings import options_of
from tuoban.kernel.language.targets import TIMES, read_target, shape_of_settings
from tuoban.kernel.language.tree import Node, Scalar
from tuoban.kernel.language.workspace import Workspace
from tuoban.kernel.measuring import END, LATE, OUTSIDE, WHOLE_CASE, WORKED

AGGREGATES: tuple[Aggregate, ...] = get_args(Aggregate)
FORMULA, LEDGER, OF = "is", "ledger", "of"
CASES = "cases"
"""What is counted where no condition is written."""
_OF_CASES = ("where", "over", "per")
_NOT_BESIDE = {FORMULA: (*_OF_CASES, OF), LEDGER: _OF_CASES}
KEYS = (
    *AGGREGATES, FORMULA, LEDGER, OF, *_OF_CASES, "zh", "en", "unit", "target", "every", "tell",
)  # fmt: skip

_SPAN = re.compile(r"(?P<which>started|ended|done) (?P<side>last|this|previous) (?P<span>\S.*)")
_WORD = re.compile(r"\w+")
_PERIODS: tuple[Period, ...] = get_args(Period)


@dataclass(frozen=True, slots=True)
class _Draft:
    """An indicator as written."""

    name: Scalar
    properties: Properties
    word: str
    """The key that says what is measured."""


def read_indicators(node: Node | None, ws: Workspace) -> dict[str, Indicator]:
    """The indicators, by name, in the order of the page."""
    drafts = {each.name.text: each for each in _drafts(node, ws)}
    found: dict[str, Indicator | None] = {
        name: _booked(draft, ws) if draft.word == LEDGER else _sampled(draft, ws)
        for name, draft in drafts.items()
        if draft.word != FORMULA
    }
    left = {name: draft for name, draft in drafts.items() if draft.word == FORMULA}
    while left:
        ready = [name for name, draft in left.items() if not _reads(draft, left)]
        if not ready:
            circle = _circle(left)
            at = left[circle[0]].name
            ws.findings.add(at, "indicator-circle", circle=" → ".join((*circle, circle[0])))
            break
        for name in ready:
            found[name] = _derived(left.pop(name), drafts, found, ws)
    return {name: made for name in drafts if (made := found.get(name)) is not None}


def _drafts(node: Node | None, ws: Workspace) -> Iterator[_Draft]:
    mapping = as_mapping(node, ws.findings) if node is not None else None
    for pair in mapping.pairs if mapping else ():
        keys = as_mapping(pair.value, ws.findings)
        if not read_name(pair.key, ws.findings, RESERVED) or keys is None:
            continue
        properties = Properties(keys, ws.findings, KEYS)
        words = [word for word in (*AGGREGATES, FORMULA, LEDGER) if word in properties]
        if not words:
            known = ", ".join((FORMULA, *AGGREGATES, LEDGER))
            facts = {"name": pair.key.text, "known": known}
            ws.findings.add(pair.key, "indicator-without-measure", **facts)
            continue
        for word in (*words[1:], *_NOT_BESIDE.get(words[0], ())):
            properties.forbid(word, beside=words[0])
        yield _Draft(pair.key, properties, words[0])


def _scope_of_cases(block: Block | None, ws: Workspace) -> Scope:
    """What is known of one case that is looked at, or where something is done in it; what the pack
    calls so comes first."""
    limited = _lateness(ws.blocks)
    outcomes = choice_of(*ws.ends, CANCELLED)
    own = {
        END: context_of({"at": DATETIME, "outcome": outcomes}),
        LATE: context_of({**limited, WHOLE_CASE: NUMBER}),
        WORKED: function_to(DAYS),
        OUTSIDE: function_to(DAYS),
    }
    around = scope_in(block.body, ws) if block is not None else ws.scope
    known = {**own, **around.timed().known}
    return around.knowing(known).in_clear("personal-indicator")


def _lateness(blocks: Mapping[str, Block]) -> dict[str, Shape]:
    """How often what has limits was late, by its name; what stands in a called process by that of
    the call and its own, unless the call itself has limits."""
    found: dict[str, Shape] = {}
    for name, block in blocks.items():
        inside = _lateness(block.local)
        if any(word in block.properties for word in LIMITED):
            found[name] = NUMBER
        elif inside:
            found[name] = context_of(inside)
    return found


def _sampled(draft: _Draft, ws: Workspace) -> Indicator | None:
    """An indicator of a value of each case, or of each time something is done in it."""
    properties, aggregate = draft.properties, _aggregate(draft.word)
    block = _each(properties.get(OF), ws)
    scope = _scope_of_cases(block, ws)
    where = scope.condition(properties.get("where"), ws.findings)
    over = _over(properties.get("over"), ws)
    if over is not None and over.which == "done" and OF not in properties:
        ws.findings.add(properties.key("over"), "done-of-what")
    per = _grouping(properties.get("per"), scope, ws)
    written = as_text(properties.get(draft.word), ws.findings)
    of = None
    if written is not None and (aggregate != "count" or written.text.strip() != CASES):
        of = _value(aggregate, written, scope, ws)
        if of is None:
            written = None
    kind: Kind | None = "share" if aggregate == "share" else "number"
    if aggregate not in ("count", "share"):
        kind = _kind(of, (WORKED, OUTSIDE)) if of is not None else None
    measure = None
    if written is not None and over is not None:
        each = Each(block.key, _label(block)) if block is not None else None
        measure = Sampled(aggregate, of, over, where, per, each)
    return _indicator(draft, measure, kind, ws)


def _label(block: Block) -> Text:
    """How it is called; what stands in a called process with that before it."""
    label = block.label or block.kind.label
    if block.call is None:
        return label
    about = block.call.label or Text(block.call.key, block.call.key)
    return Text(f"{about.zh}：{label.zh}", f"{about.en}: {label.en}")


def _each(node: Node | None, ws: Workspace) -> Block | None:
    """The step or reaction whose every doing is looked at."""
    name = as_text(node, ws.findings) if node is not None else None
    if name is None:
        return None
    block = ws.inside(name.text, ws.blocks)
    if block is None:
        unknown(name, ws.findings, "unknown-step", name.text, ws.blocks)
    elif not block.is_step and block.kind.runs_as != "reaction":
        ws.findings.add(name, "not-done-by-anybody", name=name.text)
        return None
    return block


def _booked(draft: _Draft, ws: Workspace) -> Indicator | None:
    """An indicator of what a service has in its books."""
    name = as_text(draft.properties.get(LEDGER), ws.findings)
    account = as_text(draft.properties.get(OF), ws.findings) if OF in draft.properties else None
    known = ws.catalogue.ledgers
    measure = None
    if name is not None and name.text not in known:
        unknown(name, ws.findings, "unknown-ledger", name.text, known)
    elif name is not None:
        measure = Booked(name.text, known[name.text].label, account.text if account else "")
    return _indicator(draft, measure, "number", ws)


def _value(aggregate: Aggregate, written: Scalar, scope: Scope, ws: Workspace) -> Expression | None:
    """What a case gives: whether something holds, or a number or a length of time."""
    if aggregate in ("count", "share"):
        return scope.read(written, ws.findings, "boolean")
    return _measured(written, scope, ws)


def _aggregate(word: str) -> Aggregate:
    return next(each for each in AGGREGATES if each == word)


def _measured(written: Scalar, scope: Scope, ws: Workspace) -> Expression | None:
    """An expression that gives a number or elapsed time."""
    expression = scope.expression(written, ws.findings)
    if expression is None or expression.shape.kind in ("any", "null", "number", "days"):
        return expression
    facts = {"found": f"@{expression.shape.kind}", "expected": "@wanted-measured"}
    ws.findings.add(written.at(0), "wrong-kind", text=written.text, **facts)
    return None


def _kind(of: Expression, worked: Collection[str]) -> Kind:
    """What a measured value reads as, given the names that stand for working time."""
    if of.shape.kind != "days":
        return "number"
    return "work" if any(name in of.names for name in worked) else "time"


# -- calculated from others -----------------------------------------------------------------------


def _reads(draft: _Draft, others: dict[str, _Draft]) -> list[str]:
    """Which of the others it names, perhaps itself."""
    node = draft.properties.get(FORMULA)
    words = _WORD.findall(node.text) if isinstance(node, Scalar) else ()
    return [word for word in words if word in others]


def _circle(left: dict[str, _Draft]) -> list[str]:
    """Some that are calculated from one another, where each is from another of them."""
    passed: list[str] = []
    name = next(iter(left))
    while name not in passed:
        passed.append(name)
        name = _reads(left[name], left)[0]
    return passed[passed.index(name) :]


def _derived(
    draft: _Draft,
    drafts: dict[str, _Draft],
    found: dict[str, Indicator | None],
    ws: Workspace,
) -> Indicator | None:
    """An indicator that is calculated from others; one that was reported may be anything."""
    known: dict[str, Shape] = {}
    for name in drafts:
        made = found.get(name)
        known[name] = ANY if made is None else DAYS if made.kind in TIMES else NUMBER
    scope = Scope({**known, "settings": shape_of_settings(ws)}, paths=ws.scope.paths)
    written = as_text(draft.properties.get(FORMULA), ws.findings)
    of = _measured(written, scope, ws) if written is not None else None
    if of is None:
        return _indicator(draft, None, None, ws)
    worked = [name for name, made in found.items() if made is not None and made.kind == "work"]
    kind = _kind(of, worked)
    unit = draft.properties.get("unit")
    if kind == "number" and isinstance(unit, Scalar) and unit.text.strip() == "%":
        kind = "share"
    measure = Derived(of, tuple(name for name in drafts if name in of.names))
    return _indicator(draft, measure, kind, ws)


# -- what both have -------------------------------------------------------------------------------


def _indicator(
    draft: _Draft, measure: Sampled | Booked | Derived | None, kind: Kind | None, ws: Workspace
) -> Indicator | None:
    """The whole of it; None where what it measures was reported, as everything else of it is."""
    properties, name = draft.properties, draft.name.text
    label = ws.labels.of_name(properties, name, draft.name)
    schedule = read_schedule(properties.get("every"), ws.findings)
    if "tell" in properties and "target" not in properties:
        ws.findings.add(properties.key("tell"), "key-missing", key="target")
    target = read_target(properties.get("target"), kind, ws)
    is_percent = isinstance(measure, Derived) and kind == "share"
    if kind in ("share", *TIMES) and "unit" in properties and not is_percent:
        ws.findings.add(properties.key("unit"), "unit-of-its-own")
    unit = ws.labels.text(properties.get("unit")) if kind == "number" else None
    tell = tuple(_told(properties.get("tell"), ws))
    if measure is None or kind is None:
        return None
    return Indicator(name, label, measure, kind, unit, target, schedule, tell)


def _told(node: Node | None, ws: Workspace) -> Iterator[str]:
    seen: set[str] = set()
    for item in as_one_or_more(node, ws.findings) if node is not None else ():
        name = as_text(item, ws.findings)
        role = inside_role(name, ws)
        if name is None or role is None:
            continue
        if role in seen:
            ws.findings.add(name, "listed-twice", name=role)
        seen.add(role)
        yield role


def _over(node: Node | None, ws: Workspace) -> Over | None:
    """`running`, `ended last 30 days`, `started this month`; all cases where nothing is written."""
    if node is None:
        return Over()
    scalar = as_text(node, ws.findings, "@over")
    if scalar is None:
        return None
    found = _read_over(" ".join(scalar.text.split()))
    if found is None:
        ws.findings.add(scalar, "bad-over", text=scalar.text)
    return found


def _read_over(text: str) -> Over | None:
    if text == "all":
        return Over()
    if text == "running":
        return Over("running")
    match = _SPAN.fullmatch(text)
    if match is None:
        return None
    which = next(each for each in get_args(Which) if each == match["which"])
    if match["side"] == "last":
        length = _length(match["span"])
        return Over(which, "last", last=length) if length is not None else None
    period = next((each for each in _PERIODS if each == match["span"]), None)
    side: Side = "this" if match["side"] == "this" else "previous"
    return Over(which, side, period=period) if period is not None else None


def _length(text: str) -> Length | None:
    """A length of the civil calendar, up to 100 years."""
    try:
        found = read_length(text)
    except ClockError:
        return None
    longest = {Measure.ELAPSED: 36_525 * 86_400 * 1_000_000, Measure.MONTHS: 1200}
    return found if found.size <= longest.get(found.measure, 0) else None


def _grouping(node: Node | None, scope: Scope, ws: Workspace) -> Grouping | None:
    scalar = as_text(node, ws.findings) if node is not None else None
    of = scope.read(scalar, ws.findings, "text") if scalar is not None else None
    if of is None:
        return None
    path = tuple(part.strip() for part in of.text.split("."))
    if path not in of.paths:
        return Grouping(of, "text")
    if path in (("case", "unit"), ("start", "unit")):
        return Grouping(of, "unit")
    inside = path[1:] if path[0] == "case" else path
    options = dict(options_of(".".join(inside), ws))
    if options:
        return Grouping(of, "option", options)
    declared = ws.fields.get(inside[0]) if len(inside) == 1 else None
    if declared is not None and declared.type == "unit":
        return Grouping(of, "unit")
    is_person = path[-1] == "by" or (declared is not None and declared.type == "person")
    return Grouping(of, "person" if is_person else "text")
