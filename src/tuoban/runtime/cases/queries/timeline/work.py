"""Sentences about pieces of work."""

from __future__ import annotations

from tuoban.kernel import events as e
from tuoban.kernel.definition import Text
from tuoban.runtime.cases.queries.proof import proof_of
from tuoban.runtime.cases.queries.timeline.phrases import (
    because,
    first_values,
    in_place_of,
    with_particulars,
)
from tuoban.runtime.cases.queries.timeline.signing import signed_by, signed_inside, stamped_by
from tuoban.runtime.cases.queries.timeline.story import Rows, Sentence, Story

_SYSTEM = Text("系统", "The system")


def _claimed(story: Story, event: e.ItemClaimed) -> Sentence:
    who, step = story.who(event.by), story.step(event.item)
    return Sentence("claimed", Text(f"{who}领取“{step.zh}”", f"{who} claimed “{step.en}”"))


def _released(story: Story, event: e.ItemReleased) -> Sentence:
    who, step = story.who(event.by), story.step(event.item)
    zh, en = f"{who}放回“{step.zh}”", f"{who} put “{step.en}” back"
    return Sentence("released", Text(zh, en))


def _transferred(story: Story, event: e.ItemTransferred) -> Sentence:
    who, to, step = story.who(event.by), story.who(event.to), story.step(event.item)
    zh = f"{who}把“{step.zh}”转给{to}：{event.reason}"
    en = f"{who} handed “{step.en}” over to {to}: {event.reason}"
    return Sentence("transferred", Text(zh, en))


def _stood_in(story: Story, event: e.ItemStoodIn) -> Sentence:
    who, step = story.who(event.person), story.step(event.item)
    if event.for_whom is None:
        zh, en = f"“{step.zh}”回到{who}手里", f"“{step.en}” is with {who} again"
        return Sentence("stood-in", Text(zh, en))
    absent = story.who(event.for_whom)
    zh = f"{absent}不在，“{step.zh}”由{who}代办"
    en = f"While {absent} is away, {who} does “{step.en}” in their place"
    return Sentence("stood-in", Text(zh, en))


def _reoffered(story: Story, event: e.ItemReoffered) -> Sentence | None:
    if event.former is None:
        return None
    former, step = story.who(event.former), story.step(event.item)
    zh = f"{former}不能再办“{step.zh}”，已重新派出"
    en = f"{former} may not do “{step.en}” any more; it was offered anew"
    return Sentence("offered-anew", Text(zh, en))


def _completed(story: Story, event: e.ItemCompleted) -> Sentence:
    node = story.definition.nodes[story.nodes[event.item]]
    outcome = node.step.outcome(event.outcome) if event.outcome is not None else None
    parts: list[Text] = []
    if outcome is not None:
        parts.append(Text(f"结果：{outcome.label.zh}", outcome.label.en))
    parts += first_values(story, event)
    parts += [signed_by(story, role, seal.ref) for role, seal in event.signatures.items()]
    parts += [stamped_by(story, role) for role in event.stamped]
    parts += [signed_inside(story, each) for each in event.signed]
    who = in_place_of(story, event.by, event.for_whom) if event.by else _SYSTEM
    step = story.step(event.item)
    zh, en = f"{who.zh}办结“{step.zh}”", f"{who.en} completed “{step.en}”"
    proof = proof_of(story.definition, node, event, story.surroundings.opened)
    return Sentence("done", with_particulars(zh, en, parts), proof)


def _withdrawn(story: Story, event: e.ItemWithdrawn) -> Sentence | None:
    sent_back = any(
        isinstance(other, e.WorkReturned) and other.item == event.item for other in story.events
    )
    # What signers were asked for is told with why they are asked no more.
    if event.person is None or sent_back or event.item in story.parts:
        return None
    step = story.step(event.item)
    zh, en = f"“{step.zh}”已撤回", f"“{step.en}” was withdrawn"
    return Sentence("withdrawn", Text(zh, en))


def _returned(story: Story, event: e.WorkReturned) -> Sentence:
    who, step = story.who(event.by), story.step(event.item)
    if event.straight is not None:
        to = story.label(event.to, event.straight)
        zh = f"{who}把“{step.zh}”退回到“{to.zh}”，办好后直接送回：{event.reason}"
        en = f"{who} sent “{step.en}” back to “{to.en}”, to come straight back: {event.reason}"
        return Sentence("returned", Text(zh, en))
    to = story.offered_at(event.to)
    zh = f"{who}把“{step.zh}”退回到“{to.zh}”：{event.reason}"
    en = f"{who} sent “{step.en}” back to “{to.en}”: {event.reason}"
    return Sentence("returned", Text(zh, en))


def _came_straight_back(story: Story, event: e.CameStraightBack) -> Sentence:
    step = story.step(event.item)
    zh, en = f"直接送回“{step.zh}”", f"The case is straight back at “{step.en}”"
    return Sentence("returned", Text(zh, en))


def _taken_back(story: Story, event: e.WorkTakenBack) -> Sentence:
    who, step = story.who(event.by), story.step(event.item)
    zh, en = f"{who}撤回已办的“{step.zh}”", f"{who} took back “{step.en}”"
    return Sentence("taken-back", because(zh, en, event.reason))


def _delegated(story: Story, event: e.ItemDelegated) -> Sentence:
    who, to, step = story.who(event.by), story.who(event.to), story.step(event.item)
    zh = f"{who}把“{step.zh}”委派给{to}：{event.reason}"
    en = f"{who} delegated “{step.en}” to {to}: {event.reason}"
    return Sentence("delegated", Text(zh, en))


def _prepared(story: Story, event: e.ItemPrepared) -> Sentence:
    who, to, step = story.who(event.by), story.who(event.to), story.step(event.item)
    zh = f"{who}办好受委派的“{step.zh}”，交回{to}"
    en = f"{who} prepared “{step.en}” and handed it back to {to}"
    return Sentence("prepared", Text(zh, en))


def _got_back(story: Story, event: e.ItemGotBack) -> Sentence:
    who, delegate = story.who(event.by), story.who(event.delegate)
    step = story.step(event.item)
    if event.by == event.delegate:
        zh, en = f"{who}交还受委派的“{step.zh}”", f"{who} gave “{step.en}” back"
    else:
        zh, en = f"{who}从{delegate}收回“{step.zh}”", f"{who} got “{step.en}” back from {delegate}"
    return Sentence("got-back", Text(zh, en))


def _jumped(story: Story, event: e.WorkJumped) -> Sentence:
    who, step = story.who(event.by), story.step(event.item)
    to = story.offered_at(event.to)
    zh = f"{who}把工单从“{step.zh}”跳转到“{to.zh}”：{event.reason}"
    en = f"{who} made the case jump from “{step.en}” to “{to.en}”: {event.reason}"
    return Sentence("jumped", Text(zh, en))


def _urged(story: Story, event: e.WorkUrged) -> Sentence:
    who, step = story.who(event.by), story.step(event.item)
    zh, en = f"{who}催办“{step.zh}”", f"{who} urged “{step.en}”"
    return Sentence("urged", because(zh, en, event.message))


ROWS: Rows = {
    e.ItemClaimed: _claimed,
    e.ItemReleased: _released,
    e.ItemStoodIn: _stood_in,
    e.ItemReoffered: _reoffered,
    e.ItemTransferred: _transferred,
    e.ItemCompleted: _completed,
    e.ItemWithdrawn: _withdrawn,
    e.WorkReturned: _returned,
    e.CameStraightBack: _came_straight_back,
    e.WorkTakenBack: _taken_back,
    e.ItemDelegated: _delegated,
    e.ItemPrepared: _prepared,
    e.ItemGotBack: _got_back,
    e.WorkJumped: _jumped,
    e.WorkUrged: _urged,
}
