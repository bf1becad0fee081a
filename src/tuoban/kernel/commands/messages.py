"""A message comes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any


@dataclass(frozen=True, slots=True)
class Deliver:
    """A message has come to the case, which may or may not concern it.

    Attributes:
        message: its id, by which it is known should it come again.
        name: how it is called.
        values: what it carries.
        sent_at: when it was sent.
    """

    message: str
    name: str
    values: Mapping[str, Any]
    sent_at: datetime
    by: None = None
