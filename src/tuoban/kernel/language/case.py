"""`case`: how the cases of a pack are numbered, titled and ranked, and whose they are."""

from __future__ import annotations

import re
from dataclasses import replace

from tuoban.kernel.clocks import Length, Measure
from tuoban.kernel.definition import (
    DATES_OF_NUMBERS,
    SERIAL,
    UNIT_OF_NUMBERS,
    Archive,
    CaseSpec,
    Owner,
)
from tuoban.kernel.expressions import Expression
from tuoban.kernel.language import limits
from tuoban.kernel.language.messages import read_parts
from tuoban.kernel.language.moments import read_limit_length
from tuoban.kernel.language.names import unknown
from tuoban.kernel.language.reading import Properties, as_mapping, as_text
from tuoban.kernel.language.roles import inside_role, read_unit
from tuoban.kernel.language.tree import Mapping, Node, Scalar
from tuoban.kernel.language.workspace import Workspace
from tuoban.kernel.owning import START
from tuoban.kernel.sampling import SAMPLE

KEYS = ("title", "number", "unit", "priority", "owner", "archive", *limits.KEYS)

OWN_NAMES = ("number", "unit")
"""What `case` gives to read beside its fields; no field may be called so."""

_SIGN = r"[A-Z0-9〇\u3400-\u4dbf\u4e00-\u9fff-]"
_PREFIX = re.compile(rf"{_SIGN}{{1,12}}")
_PART = rf"{_SIGN}|\{{(?:{'|'.join((*DATES_OF_NUMBERS, UNIT_OF_NUMBERS))})\}}"
_WHOLE = re.compile(rf"((?:{_PART}){{1,24}}){SERIAL.pattern}")


def priority_name(node: Node | None) -> str | None:
    """The field that ranks the cases, for expressions that name `case.priority`."""
    pair = node.pair("priority") if isinstance(node, Mapping) else None
    return pair.value.text if pair is not None and isinstance(pair.value, Scalar) else None


def read_case(node: Node | None, slug: str, title: str, ws: Workspace) -> CaseSpec:
    """How a case is numbered, titled and ranked.

    `number` is a prefix, or a whole number with parts of the date, and the unit
    (`HT{year}-{unit}-{serial}`); without it a case's number begins with the initials of the pack's
    slug. Without `title` a case bears the pack's own. `priority` names a choice field whose options
    stand in the order of urgency, the most urgent first.
    """
    initials = "".join(word[0] for word in slug.split("-") if word).upper()
    spec = CaseSpec(initials, (("text", title),))
    mapping = as_mapping(node, ws.findings) if node is not None else None
    if mapping is None:
        return spec
    properties = Properties(mapping, ws.findings, KEYS)
    number = as_text(properties.get("number"), ws.findings)
    if number is not None and not _is_number(number.text):
        ws.findings.add(number, "bad-case-number", text=number.text)
    written = as_text(properties.get("title"), ws.findings)
    return CaseSpec(
        number.text if number else initials,
        tuple(read_parts(written.text, written, ws)) if written else spec.title,
        _priority(as_text(properties.get("priority"), ws.findings), ws),
        limits.read_limits(properties, ws.scope, ws, is_step=False),
        _owner(properties.get("owner"), ws),
        _archive(properties.get("archive"), ws),
        _unit(properties.get("unit"), ws),
    )


def _is_number(text: str) -> bool:
    """A prefix, or a whole number, which has room for the key of one unit."""
    is_whole = bool(_WHOLE.fullmatch(text)) and text.count(f"{{{UNIT_OF_NUMBERS}}}") <= 1
    return is_whole or bool(_PREFIX.fullmatch(text))


def _unit(written: Node | None, ws: Workspace) -> Expression | None:
    """The key of a unit, read when a case begins: from its form, `start` and settings."""
    unknown_yet = dict.fromkeys((*ws.blocks, "case", SAMPLE), "not-begun")
    known = {name: each for name, each in ws.scope.known.items() if name not in unknown_yet}
    not_here = {**ws.scope.not_here, **unknown_yet}
    return read_unit(written, replace(ws.scope, known=known, not_here=not_here), ws)


def _owner(node: Node | None, ws: Workspace) -> Owner | None:
    """`sales` or `{role: sales}`, `{same-as: receive}`, or both beside one another."""
    if isinstance(node, Mapping):
        properties = Properties(node, ws.findings, ("same-as", "role"))
        role = inside_role(as_text(properties.get("role"), ws.findings), ws)
        same = properties.get("same-as") if "role" in properties else properties.need("same-as")
        step = _done_step(as_text(same, ws.findings), ws)
        return Owner(role, step) if role is not None or step is not None else None
    role = inside_role(as_text(node, ws.findings), ws)
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


def _done_step(name: Scalar | None, ws: Workspace) -> str | None:
    """The step of the case's own process that is named, or `start`."""
    if name is None or name.text == START:
        return START if name is not None else None
    block = ws.blocks.get(name.text)
    if block is None:
        unknown(name, ws.findings, "unknown-step", name.text, (*ws.blocks, START))
    elif not block.is_step:
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
