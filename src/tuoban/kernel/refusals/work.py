"""Work is not done, or not yet."""

from __future__ import annotations

from collections.abc import Mapping

from tuoban.kernel.definition import Text

TEXTS: Mapping[str, Text] = {
    "unknown-item": Text(
        "这件工作不存在，请刷新后重试。", "There is no such work item. Reload and try again."
    ),
    "item-done": Text(
        "已由{by}于 {at} 办理，无需再办。", "Already done by {by} at {at}; nothing left to do."
    ),
    "item-withdrawn": Text(
        "这件工作已撤回，不再需要办理。",
        "This work was withdrawn and no longer needs to be done.",
    ),
    "case-over": Text(
        "工单已结束，不能再办理。", "The case is closed; nothing more can be done in it."
    ),
    "changed-meanwhile": Text(
        "在您填写期间，工单的数据变了；请刷新后核对再办理。",
        "The case has changed while you filled in the form. Reload, check and complete it again.",
    ),
    "not-unattended": Text(
        "“{step}”由人办理，不由系统自动办理。",
        "“{step}” is somebody's work; the system does not do it by itself.",
    ),
    "activity": Text("{text}", "{text}"),
    "locked": Text("现在还不能办理：{reasons}", "This cannot be completed yet: {reasons}"),
    "invalid": Text(
        "有 {count} 处需要改正，已填内容都保留着。",
        "Entries that need attention: {count}. Nothing you typed was lost.",
    ),
    "unknown-reaction": Text(
        "没有“{reaction}”这个操作。",
        "There is no action “{reaction}”.",
    ),
    "not-active": Text(
        "现在不能做“{reaction}”：它所在的环节没有在进行。",
        "“{reaction}” is not possible now: what it belongs to is not in progress.",
    ),
    "place-needed": Text(
        "“{reaction}”有多处可以做，请说明是哪一处。",
        "“{reaction}” is possible in several places; say in which.",
    ),
    "not-reactor": Text(
        "“{reaction}”由{roles}来做。",
        "“{reaction}” is for {roles} to do.",
    ),
    "not-addable": Text(
        "现在不能增加“{node}”。",
        "“{node}” cannot be added now.",
    ),
    "too-many-steps": Text(
        "流程在一次办理中转了 {count} 步仍未停下，请检查循环条件。",
        "The process went on for {count} moves without stopping; check the loop's condition.",
    ),
}
