"""Refusals that arise around a command rather than from the process.

They read like the kernel's: a stable code, the facts, and a text in both languages.
"""

from __future__ import annotations

from collections.abc import Mapping

from tuoban.kernel.definition import Text
from tuoban.kernel.refusals import Refused
from tuoban.runtime.jobs.passing import PASSING

TEXTS: Mapping[str, Text] = {
    "unknown-process": Text("没有已发布的流程“{slug}”。", "No process “{slug}” is published."),
    "unknown-case": Text("没有这张工单。", "There is no such case."),
    "not-visible": Text("您无权查看这张工单。", "You may not see this case."),
    "unknown-unit": Text("没有部门“{unit}”。", "There is no unit “{unit}”."),
    "unit-needed": Text(
        "您在多个部门都可发起，请选择部门：{units}。",
        "You may start this in several units. Choose one: {units}.",
    ),
    "not-personal-there": Text(
        "“{field}”在那边不是个人信息，不能把个人信息交给它。",
        "“{field}” is not personal there, so nothing personal can be handed to it.",
    ),
    "called-too-deep": Text(
        "工单一张调一张，已超过 {count} 层；请检查流程包是否互相调用个没完。",
        "More than {count} cases have called one another in a row; do the packs call one another "
        "without end?",
    ),
    "not-to-retry": Text(
        "没有等着重试的关联工单。", "There is no linked case that waits to be tried again."
    ),
    "busy": Text(
        "系统正忙，请稍候再提交一次；不会重复办理。",
        "Busy just now. Send it again in a moment; it will not count twice.",
    ),
    "no-room": Text(
        "磁盘没有空间了，或无法写入：这次没有保存。请告诉管理员；腾出空间后再提交一次，"
        "不会重复办理。",
        "There is no room left on the disk, or it cannot be written: nothing was saved. Tell "
        "whoever administers the system; once there is room send it again, it will not count "
        "twice.",
    ),
    "key-reused": Text(
        "这次提交的编号已用于另一项办理，请刷新页面后重试。",
        "This submission's key was used for something else. Reload the page and try again.",
    ),
    "key-malformed": Text(
        "提交编号须为 1 到 {limit} 个可见字符。",
        "A submission's key must have 1 to {limit} visible characters.",
    ),
    "source-malformed": Text(
        "来源系统须为至多 {limit} 个可见字符，且不含“/”。",
        "The system that a message comes from has at most {limit} visible characters and no “/”.",
    ),
    "source-too-fast": Text(
        "“{source}”一小时内已发来 {limit} 条消息，暂不再收；请稍后以同一编号重发。",
        "“{source}” has sent {limit} messages within the hour, and no more are taken now. Send it "
        "again later under the same id.",
    ),
    "version-published": Text(
        "“{slug}” {version} 已发布且内容不同；请换一个版本号。",
        "“{slug}” {version} is already published with another text; give it a new version.",
    ),
    "setting-unset": Text(
        "“{slug}”还有必须设定的值：{settings}。请设定：tuoban settings {slug} {words}",
        "“{slug}” requires values that are not set: {settings}. "
        "Set them: tuoban settings {slug} {words}",
    ),
    "setting-unfit": Text(
        "“{slug}”不能用这样的值：{problem}", "“{slug}” cannot work with such a value: {problem}"
    ),
    "unknown-setting": Text(
        "没有“{setting}”这项设置；可写：{known}。",
        "There is no setting “{setting}”; possible: {known}.",
    ),
    "draft-too-large": Text(
        "草稿过大（最多 {limit} 个字符）。", "This draft is too large (at most {limit} characters)."
    ),
    "not-timed": Text("“{step}”不按开工、完工计时。", "“{step}” is not timed by start and finish."),
    "nothing-next": Text("没有排队等办的工作了。", "Nothing is waiting in line."),
    "not-staff": Text(
        "只有管理员可以删除个人信息。", "Only an administrator may erase personal values."
    ),
    "file-erased": Text(
        "这份资料已删除，不能再改。", "This file was erased; nothing is changed in it any more."
    ),
    "not-to-migrate": Text(
        "只有管理员可以让工单改按另一版本办理。",
        "Only an administrator may take a case to another version.",
    ),
    "unknown-link": Text("没有这条链接。", "There is no such link."),
    "days-out-of-range": Text(
        "有效天数须为 1 到 {most} 的整数。", "A link is valid for 1 to {most} whole days."
    ),
    "unknown-outgoing": Text("没有这条外发消息。", "There is no such outgoing text."),
    "not-to-decide": Text(
        "只有管理员和工单负责人可以决定外发消息是否再发。",
        "Only administrators and whoever answers for the case decide what goes out of it.",
    ),
    "outgoing-moved": Text(
        "这条消息已经发出或已另作处理，请刷新页面查看。",
        "This text has gone out, or somebody else has decided about it. Reload the page to see.",
    ),
    "draft-unreadable": Text(
        "草稿中有无法保存的字符，请删除后重试。",
        "The draft holds characters that cannot be kept. Remove them and try again.",
    ),
}


class RuntimeRefused(Refused):
    """A refusal whose text stands in this module."""

    def read(self, language: str) -> str:
        separator = ", " if language.startswith("en") else "、"
        facts = {name: _plain(fact, language, separator) for name, fact in self.facts.items()}
        return TEXTS[self.code].read(language).format(**facts)


def _plain(fact: object, language: str, separator: str) -> str:
    if isinstance(fact, Text):
        return fact.read(language)
    if isinstance(fact, tuple):
        return separator.join(_plain(each, language, separator) for each in fact)
    return str(fact)


CONFLICTS = frozenset(
    {
        "already-suspended",
        "being-signed",
        "case-over",
        "held-by-other",
        "item-done",
        "item-withdrawn",
        "key-reused",
        "not-active",
        "not-called",
        "not-delegated",
        "not-finished",
        "not-held",
        "not-suspended",
        "not-to-retry",
        "not-to-sign",
        "outgoing-moved",
        "shown-changed",
        "taken-up",
        "unknown-clock",
        "unknown-item",
    }
)
"""Somebody or something else was faster: what was looked at is no longer current."""


def status_of(refused: Refused) -> int:
    """409 for a conflict, 503 for a database that is busy or out of room, else 422: understood, and
    not allowed."""
    if refused.code in PASSING:
        return 503
    return 409 if refused.code in CONFLICTS else 422
