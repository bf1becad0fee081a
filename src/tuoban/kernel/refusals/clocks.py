"""Limits are not extended."""

from __future__ import annotations

from collections.abc import Mapping

from tuoban.kernel.definition import Text

TEXTS: Mapping[str, Text] = {
    "unknown-clock": Text(
        "这个时限已经结束，或不存在。", "This limit is over, or there is no such limit."
    ),
    "not-extendable": Text(
        "“{limit}”是开放的时间，不能延期。",
        "“{limit}” is when something opens; it is not extended.",
    ),
}
