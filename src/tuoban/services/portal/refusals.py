"""Refusals around links."""

from __future__ import annotations

from collections.abc import Mapping

from tuoban.kernel.definition import Text
from tuoban.kernel.refusals import Refused

TEXTS: Mapping[str, Text] = {
    "unknown-link": Text("没有这条链接。", "There is no such link."),
    "unknown-party": Text(
        "这张工单没有这样的外部人员。", "This case has no such party outside the organisation."
    ),
    "days-out-of-range": Text(
        "有效天数须为 1 到 {most} 的整数。", "A link is valid for 1 to {most} whole days."
    ),
}


class PortalRefused(Refused):
    """A refusal whose text stands in this module."""

    def read(self, language: str) -> str:
        return TEXTS[self.code].read(language).format(**self.facts)
