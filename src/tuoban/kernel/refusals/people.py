"""Work is not theirs, or does not pass to them."""

from __future__ import annotations

from collections.abc import Mapping

from tuoban.kernel.definition import Text

TEXTS: Mapping[str, Text] = {
    "held-by-other": Text(
        "已由{by}领取；请先请对方释放或转办。",
        "Claimed by {by}. Ask them to release or transfer it first.",
    ),
    "deputised": Text(
        "您不在期间，“{step}”由{by}代办；要自己办，请先结束您的请假。",
        "While you are away {by} does “{step}” in your place; end your absence to do it yourself.",
    ),
    "not-held": Text("您没有领取这件工作。", "You do not hold this work item."),
    "assigned": Text(
        "这件工作指定由您办理，不能释放，请用转办。",
        "This work is assigned to you and cannot be released; transfer it instead.",
    ),
    "not-performer": Text(
        "您没有办理“{step}”的角色（需要：{roles}）。",
        "“{step}” is not yours to do (it takes: {roles}).",
    ),
    "unknown-party": Text(
        "这张工单没有这样的外部人员。", "This case has no such party outside the organisation."
    ),
    "with-staff": Text(
        "“{step}”须在我们的工作人员处办理，请与他们联系。",
        "“{step}” is done together with our staff; please speak to them.",
    ),
    "takes-part": Text(
        "“{step}”由多人共同办理，每人一份：{person}已有一份。",
        "“{step}” is done together, a part for each: {person} has one already.",
    ),
    "not-chosen": Text(
        "“{step}”按先后办理，不能挑选：请领取下一件。",
        "“{step}” is taken in turn and not chosen: take the next one.",
    ),
    "skill-missing": Text(
        "“{step}”需要具备：{skills}。", "“{step}” takes somebody who is able to do: {skills}."
    ),
    "not-transferable": Text("“{step}”不能转办。", "“{step}” cannot be handed to anybody else."),
    "not-receiver": Text(
        "“{step}”不能转给此人（只能转给：{roles}）。",
        "“{step}” cannot be handed to them (only to: {roles}).",
    ),
    "not-same-person": Text(
        "“{step}”须由别人办理：您已办理“{other}”。",
        "“{step}” needs another person: you did “{other}”.",
    ),
    "not-in-charge": Text(
        "只有工单的办理人、负责人或超时要升级到的人可以这样做。",
        "Only whoever does work in this case, heads its unit, or is told when it is late may do "
        "this.",
    ),
    "unknown-person": Text("没有这位在职人员：{person}。", "There is no active person “{person}”."),
    "same-person": Text("不能转给本人。", "It cannot be transferred to its own holder."),
    "reason-missing": Text("请写明原因。", "Please give a reason."),
    "delegated": Text(
        "这件工作由{by}委派；请办好或交还，由对方决定。",
        "{by} delegated this work; do it or give it back, and let them decide.",
    ),
    "not-delegated": Text(
        "您没有委派这件工作，或对方已经办好。",
        "You have not delegated this work, or it has come back already.",
    ),
    "not-taking-part": Text(
        "只有参与这个工单的人可以这样做。", "Only those who take part in this case may do this."
    ),
    "own-work": Text(
        "“{step}”就在您手里，不用催办。", "“{step}” is in your own hands; no need to urge it."
    ),
    "urged-lately": Text(
        "“{step}”已于 {at} 催办，一小时内只催一次。",
        "“{step}” was urged at {at}; it is urged once an hour.",
    ),
    "copied-already": Text(
        "{person}已经可以查看这个工单。", "{person} can read this case already."
    ),
}
