"""From who acts to the row of a user."""

from __future__ import annotations

from typing import Protocol

from tuoban.kernel.outsiders import role_of


class Actor(Protocol):
    """Whoever asks for something to be done: a user, or an outside party."""

    @property
    def person_id(self) -> str:
        """By what id the kernel knows them."""


def user_id(person: str | None) -> int | None:
    """The row of a person of the organisation; None: nobody, or an outside party, who has none."""
    return int(person) if person and role_of(person) is None else None
