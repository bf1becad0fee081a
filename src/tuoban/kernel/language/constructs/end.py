"""`end`: the end of the case, with its name. Several ends may bear the same name."""

from __future__ import annotations

from tuoban.kernel.definition import End, Text
from tuoban.kernel.language.constructs.kind import Kind
from tuoban.kernel.language.declared import Block, EndName
from tuoban.kernel.language.names import read_name
from tuoban.kernel.language.reading import as_text
from tuoban.kernel.language.workspace import Workspace


def _read(block: Block, ws: Workspace) -> End | None:
    name = as_text(block.value, ws.findings)
    if name is None or not read_name(name, ws.findings, ()):
        return None
    known = ws.ends.get(name.text)
    if known is None or known.label is None:
        ws.ends[name.text] = EndName(known.place if known else name.place, block.label)
    elif block.label not in (None, known.label):
        ws.findings.add(name, "end-labelled-twice", name=name.text)
    return End(name.text)


def _ends(block: Block, bodies_end: list[bool]) -> bool:
    return True


KIND = Kind(
    word="end",
    label=Text("结束", "End"),
    keys=(),
    later=("undo",),
    naming="unnamed",
    read=_read,
    ends=_ends,
)
