"""The colours of drawings, as they stand in attributes."""

from __future__ import annotations

from collections.abc import Mapping

from tuoban.kernel.diagram.overlay import Standing

_CHINESE = "PingFang SC, Noto Sans SC, Noto Sans CJK SC, Microsoft YaHei"
_LATIN = "Segoe UI, Helvetica Neue, Roboto, Noto Sans, Liberation Sans, Arial"


def fonts(language: str) -> str:
    """Those of the language first: a Chinese one would set the quotes of English full-width."""
    first = (_LATIN, _CHINESE) if language == "en" else (_CHINESE, _LATIN)
    return ", ".join((*first, "sans-serif"))


PAPER, CARD, INK, SOFT, EDGE, LINE = (
    "#ffffff", "#ffffff", "#1d2126", "#565d66", "#8d877b", "#d9d4c9",
)  # fmt: skip
TEAL, TINT, LATE, SOON, SOON_TINT, WAIT, WAIT_TINT = (
    "#155e63", "#e2eeed", "#b3261e", "#845800", "#fdf3d7", "#4a5a8a", "#e9ecf6",
)  # fmt: skip

Look = tuple[str, str, str, str]
"""The ground, the edge, the text and the small text of a box."""

LOOKS: Mapping[Standing, Look] = {
    "": (CARD, EDGE, INK, SOFT),
    "ahead": (CARD, LINE, INK, SOFT),
    "done": (TINT, TEAL, TEAL, TEAL),
    "current": (TEAL, TEAL, "#ffffff", "#ffffff"),
    "late": (LATE, LATE, "#ffffff", "#ffffff"),
    "waits": (WAIT_TINT, WAIT, WAIT, WAIT),
    "passed": ("none", EDGE, SOFT, SOFT),
    "withdrawn": ("none", EDGE, SOFT, SOFT),
    "lapsed": (SOON_TINT, SOON, SOON, SOON),
}
