"""The stored state of a case: what folding its journal gives, kept so that nobody needs to fold.

It is stored with the number of its format. A state of another format is not read but made anew
from the journal, and the case's next command stores it in today's format.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from threading import Lock
from typing import Any, NamedTuple

from tuoban.kernel.codec import decode
from tuoban.kernel.definition import Definition
from tuoban.kernel.engine import evolve
from tuoban.kernel.json_text import Written, state_text, state_text_after
from tuoban.kernel.state import NEW, State
from tuoban.runtime.cases import journal, versions
from tuoban.runtime.cases.models import Case, JournalEntry

FORMAT = 32
"""Changes whenever the shape of the kernel's state changes, or what an event makes of it."""


_MOST = 64
"""States that are kept, those read or written last."""


def to_text(state: State) -> str:
    return _with_format(state_text(state))


def text_after(before: str, state: State) -> str:
    """The text of the state that follows the one which is stored as `before`. It is kept, since a
    case often moves on soon."""
    known = _kept.get(before)
    if known is None or known.written is None:
        written = state_text(state)
    else:
        written = state_text_after(state, known.state, known.written)
    text = _with_format(written)
    _kept.put(text, _Stored(state, written))
    return text


def _with_format(written: Written) -> str:
    return f'{{"format":{FORMAT},"state":{written}}}'


def is_kept(text: str, state: State) -> bool:
    """Whether a stored text is this state. One of another format counts for nothing: it will be
    made anew from the journal.

    Raises:
        ValueError: the text is not JSON.
    """
    plain = json.loads(text)
    # In whatever order: the journal's entries keep what was entered in another one.
    return not _is_todays(plain) or plain == json.loads(to_text(state))


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


class _Stored(NamedTuple):
    """A state, None where a text has another format, and how it was written, if it was here."""

    state: Any
    written: Written | None = None


def _read(text: str) -> Any:
    found = _kept.get(text)
    if found is None:
        plain = json.loads(text)
        is_todays = _is_todays(plain)
        found = _Stored(decode(plain["state"]) if is_todays else None)
        _kept.put(text, found)
    return found.state


class _Kept:
    """Some states by the texts that they are stored as. What a text stands for never changes, so
    that it does not matter which process moves a case."""

    def __init__(self) -> None:
        self._states: dict[str, _Stored] = {}
        self._lock = Lock()

    def get(self, text: str) -> _Stored | None:
        return self._states.get(text)

    def put(self, text: str, stored: _Stored) -> None:
        with self._lock:
            self._states.pop(text, None)
            self._states[text] = stored
            if len(self._states) > _MOST:
                del self._states[next(iter(self._states))]

    def clear(self) -> None:
        self._states.clear()


_kept = _Kept()


def forget_kept() -> None:
    """Let the next reader read a state from its text."""
    _kept.clear()


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
