"""Sentences about what services do, undo and know. What an activity resulted in stands in the
sentence of its step."""

from __future__ import annotations

from tuoban.kernel import events as e
from tuoban.kernel.definition import Text
from tuoban.runtime.activities import registry
from tuoban.runtime.cases.queries.timeline.phrases import pair, with_particulars
from tuoban.runtime.cases.queries.timeline.story import Rows, Sentence, Story
from tuoban.runtime.cases.wording import in_words


def _undone(story: Story, event: e.ActivityUndone) -> Sentence:
    what, step = registry.label(event.activity), story.step(event.item)
    zh = f"“{step.zh}”的{what.zh}已撤销"
    en = f"What “{step.en}” did is undone: {what.en}"
    return Sentence("withdrawn", Text(zh, en))


def _failed(story: Story, event: e.ActivityFailed) -> Sentence:
    step = story.step(event.item)
    zh = f"系统没能办理“{step.zh}”：{'；'.join(each.zh for each in event.reasons)}"
    en = f"The system could not do “{step.en}”: {'; '.join(each.en for each in event.reasons)}"
    return Sentence("late", Text(zh, en))


def _facts(story: Story, event: e.FactsChanged) -> Sentence | None:
    """What a service found anew; what is only made sure of beside something else is not told."""
    if story.actor or len(story.events) > 1:
        return None
    known = registry.catalogue().facts
    told = {name: value for name, value in event.values.items() if name in known}
    zone = story.surroundings.zone
    parts = [
        pair(known[name].label, in_words(story.definition, known[name], value, zone, None))
        for name, value in told.items()
    ]
    return Sentence("done", with_particulars("账目有变", "The account has changed", parts))


ROWS: Rows = {
    e.ActivityUndone: _undone,
    e.ActivityFailed: _failed,
    e.FactsChanged: _facts,
}
