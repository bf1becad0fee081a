"""Places that own fields: what a block declares for what is inside it, and what is known there.

Inside a block its fields, and the element that an `each` works on, are read by their bare names;
outside by the block's name. What is done inside an `each` is read outside only as a list.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from tuoban.kernel.expressions import Shape, context_of, list_of
from tuoban.kernel.language import fields
from tuoban.kernel.language.declared import Block, Body, Declaration
from tuoban.kernel.language.layers import Layered
from tuoban.kernel.language.names import RESERVED, read_name
from tuoban.kernel.language.reading import as_mapping
from tuoban.kernel.language.scope import Scope, field_shapes, personal_paths
from tuoban.kernel.language.tree import Node
from tuoban.kernel.language.workspace import Workspace

LISTS = ("all", "history", "count")
"""What is read of a step from outside the `each` it stands in."""


def declare(block: Block, ws: Workspace, offered: tuple[str, ...] = ()) -> None:
    """Take up the fields that a construct declares for itself.

    Args:
        offered: what its name gives to read beside them, so that none may be called so.
    """
    declare_from(block.properties.get("fields"), block, ws, offered)


def declare_from(
    node: Node | None, block: Block, ws: Workspace, offered: tuple[str, ...] = ()
) -> None:
    """The same where they are written elsewhere, as those of a called process."""
    mapping = as_mapping(node, ws.findings) if node is not None else None
    taken = (*RESERVED, *offered)
    for pair in mapping.pairs if mapping else ():
        if read_name(pair.key, ws.findings, taken) and ws.names.is_free(pair.key):
            declaration = fields.declare(pair.key, pair.value, ws)
            if declaration is not None:
                block.own[pair.key.text] = declaration


def check_nested(block: Block, ws: Workspace) -> None:
    """Report fields that are called like one of a block around, which they would hide."""
    for name, declaration in block.own.items():
        for around in block.around():
            first = around.own.get(name)
            if first is not None:
                line = str(first.name.place.line)
                ws.findings.add(declaration.name, "name-taken", name=name, line=line)


def offers_elements(block: Block, ws: Workspace) -> Shape | None:
    """What the name of an `each` gives to read outside: the fields that it declares, as a list with
    an entry for every element."""
    return context_of({"all": list_of(context_of(field_shapes(block.own)))}) if block.own else None


def offers(block: Block, ws: Workspace) -> Shape | None:
    """What the name of a block gives to read outside: the fields that it declares."""
    return context_of(field_shapes(block.own)) if block.own else None


def known_fields(block: Block, ws: Workspace) -> dict[str, Declaration]:
    """The fields that a form inside a block may show: the case's, and those of the blocks around
    in the same process, each by its bare name."""
    found: dict[str, Declaration] = {}
    for around in block.around():
        found = {**around.own, **found}
        if around is block.call:
            break
    return {**ws.fields, **found}


def home_of(block: Block, name: str) -> Block | None:
    """The block around that declares the field; None: it is the case's."""
    return next((each for each in block.around() if name in each.own), None)


def scope_in(body: Body, ws: Workspace) -> Scope:
    """What is known inside a body."""
    if body.owner is None:
        return ws.scope
    if body.key not in ws.scopes:
        ws.scopes[body.key] = body.owner.kind.inside(body, scope_in(body.owner.body, ws), ws)
    return ws.scopes[body.key]


def outside(
    offered: dict[str, tuple[Block, Shape | None]],
) -> tuple[dict[str, Shape], dict[str, str]]:
    """What is known everywhere of what blocks offer, and why the others are not."""
    known: dict[str, Shape] = {}
    not_here: dict[str, str] = {}
    for name, (block, shape) in offered.items():
        not_here |= dict.fromkeys(block.own, "field-of-block")
        found = shape
        if _is_of_an_element(block):
            found = None if block.kind.per_element else _lists(shape)
            not_here[name] = "known-inside-only"
        if block.kind.per_element:
            not_here[name] = "known-inside-only"
        if found is not None:
            known[name] = found
    return known, not_here


def _is_of_an_element(block: Block) -> bool:
    """Whether it exists once for every element of an `each` in the process it stands in."""
    for around in block.around():
        if around is block.call:
            return False
        if around.kind.per_element:
            return True
    return False


def _lists(shape: Shape | None) -> Shape | None:
    members = (
        {each: shape.members[each] for each in LISTS if each in shape.members}
        if (shape is not None and shape.members is not None)
        else {}
    )
    return context_of(members) if members else None


def with_fields(body: Body, outer: Scope, ws: Workspace) -> Scope:
    """Inside a block: its fields by their bare names."""
    return outer.inside(body.owner.own) if body.owner is not None else outer


def with_elements(body: Body, outer: Scope, ws: Workspace, element: Shape) -> Scope:
    """Inside an `each`: its element by its name, its fields, and what is done there in full."""
    owner = body.owner
    if owner is None:
        return outer
    known = {block.known_as: shape for block, shape in _done_in(body, ws) if shape is not None}
    inner = outer.inside(owner.own)
    return inner.knowing({**known, owner.key: element})


def with_process(body: Body, outer: Scope, ws: Workspace) -> Scope:
    """Inside a called process: its fields and its steps by their names, beside what is known
    everywhere; what stands around the call is not its business."""
    owner = body.owner
    if owner is None:
        return outer
    offered = {name: (block, block.kind.offers(block, ws)) for name, block in owner.local.items()}
    known, not_here = outside(offered)
    inner = ws.scope.inside(owner.own)
    personal = frozenset[tuple[str, ...]]().union(
        *(personal_of(block, name) for name, block in owner.local.items())
    )
    return replace(
        inner,
        known=Layered(inner.known, known),
        not_here=Layered(inner.not_here, not_here),
        personal=inner.personal | personal,
    )


def _done_in(body: Body, ws: Workspace) -> Iterator[tuple[Block, Shape | None]]:
    """What blocks offer that stand in this body, but not in an `each` or a called process inside
    it."""
    beside = [each for block in body.blocks for each in block.reactions]
    around = body.owner.reactions if body.owner is not None else []
    for block in (*body.blocks, *beside, *around):
        if block in around and block.body is not body:
            continue  # it stands where its host does
        yield block, block.kind.offers(block, ws)
        if not block.kind.per_element and not block.local:
            for inner in block.bodies:
                yield from _done_in(inner, ws)


def personal_of(block: Block, name: str) -> frozenset[tuple[str, ...]]:
    """What is personal of the fields a construct declares, as it is read by its name."""
    return frozenset().union(
        *(
            personal_paths({**block.says, **block.own}, name, *lists)
            for lists in ((), ("all",), ("history",))
        )
    )
