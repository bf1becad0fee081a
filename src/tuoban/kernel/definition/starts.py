"""How cases begin: by a request, by a message, or by themselves."""

from __future__ import annotations

from dataclasses import dataclass

from tuoban.kernel.definition.correspondence import Arrival
from tuoban.kernel.definition.forms import FormSection
from tuoban.kernel.expressions import Expression
from tuoban.kernel.schedules import Schedule
from tuoban.kernel.text import Text


@dataclass(frozen=True, slots=True)
class Recurrence:
    """Cases that begin by themselves: when, and for what.

    Attributes:
        field: the field of the case that holds the element it is for.
        elements: a list, for each element of which one begins; None: one begins.
        unit: the key of the unit that the case belongs to; None: the element where that is one,
            else the topmost unit.
    """

    schedule: Schedule
    field: str = ""
    elements: Expression | None = None
    unit: Expression | None = None


@dataclass(frozen=True, slots=True)
class Start:
    """A way a case begins: a request by one of the roles, with its form, or by itself.

    `request` is its name also where nobody requests anything; the form is then what a message
    gives.
    """

    request: str
    label: Text
    by: tuple[str, ...] = ()
    form: tuple[FormSection, ...] = ()
    recurrence: Recurrence | None = None
    arrival: Arrival | None = None
    when: Expression | None = None
    """What must be true for somebody to make the request."""

    @property
    def is_request(self) -> bool:
        """Whether somebody asks for it."""
        return self.recurrence is None and self.arrival is None
