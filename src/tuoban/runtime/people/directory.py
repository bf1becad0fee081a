"""The kernel's `Directory` and the names of people, read from the rows and kept per process until
people change."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from datetime import datetime, tzinfo
from typing import NamedTuple

from tuoban.kernel.surroundings import Directory
from tuoban.kernel.text import Text
from tuoban.runtime.people import absences, marks
from tuoban.runtime.people.absences import Absences
from tuoban.runtime.people.exclusions import exclusions
from tuoban.runtime.people.marks import Marks
from tuoban.runtime.people.models import RoleHolding, Skill, Unit, User


class _Read(NamedTuple):
    directory: Directory
    absences: Absences
    names: Mapping[str, str]
    units: Mapping[str, Text]


_kept: tuple[str, _Read] | None = None


def snapshot() -> Directory:
    """The directory as it is now, whoever may be away. Costs one small query as long as nothing has
    changed."""
    return _current().directory


def at(moment: datetime, zone: tzinfo, now: Marks | None = None) -> Directory:
    """The directory with who is away at a moment, on the wall of a zone. Costs as much, and nothing
    where the marks are known."""
    known = _current(now)
    return known.absences.laid_on(known.directory, moment, zone)


def name_of(person: str) -> str:
    """How a person is called, active or not; the id itself where there is none. Costs as much."""
    return _current().names.get(person, person)


def unit_name(unit: str) -> Text:
    """What a unit is called; its key where there is none. Costs as much."""
    return _current().units.get(unit) or Text(unit, unit)


def unit_choices() -> tuple[tuple[str, Text], ...]:
    """Every unit by its key, from the top down; what stands in another is called by both, so that
    units of the same name are told apart."""
    found = _current()
    return tuple((unit, _within(found, unit)) for unit in found.units)


def _within(found: _Read, unit: str) -> Text:
    parent = found.directory.parents.get(unit)
    name, above = found.units[unit], found.units.get(parent or "")
    if above is None or not found.directory.parents.get(parent or ""):
        return name
    return Text(f"{above.zh}·{name.zh}", f"{above.en} · {name.en}")


def choices() -> tuple[tuple[str, str], ...]:
    """Everybody who is active, as ids with their names, by name; people of the same name are told
    apart by their user names."""
    rows = User.objects.filter(is_active=True).order_by("display_name", "username")
    listed = [(user.person_id, str(user), user.username) for user in rows]
    names = [name for _, name, _ in listed]
    return tuple(
        (person, name if names.count(name) == 1 else f"{name} ({username})")
        for person, name, username in listed
    )


def _current(known: Marks | None = None) -> _Read:
    global _kept  # noqa: PLW0603 - the cache of one immutable value, replaced as a whole
    token = (known or marks.read()).people
    if _kept is not None and token == _kept[0]:
        return _kept[1]
    # Rows newer than the token do no harm: the next call sees the newer token and reads again.
    units = {unit.key: unit.name for unit in Unit.objects.order_by("path")}
    found = _read()
    read = _Read(
        found,
        absences.read(found.people),
        {user.person_id: str(user) for user in User.objects.all()},
        units,
    )
    if token is not None:
        _kept = (token, read)
    return read


def _read() -> Directory:
    active = dict(User.objects.filter(is_active=True).values_list("pk", "is_staff"))
    people = frozenset(str(pk) for pk in active)
    holders: defaultdict[tuple[str, str], set[str]] = defaultdict(set)
    held = RoleHolding.objects.filter(user__is_active=True)
    for role, unit, user in held.values_list("role", "unit__key", "user_id"):
        holders[role, unit].add(str(user))
    skills: defaultdict[str, set[str]] = defaultdict(set)
    for user, name in Skill.objects.values_list("user_id", "name"):
        skills[str(user)].add(name)
    units = list(Unit.objects.values_list("key", "parent__key", "head_id", "level"))
    # A closed unit is found by the cases that it had, and by no new one.
    closed = set(Unit.objects.exclude(closed_at=None).values_list("key", flat=True))
    return Directory(
        holders={place: frozenset(found) for place, found in holders.items()},
        parents={key: parent for key, parent, _, _ in units},
        heads={key: str(head) for key, _, head, _ in units if head is not None},
        people=people,
        levels={key: level for key, _, _, level in units if level and key not in closed},
        skills={person: frozenset(names) for person, names in skills.items()},
        administrators=frozenset(str(pk) for pk, is_staff in active.items() if is_staff),
        exclusive=exclusions(),
    )
