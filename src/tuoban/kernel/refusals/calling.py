"""Another case is not called, or not waited for."""

from __future__ import annotations

from collections.abc import Mapping

from tuoban.kernel.definition import Text

TEXTS: Mapping[str, Text] = {
    "not-called": Text(
        "这张工单现在没有等待这个关联工单。", "This case does not wait for such a linked case."
    ),
    "request-needed": Text(
        "“{process}”有{count}种申请，要写明用哪一种。",
        "“{process}” has {count} requests; it must say which is meant.",
    ),
}
