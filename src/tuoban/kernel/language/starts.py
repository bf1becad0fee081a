"""`starts`: how a case of the pack begins."""

from __future__ import annotations

from tuoban.kernel.definition import Recurrence, Start
from tuoban.kernel.expressions import ANY, Shape, context_of
from tuoban.kernel.language.forms import FormReader
from tuoban.kernel.language.names import read_name, unknown
from tuoban.kernel.language.reading import (
    Properties,
    as_items,
    as_mapping,
    as_one_or_more,
    as_text,
)
from tuoban.kernel.language.schedules import read_schedule
from tuoban.kernel.language.scope import Scope, field_shape, setting_shape
from tuoban.kernel.language.tree import Mapping, Node, Scalar, Sequence
from tuoban.kernel.language.workspace import Workspace
from tuoban.kernel.schedules import Schedule
from tuoban.kernel.units import LISTING, SHAPES

KEYS = ("request", "zh", "en", "by", "form")
EVERY_KEYS = ("every", "as", "zh", "en", "each", "in", "unit")
LATER_KEYS = ("message", "matching", "take", "for", "when", "fields")

_NAMES = ("request", "as")


def request_names(node: Node | None) -> tuple[str, ...]:
    """The names of the starts, for expressions that name `start.request`."""
    items = node.items if isinstance(node, Sequence) else ()
    pairs = (item.pair(key) for item in items if isinstance(item, Mapping) for key in _NAMES)
    return tuple(
        pair.value.text for pair in pairs if pair is not None and isinstance(pair.value, Scalar)
    )


def read_starts(node: Node | None, ws: Workspace) -> dict[str, Start]:
    """Every way to begin a case, by its name."""
    starts: dict[str, Start] = {}
    first: dict[str, Scalar] = {}
    for number, item in enumerate(as_items(node, ws.findings), start=1):
        mapping = as_mapping(item, ws.findings)
        if mapping is None:
            continue
        name, start = _read(mapping, number, ws)
        if start is None:
            continue
        if name is not None and name.text in first:
            line = first[name.text].place.said
            ws.findings.add(name, "name-taken", name=name.text, line=line)
        if name is not None:
            first.setdefault(name.text, name)
        starts.setdefault(start.request, start)
    return starts


def _read(mapping: Mapping, number: int, ws: Workspace) -> tuple[Scalar | None, Start | None]:
    """A start, with its name where one is written."""
    if mapping.pair("every") is not None:
        properties = Properties(mapping, ws.findings, EVERY_KEYS)
        named = as_text(properties.get("as"), ws.findings)
        return named, _recurring(properties, named, number, ws)
    properties = Properties(mapping, ws.findings, KEYS, LATER_KEYS)
    later = mapping.pair("message") is not None
    request = properties.get("request") if later else properties.need("request")
    name = as_text(request, ws.findings)
    return name, _start(properties, name, ws) if name else None


def _recurring(
    properties: Properties, name: Scalar | None, number: int, ws: Workspace
) -> Start | None:
    """Cases that begin by a schedule. Without a name they are called by their place on the page,
    without a label by their schedule."""
    schedule = read_schedule(properties.get("every"), ws.findings)
    fit = name is None or read_name(name, ws.findings)
    label = ws.labels.of(properties)
    recurrence = _recurrence(properties, schedule, ws) if schedule is not None else None
    if schedule is None or recurrence is None or not fit:
        return None
    key = name.text if name is not None else f"every.{number}"
    return Start(key, label or schedule.text, recurrence=recurrence)


def _recurrence(properties: Properties, schedule: Schedule, ws: Workspace) -> Recurrence | None:
    """For what cases begin, and in which unit. Before there is a case, settings and units can be
    read, and nothing else."""
    settings = {name: setting_shape(each) for name, each in ws.settings.items()}
    scope = Scope({"settings": context_of(settings), **SHAPES})
    field, elements = "", None
    if "each" in properties or "in" in properties:
        field_name = as_text(properties.need("each"), ws.findings)
        written = as_text(properties.need("in"), ws.findings)
        listed = scope.knowing(LISTING)
        elements = listed.read(written, ws.findings, "list") if written is not None else None
        if field_name is None or elements is None:
            return None
        if not _can_hold(field_name, elements.shape, ws):
            return None
        field = field_name.text
        ws.fill([field], None)
        scope = scope.knowing({field: elements.shape.of or ANY})
    unit = None
    if "unit" in properties:
        where = as_text(properties.get("unit"), ws.findings)
        unit = scope.read(where, ws.findings, "unit") if where is not None else None
        if unit is None:
            return None
    return Recurrence(schedule, field, elements, unit)


def _can_hold(name: Scalar, elements: Shape, ws: Workspace) -> bool:
    """Whether a field of the case can hold the elements of a list; reported if it cannot."""
    if name.text not in ws.fields:
        unknown(name, ws.findings, "unknown-field", name.text, ws.fields)
        return False
    declaration = ws.fields[name.text]
    of = (elements.of or ANY).kind
    fits = (
        declaration.type != "list"
        and not declaration.is_computed
        and not declaration.is_personal
        and (of in ("any", "null") or field_shape(declaration).kind in ("any", of))
    )
    if not fits:
        ws.findings.add(name, "element-unfit", name=name.text)
    return fits


def _start(properties: Properties, name: Scalar, ws: Workspace) -> Start | None:
    fit = read_name(name, ws.findings)
    label = ws.labels.of_name(properties, name.text, name)
    by = tuple(
        role
        for each in as_one_or_more(properties.need("by"), ws.findings)
        if (role := ws.held_role(as_text(each, ws.findings))) is not None
    )
    reader = FormReader(ws.fields, ws)
    form = reader.read(properties.get("form"))
    ws.fill(reader.fills, None)
    return Start(name.text, label, by, form) if fit else None
