"""Soundness, proved on the blocks before a pack is taken, with the way shown where it fails.

The process is looked at as its blocks stand: who does something, and when, is left open; every
condition may come out either way, except one that reads nothing (`constants`) or reads what
cannot have a value yet (`waiting`); every reaction and every limit may come or not. Of every run
that this leaves it is proved that

- each construct is reached by some run, and each run that goes on comes to an end (`exits`);
- no loop goes round without stopping for somebody, for time or for a message (`spinning`);
- what is needed can be done, or is passed over, while something waits for it: it is not later,
  elsewhere or left to people (`needs`), it is not withdrawn before (`losing`), it does not end what
  waits for it (`overtaken`), and needs do not go in a circle (`circles`);
- conditions that are waited for can come true (`waiting`, and each kind for itself);
- conditions decide something: none is always or never true (`conditions`);
- of what may run at the same time no two write one field, unless needs order them (`writers`).

Returns, jumps, corrections and other versions only lead to places that these runs know. What the
engine itself keeps from failing is said in `docs/explanation/soundness.md`.
"""

from __future__ import annotations

from tuoban.kernel.language import (
    circles,
    conditions,
    exits,
    lapsing,
    losing,
    overtaken,
    plans,
    spinning,
    waiting,
    ways,
    writers,
)
from tuoban.kernel.language.declared import Body
from tuoban.kernel.language.exits import Exit
from tuoban.kernel.language.workspace import Workspace


def check(root: Body, ws: Workspace) -> None:
    """Report everything unsound about the process."""
    _check_ends(root, ws)
    circles.check(circles.waits_of(root, ws), ws)
    losing.check(root, ws)
    overtaken.check(root, ws)
    waiting.check(ws)
    conditions.check(root, ws)
    lapsing.check(ws)
    spinning.check(root, ws)
    writers.check(root, ws)
    for block in root.walk():
        block.kind.check(block, ws)
        if not block.kind.ordered:
            for body in block.bodies:
                plans.check(body, ws)


def _check_ends(root: Body, ws: Workspace) -> None:
    """Report what stands behind an end, needs what never comes to its own, and a process without
    one. Where a construct could not be read, that may well have been the end."""
    for body in exits.ordered_bodies(root):
        for block, following in zip(body.blocks, body.blocks[1:], strict=False):
            led_to = exits.of_block(block)
            if led_to is Exit.END:
                facts = {"line": block.place.said, "path": ways.to_end_in(block)}
                ws.findings.add(following.place, "dead-step", **facts)
            if Exit.ON not in led_to:
                break
    for gate in ws.gates:
        if exits.of_block(gate.needed) is Exit.END:
            facts = {"name": gate.needed.known_as, "path": ways.to_end_in(gate.needed)}
            ws.findings.add(gate.place, "needs-never-done", **facts)
    if root.blocks and not ws.has_gaps and Exit.ON in exits.of_body(root):
        ws.findings.add(root.blocks[-1].place, "no-end", path=ways.around(root))
