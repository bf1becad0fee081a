"""The whole case is not put aside, resumed or cancelled."""

from __future__ import annotations

from collections.abc import Mapping

from tuoban.kernel.definition import Text

TEXTS: Mapping[str, Text] = {
    "suspended": Text(
        "工单已挂起（{reason}），恢复之后才能办理。",
        "The case is suspended ({reason}); resume it first.",
    ),
    "not-suspended": Text("工单没有挂起。", "The case is not suspended."),
    "already-suspended": Text(
        "工单已经挂起（{reason}）。", "The case is suspended already ({reason})."
    ),
    "not-to-cancel": Text(
        "只有负责人可以作废工单；发起人在第一步办结之前也可以。",
        "Only those in charge may cancel a case; whoever began it may until its first step is "
        "done.",
    ),
    "winding-up": Text(
        "正在收尾：撤销已办的事项之后就结束。",
        "It is being wound up: it ends once what is left to do for that is done.",
    ),
    "not-a-canceller": Text("只有{roles}可以作废工单。", "Only these may cancel a case: {roles}."),
    "too-late-to-cancel": Text(
        "现在不能再作废工单：{why}。", "The case cannot be cancelled any more: {why}."
    ),
}
