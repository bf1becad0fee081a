"""What open work asks of whoever does or signs it, for those who play cases without pages."""

from __future__ import annotations

from tuoban.kernel.definition import Definition
from tuoban.kernel.names import Names
from tuoban.kernel.sight import vantage_of
from tuoban.kernel.state import Item, State
from tuoban.runtime.cases import definitions, states
from tuoban.runtime.cases.models import WorkItem


def lines_of(item_id: int) -> list[str]:
    """The keys of all lines of the checklist, those of rows for each row that there is now."""
    definition, _, item, names = _read(item_id)
    found = []
    for line in definition.nodes[item.node].step.checklist:
        rows = () if line.per is None else names[line.per] or ()
        found += [line.key] if line.per is None else [f"{line.key}.{row.key}" for row in rows]
    return found


def shown_to_signers(item_id: int) -> str:
    """The digest of what was completed and is to be signed. Raises `LookupError` if nothing is."""
    _, state, item, _ = _read(item_id)
    whole = state.items[item.part.of] if item.part is not None else item
    if whole.signing is None:
        raise LookupError(item_id)
    return whole.signing.shown


def _read(item_id: int) -> tuple[Definition, State, Item, Names]:
    row = WorkItem.objects.select_related("case__definition", "case__unit").get(pk=item_id)
    definition = definitions.compiled(row.case.definition)
    state = states.read(row.case, definition)
    item = state.items[row.number]
    zone = row.case.unit.zone
    names = Names(definition, state, {}, zone, None, vantage_of(state, item.activation))
    return definition, state, item, names
