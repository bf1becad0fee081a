"""Who is away at a moment, and who does their work meanwhile."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, tzinfo

from django.db.models import OuterRef, Subquery

from tuoban.kernel.surroundings import Deputy, Directory
from tuoban.runtime.people import personal
from tuoban.runtime.people.models import PersonalHours
from tuoban.runtime.people.personal import AbsenceText, PersonalText


@dataclass(frozen=True, slots=True)
class Away:
    """That somebody is away from one moment on the wall until another."""

    person: str
    start: datetime
    end: datetime
    deputy: Deputy | None


@dataclass(frozen=True, slots=True)
class Absences:
    """Every absence of everybody, by its start. Between two `edges` nothing changes, so that what
    holds there is worked out once."""

    all: tuple[Away, ...] = ()
    edges: tuple[datetime, ...] = ()
    _known: dict[int, Mapping[str, Deputy | None]] = field(default_factory=dict, compare=False)

    def laid_on(self, directory: Directory, moment: datetime, zone: tzinfo) -> Directory:
        """The directory with who is away at that moment, on the wall of the zone."""
        away = self._at(moment.astimezone(zone).replace(tzinfo=None)) if self.all else None
        return replace(directory, away=away) if away else directory

    def _at(self, wall: datetime) -> Mapping[str, Deputy | None]:
        place = bisect_right(self.edges, wall)
        if place not in self._known:
            self._known[place] = _found(each for each in self.all if each.start <= wall < each.end)
        return self._known[place]


def _found(absences: Iterable[Away]) -> Mapping[str, Deputy | None]:
    """Of absences that overlap, the first that names a deputy."""
    away: dict[str, Deputy | None] = {}
    for each in absences:
        away[each.person] = away.get(each.person) or each.deputy
    return away


def read(people: Collection[str]) -> Absences:
    """Every absence of these people."""
    found = [
        away
        for person, text in newest_texts().items()
        if person in people
        for away in _of(person, text)
    ]
    edges = sorted({moment for each in found for moment in (each.start, each.end)})
    return Absences(tuple(sorted(found, key=lambda each: (each.start, each.end))), tuple(edges))


def newest_texts() -> dict[str, PersonalText]:
    """The hours of people's own that are in force, by person."""
    of_one = PersonalHours.objects.filter(user=OuterRef("user")).order_by("-number")
    newest = PersonalHours.objects.filter(pk=Subquery(of_one.values("pk")[:1]))
    rows = newest.exclude(content=personal.NOTHING).values_list("user_id", "content")
    return {str(user): personal.from_json(content) for user, content in rows}


def _of(person: str, text: PersonalText) -> Iterable[Away]:
    for each in text.absences:
        start, end = (datetime.fromisoformat(wall) for wall in (each.start, each.end))
        yield Away(person, start, end, deputy_of(each))


def deputy_of(absence: AbsenceText) -> Deputy | None:
    """Whoever an absence names."""
    if not absence.deputy:
        return None
    return Deputy(absence.deputy, frozenset(absence.roles), absence.empowered)
