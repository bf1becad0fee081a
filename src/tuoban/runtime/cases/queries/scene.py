"""A case laid out for reading: what the parts of the case page look at."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from tuoban.kernel.definition import Definition, Text
from tuoban.kernel.state import Finished, State
from tuoban.kernel.surroundings import Surroundings
from tuoban.runtime.cases import definitions, policy, states
from tuoban.runtime.cases.elements import Elements, named
from tuoban.runtime.cases.models import Case
from tuoban.runtime.cases.personal import open_values
from tuoban.runtime.cases.refusals import RuntimeRefused
from tuoban.runtime.people import directory, hours
from tuoban.runtime.people.models import User

ANY_REASON = "?"
"""Stands for the reason that would be given, where it is asked whether something is allowed."""


@dataclass(frozen=True, slots=True)
class Laid:
    """A case, personal values included."""

    row: Case
    definition: Definition
    state: State
    surroundings: Surroundings
    elements: Elements

    def label(self, node: str, activation: int) -> Text:
        """A node, or the case where it is empty, with the element of a list it stands in."""
        return named(self.definition.label_of(node), self.elements.around(activation).label)

    def label_done(self, made: Finished) -> Text:
        """What was done, likewise."""
        return named(self.definition.label_of(made.node), self.elements.at(made.scope).label)


@dataclass(frozen=True, slots=True)
class Scene(Laid):
    """A case that the user may see."""

    user: User


def open_scene(user: User, case_id: int, at: datetime) -> Scene:
    """Lay a case out for a user.

    Raises:
        RuntimeRefused: `unknown-case` or `not-visible`.
    """
    row = _row(case_id)
    seen = user.is_staff or Case.objects.filter(policy.visible_cases(user), pk=case_id).exists()
    if not seen:
        raise RuntimeRefused("not-visible")
    laid = _laid_out(row, at)
    return Scene(row, laid.definition, laid.state, laid.surroundings, laid.elements, user)


def lay_open(case_id: int, at: datetime) -> Laid:
    """Lay a case out for somebody else than a user; what of it they may see, the caller says.

    Raises:
        RuntimeRefused: `unknown-case`.
    """
    return _laid_out(_row(case_id), at)


def _row(case_id: int) -> Case:
    rows = Case.objects.select_related("definition", "unit").defer(
        "definition__text", "definition__translations", "definition__bases"
    )
    row = rows.filter(pk=case_id).first()
    if row is None:
        raise RuntimeRefused("unknown-case")
    return row


def _laid_out(row: Case, at: datetime) -> Laid:
    surroundings = Surroundings(
        at=at,
        zone=row.unit.zone,
        directory=directory.at(at, row.unit.zone),
        opened=open_values([row.pk], comments=True),
        hours=hours.snapshot(),
    )
    definition = definitions.compiled(row.definition)
    state = states.read(row, definition)
    return Laid(row, definition, state, surroundings, Elements.of(definition, state))
