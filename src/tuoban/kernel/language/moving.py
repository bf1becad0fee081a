"""Whether a condition can change at all while the case stands where it is judged again and again:
in a `wait`, or behind the rounds of a loop.

What is done meanwhile changes it, and so does what comes from outside the process: what services
say of the case, what is on file of customers and assets, and papers that are handed in.
"""

from __future__ import annotations

from collections.abc import Iterable

from tuoban.kernel.expressions import Expression
from tuoban.kernel.language.declared import Block, Declaration
from tuoban.kernel.language.order import relation
from tuoban.kernel.language.places import scope_in
from tuoban.kernel.language.scope import Path
from tuoban.kernel.language.tree import Scalar
from tuoban.kernel.language.workspace import Workspace


def may_change(
    condition: Expression, block: Block, running: Iterable[Block], ws: Workspace
) -> bool:
    """Whether a condition of `block` may change while these are done, or something beside them."""
    paths = _read_by(condition, block, ws)
    if any(_is_from_outside(path, block, ws) for path in paths):
        return True
    return bool({path[0] for path in paths} & _changed_by((*running, *_beside(block)), ws))


def _read_by(condition: Expression, block: Block, ws: Workspace) -> set[Path]:
    """What it reads, with what that is computed from; a field of the case by its name alone."""
    found: set[Path] = set()
    todo = [condition]
    while todo:
        for path in map(_plain, todo.pop().paths):
            declared = _declaration(path[0], block, ws)
            if path not in found and declared is not None and declared.is_computed:
                written = declared.properties.get("is")
                text = written.text if isinstance(written, Scalar) else ""
                computed = scope_in(block.body, ws).attempt(text)
                todo += [computed] if computed is not None else []
            found.add(path)
    return found


def _plain(path: Path) -> Path:
    return path[1:] if path[0] == "case" and path[1:] else path


def _declaration(name: str, block: Block, ws: Workspace) -> Declaration | None:
    around = (each.own[name] for each in (block, *block.around()) if name in each.own)
    return next(around, ws.fields.get(name))


def _is_from_outside(path: Path, block: Block, ws: Workspace) -> bool:
    name = path[0]
    declared = _declaration(name, block, ws)
    if declared is not None:
        return bool(declared.kind)
    papers = (each.papers for each in block.around())
    return name in ws.catalogue.facts or name in ws.papers or any(name in each for each in papers)


def _beside(block: Block) -> list[Block]:
    """What may run at the same time as a block."""
    *_, outermost = (block, *block.around())
    return [each for each in outermost.body.walk() if _is_beside(each, block)]


def _is_beside(one: Block, block: Block) -> bool:
    related = relation(one, block)
    return related == "together" or (one.kind.outlives and related == "before")


def _changed_by(running: Iterable[Block], ws: Workspace) -> set[str]:
    """The names that may come to mean something else: of what is done, and of fields."""
    blocks = tuple(running)
    # Inside a called process a name is not the key.
    changed = {name for each in blocks for name in (each.key, each.name) if name is not None}
    for name, fillers in ws.fillers.items():
        if any(each in fillers for each in blocks):
            changed.add(name)
    changed |= {name for _, name in ws.place_fills}
    return changed | ({"case", "priority"} if changed else set())
