"""`changes`: what a variant alters in the processes of its base.

They are taken apart into lists that can be altered, and put together again when every change is
made; each change sees what those before it have made.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator
from dataclasses import dataclass, field

from tuoban.kernel.language.constructs.table import KINDS, TRIGGERS
from tuoban.kernel.language.names import unknown
from tuoban.kernel.language.problems import Findings
from tuoban.kernel.language.reading import Properties, as_items, as_mapping, as_text
from tuoban.kernel.language.tree import Mapping, Node, Pair, Place, Scalar, Sequence, is_empty_list

BODIES = frozenset(
    ("steps", "then", "otherwise", "parallel", "choose", "during", "undo"),
)
"""Keys under which constructs may stand."""
LATE = "late"
"""A key under which they may stand by moments."""
Path = tuple[str, ...]
"""The keys from the whole pack down to a list of constructs."""

_KINDS = {**KINDS, **{word: each for word, each in TRIGGERS.items() if each.naming == "named"}}
"""Constructs, and the reactions that have a name."""
_CHANGES = (*_KINDS, "after", "before", "remove")


def apply_changes(
    pack: Mapping, changes: Node, defaults: Collection[str], findings: Findings
) -> Mapping:
    """A base with the changes of a variant made to its process, to those that it calls, and to what
    is done on cancel.

    Naming what they do not hold, or not any more, is a problem.

    Args:
        defaults: keys that hold for every step: an empty list under one of them stays, since it
            says that a step does without.
    """
    changing = _Changing(pack, defaults, findings)
    for item in as_items(changes, findings):
        mapping = as_mapping(item, findings, "@change")
        if mapping is not None:
            changing.make(mapping)
    return changing.result(pack)


def _lists(pack: Mapping) -> Iterator[tuple[Path, Sequence]]:
    """Where constructs stand, outermost."""
    paths: list[Path] = [("process",), ("cancel", "then")]
    called = pack.pair("processes")
    for pair in called.value.pairs if called and isinstance(called.value, Mapping) else ():
        paths.append(("processes", pair.key.text, "steps"))
    for path in paths:
        node: Node = pack
        for key in path:
            found = node.pair(key) if isinstance(node, Mapping) else None
            node = found.value if found is not None else Scalar(pack.place, "")
        if isinstance(node, Sequence):
            yield path, node


def _with(node: Node, path: Path, value: Node) -> Node:
    """A tree with something else at a path."""
    if not path or not isinstance(node, Mapping):
        return value
    pairs = (
        Pair(each.key, _with(each.value, path[1:], value)) if each.key.text == path[0] else each
        for each in node.pairs
    )
    return Mapping(node.place, tuple(pairs))


@dataclass(slots=True, eq=False)
class _List:
    """A list of constructs or of branches."""

    place: Place
    items: list[_Keys | Node] = field(default_factory=list)


@dataclass(slots=True, eq=False)
class _Keys:
    """A construct or a branch, with the lists inside it."""

    place: Place
    keys: dict[str, Scalar] = field(default_factory=dict)
    values: dict[str, _List | _Keys | Node] = field(default_factory=dict)
    stands_in: _List | None = None
    known_as: str | None = None
    """The name by which it is found."""

    @property
    def word(self) -> str | None:
        return next((key for key in self.keys if key in _KINDS), None)

    @property
    def name(self) -> str | None:
        """The name by which the construct is known, if it has one."""
        word = self.word
        if word is None:
            return None
        named_by = _KINDS[word].named_by
        value = self.values[named_by if named_by in self.values else word]
        return value.text if isinstance(value, Scalar) and not value.is_empty else None


class _Changing:
    def __init__(self, pack: Mapping, defaults: Collection[str], findings: Findings) -> None:
        self._findings = findings
        self._defaults = defaults
        self._named: defaultdict[str, list[_Keys]] = defaultdict(list)
        self._roots = {path: self._list(each) for path, each in _lists(pack)}

    def result(self, pack: Mapping) -> Mapping:
        changed: Node = pack
        for path, made in self._roots.items():
            changed = _with(changed, path, _put_together(made))
        return changed if isinstance(changed, Mapping) else pack

    def make(self, change: Mapping) -> None:
        words = [pair.key.text for pair in change.pairs]
        side = next((word for word in words if word in ("after", "before")), None)
        if side is not None:
            self._add(side, Properties(change, self._findings, (side, "add")))
        elif "remove" in words:
            self._remove(Properties(change, self._findings, ("remove",)))
        elif any(word in _KINDS for word in words):
            self._replace(change)
        else:
            meant = self._findings.nearest(words[0], _CHANGES) if words else ""
            known = ", ".join(_CHANGES)
            self._findings.add(change, "no-change", known=known, nearest=meant)

    def _add(self, side: str, properties: Properties) -> None:
        anchor = self._find(properties.get(side))
        added = as_items(properties.need("add"), self._findings)
        if anchor is None or anchor.stands_in is None:
            return
        items = anchor.stands_in.items
        at = _index(items, anchor) + (side == "after")
        items[at:at] = [self._item(each, anchor.stands_in) for each in added]

    def _remove(self, properties: Properties) -> None:
        construct = self._find(properties.get("remove"))
        if construct is None or construct.stands_in is None:
            return
        items = construct.stands_in.items
        if len(items) == 1:
            where = properties.get("remove") or properties.place
            self._findings.add(where, "change-leaves-nothing", name=construct.name or "")
            return
        del items[_index(items, construct)]
        for each in (construct, *_inside(construct)):
            self._unregister(each)

    def _replace(self, change: Mapping) -> None:
        head = next(pair for pair in change.pairs if pair.key.text in _KINDS)
        construct = self._find(head.value)
        if construct is None:
            return
        if construct.word != head.key.text:
            facts = {"name": construct.name or "", "word": construct.word or ""}
            self._findings.add(head.key, "change-of-another-kind", **facts)
            return
        self._unregister(construct)
        for pair in change.pairs:
            key = pair.key.text
            if key in construct.keys and key not in self._defaults and is_empty_list(pair.value):
                self._forget(construct.values.pop(key))
                del construct.keys[key]
            elif pair is not head:
                self._forget(construct.values.get(key))
                construct.keys[key] = pair.key
                construct.values[key] = self._value(pair)
        self._register(construct)

    def _find(self, node: Node | None) -> _Keys | None:
        """The construct called so; None, reported, if there is none, or more than one."""
        name = as_text(node, self._findings, "@name")
        if name is None:
            return None
        found = self._named.get(name.text) or []
        if len(found) == 1:
            return found[0]
        if found:
            self._findings.add(name, "change-of-which", name=name.text)
        else:
            known = [each for each, constructs in self._named.items() if constructs]
            unknown(name, self._findings, "not-in-base", name.text, known)
        return None

    # -- apart and together -----------------------------------------------------------------------

    def _list(self, node: Sequence) -> _List:
        made = _List(node.place)
        made.items.extend(self._item(each, made) for each in node.items)
        return made

    def _item(self, node: Node, stands_in: _List) -> _Keys | Node:
        if not isinstance(node, Mapping):
            return node
        made = _Keys(node.place, stands_in=stands_in)
        for pair in node.pairs:
            made.keys[pair.key.text] = pair.key
            made.values[pair.key.text] = self._value(pair)
        self._register(made)
        return made

    def _value(self, pair: Pair) -> _List | _Keys | Node:
        node = pair.value
        if pair.key.text == LATE and isinstance(node, Mapping):
            made = _Keys(node.place)
            for each in node.pairs:
                made.keys[each.key.text] = each.key
                made.values[each.key.text] = (
                    self._list(each.value) if isinstance(each.value, Sequence) else each.value
                )
            return made
        if pair.key.text in BODIES and isinstance(node, Sequence):
            return self._list(node)
        return node

    def _forget(self, value: _List | _Keys | Node | None) -> None:
        """What stood there is not known any more."""
        for each in _constructs(value):
            self._unregister(each)

    def _register(self, construct: _Keys) -> None:
        construct.known_as = construct.name
        if construct.known_as is not None:
            self._named[construct.known_as].append(construct)

    def _unregister(self, construct: _Keys) -> None:
        if construct.known_as is not None:
            self._named[construct.known_as].remove(construct)
            construct.known_as = None


def _index(items: list[_Keys | Node], construct: _Keys) -> int:
    return next(at for at, each in enumerate(items) if each is construct)


def _constructs(made: _List | _Keys | Node | None) -> Iterator[_Keys]:
    """What stands in a list, or in those of several moments."""
    if isinstance(made, _Keys):
        yield from _inside(made)
    for item in made.items if isinstance(made, _List) else ():
        if isinstance(item, _Keys):
            yield item
            yield from _inside(item)


def _inside(construct: _Keys) -> Iterator[_Keys]:
    for value in construct.values.values():
        yield from _constructs(value)


def _put_together(made: _List | _Keys | Node) -> Node:
    if isinstance(made, _List):
        return Sequence(made.place, tuple(_put_together(each) for each in made.items))
    if isinstance(made, _Keys):
        pairs = (Pair(key, _put_together(made.values[word])) for word, key in made.keys.items())
        return Mapping(made.place, tuple(pairs))
    return made
