"""Round the clock: what counts where no hours are kept."""

from __future__ import annotations

from datetime import tzinfo
from functools import lru_cache

from tuoban.kernel.calendars.calendar import Calendar
from tuoban.kernel.calendars.patterns import Period, read_week
from tuoban.kernel.text import Text

LABEL = Text("全天候", "round the clock")


@lru_cache(maxsize=64)
def round_the_clock(zone: tzinfo) -> Calendar:
    """Every hour of every day in `zone`, holidays too."""
    return Calendar(LABEL, zone, (Period(None, read_week({"mon-sun": "00:00-24:00"})),))
