"""The section `tables`: names, hit policies and outputs, before any cell is read."""

from __future__ import annotations

from collections.abc import Collection

from tuoban.kernel.decisions import POLICIES, Letter
from tuoban.kernel.language import fields
from tuoban.kernel.language.declared import Declaration
from tuoban.kernel.language.names import RESERVED, read_name, unknown
from tuoban.kernel.language.offering import OFFERED_BY_DECISIONS
from tuoban.kernel.language.reading import Properties, as_mapping, as_word
from tuoban.kernel.language.tables.draft import Draft
from tuoban.kernel.language.tables.grid import Grid, read_grid
from tuoban.kernel.language.tree import Node, Pair
from tuoban.kernel.language.workspace import Workspace

KEYS = ("zh", "en", "hit", "outputs", "rules")
OUTPUT_KEYS = ("type", "zh", "en", "options", "unit", "default")
NOT_OUTPUTS = ("person", "unit")
"""Who or what unit it is, no table can say: packs know no people and no units."""
HITS: dict[str, Letter] = {
    **{policy.word: policy.letter for policy in POLICIES.values()},
    **{letter: letter for letter in POLICIES},
}
"""The words and the standard's letters."""


def read_tables(node: Node | None, ws: Workspace) -> None:
    """Fill `ws.tables`."""
    mapping = as_mapping(node, ws.findings) if node is not None else None
    for pair in mapping.pairs if mapping else ():
        if read_name(pair.key, ws.findings, RESERVED):
            draft = _draft(pair, ws)
            if draft is not None:
                ws.tables[pair.key.text] = draft


def _draft(pair: Pair, ws: Workspace) -> Draft | None:
    mapping = as_mapping(pair.value, ws.findings)
    if mapping is None:
        return None
    before = ws.findings.count
    properties = Properties(mapping, ws.findings, KEYS)
    label = ws.labels.of_name(properties, pair.key.text, pair.key)
    word = as_word(properties.get("hit"), ws.findings, HITS)
    grid = read_grid(properties.need("rules"), ws.findings)
    declared = _outputs(properties.get("outputs"), grid, ws)
    if grid is not None:
        _check_head(grid, declared, ws)
    place = (properties.get("hit") or pair.key).place
    is_whole = ws.findings.count == before
    return Draft(pair.key, label, HITS[word] if word else "U", place, grid, declared, is_whole)


def _outputs(node: Node | None, grid: Grid | None, ws: Workspace) -> dict[str, Declaration]:
    mapping = as_mapping(node, ws.findings) if node is not None else None
    # Where the head has no output at all, that alone is told.
    decided = [name.text for name in grid.outputs] if grid is not None else None
    declared = {}
    for pair in mapping.pairs if mapping else ():
        declaration = fields.declare(pair.key, pair.value, ws, OUTPUT_KEYS)
        if decided and pair.key.text not in decided:
            unknown(pair.key, ws.findings, "output-not-decided", pair.key.text, decided)
        elif declaration is not None and declaration.type in NOT_OUTPUTS:
            at = declaration.properties.key("type")
            ws.findings.add(at, "type-not-here", type=str(declaration.type))
        elif declaration is not None:
            declared[pair.key.text] = declaration
    return declared


def _check_head(grid: Grid, declared: Collection[str], ws: Workspace) -> None:
    if not grid.outputs:
        meant = next((cell for cell in grid.inputs if cell.text in declared), grid.inputs[-1])
        ws.findings.add(meant, "table-without-outputs", name=meant.text)
    if not grid.lines:
        ws.findings.add(grid.place, "table-without-rules")
    for cells in (grid.inputs, grid.outputs):
        seen: set[str] = set()
        for cell in cells:
            if cell.text in seen:
                ws.findings.add(cell, "listed-twice", name=cell.text)
            seen.add(cell.text)
    for name in grid.outputs:
        read_name(name, ws.findings, (*RESERVED, *OFFERED_BY_DECISIONS))
