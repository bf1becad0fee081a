"""Work is not sent back, taken back, or left by a jump."""

from __future__ import annotations

from collections.abc import Mapping

from tuoban.kernel.definition import Text

TEXTS: Mapping[str, Text] = {
    "not-returnable": Text(
        "“{step}”不能退回到“{to}”；可退回：{allowed}。",
        "“{step}” cannot be sent back to “{to}”. Possible: {allowed}.",
    ),
    "not-finished": Text(
        "“{to}”还没有办过，无法退回到那里。",
        "“{to}” has not been done, so work cannot go back to it.",
    ),
    "waits-already": Text(
        "“{step}”已退回到“{to}”，正等着直接送回。",
        "“{step}” was sent back to “{to}” and waits for it to come straight back.",
    ),
    "element-needed": Text(
        "“{to}”按项办理，请说明退回到第几项。",
        "“{to}” is done for each element; say to which of them work goes back.",
    ),
    "not-done-by-you": Text(
        "“{step}”是{by}办理的，只有办理人可以撤回。",
        "“{step}” was done by {by}; only they may take it back.",
    ),
    "done-jointly": Text(
        "“{step}”由多人共同办理，不能由一人撤回。",
        "“{step}” is done by several people together; no one of them takes it back.",
    ),
    "taken-up": Text(
        "{by}已经打开或办理“{step}”，不能撤回；请对方退回。",
        "{by} has opened or done “{step}”, so it cannot be taken back; ask them to send it back.",
    ),
    "called-since": Text(
        "“{step}”之后已经转到另一个流程办理，不能撤回；请走退回。",
        "What came of “{step}” has called another case, so it cannot be taken back; have it sent "
        "back instead.",
    ),
    "alarm-given": Text(
        "“{step}”的时限已发出提醒，不能撤回。",
        "A limit of “{step}” has told people already, so it cannot be taken back.",
    ),
    "jumped-since": Text(
        "办理“{step}”之后工单已被跳转，不能撤回。",
        "The case was made to jump since “{step}”, so it cannot be taken back.",
    ),
    "place-over": Text(
        "办理“{step}”的那部分已经结束或被中断，不能撤回。",
        "What “{step}” was done in is over or was interrupted, so it cannot be taken back.",
    ),
    "not-head": Text(
        "只有本单位或上级单位的负责人和管理员可以跳转。",
        "Only the head of the case's unit, or of one above it, and administrators may do this.",
    ),
    "not-jumpable": Text(
        "不能从“{step}”跳转到“{to}”：只能跳到同一流程段或外层流程段的步骤。",
        "The case cannot jump from “{step}” to “{to}”: only to a step of the same run of steps, or "
        "of one around it.",
    ),
}
