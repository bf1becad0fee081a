"""Staffing: whether an organisation has the people whom a process needs, where its cases begin.

Everything is counted as rule 5 of the language has it: the nearest unit upwards in which somebody
with the skills holds a role; other people for every signer; nobody who did what `not` names. Where
a unit depends on what is entered, every unit is looked at, and it is said so. Only numbers come
out, and nothing is refused by them: somebody may be given a role tomorrow.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Literal, NamedTuple

from tuoban.kernel.definition import Definition, Node, Performer, Start
from tuoban.kernel.expressions import Expression
from tuoban.kernel.expressions import syntax as s
from tuoban.kernel.names import read
from tuoban.kernel.surroundings import Directory
from tuoban.kernel.units import PARAMETERS, unit_functions

Lack = Literal["nobody", "nobody-there", "too-few", "all-barred", "nobody-starts"]
"""What is lacking: anybody at all; anybody in some of the units that the case may name; as many
different people as it takes; anybody but those who did what bars from it; anybody who may start a
case."""

People = frozenset[str]


@dataclass(frozen=True, slots=True)
class Shortage:
    """One thing that lacks people, wherever it does so in the same way.

    Attributes:
        node: the step or reaction; of `nobody-starts` the request.
        roles: the roles that are looked for.
        needed: how many different people it takes; of `nobody-there`, how many units there are.
        found: how many there are; of `nobody-there`, in how many units there is somebody.
        units: those of the cases for which they lack, or those in which nobody is there; none of
            `nobody-starts`.
        skills: what they must be able to do beside.
        barring: the steps whose performers may not do it.
        is_possible: whether any case belongs to these units depends on what is entered.
    """

    lack: Lack
    node: str
    roles: tuple[str, ...]
    needed: int
    found: int
    units: tuple[str, ...] = ()
    skills: tuple[str, ...] = ()
    barring: tuple[str, ...] = ()
    is_possible: bool = False


class Homes(NamedTuple):
    """The units to which cases surely may belong, and those to which they may belong depending on
    what is entered."""

    known: tuple[str, ...]
    possible: tuple[str, ...]


def shortages(definition: Definition, directory: Directory) -> tuple[Shortage, ...]:
    """Whatever lacks people: starts, then steps and buttons down the page."""
    found = [
        Shortage("nobody-starts", start.request, definition.acting(start.by), 1, 0)
        for start in definition.starts.values()
        if start.is_request and not _asking(definition, directory, start)
    ]
    homes = units_of_cases(definition, directory)
    for node in definition.nodes.values():
        at: dict[Shortage, list[str]] = {}
        for unit in (*homes.known, *homes.possible):
            is_possible = unit not in homes.known
            for each in _Place(definition, directory, unit).lacking(node):
                at.setdefault(replace(each, is_possible=is_possible), []).append(unit)
        found += [replace(each, units=tuple(where)) for each, where in at.items()]
        found += _where_it_depends(definition, directory, node)
    return tuple(found)


def units_of_cases(definition: Definition, directory: Directory) -> Homes:
    """The units to which cases may belong: for a request those in which one of its roles is held;
    for cases that nobody asks for the topmost one, unless something else is said of them; any,
    where that depends on what is entered."""
    known: dict[str, None] = {}
    depends = False
    for start in definition.starts.values():
        units = _units_of(definition, directory, start)
        known |= dict.fromkeys(units or ())
        depends |= units is None
    possible = (unit for unit in directory.parents if unit not in known) if depends else ()
    return Homes(tuple(known), tuple(possible))


def _where_it_depends(
    definition: Definition, directory: Directory, node: Node
) -> Iterator[Shortage]:
    """Rules whose unit the case names, where nobody is there in some of all units."""
    for by in dict.fromkeys(node.construct.performers):
        where, roles = by.where, definition.acting(by.roles)
        if where is None or _is_of_unit(where.tree, "case") or not _is_by_role(by):
            continue
        empty = tuple(u for u in directory.parents if not _able(directory, roles, u, by.skills))
        total = len(directory.parents)
        if empty:
            found = total - len(empty)
            yield Shortage("nobody-there", node.key, roles, total, found, empty, by.skills)


def _is_by_role(by: Performer) -> bool:
    """Whether roles alone say who it is."""
    return bool(by.roles) and by.person is None and by.same_as is None


def _able(directory: Directory, roles: Sequence[str], unit: str, skills: Sequence[str]) -> People:
    """Who holds one of the roles in a unit and is able to do it."""
    held = directory.all_holding(roles, unit)
    return frozenset(each for each in held if not directory.missing(each, skills))


def _units_of(definition: Definition, directory: Directory, start: Start) -> tuple[str, ...] | None:
    """Where the cases of a start belong; None: that depends on what is entered."""
    if start.is_request:
        return _homes(definition, directory, _asking(definition, directory, start))
    by_itself, message = start.recurrence, start.arrival
    if by_itself is not None and by_itself.unit is None and by_itself.elements is None:
        return _topmost(directory)
    if message is not None and message.unit is None:
        return _topmost(directory)
    return None


def _asking(definition: Definition, directory: Directory, start: Start) -> tuple[str, ...]:
    """The units in which somebody may ask for a case."""
    roles = definition.acting(start.by)
    return tuple(
        unit
        for unit in directory.parents
        if any(directory.holders.get((role, unit)) for role in roles)
    )


def _homes(
    definition: Definition, directory: Directory, asking: tuple[str, ...]
) -> tuple[str, ...] | None:
    """The units to which cases belong that are asked for in these; None where that depends on what
    is entered."""
    rule = definition.case.unit
    if rule is None:
        return asking
    if not _is_of_unit(rule.tree, "start"):
        return None
    found = (_unit_by(rule, directory, unit, "start") or unit for unit in asking)
    return tuple(dict.fromkeys(each for each in found if each in directory.parents))


def _unit_by(rule: Expression, directory: Directory, unit: str, root: str) -> str | None:
    """The unit that an expression names which reads no more of the case than its unit."""
    found = read(rule, {**unit_functions(directory, unit), root: {"unit": unit}})
    return found if isinstance(found, str) else None


def _topmost(directory: Directory) -> tuple[str, ...]:
    return tuple(unit for unit, parent in directory.parents.items() if parent is None)


@dataclass(frozen=True, slots=True)
class _Place:
    """The organisation as a case of one unit finds it."""

    definition: Definition
    directory: Directory
    unit: str

    def lacking(self, node: Node) -> Iterator[Shortage]:
        rules = node.construct.performers
        empty = [each for by in rules for each in self._if_nobody(node.key, by)]
        if empty:
            yield from dict.fromkeys(empty)
            return
        yield from self._if_too_few(node.key, rules)
        for by in dict.fromkeys(rules):
            yield from self._if_barred(node.key, by)

    def _if_nobody(self, key: str, by: Performer) -> Iterator[Shortage]:
        people = self._people(by)
        if people is not None and not people:
            needed = by.agree.number if by.agree and by.agree.kind == "number" else 1
            roles = self.definition.acting(by.roles)
            yield Shortage("nobody", key, roles, needed, 0, skills=by.skills)

    def _if_too_few(self, key: str, rules: tuple[Performer, ...]) -> Iterator[Shortage]:
        """Signers are all different people, and none of them did the step; those who do it together
        are as many as must agree."""
        if not rules:
            return
        doing = rules[0]
        known = [(by, people) for by in rules if (people := self._people(by)) is not None]
        agree, slots = doing.agree, [people for _, people in known]
        needed, found = len(slots), _different(slots)
        if agree is not None and agree.kind == "number" and slots:
            needed, found = agree.number, len(slots[0])
        if found < needed:
            roles = self.definition.acting(tuple(role for by, _ in known for role in by.roles))
            yield Shortage("too-few", key, roles, needed, found, skills=doing.skills)

    def _if_barred(self, key: str, by: Performer) -> Iterator[Shortage]:
        """Whether everybody may have done something that bars from it."""
        people = self._people(by)
        if people is None or not by.excluded:
            return
        barring = [(other, self._who_do(other)) for other in by.excluded]
        together = frozenset().union(*(all_of for _, (all_of, _) in barring)) & people
        alone = [each & people - together for _, (_, slots) in barring for each in slots]
        most = len(together) + _different(alone)
        if most >= len(people):
            others = tuple(
                other
                for other, (all_of, slots) in barring
                if any(each & people for each in (all_of, *slots))
            )
            roles = self.definition.acting(by.roles)
            yield Shortage(
                "all-barred", key, roles, most + 1, len(people), skills=by.skills, barring=others
            )

    def _who_do(self, key: str) -> tuple[People, list[People]]:
        """Who surely does a step if it is done, as all who do it together; and, for each one else
        who does or signs it, of whom they are one."""
        step = self.definition.nodes[key].step
        signers = [each.by for each in step.inside_signers if each.by is not None]
        signing = [people for by in signers if (people := self._people(by)) is not None]
        by = self._origin(step.by)
        people = self._people(by) or frozenset()
        if by.agree is not None:
            return people, signing
        return frozenset(), [people, *signing]

    def _origin(self, by: Performer) -> Performer:
        """Who does it in the end, where it is whoever did something else."""
        seen: set[str] = set()
        while by.same_as is not None and by.same_as not in seen:
            seen.add(by.same_as)
            by = self.definition.nodes[by.same_as].step.by
        return by

    def _people(self, by: Performer) -> People | None:
        """Everybody who may do it by their roles; None: that depends on the case, or somebody is
        named."""
        roles = self.definition.acting(by.roles)
        if not _is_by_role(by):
            return None
        units = self._units(by.where)
        if units is None:
            return None
        found: set[str] = set()
        for role in roles:
            able = (_able(self.directory, (role,), unit, by.skills) for unit in units)
            found |= next((people for people in able if people), frozenset())
        return frozenset(found)

    def _units(self, where: Expression | None) -> tuple[str, ...] | None:
        """Where roles are looked for, the first unit first; None: that depends on the case."""
        if where is None:
            return tuple(self.directory.upwards(self.unit))
        if not _is_of_unit(where.tree, "case"):
            return None
        unit = _unit_by(where, self.directory, self.unit, "case")
        return (unit,) if unit is not None and unit in self.directory.parents else ()


def _is_of_unit(tree: s.Node, root: str) -> bool:
    """Whether an expression reads nothing but `case.unit`, or `start.unit`."""
    if isinstance(tree, s.Path):
        return tree.source == s.Name(root) and tree.name == "unit"
    if isinstance(tree, s.Name):
        return tree.name in PARAMETERS
    return all(_is_of_unit(each, root) for each in s.children(tree))


def _different(slots: Sequence[People]) -> int:
    """How many of these can be filled at once, each by another of its people."""
    taken: dict[str, int] = {}

    def fill(slot: int, tried: set[str]) -> bool:
        for person in sorted(slots[slot] - tried):
            tried.add(person)
            if person not in taken or fill(taken[person], tried):
                taken[person] = slot
                return True
        return False

    return sum(fill(each, set()) for each in range(len(slots)))
