"""Sentences about signing, and what a completed step says of it."""

from __future__ import annotations

from collections.abc import Mapping

from tuoban.kernel import events as e
from tuoban.kernel.definition import Text
from tuoban.kernel.state import Signed
from tuoban.runtime.cases.queries.timeline.phrases import because, in_place_of, with_particulars
from tuoban.runtime.cases.queries.timeline.story import Rows, Sentence, Story


def _signing_begun(story: Story, event: e.SigningBegun) -> Sentence:
    who, step = story.who(event.by), story.step(event.item)
    zh = f"{who}办好“{step.zh}”，送签"
    en = f"{who} filled in “{step.en}” and had it sent to its signers"
    return Sentence("to-sign", Text(zh, en))


def _item_signed(story: Story, event: e.ItemSigned) -> Sentence:
    who, step = in_place_of(story, event.by, event.for_whom), story.step(event.item)
    stamp = [Text("已盖章", "with the stamp on it")] if event.stamped else []
    zh, en = f"{who.zh}签署“{step.zh}”", f"{who.en} signed “{step.en}”"
    return Sentence("signed", with_particulars(zh, en, stamp))


def _signing_stopped(story: Story, event: e.SigningStopped) -> Sentence:
    step = story.step(event.item)
    who = story.who(event.by) if event.by is not None else ""
    texts = {
        "refused": Text(f"{who}拒签“{step.zh}”", f"{who} refused to sign “{step.en}”"),
        "got-back": Text(
            f"{who}收回送签的“{step.zh}”", f"{who} got “{step.en}” back from its signers"
        ),
        "changed": Text(
            f"“{step.zh}”要签署的内容已变，须重新办理",
            f"what was to be signed of “{step.en}” has changed, so it is done anew",
        ),
        "nobody": Text(
            f"“{step.zh}”的办理人不能再办，须重新办理",
            f"whoever did “{step.en}” may do it no longer, so it is done anew",
        ),
        "dropped": Text(
            f"“{step.zh}”加签的人不再签，须重新办理",
            f"somebody who was added to “{step.en}” does not sign any more, so it is done anew",
        ),
    }
    text = texts[event.why]
    return Sentence("sign-stopped", because(text.zh, text.en, event.reason))


def signed_by(story: Story, role: str, ref: str) -> Text:
    """That an outside party signed, as a particular of a completed step."""
    label = story.definition.roles[role].label
    value = story.surroundings.opened.get(ref)
    name = value["name"] if isinstance(value, Mapping) else ""
    zh, en = f"{label.zh}{name}已签字", f"signed by {label.en} {name}".rstrip()
    return Text(zh, en)


def stamped_by(story: Story, role: str) -> Text:
    """That a stamp is on the paper, likewise."""
    label = story.definition.roles[role].label
    return Text(f"{label.zh}已盖章", f"stamped by {label.en}")


def signed_inside(story: Story, signed: Signed) -> Text:
    """That somebody of the organisation signed, likewise."""
    who = in_place_of(story, signed.by, signed.for_whom)
    if not signed.role:
        return Text(f"加签人{who.zh}已签署", f"signed by {who.en}, who was added")
    label = story.definition.roles[signed.role].label
    return Text(f"{label.zh}{who.zh}已签署", f"signed by {label.en} {who.en}")


def _signer_added(story: Story, event: e.SignerAdded) -> Sentence:
    who, to, step = story.who(event.by), story.who(event.to), story.step(event.item)
    if event.before:
        zh = f"{who}就“{step.zh}”请{to}先发表意见（前加签）：{event.reason}"
        en = f"{who} asked {to} for an opinion of “{step.en}” first: {event.reason}"
    else:
        zh = f"{who}请{to}加签“{step.zh}”（后加签）：{event.reason}"
        en = f"{who} added {to} to the signers of “{step.en}”: {event.reason}"
    return Sentence("to-sign", Text(zh, en))


def _opinion_given(story: Story, event: e.OpinionGiven) -> Sentence:
    who, step = in_place_of(story, event.by, event.for_whom), story.step(event.of)
    if event.agrees:
        zh, en = f"{who.zh}对“{step.zh}”表示同意", f"{who.en} agreed with “{step.en}”"
    else:
        zh, en = f"{who.zh}对“{step.zh}”表示不同意", f"{who.en} did not agree with “{step.en}”"
    return Sentence("signed", because(zh, en, event.words))


def _signer_dropped(story: Story, event: e.SignerDropped) -> Sentence:
    person, step = story.who(event.person), story.step(event.item)
    if event.by:
        who = story.who(event.by)
        zh = f"{who}取消{person}对“{step.zh}”的加签"
        en = f"{who} does without {person} at “{step.en}”"
    else:
        zh = f"{person}不能再签“{step.zh}”，不再等"
        en = f"{person} cannot sign “{step.en}” any more, and is not waited for"
    return Sentence("sign-stopped", Text(zh, en))


ROWS: Rows = {
    e.SignerAdded: _signer_added,
    e.OpinionGiven: _opinion_given,
    e.SignerDropped: _signer_dropped,
    e.SigningBegun: _signing_begun,
    e.ItemSigned: _item_signed,
    e.SigningStopped: _signing_stopped,
}
