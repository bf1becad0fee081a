"""Outside parties who act themselves.

Whoever acts is known by an id. That of a person of the organisation is a number; an outside party's
is its role behind a mark, `outside:customer`, since a case has but one of each.
"""

from __future__ import annotations

_MARK = "outside:"


def outsider(role: str) -> str:
    """By what id the outside party of this role acts."""
    return f"{_MARK}{role}"


def role_of(person: str | None) -> str | None:
    """The role of an outside party; None: it is a person of the organisation, or nobody."""
    if person is None or not person.startswith(_MARK):
        return None
    return person.removeprefix(_MARK)
