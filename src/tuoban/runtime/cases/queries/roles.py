"""Roles and skills as published processes know them, and who holds them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Count

from tuoban.kernel.definition import Definition, Step
from tuoban.kernel.text import Text
from tuoban.runtime.cases import definitions
from tuoban.runtime.cases.models import PoolEntry
from tuoban.runtime.cases.paging import PAGE_SIZE
from tuoban.runtime.people.models import RoleHolding, Skill


@dataclass(frozen=True, slots=True)
class RoleChoice:
    """A role of the newest version of a published process, held by people."""

    key: str
    label: Text
    process: Text


def roles_known() -> tuple[RoleChoice, ...]:
    """Every role that people hold by the newest versions of published processes, by its key."""
    found: dict[str, RoleChoice] = {}
    for definition in _newest():
        for key, role in definition.roles.items():
            if not role.is_outside and role.person is None:
                found.setdefault(key, RoleChoice(key, role.label, definition.title))
    return tuple(found[key] for key in sorted(found))


def role_labels() -> dict[str, Text]:
    """What roles are called, by key."""
    return {each.key: each.label for each in roles_known()}


def skills_known() -> tuple[str, ...]:
    """What the newest versions of published processes ask people to be able to do, and what
    somebody is able to do already."""
    asked = {
        skill
        for definition in _newest()
        for node in definition.nodes.values()
        if isinstance(node.construct, Step)
        for by in (node.step.by, *(each.by for each in node.step.signers))
        if by is not None
        for skill in by.skills
    }
    return tuple(sorted(asked | set(Skill.objects.values_list("name", flat=True).distinct())))


def _newest() -> Iterable[Definition]:
    return (definitions.compiled(row) for row in definitions.all_latest())


@dataclass(frozen=True, slots=True)
class RoleRow:
    """A role, and who holds it where: pairs of a unit and a name."""

    choice: RoleChoice
    holders: tuple[tuple[Text, str, str], ...]
    waiting: int
    """How many pieces of work lie in its pools."""

    @property
    def place(self) -> str:
        """Where it stands in the list: those that nobody holds come first."""
        return f"{int(bool(self.holders))}.{self.choice.key}"

    def says(self, words: str) -> bool:
        """Whether a text in small letters is found in it, or in who holds it where."""
        texts = [self.choice.label, self.choice.process, *(unit for unit, _, _ in self.holders)]
        said = [self.choice.key, *(name for _, name, _ in self.holders)]
        said += [each for text in texts for each in (text.zh, text.en)]
        return any(words in each.casefold() for each in said)


@dataclass(frozen=True, slots=True)
class RolesPage:
    rows: tuple[RoleRow, ...]
    next: str


def roles_page(q: str = "", page: str = "") -> RolesPage:
    """The roles of published processes, those that nobody holds first.

    Args:
        q: what is sought in their names, processes and holders.
        page: the `place` of the last one of the page before.
    """
    rows = sorted(_role_rows(), key=lambda each: each.place)
    found = [each for each in rows if each.place > page and each.says(q.casefold())]
    following = found[PAGE_SIZE - 1].place if len(found) > PAGE_SIZE else ""
    return RolesPage(tuple(found[:PAGE_SIZE]), following)


def _role_rows() -> list[RoleRow]:
    held: defaultdict[str, list[tuple[Text, str, str]]] = defaultdict(list)
    rows = RoleHolding.objects.filter(user__is_active=True).select_related("user", "unit")
    for each in rows.order_by("unit__path", "user__display_name"):
        held[each.role].append((each.unit.name, str(each.user), each.user.username))
    lying = PoolEntry.objects.order_by().values_list("role").annotate(count=Count("pk"))
    waiting = dict(lying.values_list("role", "count"))
    return [
        RoleRow(each, tuple(held[each.key]), waiting.get(each.key, 0)) for each in roles_known()
    ]
