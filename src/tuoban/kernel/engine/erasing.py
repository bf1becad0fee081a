"""Erasing 删除个人信息: personal values leave the case for good, and the journal says so."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tuoban.kernel import events as e
from tuoban.kernel.commands import Erase
from tuoban.kernel.refusals import Refused

if TYPE_CHECKING:
    from tuoban.kernel.engine.flow import Flow


def erase(flow: Flow, command: Erase) -> None:
    """Record that the values are erased. Erasing nothing changes nothing.

    Raises:
        Refused: `reason-missing`, or `unknown-value` for what the case does not hold (any more).
    """
    reason = command.reason.strip()
    if not reason:
        raise Refused("reason-missing")
    refs = frozenset(command.refs)
    unknown = refs - flow.state.sealed
    if unknown:
        raise Refused("unknown-value", {"refs": tuple(sorted(unknown))})
    if refs:
        at = flow.surroundings.at
        flow.emit(e.ValuesErased(tuple(sorted(refs)), command.by, reason, at))
