"""Ways through a process, as problems show them: the steps from its start to where it fails.

A way names what is done on it one after the other, each block with a name by that, and in brackets
the conditions that it rests on.
"""

from __future__ import annotations

from collections.abc import Iterator

from tuoban.kernel.language import exits
from tuoban.kernel.language.constants import constant
from tuoban.kernel.language.declared import Block, Body
from tuoban.kernel.language.exits import Exit
from tuoban.kernel.language.order import is_interrupting
from tuoban.kernel.language.tree import Node, Scalar

ARROW = " → "
_LEFT_OUT = "…"
_MOST = 8
"""Names that a way shows; of a longer one its first and last."""


def shown(names: list[str]) -> str:
    """A way in one line, its middle left out where it is long."""
    if len(names) > _MOST:
        names = [*names[: _MOST // 2 - 1], _LEFT_OUT, *names[-_MOST // 2 :]]
    return ARROW.join(names)


def to(block: Block) -> str:
    """The way from the start of its process to a block."""
    return shown([*_before(block), _said(block)])


def to_end_in(block: Block) -> str:
    """The way from the start to where the process ends in a block."""
    return shown([*_before(block), *_through(block, Exit.END)])


def around(root: Body) -> str:
    """The way through a whole process that comes to no end."""
    return shown(list(_through_body(root, Exit.ON)))


def inside(body: Body) -> str:
    """The way through a body once."""
    return shown(list(_through_body(body, Exit.ON)))


def _before(block: Block) -> Iterator[str]:
    """What is done before the turn of a block comes."""
    for each in (*reversed(tuple(block.around())), block):
        if each is not block or not each.is_beside:
            yield from _to_its_body(each)
        if each.host is not None and each.host.body is each.body:
            yield from _to_its_body(each.host)
            yield _said(each.host)
        elif each is not block and not each.is_beside and each.name is not None:
            yield each.name
        if each is not block and each.is_beside:
            yield _said(each)


def _to_its_body(block: Block) -> Iterator[str]:
    """What leads to a block in its body: the condition of the body, and what stands before."""
    if block.body.owner is not None:
        yield from _guards(block.body)
    if not block.is_beside and block.body.is_ordered:
        for previous in block.body.blocks[: block.index]:
            yield from _through(previous, Exit.ON)


def _guards(body: Body) -> Iterator[str]:
    yield from _bracketed(body.when)


def _bracketed(condition: Node | None, form: str = "[{}]") -> Iterator[str]:
    if isinstance(condition, Scalar) and constant(condition) is None:
        yield form.format(condition.text)


def _through_body(body: Body, led_to: Exit) -> Iterator[str]:
    """What is done in a body until it is left so."""
    yield from _guards(body)
    for block in body.blocks:
        if led_to is Exit.END and Exit.END in exits.of_block(block):
            yield from _through(block, Exit.END)
            return
        if body.is_ordered or led_to is Exit.ON:
            yield from _through(block, Exit.ON)


def _through(block: Block, led_to: Exit) -> Iterator[str]:
    """What is done in a block that is left so: it itself, or what keeps it from being done."""
    if led_to not in exits.of_construct(block):
        yield from _instead(block, led_to)
        return
    if not block.bodies or (led_to is Exit.ON and block.name is not None):
        yield _said(block)
        return
    if block.name is not None:
        yield block.name
    body = next((each for each in block.bodies if led_to in exits.of_body(each)), None)
    if body is not None:
        yield from _through_body(body, led_to)
    else:
        for each in block.bodies:
            yield from _bracketed(each.when, "[not({})]")


def _instead(block: Block, led_to: Exit) -> Iterator[str]:
    """How a block is left so without being done: by a reaction, late, or passed over."""
    for reaction in block.reactions:
        goes = is_interrupting(reaction) or led_to is Exit.END
        if goes and not reaction.kind.winds_up and led_to in exits.of_construct(reaction):
            yield _said(reaction)
            return
    if "when" in block.properties:
        yield from _bracketed(block.properties.get("when"), "[not({})]")
    else:
        yield _said(block)


def _said(block: Block) -> str:
    """What a block is called: by its name, else by what is written of it."""
    if block.name is not None:
        return block.name
    value = block.value
    written = f" {value.text}" if isinstance(value, Scalar) and not value.is_empty else ""
    return f"{block.kind.word.removesuffix('-steps')}{written}"
