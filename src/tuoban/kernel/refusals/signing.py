"""What was done is not signed, and people are not asked about it."""

from __future__ import annotations

from collections.abc import Mapping

from tuoban.kernel.definition import Text

TEXTS: Mapping[str, Text] = {
    "signs-already": Text(
        "办理“{step}”的人和各签署人必须是不同的人：{person}已在其中。",
        "Whoever does “{step}” and all who sign it are different people: {person} is one of them.",
    ),
    "being-signed": Text(
        "“{step}”正在签署；需要改动，请先收回。",
        "“{step}” is with its signers. Get it back first to change anything.",
    ),
    "only-signing": Text(
        "这里只请您签署“{step}”：请签署，或写明原因拒签。",
        "You are only asked to sign “{step}”: sign it, or refuse and say why.",
    ),
    "only-opinion": Text(
        "这里只请您对“{step}”发表意见。", "You are only asked for an opinion of “{step}” here."
    ),
    "no-opinion-asked": Text(
        "“{step}”没有请您发表意见。", "Nobody asks for an opinion of “{step}” here."
    ),
    "awaits-opinion": Text(
        "“{step}”还在等{person}的意见；不等，请先取消加签。",
        "“{step}” waits for the opinion of {person}. To go on without it, do without them first.",
    ),
    "activity-not-signed": Text(
        "“{step}”办结时即办理业务，不能加后签；可以加前签。",
        "A service acts when “{step}” is completed, so nobody is added to sign after; ask before.",
    ),
    "signs-in-turn": Text(
        "“{step}”依次办理，不能加后签。",
        "“{step}” is done by one after the other, so nobody is added to sign after.",
    ),
    "not-added": Text(
        "“{step}”没有请{person}加签，或对方已经表态。",
        "{person} was not added to “{step}”, or has spoken already.",
    ),
    "not-to-sign": Text(
        "“{step}”没有要您签署的内容。", "Nothing of “{step}” is to be signed here."
    ),
    "shown-changed": Text(
        "要签署的内容已变，请看过之后再签。",
        "What is to be signed has changed. Look at it again before you sign.",
    ),
    "signature-unreadable": Text(
        "签字的笔画无法识别，请重新签。", "The drawing cannot be read. Please sign again."
    ),
}
