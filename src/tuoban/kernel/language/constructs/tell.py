"""`tell`: people are given a notice (`text`) in their inbox."""

from __future__ import annotations

from tuoban.kernel.definition import Tell, Text
from tuoban.kernel.language.constructs.kind import Kind, in_no_time
from tuoban.kernel.language.declared import Block
from tuoban.kernel.language.messages import TELL, TEXT, read_tell
from tuoban.kernel.language.workspace import Workspace


def _read(block: Block, ws: Workspace) -> Tell | None:
    return read_tell(block.value, block.properties.need(TEXT), ws, is_step=False)


KIND = Kind(
    word=TELL,
    label=Text("通知", "Tell"),
    keys=(TEXT,),
    naming="unnamed",
    read=_read,
    instant=in_no_time,
)
