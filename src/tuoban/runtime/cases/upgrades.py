"""Reading journals that an older Tuoban wrote.

Entries are never rewritten: the digests cover them as they are. An old payload is brought to
today's format, one step per format, each time it is read.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

FORMAT = 2
"""The format of the payloads that are written now (`journal.next_entry`). A change to the shape of
an event or a command gets a new number, and a step below that reads the old one."""

Step = Callable[[dict[str, Any]], dict[str, Any]]
"""Takes the plain JSON of a payload and gives it in the next format; it may change what it got."""


def _clocks_of_items(payload: dict[str, Any]) -> dict[str, Any]:
    """Format 1 knew one clock for an item, with its number, and no rounds of a tier."""
    for event in payload["events"]:
        kind = event["$"]
        if kind == "TimerSet":
            event["clock"] = event.pop("item")
            event["round"] = 1
        elif kind == "LimitPassed":
            event["clock"] = event.pop("item")
            # When it was due is not said; what was planned is as near as it gets.
            event |= {"round": 1, "moment": event["at"], "due": event["at"]}
    return payload


STEPS: Mapping[int, Step] = {1: _clocks_of_items}
"""The step from each former format to the one after it."""


def upgrade(payload: Any, steps: Mapping[int, Step] = STEPS, to: int = FORMAT) -> dict[str, Any]:
    """The payload in format `to`.

    Raises:
        ValueError: the payload is of a format that nothing leads from, as a newer one's.
    """
    found = payload.get("format") if isinstance(payload, dict) else None
    if type(found) is not int or not 1 <= found <= to:
        raise ValueError(f"the payload is of format {found!r}; this program reads 1 to {to}")
    for number in range(found, to):
        payload = steps[number](payload) | {"format": number + 1}
    plain: dict[str, Any] = payload
    return plain
