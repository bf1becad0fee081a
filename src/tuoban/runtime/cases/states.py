"""The stored state of a case: what folding its journal gives, kept so that nobody needs to fold.

It is stored with the number of its format. A state of another format is not read but made anew
from the journal, and the case's next command stores it in today's format.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from functools import lru_cache
from typing import Any

from tuoban.kernel.codec import decode, encode
from tuoban.kernel.definition import Definition
from tuoban.kernel.engine import evolve
from tuoban.kernel.state import NEW, State
from tuoban.runtime.cases import canonical, journal, versions
from tuoban.runtime.cases.models import Case, JournalEntry

FORMAT = 31
"""Changes whenever the shape of the kernel's state changes, or what an event makes of it."""


_MOST = 64
"""States that are kept, those read last."""


def to_text(state: State) -> str:
    return canonical.dump({"format": FORMAT, "state": encode(state)})


def is_current(text: str) -> bool:
    """Whether a stored state has today's format.

    Raises:
        ValueError: the text is not JSON.
    """
    return _is_todays(json.loads(text))


def _is_todays(plain: Any) -> bool:
    return isinstance(plain, dict) and plain.get("format") == FORMAT


def read(row: Case, definition: Definition) -> State:
    """The state of a case, whose row holds `state`.

    Raises:
        ValueError: the text, or the journal it is made anew from, is not what was written.
    """
    found = _read(row.state)
    if found is None:
        return fold(definition, JournalEntry.objects.filter(case=row).order_by("seq"))
    if not isinstance(found, State):
        raise ValueError(f"the stored state of case {row.number} is not a state")
    return found


@lru_cache(_MOST)
def _read(text: str) -> Any:
    """What stands in a text, or None if it has another format. A case is mostly looked at several
    times before it moves on."""
    plain = json.loads(text)
    return decode(plain["state"]) if _is_todays(plain) else None


def fold(definition: Definition, entries: Iterable[JournalEntry]) -> State:
    """What the events of a journal, in the order of its entries, add up to.

    Args:
        definition: the version of the process that the case goes by now.

    Raises:
        ValueError: a payload is not what was written.
    """
    state = NEW
    events = [journal.events_of(entry) for entry in entries]
    for version, made in zip(versions.of_entries(definition, events), events, strict=True):
        for event in made:
            state = evolve(version, state, event)
    return state
