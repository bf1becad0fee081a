"""Who is kept from a step by what they do elsewhere: did a barred one, take part in it, sign it.

It is read from the state alone.
"""

from __future__ import annotations

from collections.abc import Iterator

from tuoban.kernel.definition import Definition, Node
from tuoban.kernel.state import Completion, Item, Opinion, Part, Signed, State

_NOBODY: frozenset[str] = frozenset()


def barred_people(state: State, node: Node) -> dict[str, str]:
    """Person → the step they did that bars them from this one (`not`)."""
    if not node.step.by.excluded:
        return {}
    return {
        person: other
        for other in node.step.by.excluded
        for completion in state.completions.get(other, ())
        if completion.counts
        for person in _who_did(completion)
    }


def _who_did(made: Completion) -> Iterator[str]:
    """Whoever completed something or signed it, or gave an opinion of it, delegates included, and
    those in whose place they did."""
    yield made.by
    yield from made.delegates
    yield from (each.by for each in made.signed)
    yield from (each.by for each in made.opinions)
    places: tuple[Completion | Signed | Opinion, ...] = (made, *made.signed, *made.opinions)
    yield from (each.for_whom for each in places if each.for_whom is not None)


def _speaking(opinions: tuple[Opinion, ...]) -> Iterator[str | None]:
    for each in opinions:
        yield from (each.by, each.for_whom)


def taking_other_parts(definition: Definition, state: State, item: Item) -> frozenset[str]:
    """Those who did another part of joint work, or hold one, for themselves or as a delegate; of
    what is signed, whoever completed it and its other signers."""
    if item.part is not None:
        return signing_too(state, item.part, beside=item.id)
    node = definition.nodes[item.node]
    added = _added(state, item)
    if node.step.by.agree is None:
        return added
    return added | taking_part(state, node, item.activation, beside=item.id)


def _added(state: State, item: Item) -> frozenset[str]:
    """Who was added to a piece of work, to sign it or for an opinion."""
    parts = parts_of(state, item.id)
    if not (parts or item.added or item.opinions):
        return _NOBODY
    asked = (person for each in parts for person in (each.person, each.for_whom))
    people = (*item.added, *_speaking(item.opinions), *asked)
    return frozenset(person for person in people if person is not None)


def taking_part(state: State, node: Node, activation: int, beside: int = 0) -> frozenset[str]:
    """Those who did a part of joint work, or hold one other than `beside`."""
    people: set[str | None] = set()
    for made in state.completions.get(node.key, ()):
        if made.counts and made.scope[-1] == activation:
            people |= set(_who_did(made))
    for other in state.items.values():
        together = other.node == node.key and other.activation == activation
        if together and other.id != beside:
            people |= {other.person, other.for_whom, other.delegated_by, *other.delegates}
            people |= {*_speaking(other.opinions)}
    return frozenset(person for person in people if person is not None)


def signing_too(state: State, part: Part, beside: int = 0) -> frozenset[str]:
    """Those who completed what is signed, and who signed it or hold a part other than `beside`."""
    whole = state.items[part.of]
    people: set[str | None] = {whole.person, whole.for_whom, *whole.delegates}
    people |= {*_speaking(whole.opinions)}
    if whole.signing is not None:
        for each in whole.signing.signed:
            people |= {each.by, each.for_whom}
    for other in parts_of(state, whole.id):
        if other.id != beside:
            people |= {other.person, other.for_whom}
    return frozenset(person for person in people if person is not None)


def parts_of(state: State, item: int) -> tuple[Item, ...]:
    """The signers' parts of an item that are still open."""
    return tuple(
        [each for each in state.items.values() if each.part is not None and each.part.of == item]
    )
