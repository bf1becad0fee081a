"""In which order the computed fields of steps and blocks are computed, and that none is computed
from itself, over however many places, nor from a paper of which there is as much as it says."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from graphlib import CycleError, TopologicalSorter

from tuoban.kernel.definition import Field
from tuoban.kernel.expressions import Expression
from tuoban.kernel.language import computed
from tuoban.kernel.language.completing import Parts
from tuoban.kernel.language.declared import Block, Body
from tuoban.kernel.language.tree import Scalar
from tuoban.kernel.language.workspace import Workspace
from tuoban.kernel.papers import Paper

Key = tuple[str, str]
"""A computed field: the key of the step or block that declares it, empty for the case's; and its
name. Or a paper, by its key."""


def orders(root: Body, parts: Parts, ws: Workspace) -> dict[str, tuple[str, ...]]:
    """By step or block, the names of its computed fields, those first that others need. What is
    computed there in a circle is reported."""
    blocks = {block.key: block for block in root.walk() if block.own}
    own = {**parts.own, **parts.place_fields}
    found: dict[str, tuple[str, ...]] = {}
    for key, block in blocks.items():
        known = own.get(key, {})
        order = computed.order_of(known.values(), block.own, ws.findings)
        made = tuple(name for name in order if known[name].computed is not None)
        if made:
            found[key] = made
    return found


@dataclass(frozen=True, slots=True)
class _Computed:
    """What the pack computes: the computed fields of its places, those of the case, and how much
    there is of its papers."""

    places: Mapping[str, tuple[str, ...]]
    case: Collection[str]
    papers: Collection[str]


def check(
    root: Body,
    parts: Parts,
    derived: Mapping[str, tuple[str, ...]],
    places: Mapping[str, tuple[str, ...]],
    ws: Workspace,
) -> None:
    """Report a circle that leads over several places, or over a paper.

    Args:
        derived: the fields of the case that are computed.
        places: by step or block, those of its fields that are.
    """
    if ws.findings.problems:
        return
    blocks = {block.key: block for block in root.walk()}
    own = {**parts.own, **parts.place_fields}
    known = _Computed(places, derived, parts.papers)
    graph: dict[Key, set[Key]] = {}
    for key, names in places.items():
        for name in names:
            graph[key, name] = set(_needs(_read_by(own[key][name]), blocks[key], known, ws))
    for name in derived:
        graph["", name] = set(_needs(_read_by(parts.fields[name]), None, known, ws))
    for name, paper in parts.papers.items():
        graph["", name] = set(_needs(_read_of(paper), blocks.get(paper.call or ""), known, ws))
    try:
        TopologicalSorter(graph).prepare()
    except CycleError as error:
        ring: list[Key] = list(reversed(error.args[1]))
        chain = " → ".join(".".join(filter(None, each)) for each in ring)
        place = next(found for each in ring if (found := _place(each, blocks, ws)) is not None)
        ws.findings.add(place, "computed-in-circle", chain=chain)


def _place(key: Key, blocks: Mapping[str, Block], ws: Workspace) -> Scalar | None:
    """Where a computed field is declared; None for a paper."""
    owner, name = key
    declared = blocks[owner].own.get(name) if owner else ws.fields.get(name)
    return declared.name if declared is not None else None


def _read_by(field: Field) -> Iterator[Expression]:
    for each in (field, *field.columns):
        if each.computed is not None:
            yield each.computed


def _read_of(paper: Paper) -> Iterator[Expression]:
    """What is read to tell how much there is of a paper: of one that a step makes, all that is
    asked for; of any other what was handed in is kept."""
    for amount in (paper.originals, paper.copies) if paper.made_by is not None else ():
        if isinstance(amount, Expression):
            yield amount


def _needs(
    read: Iterable[Expression], block: Block | None, known: _Computed, ws: Workspace
) -> Iterator[Key]:
    """What is computed that these expressions read, of whatever place."""
    for path in (path for each in read for path in each.paths):
        root, members = path[0], path[1:]
        home = _home(root, block, known.places)
        if home is not None:
            yield home, root
        elif root in known.case:
            yield "", root
        elif (paper := _paper(root, block)) in known.papers:
            yield "", paper
        elif (named := _named(root, block, ws)) is not None:
            one = members[0] if members else ""
            whole = one in ("", "all", "history")
            computed_there = known.places.get(named.key, ())
            yield from ((named.key, each) for each in computed_there if whole or one == each)
            yield from (("", each.key) for each in named.papers.values())


def _paper(name: str, block: Block | None) -> str:
    """The key of the paper that is called so there, if there is one."""
    call = block if block is not None and name in block.papers else None
    if call is None and block is not None:
        call = next((each for each in block.around() if name in each.papers), None)
    return call.papers[name].key if call is not None else name


def _home(name: str, block: Block | None, found: Mapping[str, tuple[str, ...]]) -> str | None:
    """The place around, or the step itself, whose computed field is called so."""
    if block is None:
        return None
    around = (each.key for each in (block, *block.around()))
    return next((key for key in around if name in found.get(key, ())), None)


def _named(name: str, block: Block | None, ws: Workspace) -> Block | None:
    call = block.call if block is not None else None
    found = (call.local if call is not None else ws.blocks).get(name) or ws.blocks.get(name)
    # By the name of an `each` its element is read, which is nobody's field.
    return found if found is not None and not found.kind.per_element else None
