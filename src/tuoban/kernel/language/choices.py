"""Every way through some choices: which branch of each is taken, and what is passed over."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import product
from math import prod

from tuoban.kernel.language.declared import Block, Body


@dataclass(frozen=True, slots=True)
class Way:
    """One of them; of other choices nothing is said."""

    taken: Mapping[Block, Body | None] = field(default_factory=dict)
    """By choice, the branch that is taken; None: none is."""
    passed: Mapping[Block, bool] = field(default_factory=dict)
    """Whether a construct with a condition is passed over."""

    def missed(self, block: Block) -> Block | None:
        """The choice, or what is passed over, by which the way leads past a construct."""
        for each in (block, *block.around()):
            owner = each.body.owner
            if self.passed.get(each):
                return each
            if owner is not None and owner in self.taken and self.taken[owner] is not each.body:
                return owner
        return None

    def decides(self, block: Block) -> bool:
        """Whether it says how a choice, or what has a condition, comes out."""
        return block in self.taken or block in self.passed


class Choices:
    """Some choices, and constructs that may be passed over by their conditions."""

    def __init__(self, among: Iterable[Block], guarded: Iterable[Block]) -> None:
        self._choices = [each for each in among if each.kind.ways == "exclusive"]
        self._guarded = [each for each in dict.fromkeys(guarded) if "when" in each.properties]

    @property
    def count(self) -> int:
        """How many ways there are."""
        of_each = (len(_branches(each)) for each in self._choices)
        return prod((*of_each, *(2 for _ in self._guarded)))

    def ways(self) -> Iterator[Way]:
        """Each of them."""
        for taken in product(*map(_branches, self._choices)):
            for passed in product((False, True), repeat=len(self._guarded)):
                yield Way(
                    dict(zip(self._choices, taken, strict=True)),
                    dict(zip(self._guarded, passed, strict=True)),
                )


def _branches(choice: Block) -> list[Body | None]:
    """The branches of which one is taken, or none where there is no `otherwise`."""
    none = [None] if choice.bodies and choice.bodies[-1].when is not None else []
    return [*choice.bodies, *none]
