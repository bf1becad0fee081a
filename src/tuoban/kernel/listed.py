"""What the name of a step gives to read beside its newest completion: lists of all."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

from tuoban.kernel.state import Completion

Made = Callable[[], Sequence[Completion]]


class Listed(Mapping[str, Any]):
    """What a step's name gives to read. The lists of its completions are made only when they are
    read, so that a name costs the same however often the step was done."""

    __slots__ = ("_lists", "_plain", "_read")

    def __init__(
        self,
        plain: Mapping[str, Any],
        counting: Made,
        made: Made,
        read: Callable[[Sequence[Completion]], list[Mapping[str, Any]]],
    ) -> None:
        self._plain = plain
        self._lists: Mapping[str, Made] = {"all": counting, "history": made}
        self._read = read

    def __getitem__(self, name: str) -> Any:
        if name in self._lists:
            return self._read(self._lists[name]())
        return self._plain[name]

    def __iter__(self) -> Iterator[str]:
        yield from self._plain
        yield from self._lists

    def __len__(self) -> int:
        return len(self._plain) + len(self._lists)
