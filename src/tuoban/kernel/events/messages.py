"""Messages that a case sends, and that come to it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from tuoban.kernel.immutable import immutable


@immutable(frozen=True, slots=True)
class MessageSent:
    """A message went out. Its number is drawn from the same row as those of work items.

    `unfit` says of which of its values none fits, by the code of the problem, or `required` where
    one that it must carry is missing.
    """

    number: int
    node: str
    activation: int
    name: str
    process: str
    system: str
    values: Mapping[str, Any]
    unfit: Mapping[str, str]
    at: datetime


@immutable(frozen=True, slots=True)
class MessageReceived:
    """A message came that concerns the case; what it lets go on or happen stands in events beside
    it, which name it. `began`: the case began by it; `joined`: it was one more of those by which
    such a case begins."""

    message: str
    name: str
    values: Mapping[str, Any]
    sent_at: datetime
    at: datetime
    began: bool = False
    joined: bool = False
