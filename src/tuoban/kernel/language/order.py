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
    for one_side, other_side in zip(_path(one), _path(other), strict=False):
        if one_side is other_side:
            continue
        left, right = _stands_at(one_side), _stands_at(other_side)
        beside = left is right or left.is_beside or right.is_beside
        if beside or not left.body.is_ordered:
            return "together"
        if left.body is right.body:
            if _runs_on(left, one) or _runs_on(right, other):
                return "together"
            return "before" if left.index < right.index else "after"
        apart = left.body.owner is not None and left.body.owner.kind.ways == "exclusive"
        return "exclusive" if apart else "together"
    if one is other:
        return "itself"
    return "around" if len(_path(one)) < len(_path(other)) else "inside"


def _runs_on(side: Block, block: Block) -> bool:
    """Whether `side`, which is or holds the block, runs on while the case goes on behind it."""
    return side.kind.outlives and side is not block


def _stands_at(block: Block) -> Block:
    """Where it has its place among what follows one another: a reaction of a step beside it has
    that of the step, which is not left before it is over."""
    host = block.host
    if host is None or host.body is not block.body or block.kind.winds_up:
        return block
    return host


def in_one_plan(one: Block, other: Block) -> bool:
    """Whether two blocks stand in different entries of a plan, so that only needs order them."""
    for left, right in zip(_path(one), _path(other), strict=False):
        if left is not right:
            is_entry = not left.is_beside and not right.is_beside
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
    return block.kind.leaves_undone(block) or may_be_cut_short(block)


def is_left_early(block: Block) -> bool:
    """Whether some of its branches done are enough."""
    return block.kind.enough(block) < len(block.bodies)


def may_be_cut_short(block: Block) -> bool:
    """Whether something may end it at any time: it is late, or a reaction interrupts it."""
    return may_move_on(block) or any(is_interrupting(each) for each in block.reactions)


def may_move_on(block: Block) -> bool:
    """Whether the case may go on without a construct that is late."""
    return any(moves_on(pair.value) for pair in late_pairs(block.properties))


def is_optional(entry: Block) -> bool:
    """Whether an entry of a plan begins only when somebody adds it."""
    written = entry.properties.get("optional")
    return isinstance(written, Scalar) and written.text == "true"


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
        or block.host is not None
        or may_be_left(block)
        or is_optional(block)
        or "when" in block.properties
        for block in (one, *one.around())
        if block not in around
    )


def _path(block: Block) -> tuple[Block, ...]:
    return (*reversed(tuple(block.around())), block)
