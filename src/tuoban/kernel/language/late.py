"""`late`: what happens some time before, at or after the due time of a step."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import timedelta

from tuoban.kernel.definition import LateAction, LateTier, Limit
from tuoban.kernel.language.moments import read_amount, read_duration, read_moment
from tuoban.kernel.language.reading import Properties, as_mapping, as_one_or_more, as_text
from tuoban.kernel.language.scope import Scope
from tuoban.kernel.language.tree import Node, Scalar
from tuoban.kernel.language.workspace import Workspace

PERFORMER = "performer"
"""Whoever holds the step; no role may be called so."""

_BEHIND = re.compile(r"(?P<amount>.+?)\s+(?P<side>before|after)")
_ACTION = re.compile(r"(?P<verb>tell|escalate to)\s+(?P<whom>\S.*)")
_VERBS = {"tell": "tell", "escalate to": "escalate"}


def read_limit(properties: Properties, scope: Scope, ws: Workspace) -> Limit | None:
    """The limit that `within` or `due` and `late` give together; None if there is none.

    Nothing personal may be read: when a step is due stands in the journal in the clear.
    """
    findings = ws.findings
    properties.forbid("due", beside="within")
    clear = scope.in_clear("personal-limit")
    within = read_duration(properties.get("within"), clear, findings)
    due = read_moment(properties.get("due"), clear, findings)
    if "late" in properties and "within" not in properties and "due" not in properties:
        findings.add(properties.key("late"), "late-without-limit")
    tiers = tuple(_tiers(properties.get("late"), ws))
    if within is None and due is None:
        return None
    return Limit(within, due, tiers)


def _tiers(node: Node | None, ws: Workspace) -> Iterator[LateTier]:
    mapping = as_mapping(node, ws.findings)
    for pair in mapping.pairs if mapping else ():
        offset = _offset(pair.key, ws)
        actions = tuple(
            action
            for each in as_one_or_more(pair.value, ws.findings)
            for action in _actions(as_text(each, ws.findings, "@late-action"), ws)
        )
        if offset is not None:
            yield LateTier(" ".join(pair.key.text.split()), offset, actions)


def _offset(key: Scalar, ws: Workspace) -> timedelta | None:
    text = " ".join(key.text.split())
    if text == "at the limit":
        return timedelta()
    if text.startswith("every "):
        ws.findings.add(key, "not-supported-yet", word=text)
        return None
    match = _BEHIND.fullmatch(text)
    if match is None:
        ws.findings.add(key, "bad-late-time", text=text)
        return None
    length = read_amount(Scalar(key.place, match["amount"]), ws.findings)
    return -length if length is not None and match["side"] == "before" else length


def _actions(scalar: Scalar | None, ws: Workspace) -> Iterator[LateAction]:
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
        if (whom.text == PERFORMER and kind == "tell") or ws.role(whom) is not None:
            yield LateAction("tell" if kind == "tell" else "escalate", whom.text)
