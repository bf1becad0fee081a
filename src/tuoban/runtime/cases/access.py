"""By which token the request under way was made, so that the journal names it.

The verbs hand a case on from one to the other, and by what somebody asked is no matter of theirs:
so it is kept for the request as a whole, like the transaction.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

from tuoban.runtime.people.ids import Actor
from tuoban.runtime.people.models import User

_token: ContextVar[int | None] = ContextVar("token", default=None)


@contextmanager
def asked_by(actor: Actor) -> Iterator[None]:
    """Around what somebody asked for."""
    before = _token.set(_token_of(actor))
    try:
        yield
    finally:
        _token.reset(before)


def token() -> int | None:
    """The row of the token; None: it was asked for at the desk, or by nobody."""
    return _token.get()


def _token_of(actor: Actor) -> int | None:
    """Outside parties have none."""
    found = actor.token if isinstance(actor, User) else None
    return found.pk if found is not None else None
