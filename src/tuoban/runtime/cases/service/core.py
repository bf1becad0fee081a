"""What the verbs share: a command on a work item, or on a case, in one transaction."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any

from tuoban.kernel import commands as c
from tuoban.kernel.definition import Field, Text
from tuoban.kernel.refusals import refuse_invalid
from tuoban.kernel.values import parse
from tuoban.runtime.cases import store
from tuoban.runtime.cases.carrying import Desk, Outcome, carry_out, lay_out, once, open_case
from tuoban.runtime.people.ids import Actor

_REASON = Field(name="reason", type="text", label=Text("原因", "Reason"), long=True)


def on_item(
    item_id: int,
    request: tuple[Any, ...],
    by: Actor,
    at: datetime,
    key: str,
    command: Callable[[Desk, int], c.Command],
) -> Outcome:
    """Carry out a command on a piece of work, once under the caller's key.

    Raises:
        Refused: `unknown-item`, `key-reused`, and as the kernel's command.
    """

    def act() -> Outcome:
        case, item = store.lock_of_item(item_id)
        desk = lay_out(case, at)
        return carry_out(desk, command(desk, item))

    return once(by, key, (item_id, *request), at, act)


def on_case(
    case_id: int,
    request: tuple[Any, ...],
    by: Actor,
    at: datetime,
    key: str,
    command: Callable[[Desk], c.Command],
) -> Outcome:
    """Carry out a command on a case, once under the caller's key.

    Raises:
        Refused: `unknown-case`, `key-reused`, and as the kernel's command.
    """

    def act() -> Outcome:
        desk = open_case(case_id, at)
        return carry_out(desk, command(desk))

    return once(by, key, (case_id, *request), at, act)


def read_reason(desk: Desk, reason: str) -> str:
    """What somebody gave as a reason or a message, as it is kept. Raises `Refused`: `invalid`."""
    text, problem = parse(_REASON, reason, desk.surroundings.zone)
    if problem is not None:
        raise refuse_invalid([problem])
    return text or ""
