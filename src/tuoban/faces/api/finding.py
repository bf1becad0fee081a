"""From what stands in an address, or is named in a body, to what it means."""

from __future__ import annotations

from tuoban.faces.api.problems import NoResult
from tuoban.kernel.refusals import Refused
from tuoban.runtime.cases.queries.finding import find_case, find_item_numbered
from tuoban.runtime.people.models import User
from tuoban.runtime.people.queries import find_user


def case_of(user: User, number: str) -> int:
    """Raises `NoResult`, the same where there is no such case and where it is not to be seen."""
    # PostgreSQL cannot even look for a NUL character.
    found = find_case(user, number) if "\0" not in number else None
    if found is None:
        raise NoResult("unknown-case")
    return found


def item_of(user: User, number: str, item: int) -> int:
    """The row of a piece of work by its number in the case. Raises `NoResult`, as `case_of`, or
    where there never was any."""
    found = find_item_numbered(case_of(user, number), item)
    if found is None:
        raise NoResult("unknown-item")
    return found


def person_of(name: str) -> User:
    """The person of a user name. Raises `Refused`: `unknown-person`."""
    found = find_user(name) if "\0" not in name else None
    if found is None:
        raise Refused("unknown-person", {"person": name})
    return found
