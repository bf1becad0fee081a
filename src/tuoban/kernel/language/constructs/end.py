"""`end`: the end of the case, with its name. Several ends may bear the same name."""

from __future__ import annotations

from tuoban.kernel.definition import End, Text
from tuoban.kernel.language.constructs.kind import Kind, always
from tuoban.kernel.language.declared import Block, EndName
from tuoban.kernel.language.exits import Exit
from tuoban.kernel.language.names import read_name
from tuoban.kernel.language.reading import as_boolean, as_text
from tuoban.kernel.language.tree import Scalar
from tuoban.kernel.language.workspace import Workspace


def _ends(block: Block, ws: Workspace) -> dict[str, EndName]:
    """The ends of the process it stands in: of a called one, or of the case."""
    return block.call.ends if block.call is not None else ws.ends


def _declare(block: Block, ws: Workspace) -> None:
    """Take up the name of the end, with the first label that is given for it."""
    name = as_text(block.value, ws.findings)
    if name is None or not read_name(name, ws.findings, ()):
        return
    ends = _ends(block, ws)
    known = ends.get(name.text)
    if known is None or known.label is None:
        ends[name.text] = EndName(known.place if known else name.place, block.label)
    elif block.label not in (None, known.label):
        ws.findings.add(name, "end-labelled-twice", name=name.text)


def _read(block: Block, ws: Workspace) -> End | None:
    end = _ends(block, ws).get(block.value.text) if isinstance(block.value, Scalar) else None
    if end is None or not isinstance(block.value, Scalar):
        return None
    name = block.value.text
    if end.label is None and end.place == block.value.place:
        ws.findings.warn(block.place, "label-missing", name=name)
    block.label = end.label or Text(name, name)
    return End(name, as_boolean(block.properties.get("undo"), ws.findings))


def _ends_the_process(block: Block, bodies: list[Exit]) -> Exit:
    return Exit.END


KIND = Kind(
    word="end",
    label=Text("结束", "End"),
    keys=("undo",),
    naming="unnamed",
    declare=_declare,
    read=_read,
    exits=_ends_the_process,
    stops=always,
)
