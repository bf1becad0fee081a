"""`within`, `due`, `opens` and `late`: the limits of a construct or of the case.

A limit is written in short (`within: 2 working hours`), in long (`{limit, from, calendar,
stops-while, late}`), or as a list of the long forms, each with a name of its own (`clock`).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from decimal import Decimal

from tuoban.kernel.clocks import Length, Measure, Tier
from tuoban.kernel.expressions import Expression
from tuoban.kernel.language.moments import read_amount, read_limit_length, read_moment
from tuoban.kernel.language.names import SLUG, read_name
from tuoban.kernel.language.reading import Properties, as_mapping, as_one_or_more, as_text
from tuoban.kernel.language.scope import Scope
from tuoban.kernel.language.tree import Mapping, Node, Scalar, Sequence
from tuoban.kernel.language.workspace import Workspace
from tuoban.kernel.limits import (
    MOMENT,
    OF_PERFORMER,
    OF_UNIT,
    OPENS,
    ROUND_THE_CLOCK,
    WAITS,
    LateAction,
    LateTier,
    Limit,
)
from tuoban.kernel.text import Text

KEYS = ("within", "due", "late")
"""What says when something must be done."""

PERFORMER = "performer"
"""Whoever holds the step; no role may be called so."""

_LONG = {
    "within": ("limit", "from", "calendar", "stops-while", "late", "clock", "zh", "en"),
    "due": ("moment", "calendar", "late", "clock", "zh", "en"),
    OPENS: ("moment", "calendar"),
}
_VALUE = {"within": "limit", "due": "moment", OPENS: "moment"}

_AROUND = re.compile(r"(?P<every>every )?(?P<amount>.+?)\s+(?P<side>before|after)")
_EVERY = re.compile(r"\d.*")
_ACTION = re.compile(r"(?P<verb>tell|escalate to)\s+(?P<whom>\S.*)")
_VERBS = {"tell": "tell", "escalate to": "escalate"}
_SHORTEST_ROUND = Length(Decimal(10), "minute")
"""What comes again and again comes no more often than this."""


@dataclass(frozen=True, slots=True)
class _Written:
    """A limit as it was read, with the place of its `late` and where others are to be put."""

    limit: Limit
    key: Scalar
    has_late: bool


def read_limits(
    properties: Properties, scope: Scope, ws: Workspace, *, is_step: bool
) -> tuple[Limit, ...]:
    """The limits that `within`, `due` and `late` give together.

    Nothing personal may be read: when something is due stands in the journal in the clear.

    Args:
        is_step: whether somebody performs it, whose hours a limit may count by.
    """
    clear = scope.in_clear("personal-limit")
    written = [
        each
        for word in ("within", "due")
        for each in _written(word, properties, clear, ws, is_step=is_step)
    ]
    _check_names(written, ws)
    return tuple(_with_late(properties, written, ws, is_step=is_step))


def read_opens(properties: Properties, scope: Scope, ws: Workspace) -> Limit | None:
    """The earliest moment, None if there is none."""
    clear = scope.in_clear("personal-limit")
    found = list(_written(OPENS, properties, clear, ws, is_step=False))
    return found[0].limit if found else None


def read_interval(node: Node | None, scope: Scope, ws: Workspace) -> Length | Expression | None:
    """A length after which something comes again, not too often."""
    length = read_limit_length(node, scope, ws.findings)
    if isinstance(length, Length) and node is not None and _is_too_often(length):
        text = node.text if isinstance(node, Scalar) else ""
        ws.findings.add(node, "every-too-often", text=text, shortest=_SHORTEST_ROUND.text.en)
        return None
    return length


def _written(
    word: str, properties: Properties, scope: Scope, ws: Workspace, *, is_step: bool
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
            yield from _long(word, mapping, scope, ws, named=in_list, is_step=is_step)


def _long(
    word: str, mapping: Mapping, scope: Scope, ws: Workspace, *, named: bool, is_step: bool
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
    tiers = tuple(_tiers(properties.get("late"), ws, is_step=is_step))
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
            line = str(taken.place.line)
            ws.findings.add(each.key, "name-taken", name=each.limit.key, line=line)


def _with_late(
    properties: Properties, written: list[_Written], ws: Workspace, *, is_step: bool
) -> Iterator[Limit]:
    """The limits, with the `late` that stands beside them given to the one it belongs to."""
    tiers = tuple(_tiers(properties.get("late"), ws, is_step=is_step))
    if "late" in properties:
        if not any(word in properties for word in ("within", "due")):
            ws.findings.add(properties.key("late"), "late-without-limit")
        elif len(written) > 1 or (written and written[0].has_late):
            ws.findings.add(properties.key("late"), "late-of-which")
    for each in written:
        yield replace(each.limit, tiers=tiers) if tiers and not each.has_late else each.limit


def _tiers(node: Node | None, ws: Workspace, *, is_step: bool) -> Iterator[LateTier]:
    mapping = as_mapping(node, ws.findings) if node is not None else None
    first: dict[str, Scalar] = {}
    for pair in mapping.pairs if mapping else ():
        tier = _tier(pair.key, ws)
        taken = first.setdefault(tier.key, pair.key) if tier is not None else pair.key
        if taken is not pair.key:  # written with other blanks
            line = str(taken.place.line)
            ws.findings.add(pair.key, "duplicate-key", key=taken.text, line=line)
        actions = tuple(
            action
            for each in as_one_or_more(pair.value, ws.findings)
            for action in _actions(as_text(each, ws.findings, "@late-action"), ws, is_step=is_step)
        )
        if tier is not None:
            yield LateTier(tier, actions)


def _tier(key: Scalar, ws: Workspace) -> Tier | None:
    text = " ".join(key.text.split())
    if text == "at the limit":
        return Tier(text)
    match = _AROUND.fullmatch(text)
    if match is None or (match["every"] and match["side"] == "before"):
        ws.findings.add(key, "bad-late-time", text=text)
        return None
    amount = match["amount"]
    if match["every"] and not _EVERY.fullmatch(amount):
        amount = f"1 {amount}"  # every week after
    length = read_amount(Scalar(key.place, amount), ws.findings)
    if length is None:
        return None
    if match["every"] and _is_too_often(length):
        ws.findings.add(key, "every-too-often", text=text, shortest=_SHORTEST_ROUND.text.en)
        return None
    side = "before" if match["side"] == "before" else "after"
    return Tier(text, "before" if side == "before" else "after", length, every=bool(match["every"]))


def _is_too_often(length: Length) -> bool:
    measured = length.measure in (Measure.ELAPSED, Measure.WORKING)
    return measured and length.size < _SHORTEST_ROUND.size


def _actions(scalar: Scalar | None, ws: Workspace, *, is_step: bool) -> Iterator[LateAction]:
    if scalar is None:
        return
    match = _ACTION.fullmatch(scalar.text.strip())
    if match is None:
        code = "not-supported-yet" if scalar.text.strip() == "move on" else "bad-late-action"
        ws.findings.add(scalar, code, word=scalar.text, text=scalar.text)
        return
    kind = _VERBS[match["verb"]]
    for part in match["whom"].split(","):
        whom = Scalar(scalar.at(scalar.text.index(part.strip())), part.strip())
        if whom.text == PERFORMER and kind == "tell":
            if is_step:
                yield LateAction("tell", PERFORMER)
            else:
                ws.findings.add(whom, "no-performer-here")
        elif ws.held_role(whom) is not None:
            yield LateAction("tell" if kind == "tell" else "escalate", whom.text)
