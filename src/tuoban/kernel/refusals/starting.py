"""A case is not begun."""

from __future__ import annotations

from collections.abc import Mapping

from tuoban.kernel.definition import Text

TEXTS: Mapping[str, Text] = {
    "unknown-request": Text(
        "本流程没有“{request}”这种申请。", "This process takes no request called “{request}”."
    ),
    "unknown-message": Text("没有“{message}”这种消息。", "There is no message called “{message}”."),
    "not-for-personal": Text(
        "“{label}”带有个人信息，本流程没有把它标为 personal，不能接收。",
        "“{label}” carries personal values, and this process does not mark it as personal.",
    ),
    "no-such-unit": Text(
        "按流程的规定，这件工单属于部门“{unit}”，但没有这个部门。",
        "By the rules of the process the case belongs to the unit “{unit}”, and there is none.",
    ),
    "not-offered": Text(
        "按流程的规定，现在不能发起“{request}”。",
        "As the process has it, “{request}” cannot be started now.",
    ),
    "not-starter": Text(
        "您没有发起“{request}”的角色（需要：{roles}）。",
        "You may not start “{request}” (it takes: {roles}).",
    ),
}
