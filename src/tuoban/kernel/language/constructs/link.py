"""`call` of another pack: a case of its own begins for this one, and is waited for.

Which packs there are, the caller of the compiler says. Where it does not (`Workspace.packs` is
None), whatever `processes` does not hold is another pack, and what is handed in is not checked.
"""

from __future__ import annotations

from tuoban.kernel.definition import CANCELLED, Definition, Field, FormEntry, Link, Start, Text
from tuoban.kernel.expressions import (
    ANY,
    DATETIME,
    TEXT,
    Expression,
    Shape,
    choice_of,
    facts_of,
)
from tuoban.kernel.language import fields, places
from tuoban.kernel.language.constructs.kind import DURING, Kind
from tuoban.kernel.language.declared import Block
from tuoban.kernel.language.fitting import fits
from tuoban.kernel.language.limits import KEYS as LIMITS
from tuoban.kernel.language.limits import late_pairs, moves_on
from tuoban.kernel.language.names import RESERVED, SLUG, read_name, unknown
from tuoban.kernel.language.offering import with_lists
from tuoban.kernel.language.reading import as_boolean, as_mapping, as_text
from tuoban.kernel.language.scope import Scope, field_shape, field_shapes, value_shape
from tuoban.kernel.language.tree import Mapping, Node, Scalar
from tuoban.kernel.language.types import TYPES
from tuoban.kernel.language.workspace import Workspace
from tuoban.kernel.limits import TIMEOUT

WORD, REQUEST, WITH, RETURNS, WITHOUT_WAITING = (
    "call", "request", "with", "returns", "without-waiting",
)  # fmt: skip
OFFERED = ("outcome", "at", "count", "all", "history")
"""What a call's name gives to read; nothing that comes back may be called so."""
_MANY = ("list", "context")
"""Kinds of what is no single value."""
_RETURNED = ("type", "zh", "en", "long", "unit", "options", "kind")
"""What may be said of a value that comes back."""
_SINGLE = {word: each for word, each in TYPES.items() if each != "list"}


def is_of_a_pack(mapping: Mapping, ws: Workspace) -> bool:
    """Whether a `call` means another pack, and no process of this one."""
    pair = mapping.pair(WORD)
    if pair is None or not isinstance(pair.value, Scalar):
        return False
    name = pair.value.text
    if name in ws.processes or not SLUG.fullmatch(name):
        return False
    # No process may be called by a name with a dash.
    return ws.packs is None or name in ws.packs or "-" in name


def _called(block: Block, ws: Workspace) -> Definition | None:
    """What is known of the pack that is called."""
    name = block.value
    if ws.packs is None or not isinstance(name, Scalar):
        return None
    return ws.packs.get(name.text)


def _start(block: Block, ws: Workspace) -> Start | None:
    """The request of the other pack by which the case begins, if that can be told."""
    called = _called(block, ws)
    if called is None:
        return None
    requests = {key: each for key, each in called.starts.items() if each.recurrence is None}
    written = block.properties.get(REQUEST)
    if isinstance(written, Scalar):
        return requests.get(written.text)
    return next(iter(requests.values())) if len(requests) == 1 else None


def waits(written: Node | None) -> bool:
    """Whether a call is waited for, given what it says of that."""
    return not (isinstance(written, Scalar) and written.text == "true")


def _waits(block: Block) -> bool:
    return waits(block.properties.get(WITHOUT_WAITING))


def _declare(block: Block, ws: Workspace) -> None:
    node = block.properties.get(RETURNS)
    mapping = as_mapping(node, ws.findings) if node is not None else None
    for pair in mapping.pairs if mapping else ():
        if read_name(pair.key, ws.findings, (*RESERVED, *OFFERED)):
            declared = fields.declare(pair.key, pair.value, ws, _RETURNED, _SINGLE)
            if declared is not None:
                block.returned[pair.key.text] = declared


def _offers(block: Block, ws: Workspace) -> Shape:
    if not _waits(block):
        return with_lists({"at": DATETIME})
    called = _called(block, ws)
    ends = tuple(called.outcomes) if called is not None else ()
    late = (TIMEOUT,) if any(moves_on(each.value) for each in late_pairs(block.properties)) else ()
    outcome = choice_of(*ends, CANCELLED, *late) if called is not None else TEXT
    return with_lists({**field_shapes(block.returned), "outcome": outcome, "at": DATETIME})


def _read(block: Block, ws: Workspace) -> Link | None:
    properties, findings = block.properties, ws.findings
    waits = not as_boolean(properties.get(WITHOUT_WAITING), findings)
    if not waits:
        for key in (RETURNS, *LIMITS, DURING):
            properties.forbid(key, beside=WITHOUT_WAITING)
    request = as_text(properties.get(REQUEST), findings)
    given, handed = _handed_in(block, ws)
    if not isinstance(block.value, Scalar):
        return None
    name = request.text if request is not None else ""
    return Link(block.value.text, name, given, handed, waits)


def _handed_in(
    block: Block, ws: Workspace
) -> tuple[tuple[tuple[str, Expression], ...], tuple[tuple[str, str], ...]]:
    """What is handed in: values by what they are read from, personal ones by the field that has
    them, since they go from case to case without standing in the clear."""
    node = block.properties.get(WITH)
    mapping = as_mapping(node, ws.findings) if node is not None else None
    scope = places.scope_in(block.body, ws).before(block).in_clear("personal-handed")
    given: list[tuple[str, Expression]] = []
    handed: list[tuple[str, str]] = []
    for pair in mapping.pairs if mapping else ():
        written = as_text(pair.value, ws.findings)
        if written is None:
            continue
        field = ws.fields.get(written.text)
        if field is not None and field.is_personal and not _is_hidden(written.text, block):
            handed.append((pair.key.text, written.text))
            continue
        expression = _plain(written, scope, ws)
        if expression is not None:
            given.append((pair.key.text, expression))
    return tuple(given), tuple(handed)


def _is_hidden(name: str, block: Block) -> bool:
    """Whether a name means something nearer than the case's field."""
    return places.home_of(block, name) is not None


def _plain(written: Scalar, scope: Scope, ws: Workspace) -> Expression | None:
    expression = scope.expression(written, ws.findings)
    if expression is not None and _is_many(expression.shape):
        ws.findings.add(written.at(0), "list-handed", text=written.text)
        return None
    return expression


# -- against what is called -----------------------------------------------------------------------


def _check(block: Block, ws: Workspace) -> None:
    """Report what the pack that is called does not ask for, asks for in vain, or does not have; or
    that there is none."""
    called = _called(block, ws)
    if called is None:
        _check_known(block, ws)
        return
    _check_returns(block, called, ws)
    start = _start(block, ws)
    if start is None:
        _report_request(block, called, ws)
        return
    asked = {
        entry.field: entry
        for section in start.form
        for entry in section.entries
        if not entry.read_only and called.fields[entry.field].computed is None
    }
    node = block.properties.get(WITH)
    pairs = node.pairs if isinstance(node, Mapping) else ()
    for pair in pairs:
        if pair.key.text in asked:
            _check_fits(pair.value, called.fields[pair.key.text], block, ws)
        else:
            unknown(pair.key, ws.findings, "not-asked-for", pair.key.text, asked)
    given = {pair.key.text for pair in pairs}
    for name, entry in asked.items():
        if name not in given and _is_needed(entry, called.fields[name]):
            label = called.fields[name].label.read(called.language)
            ws.findings.add(block.place, "not-handed-in", name=name, label=label)


def _check_known(block: Block, ws: Workspace) -> None:
    if ws.packs is not None and isinstance(block.value, Scalar):
        name = block.value.text
        unknown(block.value, ws.findings, "unknown-process", name, (*ws.processes, *ws.packs))


def _report_request(block: Block, called: Definition, ws: Workspace) -> None:
    requests = [key for key, each in called.starts.items() if each.recurrence is None]
    written = block.properties.get(REQUEST)
    if isinstance(written, Scalar):
        unknown(written, ws.findings, "unknown-called-request", written.text, requests)
    else:
        known = ", ".join(requests)
        ws.findings.add(block.place, "request-needed", name=called.slug, known=known)


def _is_needed(entry: FormEntry, field: Field) -> bool:
    return (entry.required or field.required) and field.default is None and field.show_when is None


def _check_fits(value: object, field: Field, block: Block, ws: Workspace) -> None:
    if not isinstance(value, Scalar):
        return
    own = ws.fields.get(value.text)
    if own is not None and own.is_personal and not _is_hidden(value.text, block):
        if not field.personal:
            ws.findings.add(value, "personal-handed", name=value.text)
            return
        found = field_shape(own)
    else:
        expression = places.scope_in(block.body, ws).before(block).attempt(value.text)
        found = expression.shape if expression is not None else ANY
    if _is_many(found):
        return  # it was reported
    if field.type == "list" or not fits(found, _shape_of(field)):
        ws.findings.add(value, "handed-unfit", name=field.name, type=field.type)


def _is_many(shape: Shape) -> bool:
    """Whether it is no single value."""
    return shape.kind in _MANY and not shape.about


def _shape_of(field: Field) -> Shape:
    return facts_of(field.kind, {}) if field.kind else value_shape(field.type)


def _check_returns(block: Block, called: Definition, ws: Workspace) -> None:
    for name, declared in block.returned.items():
        theirs = called.fields.get(name)
        if theirs is None:
            unknown(declared.name, ws.findings, "not-returned", name, called.fields)
        elif theirs.personal:
            ws.findings.add(declared.name, "personal-returned", name=name)
        elif declared.type is not None and (theirs.type, theirs.kind) != (
            declared.type,
            declared.kind,
        ):
            facts = {"name": name, "type": theirs.type}
            ws.findings.add(declared.name, "returned-unfit", **facts)


KIND = Kind(
    word=WORD,
    label=Text("关联工单", "Linked case"),
    keys=("as", REQUEST, WITH, RETURNS, WITHOUT_WAITING),
    naming="named beside",
    named_by="as",
    declare=_declare,
    offers=_offers,
    read=_read,
    check=_check,
    runs_as="link",
    hosts=True,
    gated=True,
    timed=True,
    stops=lambda block, bodies: _waits(block),
    instant=lambda block: not _waits(block),
)
