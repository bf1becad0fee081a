"""What may run at the same time does not write the same field.

Branches run together, so do the entries of a plan, and what a reaction begins with what it belongs
to and with other reactions. Two of them may write one field where needs let the one be done only
once the other is over. A reaction that happens again runs beside itself. What is entered on a
button is no work that runs beside other work: it is there at once, as a correction is, and whatever
covers the field lapses by it. A process that is called without waiting runs beside all that is not
over before the call; called in a loop, or for each of several, it runs beside itself.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator

from tuoban.kernel.language import circles, ways
from tuoban.kernel.language.declared import Block, Body
from tuoban.kernel.language.order import is_interrupting
from tuoban.kernel.language.places import home_of
from tuoban.kernel.language.tree import Place
from tuoban.kernel.language.workspace import Workspace

Group = list[Block]
"""All constructs of what runs beside other groups."""
Field = tuple[str, str]
"""The block that declares it, "" for the case, and its name."""
Writer = tuple[int, Block, Place]
"""The number of its group, the construct, and where it names the field."""


def check(root: Body, ws: Workspace) -> None:
    """Report constructs that may run at the same time and write the same field."""
    told: set[Place] = set()
    order = circles.Order(root, ws)
    for block in root.walk():
        for groups in _together(block):
            for (_, name), writers in _writers(groups, ws).items():
                for place, one, other in _conflicts(writers, order):
                    facts = {"name": name, "step": other.key, "other": one.key}
                    where = {"line": block.place.said, "path": ways.to(block)}
                    ws.findings.add(place, "two-writers", **facts, **where)
                    told.add(place)
        if block.kind.overlaps and not is_interrupting(block):
            _check_occurrences(block, told, ws)
        if block.kind.outlives:
            _check_aside(block, told, order, ws)


def _check_aside(call: Block, told: set[Place], order: circles.Order, ws: Workspace) -> None:
    """Report what a process that is called without waiting may overwrite of what goes on meanwhile,
    or of itself.

    Args:
        told: as for `_check_occurrences`.
    """
    again = _comes_again(call)
    inside, beside = list(call.walk()), _process_of(call)
    own = {each.key for each in inside}
    for (home, name), writers in _writers((inside, beside), ws).items():
        for _, step, place in writers:
            if step.key not in own or home in own or place in told:
                continue
            others = (each for _, each, _ in writers if each.key not in own)
            other = next((each for each in others if _meet(step, each, again, order)), None)
            facts = {"name": name, "path": ways.to(step)}
            if again is not None and step.kind.timed:
                ws.findings.add(place, "asides-write", call=call.known_as, **facts)
            elif other is not None:
                line = {"step": step.key, "other": other.key, "line": call.place.said}
                ws.findings.add(place, "two-writers", **line, **facts)
            else:
                continue
            told.add(place)


def _comes_again(call: Block) -> Block | None:
    """The outermost block in its process that may call it again while it runs on; None: none."""
    found = None
    for each in call.around():
        if each is call.call:
            break
        if each.kind.loops or each.kind.per_element or each.kind.overlaps:
            found = each
    return found


def _meet(step: Block, other: Block, again: Block | None, order: circles.Order) -> bool:
    """Whether the other one may be done while a process runs on in which the step is done."""
    return (again is not None and again in other.around()) or not order.are_apart(step, other)


def _process_of(call: Block) -> list[Block]:
    """Everything in the process that a call stands in, but what it calls."""
    *_, outermost = (call, *call.around())
    whole = call.call.bodies if call.call is not None else (outermost.body,)
    return [each for body in whole for each in body.walk() if call not in (each, *each.around())]


def _check_occurrences(reaction: Block, told: set[Place], ws: Workspace) -> None:
    """Report forms in which two occurrences of a reaction would overwrite one another. What is done
    in no time, as by `set`, goes by what is there at that moment: the later one counts.

    Args:
        told: the places of which it is told that something else writes the same.
    """
    inside = {each.key for each in reaction.walk()}
    for step in reaction.walk():
        for name, place in ws.writes.get(step.key, {}).items() if step.kind.timed else ():
            home = home_of(step, name)
            is_outside = home is None or home.key not in inside
            if step is not reaction and is_outside and place not in told:
                facts = {"name": name, "reaction": reaction.known_as, "path": ways.to(step)}
                ws.findings.add(place, "occurrences-write", **facts)


def _together(block: Block) -> Iterator[list[Group]]:
    """The groups of constructs in a block, or beside it, that run together."""
    bodies = block.bodies
    if not block.kind.ordered:
        yield [list(entry.walk()) for body in bodies for entry in body.blocks]
    elif block.kind.ways == "together":
        yield [list(body.walk()) for body in bodies]
    # One that interrupts, or undoes, withdraws all else first, and meanwhile no other begins.
    beside = [
        list(each.walk())
        for each in block.reactions
        if not is_interrupting(each) and not each.kind.winds_up
    ]
    if beside:
        yield [[step for body in bodies for step in body.walk()] if bodies else [block], *beside]


def _writers(groups: Iterable[Group], ws: Workspace) -> dict[Field, list[Writer]]:
    found: defaultdict[Field, list[Writer]] = defaultdict(list)
    for number, group in enumerate(groups):
        for step in group:
            for name, place in ws.writes.get(step.key, {}).items():
                home = home_of(step, name)
                found[home.key if home is not None else "", name].append((number, step, place))
    return found


def _conflicts(writers: list[Writer], order: circles.Order) -> Iterator[tuple[Place, Block, Block]]:
    """Each writer with the first before it that may run at the same time."""
    for at, (number, step, place) in enumerate(writers):
        for other_number, other, _ in writers[:at]:
            if other_number != number and not order.are_apart(step, other):
                yield place, other, step
                break
