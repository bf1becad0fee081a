"""Sentences about what a process does by itself, and about what stands in its blocks."""

from __future__ import annotations

from collections.abc import Iterator

from tuoban.kernel import events as e
from tuoban.kernel.clocks import moment_text
from tuoban.kernel.definition import Assign, Definition, Text
from tuoban.kernel.facts import fact_of
from tuoban.kernel.limits import MOMENT, WAITS
from tuoban.runtime.cases import elements
from tuoban.runtime.cases.queries import decided
from tuoban.runtime.cases.queries.timeline.limits import acted_late
from tuoban.runtime.cases.queries.timeline.phrases import (
    LONGEST_VALUE,
    VALUES_AT_MOST,
    because,
    pair,
    set_with,
    shown_values,
    with_particulars,
)
from tuoban.runtime.cases.queries.timeline.story import Clock, Rows, Sentence, Story
from tuoban.runtime.cases.wording import in_words, same

ELEMENTS_AT_MOST = 6  # of a list that are named


def _jointly_decided(story: Story, event: e.JointlyDecided) -> Sentence:
    step = story.definition.nodes[event.node]
    first = step.step.outcome(step.step.agreement or "")
    sure = event.agreed >= event.needed
    zh_name = first.label.zh if first is not None else "已办"
    en_name = first.label.en if first is not None else "done"
    counts = Text(
        f"{zh_name} {event.agreed} 人，共 {event.total} 人，需要 {event.needed} 人",
        f"{en_name} {event.agreed} of {event.total}, needed {event.needed}",
    )
    label = story.label(event.node, event.activation)
    zh = f"“{label.zh}”{'通过' if sure else '未通过'}"
    en = f"“{label.en}” was {'carried' if sure else 'not carried'}"
    return Sentence("done", with_particulars(zh, en, [counts]))


def _work_added(story: Story, event: e.WorkAdded) -> Sentence:
    who, what = story.who(event.by), story.label(event.node, event.activation)
    zh, en = f"{who}增加“{what.zh}”", f"{who} added “{what.en}”"
    return Sentence("added", because(zh, en, event.reason))


def _assigned(story: Story, event: e.AssignmentMade) -> Sentence:
    definition, values = story.definition, set_with(story, event.number)
    parts = shown_values(story, event.node, values)
    labels = {name: _label_at(definition, event.node, name) for name in (*values, *event.unfit)}
    parts += _facts_written(story, event)
    parts += [
        Text(f"{labels[name].zh}没有合适的值，留空", f"no value fits {labels[name].en}, left empty")
        for name in event.unfit
    ]
    parts += [
        Text(f"{label.zh}清空", f"{label.en} empty")
        for name, label in labels.items()
        if name not in event.unfit and values[name] is None
    ]
    label = story.label(event.node, event.activation)
    return Sentence("set", with_particulars(label.zh, label.en, parts))


def _facts_written(story: Story, event: e.AssignmentMade) -> Iterator[Text]:
    """What was written to the files of customers and assets."""
    definition, surroundings = story.definition, story.surroundings
    written = [
        each.facts
        for each in story.events
        if isinstance(each, e.FactsWritten) and each.number == event.number
    ]
    construct = definition.nodes[event.node].construct
    for each in construct.facts if isinstance(construct, Assign) else ():
        given = next((facts for facts in written if each.fact in facts), None)
        if given is not None and each.name not in event.unfit:
            fact, value = definition.asset_kinds[each.kind].facts[each.fact], given[each.fact]
            words = in_words(definition, fact, value, surroundings.zone, surroundings.opened)
            label = _label_at(definition, event.node, each.name)
            yield pair(label, same("—") if value is None else words)


def _label_at(definition: Definition, node: str, name: str) -> Text:
    """What people call a field, or a fact of what a field, here or of a step or block, names."""
    owner, _, inside = name.partition(".")
    declared = {**definition.step_fields, **definition.place_fields}.get(owner, {})
    root, _, member = inside.partition(".")
    if root not in declared:
        root, member = owner, inside
    known = declared.get(root) or definition.field_at(node, root)
    if known is None:
        return Text(name, name)
    fact = fact_of(definition, known, member) if member else None
    if fact is None:
        return known.label
    return Text(f"{known.label.zh}的{fact.label.zh}", f"{known.label.en}: {fact.label.en}")


def _wait_began(story: Story, event: e.WaitBegan) -> Sentence | None:
    if any(isinstance(each, e.WaitEnded) and each.number == event.number for each in story.events):
        return None  # told as over at once
    label = story.label(event.node, event.activation)
    due = [
        each.due
        for each in story.events
        if isinstance(each, e.ClockOpened)
        and (each.node, each.activation) == (event.node, event.activation)
    ]
    zh, en = f"开始“{label.zh}”", f"“{label.en}” began"
    if due and due[0] is not None:
        until = moment_text(due[0], story.surroundings.zone, event.at)
        zh, en = f"{zh}，等到 {until.zh}", f"{en}: until {until.en}"
    return Sentence("waiting", Text(zh, en))


_WAITED = {
    "come": Text("到时间了", "the time has come"),
    "true": Text("条件已满足", "the condition holds"),
    "unknown": Text("没有可等的时刻", "there is no moment to wait for"),
    "message": Text("消息已到", "the message has come"),
}


def _wait_ended(story: Story, event: e.WaitEnded) -> Sentence:
    label = story.label(event.node, story.activations[event.number])
    late = [
        each
        for passed in story.events
        if isinstance(passed, e.LimitPassed)
        and (story.clocks[passed.clock].node, story.clocks[passed.clock].limit)
        == (event.node, WAITS)
        for each in acted_late(story, passed)
    ]
    zh, en = f"“{label.zh}”结束", f"“{label.en}” is over"
    return Sentence("waited", with_particulars(zh, en, [_WAITED[event.why], *late]))


def _decided(story: Story, event: e.DecisionMade) -> Sentence:
    definition, surroundings = story.definition, story.surroundings
    results = decided.results(definition, event, surroundings)
    parts = [pair(label, words) for label, words in results][:VALUES_AT_MOST]
    grounds = [
        pair(label, words)
        for label, words in decided.grounds(definition, event, surroundings, story.names)
        if len(words.zh) <= LONGEST_VALUE
    ][:VALUES_AT_MOST]
    if grounds:
        zh, en = "、".join(each.zh for each in grounds), ", ".join(each.en for each in grounds)
        parts.append(Text(f"依据（{zh}）", f"given ({en})"))
    head = decided.headline(definition, event, story.label(event.node, event.activation))
    kind = "decided" if event.reason is None else "undecided"
    return Sentence(kind, with_particulars(head.zh, head.en, parts))


def _reaction_begun(story: Story, event: e.ReactionBegun) -> Sentence:
    label = story.label(event.node, event.activation)
    if event.by:
        who = story.who(event.by)
        zh, en = f"{who}提出“{label.zh}”", f"{who} began “{label.en}”"
        return Sentence(
            "happened",
            with_particulars(
                zh, en, shown_values(story, event.node, set_with(story, event.number))
            ),
        )
    here = Clock(event.node, MOMENT, event.activation)
    late = [
        each
        for passed in story.events
        if isinstance(passed, e.LimitPassed) and story.clocks[passed.clock] == here
        for each in acted_late(story, passed)
    ]
    zh, en = f"“{label.zh}”发生", f"“{label.en}” happened"
    values = shown_values(story, event.node, set_with(story, event.number))
    return Sentence("happened", with_particulars(zh, en, (*late, *values)))


def _listed(story: Story, event: e.ElementsListed) -> Sentence:
    label, count = story.label(event.node, event.activation), len(event.values)
    zh, en = (
        f"“{label.zh}”共 {count} 项",
        f"“{label.en}” has {count} item{'' if count == 1 else 's'}",
    )
    called = [name for name in elements.names(event.values) if not name.isdecimal()]
    if not called:
        return Sentence("listed", Text(zh, en))
    shown, more = called[:ELEMENTS_AT_MOST], len(called) > ELEMENTS_AT_MOST
    zh_names, en_names = "、".join(shown), ", ".join(shown)
    return Sentence(
        "listed",
        Text(f"{zh}：{zh_names}{'等' if more else ''}", f"{en}: {en_names}{' …' if more else ''}"),
    )


ROWS: Rows = {
    e.JointlyDecided: _jointly_decided,
    e.WorkAdded: _work_added,
    e.DecisionMade: _decided,
    e.AssignmentMade: _assigned,
    e.ElementsListed: _listed,
    e.WaitBegan: _wait_began,
    e.WaitEnded: _wait_ended,
    e.ReactionBegun: _reaction_begun,
}
