"""`covers` and `valid-until`: when something that was done stops counting."""

from __future__ import annotations

from collections.abc import Iterator

from tuoban.kernel.definition import Construct, Moment, Step
from tuoban.kernel.language import places, ways
from tuoban.kernel.language.declared import Block
from tuoban.kernel.language.moments import read_moment
from tuoban.kernel.language.names import unknown
from tuoban.kernel.language.reading import as_one_or_more, as_text
from tuoban.kernel.language.workspace import Workspace


def read_covers(block: Block, ws: Workspace) -> Iterator[str]:
    """The fields whose values a construct stands for: of the case, or of the blocks around."""
    node = block.properties.get("covers") if block.kind.covers else None
    known = places.known_fields(block, ws)
    for item in as_one_or_more(node, ws.findings) if node is not None else ():
        name = as_text(item, ws.findings)
        if name is None:
            continue
        if name.text in known:
            yield name.text
        else:
            unknown(name, ws.findings, "unknown-field", name.text, known)


def shown_to_signers(block: Block, construct: Construct | None, ws: Workspace) -> Iterator[str]:
    """What the signers of a step were shown, which it covers: the fields on its form that are not
    its own."""
    if not isinstance(construct, Step) or not construct.signers:
        return
    for section in construct.form:
        for entry in section.entries:
            if entry.field not in block.own:
                yield entry.field


def read_valid_until(block: Block, ws: Workspace) -> Moment | None:
    """The moment until which a step that was done counts."""
    scope = places.scope_in(block.body, ws).inside(block.own).in_clear("personal-limit")
    return read_moment(block.properties.get("valid-until"), scope, ws.findings)


def check(ws: Workspace) -> None:
    """Report what may lapse and could not be done again for a gate, since the case may have left
    the block it stands in."""
    for gate in ws.gates:
        lapses = any(key in gate.needed.properties for key in ("covers", "valid-until"))
        around = (gate.block.body, *(each.body for each in gate.block.around()))
        if lapses and gate.needed.body not in around:
            facts = {"name": gate.needed.known_as, "path": ways.to(gate.block)}
            ws.findings.add(gate.place, "lapses-out-of-reach", **facts)
