"""Sentences about messages that came and went."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from tuoban.kernel import events as e
from tuoban.kernel.definition import Text
from tuoban.runtime.cases.queries.timeline.phrases import (
    LONGEST_VALUE,
    VALUES_AT_MOST,
    pair,
    with_particulars,
)
from tuoban.runtime.cases.queries.timeline.story import Rows, Sentence, Story
from tuoban.runtime.cases.wording import in_words

_NOT_FIT = {"required": Text("缺少“{label}”", "“{label}” is missing")}
_UNFIT = Text("“{label}”没有合适的值", "no value fits “{label}”")


def _received(story: Story, event: e.MessageReceived) -> Sentence:
    label = _label(story, event.name)
    zh, en = f"收到消息“{label.zh}”", f"The message “{label.en}” came"
    if event.joined:
        zh, en = f"{zh}，并入本工单", f"{en} and joined this case"
    return Sentence("received", with_particulars(zh, en, _values(story, event.name, event.values)))


def _sent(story: Story, event: e.MessageSent) -> Sentence:
    label = _label(story, event.name)
    to = event.process or event.system
    zh = f"发出消息“{label.zh}”" + (f"给 {to}" if to else "")
    en = f"The message “{label.en}” was sent" + (f" to {to}" if to else "")
    parts = [*_values(story, event.name, event.values), *_lacking(story, event)]
    return Sentence("sent", with_particulars(zh, en, parts))


def _label(story: Story, name: str) -> Text:
    kind = story.definition.messages.get(name)
    return kind.label if kind is not None else Text(name, name)


def _values(story: Story, name: str, values: Mapping[str, Any]) -> list[Text]:
    """The first few short values that a message carries."""
    kind, surroundings = story.definition.messages.get(name), story.surroundings
    parts: list[Text] = []
    for field in kind.fields.values() if kind is not None else ():
        value = values.get(field.name)
        if field.long or value in (None, ()):
            continue
        words = in_words(story.definition, field, value, surroundings.zone, surroundings.opened)
        if len(words.zh) <= LONGEST_VALUE:
            parts.append(pair(field.label, words))
    return parts[:VALUES_AT_MOST]


def _lacking(story: Story, event: e.MessageSent) -> Iterator[Text]:
    """What the message should carry and does not."""
    fields = story.definition.messages[event.name].fields if event.unfit else {}
    for name, code in event.unfit.items():
        label = fields[name].label if name in fields else Text(name, name)
        text = _NOT_FIT.get(code, _UNFIT)
        yield Text(text.zh.format(label=label.zh), text.en.format(label=label.en))


ROWS: Rows = {e.MessageReceived: _received, e.MessageSent: _sent}
