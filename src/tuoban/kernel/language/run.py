"""A run of the process as its blocks stand: what can be done is done, while there is anything."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from tuoban.kernel.language.choices import Way
from tuoban.kernel.language.declared import Block, Body
from tuoban.kernel.language.exits import Exit
from tuoban.kernel.language.order import is_left_early, is_optional, may_be_cut_short, may_be_left

Needs = Mapping[Block, list[Block]]
"""By construct, what it needs."""


@dataclass(frozen=True, slots=True)
class World:
    """What a run is to come to, as far as people and conditions have it in their hands."""

    lost: frozenset[Block]
    """What is withdrawn before it is done."""
    way: Way
    """Of choices of which it says nothing every branch must lead on."""


def done_when_stuck(root: Body, needs: Needs, world: World) -> set[Block] | None:
    """What has been done where nothing more can be, before the end, in a run in which all this is
    lost; None: such a run comes to its end, or there is none."""
    found, known = _Run(needs, world), -1
    while known < len(found.done):
        known = len(found.done)
        if found.follow(root.blocks):
            return None
    return found.done if all(map(found.loses, world.lost)) else None


@dataclass(slots=True)
class _Run:
    needs: Needs
    world: World
    done: set[Block] = field(default_factory=set)

    def loses(self, lost: Block) -> bool:
        """Whether a block around is left without it."""
        return any(
            may_be_left(each) and (each in self.done or not is_left_early(each))
            for each in lost.around()
        )

    def follow(self, blocks: list[Block]) -> Exit:
        """Go along what follows one another as far as that can be done, and say how it is left;
        NONE: something in it waits."""
        for block in blocks:
            left = self._pass(block)
            if left is not Exit.ON:
                return left
        return Exit.ON

    def _pass(self, block: Block) -> Exit:
        """Do what can be done of a construct whose turn has come."""
        if self.world.way.passed.get(block):
            return Exit.ON
        if block.is_end:
            return Exit.NONE if block in self.world.lost else Exit.END
        is_free = all(map(self._is_met, self.needs.get(block, ())))
        if not is_free and (block.bodies or not block.body.is_ordered):
            return Exit.NONE
        # They may happen or not; that one of them ends the process is no help to whoever waits.
        happened = [self._pass(each) for each in block.reactions if not each.kind.winds_up]
        left = self._inside(block)
        is_done = left is Exit.ON and is_free and block not in self.world.lost
        if is_done:
            self.done.add(block)
        if block.kind.outlives or (is_done and all(happened)):
            return Exit.ON
        return Exit.NONE if is_done else left & Exit.END

    def _inside(self, block: Block) -> Exit:
        """How it is left by what is in it."""
        way = self.world.way
        if block in way.taken:
            body = way.taken[block]
            return Exit.ON if body is None else self.follow(body.blocks)
        if not block.kind.ordered:
            left = [self._enter(each) for body in block.bodies for each in body.blocks]
        else:
            entered = (body for body in block.bodies if not self._is_passed(body))
            left = [self.follow(body.blocks) for body in entered]
        if block.kind.ways == "exclusive":
            return _by_any(left, block)
        if any(Exit.END in each for each in left):
            return Exit.ON if block.is_call else Exit.END
        over = sum(Exit.ON in each for each in left)
        if is_left_early(block):
            return Exit.ON if over >= min(block.kind.enough(block), len(left)) else Exit.NONE
        return Exit.ON if over == len(left) or self._is_cut_short(block) else Exit.NONE

    def _enter(self, entry: Block) -> Exit:
        """The same of an entry of a plan; nobody need add an optional one."""
        left = self._pass(entry)
        return Exit.ON if is_optional(entry) else left

    def _is_passed(self, branch: Body) -> bool:
        return bool(branch.blocks) and self.world.way.passed.get(branch.blocks[0], False)

    def _is_cut_short(self, block: Block) -> bool:
        """Whether that is how something in it was lost."""
        may_be = block.kind.leaves_undone(block) or may_be_cut_short(block)
        return may_be and any(block in each.around() for each in self.world.lost)

    def _is_met(self, needed: Block) -> bool:
        """Done, or passed over with what it stands in."""
        return needed in self.done or self.world.way.missed(needed) is not None


def _by_any(left: list[Exit], choice: Block) -> Exit:
    """How a choice is left, any branch of which may be taken: it leads to where more may wait,
    before it leads to an end."""
    if not all(left):
        return Exit.NONE
    leads_on = Exit.ON in left or choice.bodies[-1].when is not None
    return Exit.ON if leads_on else Exit.END
