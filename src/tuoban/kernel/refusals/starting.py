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
    "not-starter": Text(
        "您没有发起“{request}”的角色（需要：{roles}）。",
        "You may not start “{request}” (it takes: {roles}).",
    ),
}
