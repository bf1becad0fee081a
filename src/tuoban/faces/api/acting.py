"""What an operation is: the body that it takes, and the verb that it asks for."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any, NamedTuple, TypedDict

from ninja import Schema

from tuoban.faces.api.signed_in import OPERATE, Access
from tuoban.runtime.cases.service import Outcome
from tuoban.runtime.people.models import User


class Asking(TypedDict):
    """Who asks, when, and under which key."""

    by: User
    at: datetime
    key: str


class Operation(NamedTuple):
    """An operation: what it is, the body that it takes, and the verb; the number is that of the row
    of the case, or of the item."""

    summary: str
    body: type[Schema]
    act: Callable[[int, Any, Asking], Outcome]
    access: Access = OPERATE
