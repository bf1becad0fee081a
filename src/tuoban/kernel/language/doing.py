"""`do`: the activity that a step has a service do, with the keys that it takes beside `do`."""

from __future__ import annotations

from collections.abc import Iterator
from collections.abc import Mapping as Lookup
from dataclasses import replace

from tuoban.kernel.activities import Activity, Do, Key
from tuoban.kernel.definition import Field, FormEntry, FormSection, Outcome, Performer
from tuoban.kernel.expressions import Expression, Shape, context_of, list_of
from tuoban.kernel.language.declared import Block
from tuoban.kernel.language.names import read_name, unknown
from tuoban.kernel.language.reading import as_text
from tuoban.kernel.language.scope import Scope, value_shape
from tuoban.kernel.language.tree import Mapping, Pair, Scalar
from tuoban.kernel.language.workspace import Workspace

WORD = "do"
NOT_BY_SYSTEM = (
    "form", "checklist", "outcomes", "signed-by", "returns-to", "transfer-to", "tell",
)  # fmt: skip
"""What a step cannot have that is nobody's work."""


def keys_beside(step: Mapping, ws: Workspace) -> tuple[str, ...]:
    """The keys that may stand on a step beside `do`; those of any activity where there is no such
    activity, so that one mistake is told once."""
    pair = step.pair(WORD)
    if pair is None or not isinstance(pair.value, Scalar):
        return ()
    known = ws.catalogue.activities
    found = known.get(pair.value.text)
    meant = (found,) if found is not None else known.values()
    return tuple(dict.fromkeys(key.name for each in meant for key in each.takes))


def brings_outcomes(do: Pair | None, ws: Workspace) -> bool:
    """Whether the activity of a step has outcomes of its own."""
    known = _written(do, ws)
    return known is not None and bool(known.outcomes)


def may_be_unattended(do: Pair, ws: Workspace) -> bool:
    """Whether the system can do an activity by itself; one that there is not may well be such."""
    known = _written(do, ws)
    return known is None or known.unattended


def _written(do: Pair | None, ws: Workspace) -> Activity | None:
    name = do.value.text if do is not None and isinstance(do.value, Scalar) else ""
    return ws.catalogue.activities.get(name)


def activity_of(block: Block, ws: Workspace) -> Activity | None:
    """The activity of a step; of a misspelt name the one that was meant, so that what it offers is
    not told as unknown wherever it is read."""
    name = block.properties.get(WORD)
    if not isinstance(name, Scalar):
        return None
    known = ws.catalogue.activities
    return known.get(name.text) or known.get(ws.findings.nearest(name.text, known))


def is_unattended(block: Block, ws: Workspace) -> bool:
    """Whether the step is nobody's work: the system does it by itself."""
    if WORD not in block.properties or "by" in block.properties:
        return False
    activity = activity_of(block, ws)
    return activity is None or activity.unattended


def bring_fields(block: Block, ws: Workspace) -> None:
    """Take up what the activity of a step gives to read: `Block.brought`."""
    activity = activity_of(block, ws)
    for each in activity.fields if activity is not None else ():
        block.brought[each.name] = _in_currency(each, ws.decimals)


def _in_currency(field: Field, decimals: int) -> Field:
    columns = tuple(replace(each, decimals=decimals) for each in field.columns)
    return replace(field, decimals=decimals, columns=columns)


def shapes_of(fields: Lookup[str, Field]) -> dict[str, Shape]:
    """What is known of the values of fields that are not the author's."""
    return {name: shape_of(each) for name, each in fields.items()}


def shape_of(field: Field) -> Shape:
    """What is known of the value of one."""
    if field.type == "list":
        if field.is_plain:
            return list_of(shape_of(field.columns[0]))
        return list_of(context_of({each.name: shape_of(each) for each in field.columns}))
    return value_shape(field.type, tuple(key for key, _ in field.options))


def outcomes_brought(block: Block, ws: Workspace) -> tuple[Outcome, ...]:
    """The outcomes of the activity, where the step writes none of its own."""
    activity = activity_of(block, ws)
    return activity.outcomes if activity is not None and "outcomes" not in block.properties else ()


def asked(block: Block, ws: Workspace) -> tuple[str, ...]:
    """The entries that the activity of a step has on its form."""
    activity = activity_of(block, ws)
    return tuple(each.name for each in activity.asks) if activity is not None else ()


def form_brought(block: Block, ws: Workspace) -> tuple[FormSection, ...]:
    """The form that the activity has, before that of the step."""
    activity = activity_of(block, ws)
    if activity is None or not activity.asks:
        return ()
    return (FormSection(None, tuple(FormEntry(each.name) for each in activity.asks)),)


def read_do(block: Block, by: Performer, scope: Scope, ws: Workspace) -> Do | None:
    """The activity with what the step gives it.

    Args:
        scope: what is known when the step is completed.
    """
    properties, findings = block.properties, ws.findings
    name = as_text(properties.get(WORD), findings)
    if name is None:
        return None
    activity = ws.catalogue.activities.get(name.text)
    if activity is None:
        unknown(name, findings, "unknown-activity", name.text, ws.catalogue.activities)
        return None
    _check_fits(block, name, by, ws)
    _check_names(block, name, ws)
    money = tuple(_in_currency(each, ws.decimals) for each in activity.asks)
    offers = tuple(_in_currency(each, ws.decimals) for each in activity.offers)
    given = tuple(_given(block, activity, scope.in_clear("personal-activity"), ws))
    return Do(replace(activity, asks=money, offers=offers), given)


def _check_fits(block: Block, name: Scalar, by: Performer, ws: Workspace) -> None:
    """An activity is done once, by whoever completes the step, at that moment."""
    if by.agree is not None:
        ws.findings.add(name, "not-together", key=WORD, other="agree")
    if is_unattended(block, ws):
        for key in NOT_BY_SYSTEM:
            if key in block.properties:
                ws.findings.add(block.properties.key(key), "not-by-system", key=key)


def check_signers(block: Block, *, are_inside: bool, ws: Workspace) -> None:
    """Report signatures that are asked for later than the activity is done."""
    if are_inside and WORD in block.properties:
        ws.findings.add(block.properties.key(WORD), "not-together", key=WORD, other="signed-by")


def _check_names(block: Block, name: Scalar, ws: Workspace) -> None:
    """What an activity brings is called like nothing else that its step may see."""
    around = {one for each in block.around() for one in each.own}
    taken = {*ws.fields, *ws.blocks, *block.own, *around} & block.brought.keys()
    for each in sorted(taken):
        ws.findings.add(name, "activity-field-taken", name=each, activity=name.text)


def _given(
    block: Block, activity: Activity, scope: Scope, ws: Workspace
) -> Iterator[tuple[str, Expression | str]]:
    for key in activity.takes:
        node = block.properties.need(key.name) if key.required else block.properties.get(key.name)
        scalar = as_text(node, ws.findings)
        if scalar is None:
            continue
        if key.wanted == "name":
            if read_name(scalar, ws.findings):
                yield key.name, scalar.text
            continue
        found = _expression(scalar, key, scope, ws)
        if found is not None:
            yield key.name, found


def _expression(scalar: Scalar, key: Key, scope: Scope, ws: Workspace) -> Expression | None:
    wanted = "number" if key.wanted in ("money", "integer") else key.wanted
    found = scope.read(scalar, ws.findings, wanted)
    row = found.shape.of if found is not None else None
    columns = row.members if row is not None else None
    for column in key.columns if columns is not None else ():
        if columns is not None and column not in columns:
            facts = {"text": scalar.text, "column": column, "key": key.name}
            ws.findings.add(scalar.at(0), "rows-without", **facts)
            return None
    return found
