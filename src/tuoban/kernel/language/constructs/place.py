"""A block of several bodies that is named by `as`, or has `fields`: a stage around it.

What it declares belongs to all its bodies together. So it is read as a place of its own, which
carries everything that is written beside it, and in which the block itself stands alone.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from tuoban.kernel.language.constructs import stage
from tuoban.kernel.language.constructs.kind import Branch, Kind
from tuoban.kernel.language.reading import Properties
from tuoban.kernel.language.tree import Mapping, Node
from tuoban.kernel.language.workspace import Workspace

AS = "as"
FIELDS = "fields"


def may_be_a_place(plain: Kind) -> Kind:
    """The same construct, which may be named and have fields of its own."""
    around = replace(
        stage.KIND,
        word=plain.word,
        label=plain.label,
        keys=(*plain.keys, AS, FIELDS),
        naming="named beside",
        named_by=AS,
        branches=_alone(plain),
        reached=plain.reached,
        runs_as=stage.KIND.word,
    )

    def which(mapping: Mapping, ws: Workspace) -> Kind:
        return around if mapping.pair(AS) or mapping.pair(FIELDS) else plain

    return replace(plain, keys=around.keys, named_by=AS, which=which)


def _alone(plain: Kind) -> Callable[[Node, Properties, Workspace], list[Branch]]:
    def branches(value: Node, properties: Properties, ws: Workspace) -> list[Branch]:
        mapping = properties.mapping
        itself = (plain.word, *plain.keys)
        pairs = tuple(each for each in mapping.pairs if each.key.text in itself)
        return [Branch(mapping.place, (Mapping(mapping.place, pairs),))]

    return branches
