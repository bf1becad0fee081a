"""`starts`: how a case of the pack begins."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from tuoban.kernel.definition import Arrival, FormEntry, FormSection, Recurrence, Start
from tuoban.kernel.expressions import ANY, Shape, context_of
from tuoban.kernel.language.correspondence import (
    MATCHING,
    MESSAGE,
    TAKE,
    find_message,
    form_of,
    knowing,
    read_awaited,
    read_take,
)
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

KEYS = ("request", "zh", "en", "by", "for", "when", "form")
EVERY_KEYS = ("every", "as", "zh", "en", "each", "in", "unit")
MESSAGE_KEYS = (MESSAGE, "as", "zh", "en", MATCHING, TAKE, "unit")


def request_names(node: Node | None) -> tuple[str, ...]:
    """The names of the starts, for expressions that name `start.request`."""
    items = node.items if isinstance(node, Sequence) else ()
    names = (_name(item) for item in items if isinstance(item, Mapping))
    return tuple(name.text for name in names if name is not None)


def _name(start: Mapping) -> Scalar | None:
    """What a start is called: by a message, like that, unless it says otherwise."""
    pairs = (start.pair(key) for key in ("request", "as", MESSAGE))
    scalars = (pair.value for pair in pairs if pair is not None and isinstance(pair.value, Scalar))
    return next(scalars, None)


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
    if mapping.pair(MESSAGE) is not None:
        return _name(mapping), _by_message(mapping, ws)
    properties = Properties(mapping, ws.findings, KEYS)
    name = as_text(properties.need("request"), ws.findings)
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


def _by_message(mapping: Mapping, ws: Workspace) -> Start | None:
    """Cases that begin by a message, which joins one that is there already and matches."""
    properties = Properties(mapping, ws.findings, MESSAGE_KEYS)
    name = _name(mapping)
    awaited = read_awaited(properties, ws.scope, ws)
    draft = find_message(properties.get(MESSAGE), ws) if awaited is not None else None
    label = ws.labels.of(properties)
    if awaited is None or draft is None or name is None or not read_name(name, ws.findings):
        return None
    take = read_take(properties.get(TAKE), draft, ws.fields, ws)
    unit = None
    if "unit" in properties:
        where = as_text(properties.get("unit"), ws.findings)
        settings = {each: setting_shape(ws.settings[each]) for each in ws.settings}
        scope = knowing(Scope({"settings": context_of(settings), **SHAPES}), draft)
        unit = scope.read(where, ws.findings, "unit") if where is not None else None
        if unit is None:
            return None
    ws.fill(take, None)
    return Start(
        name.text,
        label or ws.labels.of_name(draft.properties, draft.name.text, draft.name),
        form=form_of(take),
        arrival=Arrival(awaited, take, unit),
    )


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
    served = _served(as_text(properties.get("for"), ws.findings), form, ws)
    if served is not None:
        form = (FormSection(None, (FormEntry(served, required=True),)), *form)
    asked = [entry.field for section in form for entry in section.entries]
    ws.fill({*reader.fills, *([served] if served is not None else ())}, None)
    when = _start_scope(asked, ws).condition(properties.get("when"), ws.findings)
    return Start(name.text, label, by, form, when=when) if fit else None


def _served(name: Scalar | None, form: tuple[FormSection, ...], ws: Workspace) -> str | None:
    """`for`: the field that says which customer it is for, which the form asks first; or an outside
    party, which is the customer of the only such field."""
    if name is None:
        return None
    customers = [each for each, said in ws.fields.items() if said.type in ("customer", None)]
    if name.text not in ws.fields and _is_outside(name.text, ws) and len(customers) == 1:
        return _served(replace(name, text=customers[0]), form, ws)
    if name.text not in ws.fields:
        unknown(name, ws.findings, "unknown-field", name.text, customers or ws.fields)
    elif name.text not in customers:
        ws.findings.add(name, "not-a-customer", name=name.text)
    elif any(entry.field == name.text for section in form for entry in section.entries):
        ws.findings.add(name, "listed-twice", name=name.text)
    else:
        return name.text
    return None


def _is_outside(role: str, ws: Workspace) -> bool:
    known = ws.roles.get(role) or ws.implied.get(role)
    return known is not None and known.is_outside


def _start_scope(asked: Iterable[str], ws: Workspace) -> Scope:
    """What is known when a request is made: settings, `start`, and what its form asks."""
    names = {"settings", "start", *asked}
    known = {name: shape for name, shape in ws.scope.known.items() if name in names}
    return replace(ws.scope, known=known)
