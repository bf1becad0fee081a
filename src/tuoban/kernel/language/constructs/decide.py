"""`decide`: a decision table is applied to the case, and its results are read by its name."""

from __future__ import annotations

from tuoban.kernel.definition import Decide, Text
from tuoban.kernel.expressions import CONTEXT, Shape
from tuoban.kernel.language.constructs.kind import Kind, in_no_time
from tuoban.kernel.language.declared import Block
from tuoban.kernel.language.names import unknown
from tuoban.kernel.language.reading import as_text
from tuoban.kernel.language.tables.draft import Draft
from tuoban.kernel.language.tree import Scalar
from tuoban.kernel.language.workspace import Workspace


def _draft(block: Block, ws: Workspace) -> Draft | None:
    return ws.tables.get(block.value.text) if isinstance(block.value, Scalar) else None


def _meant(name: Scalar, ws: Workspace) -> str:
    return ws.findings.nearest(name.text, ws.tables)


def _declare(block: Block, ws: Workspace) -> None:
    """Tell the table by which name its results are read.

    Of a misspelt table the name that was meant is known too: it is told once, and not again
    wherever its results are read.
    """
    draft = _draft(block, ws)
    if draft is not None:
        draft.decided_as.append(block.known_as)
    elif isinstance(block.value, Scalar) and (meant := _meant(block.value, ws)):
        ws.blocks.setdefault(meant, block)


def _offers(block: Block, ws: Workspace) -> Shape:
    draft = _draft(block, ws)
    return CONTEXT if draft is None else draft.offers()


def _read(block: Block, ws: Workspace) -> Decide | None:
    name = as_text(block.value, ws.findings)
    if name is None:
        return None
    draft = _draft(block, ws)
    if draft is None:
        unknown(name, ws.findings, "unknown-table", name.text, ws.tables)
        return None
    block.label = block.label or draft.label
    return Decide(name.text)


KIND = Kind(
    word="decide",
    label=Text("判定", "Decision"),
    keys=("as",),
    naming="named",
    named_by="as",
    declare=_declare,
    offers=_offers,
    read=_read,
    instant=in_no_time,
)
