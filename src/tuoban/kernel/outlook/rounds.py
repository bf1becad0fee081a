"""Rounds: what comes again and again, held against how often it may."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import timedelta
from typing import Any, NamedTuple

from tuoban.kernel.clocks import Length, as_length
from tuoban.kernel.definition import Limit, Node, Reaction
from tuoban.kernel.expressions import Expression
from tuoban.kernel.limits import is_too_often
from tuoban.kernel.names import read
from tuoban.kernel.settings import SETTINGS


class Round(NamedTuple):
    """Something that comes again after a length; `node` is empty for the case."""

    node: str
    length: Length


def too_frequent(
    nodes: Mapping[str, Node], of_case: Iterable[Limit], values: Mapping[str, Any]
) -> Iterator[Round]:
    """What would come more often than it may, with these values of the settings.

    What else a length is read from is not known before a case begins.

    Args:
        values: those in force, by setting; of one with a value for each option, a mapping.
    """
    for node, given in _again(nodes, of_case):
        for length in _lengths(given, values):
            if is_too_often(length):
                yield Round(node, length)
                break


def _again(
    nodes: Mapping[str, Node], of_case: Iterable[Limit]
) -> Iterator[tuple[str, Length | Expression]]:
    limits = [("", each) for each in of_case]
    for node in nodes.values():
        limits += [(node.key, each) for each in node.limits]
        moment = node.construct.moment if isinstance(node.construct, Reaction) else None
        if moment is not None and moment.length is not None:  # `every`
            yield node.key, moment.length
    for key, limit in limits:
        for late in limit.tiers:
            given = late.offset or late.tier.offset
            if late.tier.every and given is not None:
                yield key, given


def _lengths(given: Length | Expression, values: Mapping[str, Any]) -> Iterator[Length]:
    """The lengths that it may come to: what a setting gives for each option, or what is calculated
    from settings."""
    if isinstance(given, Length):
        yield given
        return
    of_option = values.get(given.text.strip().partition("(")[0].removeprefix(f"{SETTINGS}."))
    if isinstance(of_option, Mapping):
        found: Iterable[Any] = of_option.values()
    elif all(name == SETTINGS for name in given.names):
        found = (read(given, {SETTINGS: values}),)
    else:
        return
    for value in found:
        length = as_length(value) if isinstance(value, timedelta) else value
        if isinstance(length, Length):
            yield length
