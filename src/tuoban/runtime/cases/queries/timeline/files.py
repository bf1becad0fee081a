"""Sentences about files and comments."""

from __future__ import annotations

from tuoban.kernel import events as e
from tuoban.kernel.commands import Sealed
from tuoban.kernel.definition import Text
from tuoban.kernel.expressions import Filed
from tuoban.kernel.outsiders import role_of
from tuoban.runtime.cases.queries.timeline.phrases import in_place_of
from tuoban.runtime.cases.queries.timeline.story import Rows, Sentence, Story
from tuoban.runtime.cases.wording import ERASED, same

LONGEST = 120
"""Characters of a comment that are told; its own list has it whole."""


def _attached(story: Story, event: e.FileAttached) -> Sentence:
    who, name = story.who(event.by), _name(story, event.values["file"])
    paper = story.definition.papers.get(event.paper)
    if paper is not None:
        zh = f"{who}添加“{paper.label.zh}”的扫描件：{name.zh}"
        en = f"{who} attached a scan of “{paper.label.en}”: {name.en}"
    else:
        zh, en = f"{who}添加附件：{name.zh}", f"{who} attached {name.en}"
    return Sentence("paper", Text(zh, en))


def _withdrawn(story: Story, event: e.FileWithdrawn) -> Sentence:
    who = story.who(event.by)
    zh, en = f"{who}撤回附件：{event.reason}", f"{who} withdrew an attachment: {event.reason}"
    return Sentence("paper", Text(zh, en))


def _commented(story: Story, event: e.Commented) -> Sentence:
    who, words = in_place_of(story, event.by, None), _words(story, event.values["text"])
    role = story.definition.roles.get(event.party)
    if role is None or role_of(event.by) is not None:
        zh, en = f"{who.zh}评论：{words.zh}", f"{who.en} commented: {words.en}"
    else:
        zh = f"{who.zh}告诉{role.label.zh}：{words.zh}"
        en = f"{who.en} told {role.label.en}: {words.en}"
    return Sentence("comment", Text(zh, en))


def _edited(story: Story, event: e.CommentEdited) -> Sentence:
    who, words = story.who(event.by), _words(story, event.values["text"])
    zh = f"{who}修改了评论：{words.zh}"
    return Sentence("comment", Text(zh, f"{who} edited a comment: {words.en}"))


def _name(story: Story, sealed: Sealed) -> Text:
    found = story.surroundings.opened.get(sealed.ref)
    return same(found.name) if isinstance(found, Filed) else ERASED


def _words(story: Story, sealed: Sealed) -> Text:
    found = story.surroundings.opened.get(sealed.ref)
    if not isinstance(found, str):
        return ERASED
    line = " ".join(found.split())
    return same(line if len(line) <= LONGEST else f"{line[:LONGEST]}…")


ROWS: Rows = {
    e.FileAttached: _attached,
    e.FileWithdrawn: _withdrawn,
    e.Commented: _commented,
    e.CommentEdited: _edited,
}
