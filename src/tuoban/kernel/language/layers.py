"""Mappings made of others without copying them: every step has a scope of its own, and a process
may have thousands of steps, whose names all of them know.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from typing import TypeVar

V = TypeVar("V")


@dataclass(frozen=True, slots=True, eq=False)
class Layered(Mapping[str, V]):
    """What `under` holds, without some names, and with what lies `over` it."""

    under: Mapping[str, V]
    over: Mapping[str, V]
    without: Collection[str] = ()

    def __getitem__(self, name: str) -> V:
        if name in self.over:
            return self.over[name]
        if name in self.without:
            raise KeyError(name)
        return self.under[name]

    def __contains__(self, name: object) -> bool:
        return name in self.over or (name not in self.without and name in self.under)

    def __iter__(self) -> Iterator[str]:
        yield from self.over
        hidden = {*self.over, *self.without}
        yield from (each for each in self.under if each not in hidden)

    def __len__(self) -> int:
        return sum(1 for _ in self)


@dataclass(frozen=True, slots=True, eq=False)
class Same(Mapping[str, V]):
    """One value under all the names of some mappings, but one."""

    value: V
    named: tuple[Mapping[str, object], ...]
    but: str

    def __getitem__(self, name: str) -> V:
        if name not in self:
            raise KeyError(name)
        return self.value

    def __contains__(self, name: object) -> bool:
        return name != self.but and any(name in each for each in self.named)

    def __iter__(self) -> Iterator[str]:
        return iter(dict.fromkeys(name for each in self.named for name in each if name != self.but))

    def __len__(self) -> int:
        return sum(1 for _ in self)
