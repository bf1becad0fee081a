"""The timeline: journal entries as sentences.

One row per kind of event that is worth telling, in the module of its family; the others are the
machinery between.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace

from tuoban.kernel.definition import Definition
from tuoban.kernel.surroundings import Surroundings
from tuoban.runtime.cases.elements import Elements
from tuoban.runtime.cases.queries.rows import TimelineEntry
from tuoban.runtime.cases.queries.timeline import (
    activities,
    blocks,
    cases,
    documents,
    files,
    limits,
    linking,
    messages,
    papers,
    signing,
    telling,
    work,
)
from tuoban.runtime.cases.queries.timeline.reading import Read, people_in, read_journal
from tuoban.runtime.cases.queries.timeline.story import Rows, Sentence, Story, keep_in_mind
from tuoban.runtime.cases.wording import masked

__all__ = [
    "Read",
    "people_in",
    "read_journal",
    "tell_story",
]


def tell_story(
    definition: Definition,
    read: Iterable[Read],
    names: Mapping[str, str],
    surroundings: Surroundings,
) -> tuple[TimelineEntry, ...]:
    """The sentences of a case, newest first.

    Args:
        read: the journal (`read_journal`).
        names: names of people by id (`people_in`).
        surroundings: `opened` holds the personal values that the reader may see. Sentences tell
            long numbers only in part; whoever needs one in full finds it among the values.
    """
    opened = {ref: masked(value) for ref, value in surroundings.opened.items()}
    surroundings = replace(surroundings, opened=opened)
    story = Story(definition, names, surroundings, Elements(definition))
    told: list[TimelineEntry] = []
    for each in read:
        story.definition, story.events, story.at = each.definition, each.events, each.entry.at
        story.elements.go_by(each.definition)
        actor = story.who(each.entry.actor) if each.entry.actor else ""
        story.actor = actor
        for sentence in _tell(story):
            told.append(
                TimelineEntry(
                    at=each.entry.at,
                    actor=actor,
                    sentence=sentence.text,
                    kind=sentence.kind,
                    proof=sentence.proof,
                    token=each.token,
                    seq=each.entry.seq,
                )
            )
    return tuple(reversed(told))


def _tell(story: Story) -> Iterator[Sentence]:
    for event in story.events:
        keep_in_mind(story, event)
    for event in story.events:
        row = ROWS.get(type(event))
        sentence = row(story, event) if row is not None else None
        if sentence is not None:
            yield sentence


ROWS: Rows = {
    **cases.ROWS,
    **work.ROWS,
    **signing.ROWS,
    **blocks.ROWS,
    **papers.ROWS,
    **documents.ROWS,
    **files.ROWS,
    **limits.ROWS,
    **linking.ROWS,
    **telling.ROWS,
    **messages.ROWS,
    **activities.ROWS,
}
