"""How blocks stand to one another: before, after, in another branch, one inside the other."""

from __future__ import annotations

from typing import Literal

from tuoban.kernel.language.declared import Block, Body
from tuoban.kernel.language.limits import late_pairs, moves_on
from tuoban.kernel.language.tree import Scalar

Relation = Literal["itself", "before", "after", "around", "inside", "together", "exclusive"]


def relation(one: Block, other: Block) -> Relation:
    """How `one` stands to `other`: `before` it, `around` it, `together` with it in other branches
    of a parallel, `exclusive` to it in other branches of a choice..."""
    for left, right in zip(_path(one), _path(other), strict=False):
        if left is right:
            continue
        if left.host is not None or right.host is not None or not left.body.is_ordered:
            return "together"
        if left.body is right.body:
            return "before" if left.index < right.index else "after"
        apart = left.body.owner is not None and left.body.owner.kind.ways == "exclusive"
        return "exclusive" if apart else "together"
    if one is other:
        return "itself"
    return "around" if len(_path(one)) < len(_path(other)) else "inside"


def in_one_plan(one: Block, other: Block) -> bool:
    """Whether two blocks stand in different entries of a plan, so that only needs order them."""
    for left, right in zip(_path(one), _path(other), strict=False):
        if left is not right:
            is_entry = left.host is None and right.host is None
            return is_entry and left.body is right.body and not left.body.is_ordered
    return False


def entry_of(block: Block, plan: Body) -> Block | None:
    """The entry of a plan that is the block, or holds it."""
    return next((each for each in (block, *block.around()) if each.body is plan), None)


def may_precede(one: Block, other: Block) -> bool:
    """Whether `one` may be done before `other` is, be it in an earlier round of a loop."""
    if relation(one, other) in ("before", "together", "inside"):
        return True
    around = tuple(other.around())
    return any(block.kind.loops and block in around for block in one.around())


def may_be_left(block: Block) -> bool:
    """Whether the case may leave a block while something in it is not done, which is then
    withdrawn: enough was done, the block was late, or a reaction interrupted it."""
    return (
        block.kind.leaves_undone(block)
        or any(moves_on(pair.value) for pair in late_pairs(block.properties))
        or any(is_interrupting(each) for each in block.reactions)
    )


def is_interrupting(reaction: Block) -> bool:
    written = reaction.properties.get("interrupting")
    return isinstance(written, Scalar) and written.text == "true"


def may_be_undone(one: Block, other: Block) -> bool:
    """Whether the turn of `other` may come without `one` having been done: it need not come before,
    or it may be passed over or withdrawn, alone or with what it stands in."""
    around = tuple(other.around())
    return relation(one, other) != "before" or any(
        block.kind.ways == "exclusive"
        or block.kind.per_element
        or may_be_left(block)
        or "when" in block.properties
        for block in (one, *one.around())
        if block not in around
    )


def _path(block: Block) -> tuple[Block, ...]:
    return (*reversed(tuple(block.around())), block)
