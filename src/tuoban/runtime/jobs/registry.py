"""Who carries out which kind of job, and what people call it."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from typing import Any

from tuoban.kernel.text import Text

Handler = Callable[[Mapping[str, Any], str], object]
"""Carries out one kind of job: payload, key. It may be called twice for the same job, and gets the
job's key to make an outside effect happen once."""


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of job."""

    name: str
    handler: Handler
    label: Text
    waits: bool


_kinds: dict[str, Kind] = {}


def register(
    kind: str, handler: Handler, label: Text | None = None, *, waits: bool = False
) -> None:
    """Say who carries out a kind of job; apps do it when they are ready.

    Args:
        label: what people call it; None: its name.
        waits: whether it waits for something else for long. On both carriers such jobs are carried
            out one after the other in a thread of their own, so that neither other jobs nor
            anything else that a worker does waits for them. It should ask now and then whether its
            worker is told to stop (`stopping.check`).
    """
    _kinds[kind] = Kind(kind, handler, label or Text(kind, kind), waits)


def handler_of(kind: str) -> Handler:
    """Who carries out a kind.

    Raises:
        KeyError: nobody in this version does.
    """
    return _kinds[kind].handler


def known() -> Collection[str]:
    """The kinds that this version carries out."""
    return _kinds.keys()


def waiting() -> Collection[str]:
    """The kinds for which nothing should wait."""
    return [kind.name for kind in _kinds.values() if kind.waits]


def labels() -> Mapping[str, Text]:
    """What people call each kind."""
    return {kind.name: kind.label for kind in _kinds.values()}
