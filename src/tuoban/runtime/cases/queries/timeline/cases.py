"""Sentences about a case as a whole and what it has recorded."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from tuoban.kernel import events as e
from tuoban.kernel.definition import CANCELLED, Field, Text
from tuoban.kernel.engine.messaging import BY_MESSAGE
from tuoban.kernel.state import ROOT
from tuoban.runtime.cases.queries.timeline.phrases import (
    because,
    first_values,
    in_place_of,
    with_particulars,
)
from tuoban.runtime.cases.queries.timeline.story import Rows, Sentence, Story
from tuoban.runtime.cases.wording import in_words


def _started(story: Story, event: e.CaseStarted) -> Sentence:
    label = story.definition.starts[event.request].label
    values = first_values(story, None)
    if event.caller:
        zh = f"工单 {event.caller} 转来“{label.zh}”"
        en = f"“{label.en}” was called by case {event.caller}"
        return Sentence("started", with_particulars(zh, en, values))
    if event.channel == BY_MESSAGE:
        zh, en = f"“{label.zh}”因消息开始", f"“{label.en}” began by a message"
        return Sentence("started", with_particulars(zh, en, values))
    if not event.by:
        zh = f"“{label.zh}”自动开始（{event.period}）"
        en = f"“{label.en}” began by itself, for {event.period}"
        return Sentence("started", with_particulars(zh, en, values))
    who = in_place_of(story, event.by, None)
    zh, en = f"{who.zh}发起“{label.zh}”", f"{who.en} started “{label.en}”"
    return Sentence("started", with_particulars(zh, en, values))


def _cancelled(story: Story, event: e.CaseCancelled) -> Sentence:
    if event.caller:
        zh = f"工单 {event.caller} 不再需要它，作废"
        en = f"Case {event.caller} needs it no longer; it is cancelled"
        return Sentence("cancelled", Text(zh, en))
    who = story.who(event.by)
    zh, en = f"{who}作废工单：{event.reason}", f"{who} cancelled the case: {event.reason}"
    return Sentence("cancelled", Text(zh, en))


def _migrated(story: Story, event: e.CaseMigrated) -> Sentence:
    who = Text(story.who(event.by), story.who(event.by)) if event.by else Text("系统", "The system")
    zh = f"{who.zh}让工单从版本 {event.before} 改按版本 {event.version} 办理"
    en = f"{who.en} took the case from version {event.before} to version {event.version}"
    return Sentence("migrated", because(zh, en, event.reason))


def _corrected(story: Story, event: e.FieldCorrected) -> Sentence:
    field = _corrected_field(story, event)
    was, now = _value_of(story, field, event.before), _value_of(story, field, event.values)
    who, label = story.who(event.by), field.label
    zh = f"{who}更正“{label.zh}”：{was.zh} → {now.zh}；原因：{event.reason}"
    en = f"{who} corrected “{label.en}”: {was.en} → {now.en}; reason: {event.reason}"
    return Sentence("corrected", Text(zh, en))


def _corrected_field(story: Story, event: e.FieldCorrected) -> Field:
    region = story.regions.get(event.place)
    owner = story.definition.regions[region].owner if region is not None else None
    declared = story.definition.place_fields.get(owner or "", story.definition.fields)
    return declared[event.field]


def _value_of(story: Story, field: Field, values: Mapping[str, Any]) -> Text:
    """A field's value in full, however long: what a correction was is told whole."""
    value = values[field.name]
    if value in (None, ()):
        return Text("（空）", "(empty)")
    surroundings = story.surroundings
    return in_words(story.definition, field, value, surroundings.zone, surroundings.opened)


def _copied(story: Story, event: e.CaseCopied) -> Sentence:
    who, to = story.who(event.by), story.who(event.to)
    zh, en = f"{who}抄送给{to}", f"{who} copied the case to {to}"
    return Sentence("copied", because(zh, en, event.message))


def _suspended(story: Story, event: e.CaseSuspended) -> Sentence:
    who = story.who(event.by)
    zh, en = f"{who}挂起工单：{event.reason}", f"{who} suspended the case: {event.reason}"
    return Sentence("suspended", Text(zh, en))


def _resumed(story: Story, event: e.CaseResumed) -> Sentence:
    who = story.who(event.by)
    return Sentence("resumed", Text(f"{who}恢复工单", f"{who} resumed the case"))


def _ended(story: Story, event: e.CaseEnded) -> Sentence:
    outcome = story.definition.outcome_label(event.outcome)
    zh, en = "工单办结", "The case is closed"
    if outcome is not None:
        zh, en = f"{zh}：{outcome.zh}", f"{en}: {outcome.en}"
    archive = story.definition.case.archive
    if archive is None or event.keep_until is None:
        return Sentence("ended", Text(zh, en))
    kept = Text(
        f"归入“{archive.shelf.zh}”，保管到 {event.keep_until}",
        f"kept under “{archive.shelf.en}” until {event.keep_until}",
    )
    return Sentence("ended", with_particulars(zh, en, [kept]))


def _erased(story: Story, event: e.ValuesErased) -> Sentence:
    who, count = story.who(event.by), len(event.refs)
    zh = f"{who}删除了 {count} 项个人信息：{event.reason}"
    en = f"{who} erased {count} personal {'value' if count == 1 else 'values'}: {event.reason}"
    return Sentence("erased", Text(zh, en))


def _winding_began(story: Story, event: e.WindingBegan) -> Sentence:
    if event.process != ROOT:
        zh, en = "子流程先撤销已办的事项，再结束", "What was done in the call is undone first"
        return Sentence("withdrawn", Text(zh, en))
    zh, en = "先撤销已办的事项，再结束", "What was done is undone before the case ends"
    if story.definition.cancelling.then and event.outcome == CANCELLED:
        zh, en = "先善后，再结束", "The case is wound up before it ends"
    return Sentence("cancelled", Text(zh, en))


ROWS: Rows = {
    e.WindingBegan: _winding_began,
    e.CaseStarted: _started,
    e.CaseCancelled: _cancelled,
    e.CaseMigrated: _migrated,
    e.FieldCorrected: _corrected,
    e.CaseCopied: _copied,
    e.CaseSuspended: _suspended,
    e.CaseResumed: _resumed,
    e.CaseEnded: _ended,
    e.ValuesErased: _erased,
}
