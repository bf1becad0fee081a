"""Values that are made many times by every command: events, and the parts of states.

`immutable` is `dataclass`: the type checker holds its values frozen, in the product and in its
tests. When the program runs they are plain ones, since a frozen dataclass sets every field by a
call of its own, and these calls were more than a quarter of what a command costs.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from dataclasses import dataclass as immutable
else:

    def immutable(*, frozen: bool, slots: bool = False) -> Callable[[type], type]:
        """A dataclass whose values count as equal, and as keys, by their fields."""
        return dataclass(slots=slots, unsafe_hash=frozen)


__all__ = ["immutable"]
