"""How notices read, by their codes.

`{step}` is the work, or the case where a notice is of it as a whole; `{by}` a person.
"""

from __future__ import annotations

from collections.abc import Mapping

from tuoban.kernel.text import Text
from tuoban.runtime.cases.models import WorkItem

TEXTS: Mapping[str, Text] = {
    "soon-due": Text("“{step}”快到时限了", "“{step}” is nearly due"),
    "overdue": Text("“{step}”已超过时限", "“{step}” is past its limit"),
    "escalated": Text("“{step}”已超时，升级到您处理", "“{step}” is late and was escalated to you"),
    "stood-in": Text("“{step}”由您代{by}办理", "You do “{step}” in the place of {by}"),
    "came-home": Text("“{step}”回到您手里了", "“{step}” is with you again"),
    "lost": Text(
        "您不能再办理“{step}”，已收回另派；您填的草稿还在",
        "“{step}” is not yours to do any more and was offered anew; what you typed is kept",
    ),
    "offered-anew": Text(
        "“{step}”的办理人{by}不能再办，已重新派出",
        "{by}, who had “{step}”, may not do it any more; it was offered anew",
    ),
    "nobody": Text("“{step}”没有人可以办理，请安排", "Nobody can do “{step}”; please arrange it"),
    "assigned": Text("“{step}”已交给您办理", "“{step}” was given to you"),
    "told": Text("“{step}”到您这里了", "“{step}” has come to you"),
    "transferred": Text("“{step}”已转给您办理", "“{step}” was handed over to you"),
    "delegated": Text("“{step}”已委派给您办理", "“{step}” was delegated to you"),
    "prepared": Text(
        "您委派的“{step}”已办好，请您办结", "“{step}” is prepared; please complete it"
    ),
    "got-back": Text("“{step}”的委派已收回", "“{step}” is no longer delegated to you"),
    "given-back": Text("“{step}”的委派已交还给您", "“{step}” was given back to you"),
    "opinion-asked": Text("请对“{step}”发表意见", "You are asked for an opinion of “{step}”"),
    "opinion-given": Text("“{step}”的加签意见已给出", "An opinion of “{step}” was given"),
    "added": Text("请与他人共同办理“{step}”", "You are asked to do “{step}” with others"),
    "signer-gone": Text(
        "“{step}”加签的人不能再签，不再等",
        "Somebody who was added to “{step}” cannot sign any more",
    ),
    "to-sign": Text("请签署“{step}”", "You are asked to sign “{step}”"),
    "sign-refused": Text("“{step}”被拒签，退回给您", "“{step}” was not signed and is yours again"),
    "sign-changed": Text(
        "“{step}”要签署的内容已变，退回给您",
        "What was to be signed of “{step}” has changed; it is yours again",
    ),
    "came-back": Text(
        "“{step}”退回的内容已办好，直接送回给您",
        "What “{step}” was sent back for is done; it is yours to go on with",
    ),
    "urged": Text("请尽快办理“{step}”", "Please see to “{step}” soon"),
    "copied": Text("“{step}”已抄送给您", "“{step}” was copied to you to read"),
    "party-said": Text(
        "“{step}”有客户留言，请回复", "The customer has written about “{step}”; please answer"
    ),
    "mentioned": Text("“{step}”的评论提到了您", "A comment on “{step}” mentions you"),
    "unreached": Text(
        "“{step}”的通知发不出去：没有号码或地址",
        "What “{step}” tells cannot go out: there is no number or address",
    ),
    "call-failed": Text(
        "“{step}”转不过去，请打开工单查看原因",
        "“{step}” could not be passed on; open the case to see why",
    ),
    "failed": Text(
        "系统没能办成“{step}”，请打开工单查看原因",
        "The system could not do “{step}”; open the case to see why",
    ),
    "stuck": Text(
        "系统没能让“{step}”继续，稍后会再试；请打开工单查看原因",
        "The system could not go on with “{step}” and tries again; open the case to see why",
    ),
    "not-begun": Text(
        "“{step}”没能自动发起，稍后会再试",
        "“{step}” could not begin by itself, and is tried again",
    ),
    "unchecked": Text(
        "作息或资料已改，但“{step}”没能重新核算，稍后会再试；请打开工单查看原因",
        "Hours or facts have changed, and “{step}” could not be looked at anew; it is tried again. "
        "Open the case to see why",
    ),
    "unsent": Text(
        "“{step}”的通知多次没有发出去，不再试了",
        "What “{step}” tells could not be sent, and is not tried again",
    ),
    "stands": Text(
        "“{step}”已结束，还有款物要处理",
        "“{step}” is over; money or things are still to be seen to",
    ),
    "message-stopped": Text(
        "“{step}”的消息没有送出：消息一个引出一个，一天内没完没了，请检查流程",
        "The message of “{step}” was stopped: messages keep leading to messages; see to it",
    ),
    "withdrawn": Text("“{step}”已撤回，不必再办", "“{step}” was withdrawn; nothing is left to do"),
    "not-to-sign": Text(
        "“{step}”已由办理人收回或退回，您不必再签署",
        "“{step}” went back to whoever completed it; you need not sign it any more",
    ),
    "not-to-speak": Text(
        "“{step}”不必再请您发表意见", "Your opinion of “{step}” is not needed any more"
    ),
}

WITHDRAWN_PARTS = {WorkItem.ASKED: "not-to-sign", WorkItem.SPEAK: "not-to-speak"}
"""How it is said to those who were asked about the work of somebody else that nothing is left to
do."""

REMINDERS = ("soon-due", "overdue", "escalated", "nobody", "urged", "failed")
"""Codes of notices that ask for something as long as their work is open."""
