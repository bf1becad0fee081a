"""Putting things in order by what they need."""

from collections.abc import Collection, Hashable, Mapping
from typing import TypeVar

Key = TypeVar("Key", bound=Hashable)


def in_order(needs: Mapping[Key, Collection[Key]]) -> tuple[list[Key], list[Key]]:
    """All keys, each behind those it needs; and, if some need one another, one such circle.

    A circle begins and ends with the same key; its members are in the order as well, so that a
    caller can go on. Needs no recursion of its own.
    """
    order: list[Key] = []
    circle: list[Key] = []
    done: set[Key] = set()
    for start in needs:
        path = {start: iter(sorted(needs[start], key=str))} if start not in done else {}
        while path:
            key = next(reversed(path))
            following = next(path[key], None)
            if following is None:
                del path[key]
                done.add(key)
                order.append(key)
            elif following in path:
                names = list(path)
                circle = circle or [*names[names.index(following) :], following]
            elif following not in done:
                path[following] = iter(sorted(needs[following], key=str))
    return order, circle
