"""Parts of sentences: reasons, particulars, the first few values."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from tuoban.kernel import events as e
from tuoban.kernel.definition import Text
from tuoban.kernel.outsiders import role_of
from tuoban.runtime.cases.queries.timeline.story import Story
from tuoban.runtime.cases.wording import in_words

VALUES_AT_MOST = 3
LONGEST_VALUE = 40  # characters of a value that still reads well inside a sentence


def because(zh: str, en: str, reason: str) -> Text:
    """A sentence with the reason, or the message, that somebody may have given."""
    return Text(f"{zh}：{reason}", f"{en}: {reason}") if reason else Text(zh, en)


def in_place_of(story: Story, by: str, absent: str | None) -> Text:
    """Who did something, and in whose place; an outside party by its role."""
    role = story.definition.roles.get(role_of(by) or "")
    if role is not None:
        return Text(f"{role.label.zh}在线上", f"{role.label.en}, online,")
    who = story.who(by)
    if absent is None:
        return Text(who, who)
    return Text(f"{who}代{story.who(absent)}", f"{who}, for {story.who(absent)},")


def first_values(story: Story, completed: e.ItemCompleted | None) -> list[Text]:
    """The first few short values that came with the start or with a completed step."""
    node = story.nodes[completed.item] if completed is not None else None
    values: dict[str, Any] = dict(completed.data) if completed is not None else {}
    number = completed.item if completed is not None else 0
    return shown_values(story, node, values | set_with(story, number))


def set_with(story: Story, number: int) -> dict[str, Any]:
    """The fields that took values with an item, a reaction or a `set` of that number; 0: with the
    start."""
    values: dict[str, Any] = {}
    for event in story.events:
        if isinstance(event, e.FieldsSet) and event.item == number:
            values |= event.values
    return values


def shown_values(story: Story, node: str | None, values: Mapping[str, Any]) -> list[Text]:
    """The first few short values, as the fields of a node."""
    definition, surroundings = story.definition, story.surroundings
    parts: list[Text] = []
    own = definition.fields_at(node) if node is not None else {}
    order = {name: at for at, name in enumerate([*definition.fields, *own])}
    for name in sorted(values, key=lambda name: order.get(name, len(order))):
        known, value = definition.field_at(node, name), values[name]
        if known is None or known.long or value in (None, ()):
            continue
        words = in_words(definition, known, value, surroundings.zone, surroundings.opened)
        if len(words.zh) <= LONGEST_VALUE:
            parts.append(pair(known.label, words))
    return parts[:VALUES_AT_MOST]


def pair(label: Text, value: Text) -> Text:
    """A value behind its label."""
    return Text(f"{label.zh}：{value.zh}", f"{label.en} {value.en}")


def with_particulars(zh: str, en: str, parts: Iterable[Text]) -> Text:
    """A sentence with its particulars behind it."""
    parts = tuple(parts)
    return Text(
        "，".join((zh, *(part.zh for part in parts))),
        f"{en}: {', '.join(part.en for part in parts)}" if parts else en,
    )
