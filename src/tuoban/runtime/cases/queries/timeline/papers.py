"""Sentences about papers."""

from __future__ import annotations

from tuoban.kernel import events as e
from tuoban.kernel.definition import Text
from tuoban.kernel.papers import Sheets
from tuoban.runtime.cases.queries.timeline.phrases import because
from tuoban.runtime.cases.queries.timeline.story import Rows, Sentence, Story


def _received(story: Story, event: e.PaperReceived) -> Sentence | None:
    """All that came in at once is told in one sentence, at the first of it."""
    came = [each for each in story.events if isinstance(each, e.PaperReceived)]
    if event is not came[0]:
        return None
    told = [_told(story, each) for each in came]
    who = story.who(event.by)
    zh = f"{who}收到{'、'.join(each.zh for each in told)}"
    en = f"{who} took in {', '.join(each.en for each in told)}"
    return Sentence("paper", because(zh, en, event.note))


def _handed_on(story: Story, event: e.PaperHandedOn) -> Sentence:
    who, what, to = story.who(event.by), _told(story, event), _role(story, event.to)
    zh, en = f"{who}交{to.zh}：{what.zh}", f"{who} handed to {to.en}: {what.en}"
    return Sentence("paper", because(zh, en, event.note))


def _struck(story: Story, event: e.PaperStruck) -> Sentence:
    who, label = story.who(event.by), _paper(story, event.paper)
    zh = f"{who}作废一条“{label.zh}”的登记：{event.reason}"
    en = f"{who} struck out an entry of “{label.en}”: {event.reason}"
    return Sentence("paper", Text(zh, en))


def _told(story: Story, event: e.PaperReceived | e.PaperHandedOn) -> Text:
    """A paper, whose it is, and how much of it."""
    label, many = _paper(story, event.paper), Sheets(event.originals, event.copies).text
    about = event.about
    zh = f"{about.zh}的" if about is not None else ""
    en = f" of {about.en}" if about is not None else ""
    return Text(f"{zh}“{label.zh}”{many.zh}", f"“{label.en}”{en} ({many.en})")


def _paper(story: Story, name: str) -> Text:
    paper = story.definition.papers.get(name)
    return paper.label if paper is not None else Text(name, name)


def _role(story: Story, name: str) -> Text:
    role = story.definition.roles.get(name)
    return role.label if role is not None else Text(name, name)


ROWS: Rows = {
    e.PaperReceived: _received,
    e.PaperHandedOn: _handed_on,
    e.PaperStruck: _struck,
}
