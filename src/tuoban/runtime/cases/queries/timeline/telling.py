"""Sentences about who was told what."""

from __future__ import annotations

from tuoban.kernel import events as e
from tuoban.kernel.definition import MAIL, SMS, Text
from tuoban.runtime.cases.messages import in_full, message_of
from tuoban.runtime.cases.queries.timeline.story import Rows, Sentence, Story

BY = {
    "": Text("", ""),
    SMS: Text("发短信", " by SMS"),
    MAIL: Text("发邮件", " by e-mail"),
}
"""How it is said by which channel somebody was told."""


def _whom(story: Story, event: e.Told) -> Text:
    if event.person is not None:
        return Text(story.who(event.person), story.who(event.person))
    return story.definition.roles[event.role].label if event.role is not None else Text("", "")


def told_whom(story: Story, event: e.Told) -> Text:
    """Who was told of a limit, as a particular of the sentence about it."""
    whom = _whom(story, event)
    if event.escalated:
        return Text(f"已升级给{whom.zh}", f"escalated to {whom.en}")
    return Text(f"已提醒{whom.zh}", f"{whom.en} was reminded")


def _told(story: Story, event: e.Told) -> Sentence | None:
    if event.tier == e.TOLD:
        return _told_by_process(story, event)
    if event.tier != e.NOBODY or event.person is None or event.item is None:
        return None  # told together with the limit that was passed
    step, who = story.step(event.item), story.who(event.person)
    zh = f"没有人可以办理“{step.zh}”，已告知{who}"
    en = f"Nobody can do “{step.en}”; {who} was told"
    return Sentence("late", Text(zh, en))


def _told_by_process(story: Story, event: e.Told) -> Sentence:
    definition, surroundings = story.definition, story.surroundings
    whom = _whom(story, event)
    by = BY[event.channel]
    zh, en = f"已{by.zh}通知{whom.zh}", f"{whom.en} was told{by.en}"
    message = message_of(definition, event.node)
    if message is None:
        step = definition.label_of(event.node)
        return Sentence("told", Text(f"{zh}：“{step.zh}”待办", f"{en}: “{step.en}” has come"))
    text = in_full(definition, message, event.values, surroundings.zone, surroundings.opened)
    return Sentence("told", Text(f"{zh}：{text.zh}", f"{en}: {text.en}"))


ROWS: Rows = {
    e.Told: _told,
}
