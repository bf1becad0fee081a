"""The case as a whole: it begins, is put aside, goes on by another version, and ends."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field
from datetime import date, datetime
from typing import Any

from tuoban.kernel.immutable import immutable


@immutable(frozen=True, slots=True)
class CaseStarted:
    request: str
    by: str
    unit: str
    number: str
    channel: str
    at: datetime
    settings: Mapping[str, Any]
    """The settings in force, which the case keeps."""
    period: str = ""
    """The period of the schedule by which it began; `at` is then the schedule's moment."""
    caller: str = ""
    """The number of the case that called it."""
    asked_in: str = ""
    """The unit in which it was asked for, where it belongs to another one."""


@immutable(frozen=True, slots=True)
class CaseCancelled:
    """The case was ended before its time; its end follows. With `caller` nobody did: the case of
    that number, which had called it, has no more need of it."""

    by: str
    reason: str
    at: datetime
    caller: str = ""


@immutable(frozen=True, slots=True)
class CaseMigrated:
    """The case goes on by version `version` of its process, and no more by `before`; the events
    that follow are to be read with that.

    `nodes`, `regions`, `fields`, `papers` and `documents` give, of what the case goes on with, what
    is called otherwise now; `gone` and `dropped` name the nodes and regions, and the fields, that
    are there no more.
    `settings` are those in force from now on.
    """

    slug: str
    before: str
    version: str
    digest: str
    by: str | None
    reason: str
    at: datetime
    nodes: Mapping[str, str] = field(default_factory=dict)
    regions: Mapping[str, str] = field(default_factory=dict)
    fields: Mapping[str, str] = field(default_factory=dict)
    gone: tuple[str, ...] = ()
    dropped: tuple[str, ...] = ()
    settings: Mapping[str, Any] = field(default_factory=dict)
    papers: Mapping[str, str] = field(default_factory=dict)
    documents: Mapping[str, str] = field(default_factory=dict)


@immutable(frozen=True, slots=True)
class CaseSuspended:
    """The case was put aside; nothing is to be completed and no length counts meanwhile."""

    by: str
    reason: str
    at: datetime


@immutable(frozen=True, slots=True)
class CaseResumed:
    by: str
    at: datetime


@immutable(frozen=True, slots=True)
class CaseEnded:
    outcome: str
    at: datetime
    keep_until: date | None = None
    """The last day on which it is kept in the archive, where the pack says so."""


@immutable(frozen=True, slots=True)
class WindingBegan:
    """A process is to end with `outcome`: the case, or the called one of this activation; before,
    what was done in it up to the work item `newest` is undone."""

    outcome: str
    newest: int
    at: datetime
    process: int = 0


@immutable(frozen=True, slots=True)
class WindingOver:
    """What was done in a called process is undone; its end follows."""

    process: int


@immutable(frozen=True, slots=True)
class LastStepsBegan:
    """What was done is undone, and what the pack says is to be done on cancel begins."""


@immutable(frozen=True, slots=True)
class UndoBegan:
    """What was done with a work item is being undone, by steps that follow."""

    item: int
    process: int = 0
