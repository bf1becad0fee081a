"""Sentences about cases of other packs."""

from __future__ import annotations

from tuoban.kernel import events as e
from tuoban.kernel.definition import CANCELLED, Link, Text
from tuoban.kernel.limits import TIMEOUT
from tuoban.runtime.cases.queries.timeline.phrases import because, shown_values, with_particulars
from tuoban.runtime.cases.queries.timeline.story import Rows, Sentence, Story

OUTCOMES = {
    CANCELLED: Text("已作废", "Cancelled"),
    TIMEOUT: Text("超时", "Timed out"),
}


def _called(story: Story, event: e.CaseCalled) -> Sentence:
    label = story.label(event.node, event.activation)
    if event.waits:
        zh, en = f"转去办“{label.zh}”，等它办结", f"“{label.en}” was called and is waited for"
    else:
        zh, en = f"转去办“{label.zh}”，不等它办结", f"“{label.en}” was called; nobody waits for it"
    return Sentence("waiting", Text(zh, en))


def _answered(story: Story, event: e.CallAnswered) -> Sentence:
    label = story.step(event.number)
    if event.by:
        who = story.who(event.by)
        zh, en = f"{who}不再等“{label.zh}”", f"{who} gave up “{label.en}”"
        return Sentence("moved-on", because(zh, en, event.reason))
    zh, en = f"“{label.zh}”办结（{event.case}）", f"“{label.en}” is over ({event.case})"
    outcome = OUTCOMES.get(event.outcome or "", Text(event.outcome or "", event.outcome or ""))
    values = shown_values(story, event.node, event.values)
    parts = [outcome, *values] if event.outcome in OUTCOMES else values
    return Sentence("waited", with_particulars(zh, en, parts))


def _withdrawn(story: Story, event: e.WaitWithdrawn) -> Sentence | None:
    if not isinstance(story.definition.nodes[event.node].construct, Link):
        return None
    label = story.step(event.number)
    zh, en = f"“{label.zh}”不再需要，撤回", f"“{label.en}” is needed no longer and taken back"
    return Sentence("moved-on", Text(zh, en))


ROWS: Rows = {
    e.CaseCalled: _called,
    e.CallAnswered: _answered,
    e.WaitWithdrawn: _withdrawn,
}
