"""Compiling the tree of a pattern to instructions for the machine."""

from collections.abc import Callable
from typing import Any

from tuoban.kernel.expressions.patterns.limits import MAX_PROGRAM, PatternTooLarge
from tuoban.kernel.expressions.patterns.machine import (
    PLACES,
    Again,
    Check,
    Instruction,
    Jump,
    Program,
    Save,
    Split,
    Take,
)
from tuoban.kernel.expressions.patterns.tree import (
    Anchor,
    BackReference,
    Choice,
    Group,
    Node,
    One,
    Repeat,
    Series,
    Tree,
)


def compile_tree(tree: Tree) -> Program:
    """Raises `PatternTooLarge`."""
    compiler = _Compiler(tree)
    compiler.add(tree.root)
    return Program(tuple(compiler.written), tree.groups)


class _Compiler:
    """Writes the instructions of one node after the other."""

    def __init__(self, tree: Tree) -> None:
        self.tree = tree
        self.written: list[Instruction] = []
        self.room = MAX_PROGRAM

    def add(self, node: Node) -> None:
        """The instructions of `node`; each node counts, since an empty one writes none."""
        self.room -= 1
        if self.room < 0:
            raise PatternTooLarge
        _WRITERS[type(node)](self, node)

    @property
    def here(self) -> int:
        """The place of the next instruction."""
        return len(self.written)

    def write(self, instruction: Instruction) -> None:
        self.room -= 1
        self.written.append(instruction)

    def reserve(self) -> int:
        """The place of an instruction that will be known later."""
        self.write(Jump(0))
        return self.here - 1

    def split(self, place: int, onward: int, *, reluctant: bool) -> None:
        """At `place`, try `onward` and then what comes next; if reluctant the other way round."""
        first, second = (self.here, onward) if reluctant else (onward, self.here)
        self.written[place] = Split(first, second, self.tree.has_back_references)


def _one(c: _Compiler, node: One) -> None:
    c.write(Take(node.characters))


def _anchor(c: _Compiler, node: Anchor) -> None:
    c.write(Check(PLACES[node.place]))


def _back_reference(c: _Compiler, node: BackReference) -> None:
    c.write(Again(node.group, c.tree.blind))


def _series(c: _Compiler, node: Series) -> None:
    for part in node.parts:
        c.add(part)


def _choice(c: _Compiler, node: Choice) -> None:
    leaving: list[int] = []
    for branch in node.branches[:-1]:
        split = c.reserve()
        c.add(branch)
        leaving.append(c.reserve())
        c.split(split, split + 1, reluctant=False)
    c.add(node.branches[-1])
    for place in leaving:
        c.written[place] = Jump(c.here)


def _group(c: _Compiler, node: Group) -> None:
    c.write(Save(2 * node.number - 2))
    c.add(node.body)
    c.write(Save(2 * node.number - 1))


def _repeat(c: _Compiler, node: Repeat) -> None:
    start = c.here
    for _ in range(node.least):
        start = c.here
        c.add(node.body)
    if node.most is not None:
        _up_to(c, node, node.most - node.least)
    elif node.least:
        again = c.reserve()
        c.split(again, start, reluctant=node.reluctant)
    else:
        split = c.reserve()
        c.add(node.body)
        c.write(Jump(split))
        c.split(split, split + 1, reluctant=node.reluctant)


def _up_to(c: _Compiler, node: Repeat, count: int) -> None:
    """The body up to `count` times."""
    splits: list[int] = []
    for _ in range(count):
        splits.append(c.reserve())
        c.add(node.body)
    for split in splits:
        c.split(split, split + 1, reluctant=node.reluctant)


_WRITERS: dict[type, Callable[[_Compiler, Any], None]] = {
    One: _one,
    Anchor: _anchor,
    BackReference: _back_reference,
    Series: _series,
    Choice: _choice,
    Group: _group,
    Repeat: _repeat,
}
