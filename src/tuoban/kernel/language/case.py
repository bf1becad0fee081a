"""`case`: how the cases of a pack are numbered, titled and ranked, and whose they are."""

from __future__ import annotations

import re

from tuoban.kernel.clocks import Length, Measure
from tuoban.kernel.definition import Archive, CaseSpec, Owner
from tuoban.kernel.language import limits
from tuoban.kernel.language.messages import read_parts
from tuoban.kernel.language.moments import read_limit_length
from tuoban.kernel.language.names import unknown
from tuoban.kernel.language.reading import Properties, as_mapping, as_text
from tuoban.kernel.language.tree import Mapping, Node, Scalar
from tuoban.kernel.language.workspace import Workspace
from tuoban.kernel.owning import START

KEYS = ("title", "number", "priority", "owner", "archive", *limits.KEYS)
LATER_KEYS = ("unit", "contact")

OWN_NAMES = ("number", "unit")
"""What `case` gives to read beside its fields; no field may be called so."""

_PREFIX = re.compile(r"[A-Z0-9〇\u3400-\u4dbf\u4e00-\u9fff-]{1,12}")


def priority_name(node: Node | None) -> str | None:
    """The field that ranks the cases, for expressions that name `case.priority`."""
    pair = node.pair("priority") if isinstance(node, Mapping) else None
    return pair.value.text if pair is not None and isinstance(pair.value, Scalar) else None


def read_case(node: Node | None, slug: str, title: str, ws: Workspace) -> CaseSpec:
    """How a case is numbered, titled and ranked.

    Without `number` a case's number begins with the initials of the pack's slug, without `title`
    it bears the pack's own. `priority` names a choice field whose options stand in the order of
    urgency, the most urgent first.
    """
    initials = "".join(word[0] for word in slug.split("-") if word).upper()
    spec = CaseSpec(initials, (("text", title),))
    mapping = as_mapping(node, ws.findings) if node is not None else None
    if mapping is None:
        return spec
    properties = Properties(mapping, ws.findings, KEYS, LATER_KEYS)
    prefix = as_text(properties.get("number"), ws.findings)
    if prefix is not None and not _PREFIX.fullmatch(prefix.text):
        ws.findings.add(prefix, "bad-case-number", text=prefix.text)
    written = as_text(properties.get("title"), ws.findings)
    return CaseSpec(
        prefix.text if prefix else initials,
        tuple(read_parts(written.text, written, ws)) if written else spec.title,
        _priority(as_text(properties.get("priority"), ws.findings), ws),
        limits.read_limits(properties, ws.scope, ws, is_step=False),
        _owner(properties.get("owner"), ws),
        _archive(properties.get("archive"), ws),
    )


def _owner(node: Node | None, ws: Workspace) -> Owner | None:
    """`sales`, `{same-as: receive}` or `{same-as: receive, role: sales}`."""
    if isinstance(node, Mapping):
        properties = Properties(node, ws.findings, ("same-as", "role"))
        role = _inside_role(as_text(properties.get("role"), ws.findings), ws)
        same = as_text(properties.need("same-as"), ws.findings)
        return Owner(role, _done_step(same, ws))
    role = _inside_role(as_text(node, ws.findings), ws)
    return Owner(role) if role is not None else None


def _archive(node: Node | None, ws: Workspace) -> Archive | None:
    """`{class: Contracts, keep: 10 years}`; the length may be an expression."""
    mapping = as_mapping(node, ws.findings)
    if mapping is None:
        return None
    properties = Properties(mapping, ws.findings, ("class", "keep"))
    shelf = ws.labels.text(properties.need("class"))
    scope = ws.scope.in_clear("personal-limit")
    keep = read_limit_length(properties.need("keep"), scope, ws.findings)
    if isinstance(keep, Length) and keep.measure in (Measure.WORKING, Measure.WORKDAYS):
        ws.findings.add(properties.get("keep") or mapping, "kept-in-working-time")
    return Archive(shelf, keep) if shelf is not None and keep is not None else None


def _inside_role(name: Scalar | None, ws: Workspace) -> str | None:
    """A role that people of the organisation hold, who can be told."""
    role = ws.held_role(name)
    declared = ws.roles[role] if role is not None else None
    if name is not None and declared is not None and declared.recorded_by is not None:
        facts = {"name": declared.key, "role": declared.recorded_by}
        ws.findings.add(name, "no-inbox", **facts)
    return role


def _done_step(name: Scalar | None, ws: Workspace) -> str | None:
    """The step of the case's own process that is named, or `start`."""
    if name is None or name.text == START:
        return START if name is not None else None
    block = ws.blocks.get(name.text)
    if block is None:
        unknown(name, ws.findings, "unknown-step", name.text, (*ws.blocks, START))
    elif block.kind.word != "step":
        ws.findings.add(name, "not-a-step", name=name.text)
    else:
        return block.key
    return None


def _priority(name: Scalar | None, ws: Workspace) -> str | None:
    if name is None:
        return None
    declared = ws.fields.get(name.text)
    if declared is None:
        unknown(name, ws.findings, "unknown-field", name.text, ws.fields)
    elif declared.type not in ("choice", None):
        ws.findings.add(name, "priority-not-choice", name=name.text, type=declared.type)
    elif declared.is_computed:
        ws.findings.add(name, "computed-not-here", name=name.text)
    return name.text
