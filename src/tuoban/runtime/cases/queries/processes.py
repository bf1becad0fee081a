"""The processes that somebody works by."""

from __future__ import annotations

from tuoban.runtime.cases import definitions
from tuoban.runtime.cases.definitions import Published
from tuoban.runtime.cases.policy import works_by
from tuoban.runtime.cases.refusals import RuntimeRefused
from tuoban.runtime.people.models import User


def processes_of(user: User) -> tuple[Published, ...]:
    """The newest version of each process that the user works by."""
    return tuple(row for row in definitions.all_latest() if works_by(user, row.slug))


def process_of(user: User, slug: str) -> Published:
    """The newest version of a process.

    Raises:
        RuntimeRefused: `unknown-process`, where there is none, or none that the user works by.
    """
    published = definitions.latest(slug)
    if not works_by(user, slug):
        raise RuntimeRefused("unknown-process", {"slug": slug})
    return published
