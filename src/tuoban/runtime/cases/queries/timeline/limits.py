"""Sentences about limits and what became of them."""

from __future__ import annotations

from datetime import timedelta

from tuoban.kernel import events as e
from tuoban.kernel.clocks import Extended
from tuoban.kernel.definition import Text
from tuoban.kernel.limits import MOMENT, OPENS, WAITS
from tuoban.runtime.cases.queries.timeline.phrases import with_particulars
from tuoban.runtime.cases.queries.timeline.story import Clock, Rows, Sentence, Story
from tuoban.runtime.cases.queries.timeline.telling import told_whom
from tuoban.runtime.cases.wording import span

PROMPT = timedelta(minutes=1)
"""A moment acted on within this was acted on in time; the worker looks every few seconds."""


def _moved_on(story: Story, event: e.MovedOn) -> Sentence:
    what = story.label(event.node, event.activation)
    zh = f"“{what.zh}”超时，流程不再等它"
    en = f"“{what.en}” is out of time; the process goes on without it"
    return Sentence("late", Text(zh, en))


def _limit_passed(story: Story, event: e.LimitPassed) -> Sentence | None:
    clock = story.clocks[event.clock]
    what = _limited(story, clock)
    late = acted_late(story, event)
    if clock.limit in (MOMENT, WAITS):
        return None  # told by what the reaction does, or with the end of the wait
    if clock.limit == OPENS:
        opened = Text(f"{what.zh}可以办了", f"{what.en} is open now")
        return Sentence("opened", with_particulars(opened.zh, opened.en, late))
    was_in_time = event.at - event.moment < PROMPT
    over = (event.moment if was_in_time else event.at) - event.due
    length = span(over)
    if over < timedelta(0):
        zh, en = f"{what.zh}离时限还有 {length.zh}", f"{what.en} is due in {length.en}"
    elif over >= PROMPT:
        zh, en = f"{what.zh}超过时限 {length.zh}", f"{what.en} is {length.en} late"
    else:
        zh, en = f"{what.zh}到时限还没有办完", f"{what.en} has reached its limit"
    told = [
        told_whom(story, each)
        for each in story.events
        if isinstance(each, e.Told) and (each.clock, each.tier) == (event.clock, event.tier)
    ]
    kind = "late" if over >= timedelta(0) else "reminded"
    return Sentence(kind, with_particulars(zh, en, [*late, *told]))


def _limited(story: Story, clock: Clock) -> Text:
    """What a limit is for, with the limit's own name where it has one: `“报价”的“对客户承诺”`."""
    what = story.label(clock.node, clock.activation)
    limit = story.definition.limit(clock.node, clock.limit)
    zh, en = f"“{what.zh}”", f"“{what.en}”"
    if limit is None or limit.label is None:
        return Text(zh, en)
    return Text(f"{zh}的“{limit.label.zh}”", f"“{limit.label.en}” of {en}")


def _clock_changed(story: Story, event: e.ClockChanged) -> Sentence | None:
    """Of what happens to a clock, an extension and another calendar are worth telling."""
    if event.clock not in story.clocks:
        return None
    what = _limited(story, story.clocks[event.clock])
    if isinstance(event.entry, Extended):
        by, reason = event.entry.by.text, event.entry.reason
        zh = f"{story.actor}把{what.zh}延期 {by.zh}：{reason.zh}"
        en = f"{story.actor} extended {what.en} by {by.en}: {reason.en}"
        return Sentence("extended", Text(zh, en))
    return None


def acted_late(story: Story, event: e.LimitPassed) -> list[Text]:
    """How long after a moment the system acted upon it, where that is worth telling."""
    # A moment that had gone by when it was set could not be acted on before.
    behind = event.at - max(event.moment, story.set_at.get(event.timer, event.moment))
    return [_late_system(behind)] if behind >= PROMPT else []


def _late_system(behind: timedelta) -> Text:
    length = span(behind)
    return Text(f"系统晚了 {length.zh}才处理", f"the system acted {length.en} late")


ROWS: Rows = {
    e.MovedOn: _moved_on,
    e.LimitPassed: _limit_passed,
    e.ClockChanged: _clock_changed,
}
