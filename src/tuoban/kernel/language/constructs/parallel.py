"""`parallel`: branches at the same time; each entry of the list is one branch.

`join` says how many of them done are enough: `all`, `any`, or a number.
"""

from __future__ import annotations

import re

from tuoban.kernel.definition import Parallel, Text
from tuoban.kernel.language import ways
from tuoban.kernel.language.constants import constant
from tuoban.kernel.language.constructs.kind import Branch, Kind, through_its_body
from tuoban.kernel.language.constructs.place import may_be_a_place
from tuoban.kernel.language.declared import Block
from tuoban.kernel.language.exits import Exit, of_entered
from tuoban.kernel.language.reading import Properties, as_items, as_text
from tuoban.kernel.language.tree import Node, Scalar
from tuoban.kernel.language.workspace import Workspace

ALL, ANY = "all", "any"
_COUNT = re.compile(r"[1-9]\d{0,5}")


def _branches(value: Node, properties: Properties, ws: Workspace) -> list[Branch]:
    return [Branch(item.place, (item,)) for item in as_items(value, ws.findings)]


def _read(block: Block, ws: Workspace) -> Parallel:
    # A branch is guarded by the `when` of the construct in it: passed over, that construct counts
    # as done, which a branch that was never entered would not.
    _check_join(block, ws)
    enough = _enough(block)
    branches = len(block.bodies)
    return Parallel(tuple(None for _ in block.bodies), enough if enough < branches else None)


def _check_join(block: Block, ws: Workspace) -> None:
    join = as_text(block.properties.get("join"), ws.findings)
    if join is None or join.text in (ALL, ANY):
        return
    if not _COUNT.fullmatch(join.text):
        nearest = ws.findings.nearest(join.text, (ALL, ANY))
        ws.findings.add(join, "bad-join", text=join.text, nearest=nearest)
    elif int(join.text) > len(block.bodies) and not ws.has_gaps:
        facts = {"count": join.text, "branches": str(len(block.bodies)), "path": ways.to(block)}
        ws.findings.add(join, "join-above-branches", **facts)


def _enough(block: Block) -> int:
    """How many branches done are enough; all of them where nothing (sensible) is written."""
    join = block.properties.get("join")
    text = join.text if isinstance(join, Scalar) else ALL
    if text == ANY:
        return 1
    return int(text) if _COUNT.fullmatch(text) else len(block.bodies)


def _leaves_undone(block: Block) -> bool:
    return _enough(block) < len(block.bodies)


def _in_enough_bodies(block: Block, bodies: list[bool]) -> bool:
    """What surely happens in some branches happens where the others alone are not enough.

    A branch that is passed over lowers what is enough, but never to the others alone: a branch in
    which something surely happens is always entered.
    """
    return any(bodies) and bodies.count(False) < _enough(block)


def _exits(block: Block, bodies: list[Exit]) -> Exit:
    """It leads on where enough of the branches that are entered do, or none is.

    A branch that is passed over is not done, but there is one less to wait for.
    """
    branches = [body.blocks[0] for body in block.bodies if body.blocks]
    leading_on = sum(Exit.ON in of_entered(each) for each in branches)
    passed = [each for each in branches if Exit.ON not in of_entered(each) and _may_be_passed(each)]
    entered = len(bodies) - len(passed)
    found = through_its_body(block, bodies)
    if leading_on >= min(_enough(block), entered) or all(map(_may_be_passed, branches)):
        return found | Exit.ON
    return found & ~Exit.ON


def _may_be_passed(branch: Block) -> bool:
    return "when" in branch.properties and constant(branch.properties.get("when")) is not True


KIND = may_be_a_place(
    Kind(
        word="parallel",
        label=Text("同时进行", "In parallel"),
        keys=("join",),
        naming="unnamed",
        ways="together",
        branches=_branches,
        read=_read,
        timed=True,
        hosts=True,
        covers=True,
        gated=True,
        exits=_exits,
        stops=_in_enough_bodies,
        enough=_enough,
        leaves_undone=_leaves_undone,
    )
)
