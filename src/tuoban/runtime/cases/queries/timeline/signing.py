"""Sentences about signing, and what a completed step says of it."""

from __future__ import annotations

from collections.abc import Mapping

from tuoban.kernel import events as e
from tuoban.kernel.definition import Text
from tuoban.kernel.state import Signed
from tuoban.runtime.cases.queries.timeline.phrases import because, with_particulars
from tuoban.runtime.cases.queries.timeline.story import Rows, Sentence, Story


def _signing_begun(story: Story, event: e.SigningBegun) -> Sentence:
    who, step = story.who(event.by), story.step(event.item)
    zh = f"{who}办好“{step.zh}”，送签"
    en = f"{who} filled in “{step.en}” and had it sent to its signers"
    return Sentence("to-sign", Text(zh, en))


def _item_signed(story: Story, event: e.ItemSigned) -> Sentence:
    who, step = story.who(event.by), story.step(event.item)
    stamp = [Text("已盖章", "with the stamp on it")] if event.stamped else []
    return Sentence(
        "signed", with_particulars(f"{who}签署“{step.zh}”", f"{who} signed “{step.en}”", stamp)
    )


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
    label, who = story.definition.roles[signed.role].label, story.who(signed.by)
    return Text(f"{label.zh}{who}已签署", f"signed by {label.en} {who}")


ROWS: Rows = {
    e.SigningBegun: _signing_begun,
    e.ItemSigned: _item_signed,
    e.SigningStopped: _signing_stopped,
}
