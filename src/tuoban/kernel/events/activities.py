"""What services do with the steps of a case, and know of it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from tuoban.kernel.immutable import immutable
from tuoban.kernel.text import Text


@immutable(frozen=True, slots=True)
class ActivityDone:
    """A service did what a step has it do; the results are values of the completion of `item`.

    `given` is what the step gave it; `settles` the item with which it was done before and stood,
    which this one takes the place of; `keeps`: it stands when the step is done again.
    """

    item: int
    node: str
    activation: int
    activity: str
    given: Mapping[str, Any]
    keeps: bool = False
    settles: int | None = None


@immutable(frozen=True, slots=True)
class ActivityUndone:
    """What a service did was taken back, because its step counts no more or the case was
    cancelled."""

    item: int
    node: str
    activity: str
    at: datetime


@immutable(frozen=True, slots=True)
class ActivityFailed:
    """The system could not do a step by itself, for these reasons; it can be tried again."""

    item: int
    reasons: tuple[Text, ...]
    at: datetime


@immutable(frozen=True, slots=True)
class FactsChanged:
    """Services know something new of the case: these are the values now."""

    values: Mapping[str, Any]
