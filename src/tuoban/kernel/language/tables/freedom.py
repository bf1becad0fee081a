"""Which inputs of a table may have any of their values, whatever the others have, when it is
decided: what people enter for certain before that, and nothing else depends on.

It is enough that some case comes to be decided so. What follows behind the decision does not
count, even where work may be sent back.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from tuoban.kernel.definition import (
    Assign,
    End,
    Field,
    FormSection,
    Node,
    Start,
    Step,
)
from tuoban.kernel.expressions import Expression
from tuoban.kernel.language.scope import Path
from tuoban.kernel.language.tables.draft import Draft


@dataclass(frozen=True, slots=True)
class Freedom:
    """Knows what the process has settled about a name before a decision.

    Attributes:
        fields: those of the case; `own`: those of each step.
        decisions: the tables by the names under which their results are read.
        nodes: the process, down the page.
    """

    fields: Mapping[str, Field]
    own: Mapping[str, Mapping[str, Field]]
    decisions: Mapping[str, Draft]
    starts: tuple[Start, ...]
    nodes: Mapping[str, Node]
    _order: Mapping[str, int] = field(init=False)
    _owners: Mapping[str, Node] = field(init=False)

    def __post_init__(self) -> None:
        owners = {region: node for node in self.nodes.values() for region in node.regions}
        object.__setattr__(self, "_owners", owners)
        object.__setattr__(self, "_order", {key: at for at, key in enumerate(self.nodes)})

    def free(self, table: Draft, paths: Iterable[Path]) -> frozenset[Path]:
        """Those of the paths that are free wherever the table is decided."""
        places = [self.nodes[name] for name in table.decided_as if name in self.nodes]
        found = frozenset(paths) if places else frozenset()
        for place in places:
            settled = self._settled(place)
            found = frozenset(
                path
                for path in found
                if self._is_entered(path, place) and not any(_meet(path, each) for each in settled)
            )
        return found

    def same(self, path: Path) -> Path:
        """One path for one value: `case.level` is `level`."""
        return path[1:] if path[0] == "case" and path[1:2] and path[1] in self.fields else path

    # What is entered

    def _is_entered(self, path: Path, place: Node) -> bool:
        root, *members = path
        if not members:
            return root in self.fields and self._is_asked(self.fields[root], place)
        if root in ("start", "settings"):
            return root == "settings" or members == ["request"]
        node, name = self.nodes.get(root), members[0]
        if node is None or not isinstance(node.construct, Step) or not self._is_done(node, place):
            return False
        known = self.own.get(root, {}).get(name)
        if known is None:
            return name == "outcome"
        return _is_open(known) and _asks(node.construct.form, name)

    def _is_asked(self, known: Field, place: Node) -> bool:
        """Whether every start asks for it, or a step that every case comes through."""
        if not _is_open(known) or any(known.name in each.fields for each in self._assigned()):
            return False
        if self.starts and all(_asks(start.form, known.name) for start in self.starts):
            return True
        return any(
            _asks(node.construct.form, known.name) and self._is_done(node, place)
            for node in self.nodes.values()
            if isinstance(node.construct, Step)
        )

    def _assigned(self) -> Iterator[Assign]:
        return (
            each.construct for each in self.nodes.values() if isinstance(each.construct, Assign)
        )

    def _is_done(self, node: Node, place: Node) -> bool:
        """Whether no case comes to the place without it, if the place does not stand beside it."""
        if node.when is not None or self._order[node.key] > self._order[place.key]:
            return False
        shared = {region for _, region in self._around(place)}
        for owner, region in self._around(node):
            if region in shared:
                break
            body = owner.regions.index(region)
            if owner.when is not None or owner.construct.may_skip(body):
                return False
        return True

    # What is settled

    def _settled(self, place: Node) -> set[Path]:
        """What conditions read that a case must have met to be decided there, directly or through
        other names."""
        found: set[Path] = set()
        waiting = [self.same(path) for path in (*self._conditions(place), *self._ruled())]
        while waiting:
            path = waiting.pop()
            if path not in found:
                found.add(path)
                waiting += map(self.same, self._behind(path))
        return found

    def _conditions(self, place: Node) -> Iterator[Path]:
        yield from self._guards(place)
        around = {owner.key for owner, _ in self._around(place)}
        for node in self._before(place):
            if isinstance(node.construct, End):
                yield from self._guards(node)
            if node.key not in around:
                yield from _paths(*node.construct.judged)

    def _before(self, place: Node) -> Iterator[Node]:
        """What stands above the place, and in the branches beside it."""
        beside = {owner.key for owner, _ in self._around(place) if owner.kind == "parallel"}
        for node in self.nodes.values():
            is_above = self._order[node.key] < self._order[place.key]
            if is_above or any(owner.key in beside for owner, _ in self._around(node)):
                yield node

    def _guards(self, node: Node) -> Iterator[Path]:
        """What decides whether a case comes to a node."""
        yield from _paths(node.when)
        for owner, _ in self._around(node):
            yield from _paths(owner.when)
            yield from _paths(*owner.construct.branching)

    def _ruled(self) -> Iterator[Path]:
        """What the fields' rules tie to one another."""
        for known in self.fields.values():
            for path in _rules(known):
                yield from ((known.name,), path)
        for step, fields in self.own.items():
            for known in fields.values():
                for path in _rules(known):
                    yield from ((step, known.name), path, (step, *path))

    def _behind(self, path: Path) -> Iterator[Path]:
        """What a value may come from."""
        root, *members = path
        if root in self.decisions:
            yield from _looked_at(self.decisions[root])
        elif root in self.own:
            for known in self.own[root].values():
                yield from _paths(known.default)
        elif root in self.fields:
            yield from _paths(self.fields[root].default, self.fields[root].computed)
        elif root == "case" and members in ([], ["priority"]):
            yield from ((name,) for name in self.fields)

    def _around(self, node: Node) -> Iterator[tuple[Node, str]]:
        """The blocks it stands in and the region of each, innermost first."""
        region = node.region
        while region in self._owners:
            owner = self._owners[region]
            yield owner, region
            region = owner.region


def _paths(*expressions: Expression | None) -> Iterator[Path]:
    for each in expressions:
        if each is not None:
            yield from each.paths


def _rules(known: Field) -> Iterator[Path]:
    return _paths(*(rule.that for rule in known.rules if not rule.warns))


def _looked_at(draft: Draft) -> Iterator[Path]:
    """Everything a table reads."""
    if draft.table is None:
        return
    decision = draft.table.decision
    yield from _paths(*(column.value for column in decision.inputs))
    yield from _paths(*(column.default for column in decision.outputs))
    for row in decision.rows:
        yield from _paths(*row.entries)
        for tests in row.tests:
            yield from tests.paths


def _is_open(known: Field) -> bool:
    """Whether anything of its type may be entered whenever it is asked for."""
    return known.show_when is None and known.type != "phone"


def _asks(form: Iterable[FormSection], name: str) -> bool:
    entries = (entry for section in form for entry in section.entries)
    return any(entry.field == name and not entry.read_only for entry in entries)


def _meet(one: Path, other: Path) -> bool:
    """Whether one path is the other, or leads to it."""
    length = min(len(one), len(other))
    return one[:length] == other[:length]
