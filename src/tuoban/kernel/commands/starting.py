"""Cases begin: because somebody asks, by a schedule, or by a message."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any


@dataclass(frozen=True, slots=True)
class Start:
    """Begin a case by a request of the pack, in a unit where the starter holds the role."""

    by: str
    request: str
    unit: str
    number: str
    data: Mapping[str, Any] = field(default_factory=dict)
    channel: str = "desk"


@dataclass(frozen=True, slots=True)
class Begin:
    """Begin a case by itself, because a schedule of the pack says so.

    Attributes:
        start: the name of the start.
        unit: what the case belongs to.
        moment: the moment of the schedule.
        period: what the period is called in which that lies.
        element: what it is for, where cases begin for the elements of a list.
    """

    start: str
    unit: str
    number: str
    moment: datetime
    period: str
    element: Any = None
    by: None = None


@dataclass(frozen=True, slots=True)
class BeginByMessage:
    """Begin a case by itself, because a message has come that a start of the pack says so of.

    Attributes:
        start: the name of the start.
        unit: what the case belongs to.
        message: the id of the message.
        values: what it carries.
        sent_at: when it was sent.
    """

    start: str
    unit: str
    number: str
    message: str
    values: Mapping[str, Any]
    sent_at: datetime
    by: None = None
