"""`late`: the moments around a limit, and what is done at each of them.

How far from the limit a moment lies is a length or an expression that gives one, as the limit
itself is: `30 minutes before`, `settings.remind_before before`, `every settings.round after`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from collections.abc import Mapping as Lookup
from datetime import timedelta
from typing import Any, Literal

from tuoban.kernel.clocks import ClockError, Length, Tier, as_length, read_length
from tuoban.kernel.expressions import Expression
from tuoban.kernel.language.moments import is_plain_length, read_amount, read_calculated
from tuoban.kernel.language.reading import as_mapping, as_one_or_more, as_text
from tuoban.kernel.language.scope import Scope
from tuoban.kernel.language.tree import Mapping, Node, Pair, Scalar
from tuoban.kernel.language.workspace import Workspace
from tuoban.kernel.limits import SHORTEST_ROUND, LateAction, LateTier, is_too_often
from tuoban.kernel.settings import SETTINGS

MOVE_ON = "move on"
"""What lateness may do: the process goes on without what is late."""

PERFORMER = "performer"
"""Whoever holds the step; no role may be called so."""

_AROUND = re.compile(
    r"\s*(?P<every>every\s+)?(?P<amount>\S.*?)\s+(?P<side>before|after)\s*", re.DOTALL
)
_ACTION = re.compile(r"(?P<verb>tell|escalate to)\s+(?P<whom>\S.*)")
_VERBS = {"tell": "tell", "escalate to": "escalate"}


def read_tiers(
    node: Node | None, scope: Scope, ws: Workspace, *, is_step: bool, of: str
) -> tuple[LateTier, ...]:
    """What `late` says, down the page.

    Args:
        scope: what the lengths may read, as the limit itself does.
        is_step: whether somebody performs it, who may be told.
        of: the key of the construct, empty for the case.
    """
    return tuple(_tiers(node, scope, ws, is_step=is_step, of=of))


def _tiers(
    node: Node | None, scope: Scope, ws: Workspace, *, is_step: bool, of: str
) -> Iterator[LateTier]:
    mapping = as_mapping(node, ws.findings) if node is not None else None
    first: dict[str, Scalar] = {}
    for pair in mapping.pairs if mapping else ():
        tier = _tier(pair.key, scope, ws)
        taken = first.setdefault(tier[0].key, pair.key) if tier is not None else pair.key
        if taken is not pair.key:  # written with other blanks
            line = taken.place.said
            ws.findings.add(pair.key, "duplicate-key", key=taken.text, line=line)
        actions = tuple(_all_actions(pair, ws, is_step=is_step, of=of))
        if tier is not None:
            around, offset = tier
            if around.every and any(each.kind == "move on" for each in actions):
                ws.findings.add(pair.key, "moves-on-again")
            yield LateTier(around, actions, offset)


def _all_actions(pair: Pair, ws: Workspace, *, is_step: bool, of: str) -> Iterator[LateAction]:
    """What passing one moment does, in the order of the page; steps among it are one reaction."""
    steps = ws.late_steps.get((of, pair.key.place))
    if steps is not None:
        yield LateAction("do", steps)
    moves_on = False
    for each in as_one_or_more(pair.value, ws.findings):
        if steps is not None and isinstance(each, Mapping):
            continue
        scalar = as_text(each, ws.findings, "@late-action")
        if scalar is None or scalar.text.strip() != MOVE_ON:
            yield from _actions(scalar, ws, is_step=is_step)
        elif of:
            moves_on = True
        else:
            ws.findings.add(scalar, "case-moves-on")
    if moves_on:
        yield LateAction("move on", "")


def _tier(key: Scalar, scope: Scope, ws: Workspace) -> tuple[Tier, Expression | None] | None:
    """The moment that a key names, with the expression that says how far from the limit it lies,
    if one does; None, reported, if it is none."""
    text = " ".join(key.text.split())
    if text == "at the limit":
        return Tier(text), None
    match = _AROUND.fullmatch(key.text)
    if match is None or (match["every"] and match["side"] == "before"):
        ws.findings.add(key, "bad-late-time", text=text)
        return None
    length = _length(key, match, scope, ws)
    if length is None:
        return None
    every = bool(match["every"])
    if every and any(is_too_often(each) for each in _known(length, ws)):
        ws.findings.add(key, "every-too-often", text=text, shortest=SHORTEST_ROUND.text.en)
        return None
    side: Literal["before", "after"] = "before" if match["side"] == "before" else "after"
    if isinstance(length, Expression):
        return Tier(text, side, every=every), length
    return Tier(text, side, length, every=every), None


def _length(
    key: Scalar, match: re.Match[str], scope: Scope, ws: Workspace
) -> Length | Expression | None:
    amount = match["amount"]
    inner = None if key.inner is None else key.inner + match.start("amount")
    written = Scalar(key.place, amount, key.quoted, inner)
    if is_plain_length(amount):
        return read_amount(written, ws.findings)
    one = f"1 {amount}"  # every week after
    if match["every"] and (_is_length(one) or (is_plain_length(one) and amount not in scope.known)):
        return read_amount(Scalar(key.place, one), ws.findings)
    return read_calculated(written, scope, ws.findings, "length")


def _is_length(text: str) -> bool:
    try:
        read_length(text)
    except ClockError:
        return False
    return True


def _known(length: Length | Expression, ws: Workspace) -> Iterator[Length]:
    """The lengths that it surely may be: its own, or the values of the setting that it is."""
    if isinstance(length, Length):
        yield length
        return
    of, _, name = length.text.strip().partition("(")[0].partition(".")
    setting = ws.settings.get(name) if of == SETTINGS else None
    value = setting.value if setting is not None else None
    for each in value.values() if isinstance(value, Lookup) else (value,):
        found: Any = as_length(each) if isinstance(each, timedelta) else each
        if isinstance(found, Length):
            yield found


def _actions(scalar: Scalar | None, ws: Workspace, *, is_step: bool) -> Iterator[LateAction]:
    if scalar is None:
        return
    match = _ACTION.fullmatch(scalar.text.strip())
    if match is None:
        ws.findings.add(scalar, "bad-late-action", word=scalar.text, text=scalar.text)
        return
    kind = _VERBS[match["verb"]]
    for part in match["whom"].split(","):
        whom = Scalar(scalar.at(scalar.text.index(part.strip())), part.strip())
        if whom.text == PERFORMER and kind == "tell":
            if is_step:
                yield LateAction("tell", PERFORMER)
            else:
                ws.findings.add(whom, "no-performer-here")
        elif ws.role(whom) is not None:
            _warn_of_outside(kind, whom, ws)
            yield LateAction("tell" if kind == "tell" else "escalate", whom.text)


def _warn_of_outside(kind: str, whom: Scalar, ws: Workspace) -> None:
    """Warn where work is escalated to an outside party: those who record for it would answer for
    the time, who may well be those that are late."""
    role = ws.roles.get(whom.text)
    if kind != "tell" and role is not None and role.is_outside:
        ws.findings.warn(
            whom, "escalates-outside", name=whom.text, role=", ".join(role.recorded_by)
        )
