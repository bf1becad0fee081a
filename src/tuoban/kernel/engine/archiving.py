"""Archiving 归档: how long an ended case is kept."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from tuoban.kernel.clocks import Length
from tuoban.kernel.engine.moments import date_moved
from tuoban.kernel.names import read
from tuoban.kernel.sight import OUTSIDE

if TYPE_CHECKING:
    from tuoban.kernel.engine.flow import Flow


def keep_until(flow: Flow) -> date | None:
    """The last day on which the case is kept if it ends now; None where the pack does not say, or
    its length of time cannot be told."""
    archive = flow.definition.case.archive
    if archive is None:
        return None
    keep = archive.keep
    value = keep if isinstance(keep, Length) else read(keep, flow.names_from(OUTSIDE))
    today = flow.surroundings.at.astimezone(flow.surroundings.zone).date()
    try:
        return date_moved(today, value, back=False)
    except OverflowError:
        return None
