"""Sentences about documents."""

from __future__ import annotations

from tuoban.kernel import events as e
from tuoban.kernel.definition import Text
from tuoban.runtime.cases.queries.timeline.story import Rows, Sentence, Story


def _printed(story: Story, event: e.DocumentPrinted) -> Sentence:
    document = story.definition.documents.get(event.document)
    label = document.label if document is not None else Text(event.document, event.document)
    who = story.who(event.by)
    if event.copy == 1:
        zh, en = f"{who}打印“{label.zh}”", f"{who} printed “{label.en}”"
    else:
        zh = f"{who}重打“{label.zh}”（第 {event.copy} 次）"
        en = f"{who} reprinted “{label.en}” (number {event.copy})"
    return Sentence("paper", Text(zh, en))


ROWS: Rows = {
    e.DocumentPrinted: _printed,
}
