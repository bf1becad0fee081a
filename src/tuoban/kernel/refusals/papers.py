"""Papers do not come in or go on, and documents are not printed."""

from __future__ import annotations

from collections.abc import Mapping

from tuoban.kernel.definition import Text

TEXTS: Mapping[str, Text] = {
    "unknown-paper": Text(
        "没有“{paper}”这份材料，或目前不需要。",
        "There is no paper “{paper}”, or it is not asked for now.",
    ),
    "not-to-handle": Text(
        "“{paper}”由收取它的步骤的办理人或负责人登记。",
        "“{paper}” is handled by whoever does the steps that ask for it, or by those in charge.",
    ),
    "unknown-receiver": Text("流程里没有“{to}”这个角色。", "The process has no role “{to}”."),
    "unknown-document": Text(
        "这一步没有“{document}”这份单据。", "The step prints no document “{document}”."
    ),
    "nothing-to-print": Text(
        "“{step}”还没有开始，不能打印“{document}”。",
        "“{step}” has not begun, so that “{document}” cannot be printed.",
    ),
    "not-to-print": Text(
        "“{document}”由“{step}”的办理人或负责人打印。",
        "“{document}” is printed by whoever does “{step}”, or by those in charge.",
    ),
    "papers-not-there": Text(
        "“{paper}”现有：{there}，交不出这么多。",
        "There is not so much of “{paper}” to hand on: {there}.",
    ),
    "unknown-move": Text(
        "没有这条材料记录，或已经作废；请刷新后重试。",
        "There is no such entry of a paper, or it was struck out. Reload and try again.",
    ),
    "paper-went-on": Text(
        "“{paper}”已经交出，请先作废交出的记录。",
        "“{paper}” has been handed on; strike out that entry first.",
    ),
    "paper-missing": Text(
        "{paper}：还缺{missing}（需要{needed}；现有：{there}）。",
        "{paper}: missing {missing} (needed {needed}; there: {there}).",
    ),
    "papers-one-of": Text(
        "{papers}：至少交齐其中一种。", "One of these is needed in full: {papers}."
    ),
    "paper-made": Text(
        "“{paper}”由“{step}”产生，不用登记收取。",
        "“{paper}” is made by “{step}” and is not handed in.",
    ),
    "paper-not-asked": Text("这一步不收“{paper}”。", "This step does not ask for “{paper}”."),
    "paper-to-give-back": Text(
        "请先把“{paper}”退还{to}：{sheets}。",
        "Give “{paper}” back first, to: {to} ({sheets}).",
    ),
    "paper-count": Text(
        "请填写份数，0 到 {most} 的整数。", "Please enter how many, from 0 to {most}."
    ),
    "paper-nothing": Text(
        "请填写原件或复印件的份数。", "Please enter how many originals or copies."
    ),
}
