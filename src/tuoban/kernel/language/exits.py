"""Where what stands in a block may lead: on behind it, or to the end of the process.

Every condition is taken to come out either way, unless it reads nothing, and whatever may happen to
come in time or not: so a way that is not found here is surely never gone.
"""

from __future__ import annotations

from collections.abc import Iterator
from enum import Flag

from tuoban.kernel.language.constants import constant
from tuoban.kernel.language.declared import Block, Body
from tuoban.kernel.language.order import is_interrupting, is_optional, may_move_on


class Exit(Flag):
    """How a block may be left."""

    NONE = 0
    ON = 1
    """The case goes on behind it."""
    END = 2
    """The process that it stands in ends."""


def of_block(block: Block) -> Exit:
    """How a block may be left, as it stands there: with its condition, its limits and reactions."""
    guard = constant(block.properties.get("when")) if block.kind.guarded else True
    if guard is False:
        return Exit.ON
    found = of_entered(block)
    return found | Exit.ON if guard is None and "when" in block.properties else found


def of_entered(block: Block) -> Exit:
    """The same where its condition holds."""
    found = of_construct(block)
    if may_move_on(block):
        found |= Exit.ON
    for reaction in block.reactions:
        led_to = of_construct(reaction) if not reaction.kind.winds_up else Exit.NONE
        found |= led_to if is_interrupting(reaction) else led_to & Exit.END
    return found


def of_construct(block: Block) -> Exit:
    """The same once it is done and not passed over, and nothing comes between.

    It is kept, since it is asked of every block by each that stands around it.
    """
    if block.left_by is None:
        block.left_by = block.kind.exits(block, [of_body(body) for body in block.bodies])
    return block.left_by


def of_body(body: Body) -> Exit:
    """How a body may be left: by its end, or by an end of the process in it."""
    if not body.is_ordered:
        return _of_entries(body)
    found = Exit.NONE
    for block in body.blocks:
        led_to = of_block(block)
        found |= led_to & Exit.END
        if Exit.ON not in led_to:
            return found
    return found | Exit.ON


def _of_entries(plan: Body) -> Exit:
    """The entries of a plan have no order, and all but the optional ones must be done."""
    found = Exit.ON
    for entry in plan.blocks:
        led_to = of_block(entry)
        found |= led_to & Exit.END
        if Exit.ON not in led_to and not is_optional(entry):
            found &= ~Exit.ON
    return found


def ordered_bodies(root: Body) -> Iterator[Body]:
    """Every body whose blocks follow one another, the outermost first."""
    for body in (root, *(body for block in root.walk() for body in block.bodies)):
        if body.is_ordered:
            yield body
