"""Values are not corrected or erased."""

from __future__ import annotations

from collections.abc import Mapping

from tuoban.kernel.definition import Text

TEXTS: Mapping[str, Text] = {
    "unknown-value": Text(
        "工单中没有这些个人信息，或已删除；请刷新后重试。",
        "The case does not hold these personal values, or not any more. Reload and try again.",
    ),
    "not-correctable": Text(
        "“{field}”不能更正：没有这一项，或它由系统算出，或不在这里。",
        "“{field}” cannot be corrected: there is no such field here, or it is computed.",
    ),
    "not-to-correct": Text(
        "“{field}”只能由填写人或负责人更正。",
        "“{field}” is corrected by whoever entered it, or by those in charge.",
    ),
    "same-value": Text("现在就是这个值，没有可更正的。", "This is the value it has already."),
}
