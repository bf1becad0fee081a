"""Tables that are kept in parts and read as one."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TypeVar

K = TypeVar("K")
V = TypeVar("V")


def joined(*parts: Mapping[K, V]) -> dict[K, V]:
    """One table of all parts.

    Raises ValueError if two parts have a row for the same key.
    """
    whole: dict[K, V] = {}
    for part in parts:
        if doubled := whole.keys() & part.keys():
            raise ValueError(f"two rows for {', '.join(sorted(map(str, doubled)))}")
        whole |= part
    return whole
