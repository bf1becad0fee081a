"""Messages between cases and systems: what they carry, who sends them, and what waits for them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from tuoban.kernel.definition.fields import Field
from tuoban.kernel.definition.nature import Act
from tuoban.kernel.expressions import Expression
from tuoban.kernel.text import Text


@dataclass(frozen=True, slots=True)
class MessageKind:
    """A message that the process sends or takes, with what it carries."""

    name: str
    label: Text
    fields: Mapping[str, Field]


@dataclass(frozen=True, slots=True)
class Awaited:
    """A message that is waited for, by its name: one for which `matching` holds, where it is
    written. There the names are those of the case, and `message` is what the message carries."""

    name: str
    matching: Expression | None = None


@dataclass(frozen=True, slots=True)
class Arrival:
    """A message by which cases begin, unless it joins one that is there already and matches.

    Attributes:
        take: the fields of the case that take what the message carries under the same names.
        unit: the key of the unit that the case belongs to, read from the message; None: that of
            the case that sent it, else the topmost unit.
    """

    awaited: Awaited
    take: tuple[str, ...] = ()
    unit: Expression | None = None


@dataclass(frozen=True, slots=True)
class Send(Act):
    """A message goes to other cases, or to a system.

    Attributes:
        values: what it carries. What is personal is but named, and handed on as it is kept.
        process: the slug of the process whose cases alone it is for; empty: those of any.
        system: the system that fetches it; then it is for no case.
    """

    message: str
    values: tuple[tuple[str, Expression], ...] = ()
    process: str = ""
    system: str = ""

    @property
    def message_name(self) -> str:
        return self.message
