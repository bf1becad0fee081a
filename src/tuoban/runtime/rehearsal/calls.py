"""The cases that a rehearsed case has called, begun and answered as the worker does."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from django.db.models import Q

from tuoban.kernel.definition import Definition, Text
from tuoban.runtime.cases import definitions, errands
from tuoban.runtime.cases.models import CalledCase
from tuoban.runtime.people.models import Unit


@dataclass(slots=True)
class Calls:
    """What is called in a rehearsal, and what is begun for it."""

    root: Unit
    played: Mapping[str, Definition] = field(default_factory=dict)
    """By slug, the packs whose cases are begun and played."""
    answers: frozenset[str] = frozenset()
    """The calls that the scenario answers itself, so that no case is begun for them."""
    _noted: set[tuple[int, bool]] = field(default_factory=set)
    _news: bool = False
    """Whether an errand was tried since news were asked for."""
    _families: dict[int, list[int]] = field(default_factory=dict)
    """What `cases` has found, as long as no errand was tried since."""

    def carry_out(self, at: datetime) -> int:
        """Begin, answer and end what is to be; how much that was. Nothing is begun for what the
        scenario answers, nor of a pack that is not at hand."""
        if not self.played:
            return 0
        nobody_plays = Q(node__in=self.answers) | ~Q(slug__in=self.played)
        due = errands.due(at).exclude(nobody_plays, errand=CalledCase.BEGIN)
        mine = due.filter(parent__unit__path__startswith=self.root.path)
        rows = list(mine.values_list("pk", "errand"))
        if rows:
            self._news = True
            self._families.clear()
        return sum(errands.carry_out_errand(pk, errand, at) for pk, errand in rows)

    def of(self, case_id: int, name: str) -> list[CalledCase]:
        """What a case has called by this name, or of the pack of this slug, in order."""
        rows = CalledCase.objects.filter(Q(node=name) | Q(slug=name), parent=case_id)
        return list(rows.order_by("number").select_related("parent", "case"))

    def cases(self, case_id: int) -> list[int]:
        """A case, and those that were called by it, by one of them, and so on."""
        if case_id not in self._families:
            found, wave = [case_id], [case_id]
            while self.played and wave:
                rows = CalledCase.objects.filter(parent__in=wave, case__isnull=False)
                wave = [each for each in rows.values_list("case_id", flat=True) if each is not None]
                found += wave
            self._families[case_id] = found
        return self._families[case_id]

    def news(self, case_id: int) -> list[CalledCase]:
        """What has been begun for a case, or could not be, since this was asked last."""
        if not self._news:
            return []
        self._news = False
        rows = CalledCase.objects.filter(parent__in=self.cases(case_id)).order_by("pk")
        found = []
        for row in rows.select_related("parent"):
            mark = (row.pk, row.case_id is not None)
            if mark not in self._noted and (row.case_id is not None or row.error):
                self._noted.add(mark)
                found.append(row)
        return found


def label_of(row: CalledCase) -> Text:
    """How a call is called in the case that makes it."""
    node = definitions.compiled(row.parent.definition).nodes.get(row.node)
    return node.label if node is not None else Text(row.slug, row.slug)
