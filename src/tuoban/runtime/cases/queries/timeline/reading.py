"""The journal of a case, read once for all who look at it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from tuoban.kernel.definition import Definition
from tuoban.kernel.events import Event
from tuoban.kernel.state import State
from tuoban.runtime.cases import definitions, journal, versions
from tuoban.runtime.cases.models import Case, JournalEntry
from tuoban.runtime.people import tokens


@dataclass(frozen=True, slots=True)
class Read:
    """A journal entry with its events, read once for all who look at them."""

    entry: JournalEntry
    events: tuple[Event, ...]
    definition: Definition
    """The version of the process that the case went by."""
    token: str = ""
    """The name of the token by which a program asked for it."""


def read_journal(case: Case) -> list[Read]:
    """The journal of a case from its beginning."""
    entries = list(JournalEntry.objects.filter(case=case).order_by("seq"))
    events = [journal.events_of(entry) for entry in entries]
    by = versions.of_entries(definitions.compiled(case.definition), events)
    asked = [journal.token_of(entry) for entry in entries]
    known = tokens.names(each for each in asked if each is not None) if any(asked) else {}
    named = [known.get(each, str(each)) if each is not None else "" for each in asked]
    return [Read(*each) for each in zip(entries, events, by, named, strict=True)]


def people_in(read: Iterable[Read], state: State) -> set[str]:
    """The ids of everybody whom the sentences and the steps of a case may name."""
    people = {state.by}
    people |= {item.person for item in state.items.values() if item.person is not None}
    people |= {item.for_whom for item in state.items.values() if item.for_whom is not None}
    for each in read:
        people.add(each.entry.actor)
        for event in each.events:
            for name in ("by", "to", "person", "delegate", "for_whom", "former"):
                person = getattr(event, name, None)
                if isinstance(person, str):
                    people.add(person)
    return people - {""}
