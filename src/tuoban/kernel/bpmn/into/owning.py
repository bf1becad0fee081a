"""Whose a field is that had to be made: where all that names it may be done several times at once,
each time has its own."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping as Lookup
from dataclasses import dataclass, field

from tuoban.kernel.bpmn.into.making import mapping, text_at, with_value
from tuoban.kernel.language.tree import Mapping, Node, Pair, Scalar, Sequence

_WORDS = re.compile(r"\w+")
_LABELS = ("zh", "en")
Words = Counter[str]


def with_owners(pack: Mapping, names: frozenset[str]) -> Mapping:
    """The pack, in which each reaction that does not interrupt, each block for elements and each
    called process declares those fields of the case that it alone names.

    Args:
        names: of the fields that may be theirs.
    """
    pair = pack.pair("fields")
    declared = pair.value if pair is not None and isinstance(pair.value, Mapping) else mapping({})
    made = {each.key.text: each.value for each in declared.pairs if each.key.text in names}
    kept = [each for each in declared.pairs if each.key.text not in names]
    others = with_value(pack, "fields", Mapping(declared.place, tuple(kept)))
    owner = _Owner(_words(others, made), made)
    pairs = tuple(Pair(each.key, owner.section(each)) for each in pack.pairs)
    left = [each for each in declared.pairs if each.key.text not in owner.given]
    whole = Mapping(pack.place, pairs)
    return with_value(whole, "fields", Mapping(declared.place, tuple(left)) if left else None)


@dataclass(slots=True)
class _Owner:
    """Gives fields to places, the innermost first.

    Attributes:
        everywhere: how often the pack names each.
        made: those that may be given.
        given: the names of those that a place has.
    """

    everywhere: Words
    made: dict[str, Node]
    given: set[str] = field(default_factory=set)

    def section(self, section: Pair) -> Node:
        value = section.value
        if section.key.text == "processes" and isinstance(value, Mapping):
            called = (Pair(each.key, self.place(each.value, "steps")) for each in value.pairs)
            return Mapping(value.place, tuple(called))
        return self.inside(value) if section.key.text == "process" else value

    def inside(self, node: Node) -> Node:
        if isinstance(node, Sequence):
            return Sequence(node.place, tuple(self.inside(each) for each in node.items))
        if not isinstance(node, Mapping):
            return node
        if node.pair("each") is not None:
            return self.place(node, "steps")
        return self._parts(node)

    def place(self, node: Node, body: str) -> Node:
        """What may be done several times at once, by what stands in its body."""
        if not isinstance(node, Mapping):
            return node
        made = self._parts(node)
        pair = made.pair(body)
        named = _words(pair.value, self.made) if pair is not None else Words()
        own = {
            each: value
            for each, value in self.made.items()
            if each not in self.given and 0 < named[each] == self.everywhere[each]
        }
        self.given |= own.keys()
        return _declaring(made, body, own) if own else made

    def _parts(self, node: Mapping) -> Mapping:
        pairs = []
        for pair in node.pairs:
            if pair.key.text == "during" and isinstance(pair.value, Sequence):
                reactions = tuple(self._reaction(each) for each in pair.value.items)
                pairs.append(Pair(pair.key, Sequence(pair.value.place, reactions)))
            else:
                pairs.append(Pair(pair.key, self.inside(pair.value)))
        return Mapping(node.place, tuple(pairs))

    def _reaction(self, node: Node) -> Node:
        if isinstance(node, Mapping) and text_at(node, "interrupting") != "true":
            return self.place(node, "then")
        return self.inside(node)


def _declaring(made: Mapping, body: str, fields: Lookup[str, Node]) -> Mapping:
    """With these fields, which stand before its body."""
    known = made.pair("fields")
    before = known.value.pairs if known is not None and isinstance(known.value, Mapping) else ()
    declared = Mapping(made.place, (*before, *mapping(fields).pairs))
    own = Pair(Scalar(made.place, "fields"), declared)
    others = [each for each in made.pairs if each.key.text != "fields"]
    at = next(number for number, each in enumerate(others) if each.key.text == body)
    return Mapping(made.place, (*others[:at], own, *others[at:]))


def _words(tree: Node, known: Lookup[str, Node]) -> Words:
    """How often it names each of these, but for labels."""
    found, waiting = Words(), [tree]
    while waiting:
        node = waiting.pop()
        if isinstance(node, Scalar):
            found.update(each for each in _WORDS.findall(node.text) if each in known)
        elif isinstance(node, Mapping):
            said = [each for each in node.pairs if each.key.text not in _LABELS]
            waiting += [part for each in said for part in (each.key, each.value)]
        elif isinstance(node, Sequence):
            waiting += node.items
    return found
