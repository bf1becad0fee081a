"""`within`, `due`, `opens` and `late`: the limits of a construct or of the case.

A limit is written in short (`within: 2 working hours`), in long (`{limit, from, calendar,
stops-while, late}`), or as a list of the long forms, each with a name of its own (`clock`).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from tuoban.kernel.clocks import Length
from tuoban.kernel.expressions import Expression
from tuoban.kernel.language.lateness import MOVE_ON, read_tiers
from tuoban.kernel.language.moments import is_plain_length, read_limit_length, read_moment
from tuoban.kernel.language.names import SLUG, read_name
from tuoban.kernel.language.reading import Properties, as_mapping, as_one_or_more, as_text
from tuoban.kernel.language.scope import Scope
from tuoban.kernel.language.tree import Mapping, Node, Pair, Scalar, Sequence
from tuoban.kernel.language.workspace import Workspace
from tuoban.kernel.limits import (
    MOMENT,
    OF_PERFORMER,
    OF_UNIT,
    OPENS,
    ROUND_THE_CLOCK,
    SHORTEST_ROUND,
    WAITS,
    Limit,
    is_too_often,
)
from tuoban.kernel.text import Text

KEYS = ("within", "due", "late")
"""What says when something must be done."""

_LONG = {
    "within": ("limit", "from", "calendar", "stops-while", "late", "clock", "zh", "en"),
    "due": ("moment", "calendar", "late", "clock", "zh", "en"),
    OPENS: ("moment", "calendar"),
}
VALUE_KEYS = {"within": "limit", "due": "moment"}
"""What a limit in short would be called in the long form."""
_VALUE = {**VALUE_KEYS, OPENS: "moment"}


@dataclass(frozen=True, slots=True)
class _Written:
    """A limit as it was read, with the place of its `late` and where others are to be put."""

    limit: Limit
    key: Scalar
    has_late: bool


def read_limits(
    properties: Properties, scope: Scope, ws: Workspace, *, is_step: bool, of: str = ""
) -> tuple[Limit, ...]:
    """The limits that `within`, `due` and `late` give together.

    Nothing personal may be read: when something is due stands in the journal in the clear.

    Args:
        is_step: whether somebody performs it, whose hours a limit may count by.
        of: the key of the construct, empty for the case.
    """
    clear = scope.in_clear("personal-limit")
    written = [
        each
        for word in ("within", "due")
        for each in _written(word, properties, clear, ws, is_step=is_step, of=of)
    ]
    _check_names(written, ws)
    return tuple(_with_late(properties, written, clear, ws, is_step=is_step, of=of))


def moves_on(node: Node | None) -> bool:
    """Whether lateness lets the process go on without what is late, as far as is written here."""
    if isinstance(node, Scalar):
        return node.text.strip() == MOVE_ON
    if isinstance(node, Sequence):
        return any(moves_on(each) for each in node.items)
    return isinstance(node, Mapping) and any(moves_on(pair.value) for pair in node.pairs)


def late_pairs(properties: Properties) -> Iterator[Pair]:
    """What is written of lateness: beside the limits, and in their long forms."""
    nodes = [properties.get("late")]
    for word in ("within", "due"):
        written = properties.get(word)
        items = written.items if isinstance(written, Sequence) else (written,)
        for each in items:
            pair = each.pair("late") if isinstance(each, Mapping) else None
            nodes.append(pair.value if pair is not None else None)
    for node in nodes:
        yield from node.pairs if isinstance(node, Mapping) else ()


def steps_of(late: Node) -> tuple[Mapping, ...]:
    """The steps that a moment of lateness brings."""
    items = late.items if isinstance(late, Sequence) else (late,)
    return tuple(each for each in items if isinstance(each, Mapping))


def may_be_late_at_once(properties: Properties) -> bool:
    """Whether no time need go by until a construct is late, or is said to be so beforehand."""
    written = properties.get("within")
    limits = written.items if isinstance(written, Sequence) else (written,)
    return (
        "due" in properties
        or any(moves_on(pair.value) and _is_before(pair.key) for pair in late_pairs(properties))
        or not all(_surely_takes_time(each) for each in limits)
    )


def _is_before(key: Scalar) -> bool:
    return key.text.rstrip().endswith("before")


def _surely_takes_time(limit: Node | None) -> bool:
    """Whether a limit is a length that is written out, from when the work was there."""
    if isinstance(limit, Mapping):
        length = limit.pair(VALUE_KEYS["within"])
        value = length.value if length is not None else None
        return limit.pair("from") is None and _surely_takes_time(value)
    return isinstance(limit, Scalar) and is_plain_length(limit.text)


def read_opens(properties: Properties, scope: Scope, ws: Workspace) -> Limit | None:
    """The earliest moment, None if there is none."""
    clear = scope.in_clear("personal-limit")
    found = list(_written(OPENS, properties, clear, ws, is_step=False))
    return found[0].limit if found else None


def read_interval(node: Node | None, scope: Scope, ws: Workspace) -> Length | Expression | None:
    """A length after which something comes again, not too often."""
    length = read_limit_length(node, scope, ws.findings)
    if isinstance(length, Length) and node is not None and is_too_often(length):
        text = node.text if isinstance(node, Scalar) else ""
        ws.findings.add(node, "every-too-often", text=text, shortest=SHORTEST_ROUND.text.en)
        return None
    return length


def _written(
    word: str, properties: Properties, scope: Scope, ws: Workspace, *, is_step: bool, of: str = ""
) -> Iterator[_Written]:
    node = properties.get(word)
    if node is None:
        return
    key = properties.key(word)
    if isinstance(node, Scalar):
        limit = _limit(word, word, node, scope, ws)
        if limit is not None:
            yield _Written(limit, key, has_late=False)
        return
    in_list = isinstance(node, Sequence) and word != OPENS
    for item in as_one_or_more(node, ws.findings) if in_list else (node,):
        mapping = as_mapping(item, ws.findings, "@limit")
        if mapping is not None:
            yield from _long(word, mapping, scope, ws, named=in_list, is_step=is_step, of=of)


def _long(
    word: str,
    mapping: Mapping,
    scope: Scope,
    ws: Workspace,
    *,
    named: bool,
    is_step: bool,
    of: str,
) -> Iterator[_Written]:
    properties = Properties(mapping, ws.findings, _LONG[word])
    name = as_text(properties.need("clock") if named else properties.get("clock"), ws.findings)
    if name is not None and not read_name(name, ws.findings, (*_VALUE, MOMENT, WAITS, "late")):
        name = None
    label = _label(properties, name, ws)
    limit = _limit(word, name.text if name else word, properties.need(_VALUE[word]), scope, ws)
    start = read_moment(properties.get("from"), scope, ws.findings)
    calendar = read_calendar(properties.get("calendar"), ws, is_step=is_step)
    stops_while, stops_label = _stops(properties.get("stops-while"), scope, ws)
    tiers = read_tiers(properties.get("late"), scope, ws, is_step=is_step, of=of)
    if limit is not None:
        whole = replace(
            limit,
            label=label,
            start=start,
            calendar=calendar,
            stops_while=stops_while,
            stops_label=stops_label,
            tiers=tiers,
        )
        yield _Written(whole, name or properties.key(_VALUE[word]), "late" in properties)


def _limit(word: str, key: str, node: Node | None, scope: Scope, ws: Workspace) -> Limit | None:
    if word == "within":
        length = read_limit_length(node, scope, ws.findings)
        return Limit(key, length=length) if length is not None else None
    until = read_moment(node, scope, ws.findings)
    return Limit(key, until=until) if until is not None else None


def _label(properties: Properties, name: Scalar | None, ws: Workspace) -> Text | None:
    if name is not None:
        return ws.labels.of_name(properties, name.text, name)
    return ws.labels.of(properties)


def read_calendar(node: Node | None, ws: Workspace, *, is_step: bool) -> str:
    """Whose hours count; the unit's where nothing is written."""
    scalar = as_text(node, ws.findings)
    if scalar is None:
        return OF_UNIT
    if scalar.text == OF_PERFORMER and not is_step:
        ws.findings.add(scalar, "no-performer-here")
    elif scalar.text != ROUND_THE_CLOCK and not SLUG.fullmatch(scalar.text):
        ws.findings.add(scalar, "bad-calendar", text=scalar.text)
    return scalar.text


def _stops(node: Node | None, scope: Scope, ws: Workspace) -> tuple[Expression | None, Text | None]:
    """`stops-while`: a condition, or `{that, zh, en}` with the reason that people read."""
    if not isinstance(node, Mapping):
        return scope.condition(node, ws.findings), None
    properties = Properties(node, ws.findings, ("that", "zh", "en"))
    that = properties.need("that")
    return scope.condition(that, ws.findings), ws.labels.of(properties)


def _check_names(written: list[_Written], ws: Workspace) -> None:
    first: dict[str, Scalar] = {}
    for each in written:
        taken = first.setdefault(each.limit.key, each.key)
        if taken is not each.key:
            line = taken.place.said
            ws.findings.add(each.key, "name-taken", name=each.limit.key, line=line)


def _with_late(
    properties: Properties,
    written: list[_Written],
    scope: Scope,
    ws: Workspace,
    *,
    is_step: bool,
    of: str,
) -> Iterator[Limit]:
    """The limits, with the `late` that stands beside them given to the one it belongs to."""
    tiers = read_tiers(properties.get("late"), scope, ws, is_step=is_step, of=of)
    if "late" in properties:
        if not any(word in properties for word in ("within", "due")):
            ws.findings.add(properties.key("late"), "late-without-limit")
        elif len(written) > 1 or (written and written[0].has_late):
            ws.findings.add(properties.key("late"), "late-of-which")
    for each in written:
        yield replace(each.limit, tiers=tiers) if tiers and not each.has_late else each.limit
