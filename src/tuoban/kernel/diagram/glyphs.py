"""The signs in boxes and at the names of bands: paths of strokes in a square of 14 pixels."""

from __future__ import annotations

from collections.abc import Mapping

GLYPHS: Mapping[str, str] = {
    "stage": "M1.5 3.5h11v7h-11z",
    "repeat": "M11.6 4.6A5.2 5.2 0 1 0 12.2 8.2M12 1.6v3.2h-3.2",
    "each": "M3 2v10M7 2v10M11 2v10",
    "call": "M1.5 2h11v10h-11zM7 4.5v5M4.5 7h5",
    "aside": "M1.5 2h11v10h-11zM7 4.5v5M4.5 7h5",
    "plan": "M1.5 2h4.5v4.5h-4.5zM8 2h4.5v4.5h-4.5zM1.5 8.5h4.5v4h-4.5zM8 8.5h4.5v4h-4.5z",
    "clock": "M7 1.2a5.8 5.8 0 1 0 .01 0M7 3.8v3.4l2.4 1.5",
    "message": "M1.2 3h11.6v8h-11.6zM1.2 3.3l5.8 4.4 5.8-4.4",
    "send": "M1 6.8L13 1.6 9.4 12.6 6.2 8.6zM6.2 8.6L13 1.6",
    "tell": "M3.2 9.8V6a3.8 3.8 0 0 1 7.6 0v3.8l1.2 1.2H2zM5.8 12.6h2.4",
    "condition": "M2 2h10v10h-10zM4.2 5h5.6M4.2 7.2h5.6M4.2 9.4h3.4",
    "hand": "M7 1.4a2.6 2.6 0 1 0 .01 0M2 12.8c0-3 2.2-4.8 5-4.8s5 1.8 5 4.8",
    "undo": "M4.6 2L1.8 4.8 4.6 7.6M2 4.8h6.4a3.4 3.4 0 0 1 0 6.8H5",
    "table": "M1.5 2h11v10h-11zM1.5 5.2h11M5.4 2v10",
    "set": "M2.4 5h9.2M2.4 9h9.2",
    "link": "M5.4 2.5H2v9.5h9.5V8.6M8 1.8h4.2V6M12 2L6.6 7.4",
}
