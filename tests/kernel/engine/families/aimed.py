"""Wishes that are likely to be granted: what people do with work in hand, each by whoever may.

Drawn blindly, most wishes are refused, and what needs several in a row - to hand work out and have
it back, to undo what was done - hardly ever happens.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from random import Random

from hypothesis import strategies as st

from tests.kernel.engine.families.case import FullCase
from tests.kernel.engine.families.gated import send_back
from tests.kernel.engine.families.straight import ways_back
from tuoban.kernel import commands as c
from tuoban.kernel.engine.jumping import targets
from tuoban.kernel.engine.planning import addable
from tuoban.kernel.state import Item

_SEEDS = st.integers(0, 2**32 - 1)
HELPERS = ("li", "han", "zhou", "wang")


def dice(case: FullCase, draw: st.DataObject, what_for: str = "") -> Random:
    """For draws that are to be even: those of Hypothesis tend to the first, and its numbers to
    nought, so that how far the case has come has its share in them."""
    seed = f"{draw.draw(_SEEDS)} {len(case.journal)} {what_for}"
    return Random(seed)  # noqa: S311 - chance, no secret


def _whole(case: FullCase) -> Iterator[tuple[Item, str]]:
    """Work that somebody holds, or could claim, and who; not what others sign or do for them."""
    for item in case.state.items.values():
        person = item.person or next(iter(_able(case, item)), None)
        if person is not None and item.part is None and item.delegated_by is None:
            yield item, person


def _able(case: FullCase, item: Item) -> list[str]:
    return sorted(case.directory.holders.get(item.pools[0], ())) if item.pools else []


def _open(case: FullCase) -> Iterator[c.Command]:
    return (c.Open(person, item.id) for item, person in _whole(case))


def _delegate(case: FullCase) -> Iterator[c.Command]:
    for item, person in _whole(case):
        yield from (c.Delegate(person, item.id, to, "help") for to in HELPERS if to != person)


def _get_back(case: FullCase) -> Iterator[c.Command]:
    for item in case.state.items.values():
        if item.delegated_by is not None and item.person is not None:
            yield c.GetBack(item.delegated_by, item.id)
            yield c.Complete(item.person, item.id)


def _add_signer(case: FullCase) -> Iterator[c.Command]:
    for item, person in _whole(case):
        for to in HELPERS:
            if to != person:
                yield c.AddSigner(person, item.id, to, to < person, "look at it")


def _opinion(case: FullCase) -> Iterator[c.Command]:
    for item in case.state.items.values():
        if item.part is not None and item.person is not None and item.part.added:
            if item.part.added == "before":
                yield c.GiveOpinion(item.person, item.id, agrees=True)
            whole = case.state.items[item.part.of]
            yield c.DropSigner(whole.person or "wang", whole.id, item.person)


def _refuse(case: FullCase) -> Iterator[c.Command]:
    for item in case.state.items.values():
        if item.part is not None and item.part.added != "before":
            for person in (item.person, *_able(case, item)):
                if person is not None:
                    yield c.RefuseToSign(person, item.id, "not right")


def _print(case: FullCase) -> Iterator[c.Command]:
    for item, person in _whole(case):
        for document in case.definition.nodes[item.node].step.prints:
            yield c.PrintDocument(person, item.node, document)


def _urge(case: FullCase) -> Iterator[c.Command]:
    return (c.Urge("wang", item.id) for item, _ in _whole(case))


def _return(case: FullCase) -> Iterator[c.Command]:
    for item, person in _whole(case):
        for to in ways_back(case, item):
            yield c.Return(person, item.id, to, "again")
            if to in case.definition.nodes[item.node].step.straight_from:
                yield c.Return(person, item.id, to, "again", (), straight=True)


def _take_back(case: FullCase) -> Iterator[c.Command]:
    for history in case.state.completions.values():
        yield from (c.Withdraw(each.by, each.item) for each in history if each.by and each.counts)


def _add(case: FullCase) -> Iterator[c.Command]:
    for each in addable(case.definition, case.state):
        yield c.Add("wang", each.node, each.activation, "needed")


def _jump(case: FullCase) -> Iterator[c.Command]:
    for item, _ in _whole(case):
        for to in targets(case.definition, case.definition.nodes[item.node]):
            yield c.Jump("wang", item.id, to, "so be it")


def _undo(case: FullCase) -> Iterator[c.Command]:
    """The case is cancelled once something is to be undone, or done instead."""
    done = [
        key for key, made in case.state.completions.items() if any(each.counts for each in made)
    ]
    nodes = (case.definition.nodes[key] for key in done)
    if case.definition.cancelling.then or any(
        each.kind == "step" and each.step.undo for each in nodes
    ):
        yield c.Cancel("wang", "mistake")


WISHES: tuple[Callable[[FullCase], Iterator[c.Command]], ...] = (
    *(_open, _delegate, _get_back, _add_signer, _opinion, _refuse, _print, _urge),
    *(_return, _take_back, _add, _jump, send_back),
)


def wish(case: FullCase, draw: st.DataObject) -> Iterator[c.Command]:
    """One of what can be wished now, if anything can; work that nobody holds is claimed first."""
    chance = dice(case, draw, "aimed")
    seldom = (_undo,) if chance.randrange(4) == 0 else ()  # little happens in a case after that
    possible = [found for each in (*WISHES, *seldom) if (found := list(each(case)))]
    if possible:
        command = chance.choice(chance.choice(possible))
        item = case.state.items.get(getattr(command, "item", 0))
        if item is not None and item.person is None and command.by is not None:
            yield c.Claim(command.by, item.id)
        yield command
