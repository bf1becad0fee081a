"""The clock: a time limit as a ledger of entries, from which everything else is computed."""

from tuoban.kernel.clocks.coming import coming
from tuoban.kernel.clocks.errors import CODES, ClockError
from tuoban.kernel.clocks.explaining import doubts, sentence
from tuoban.kernel.clocks.ledger import (
    Basis,
    CalendarChanged,
    Calendars,
    Entry,
    Extended,
    Ledger,
    Limit,
    LimitChanged,
    Paused,
    Resumed,
    Started,
    Stopped,
    Unset,
    Until,
    Within,
)
from tuoban.kernel.clocks.lengths import UNITS, Length, Measure, as_length, as_value, read_length
from tuoban.kernel.clocks.moving import earlier, later
from tuoban.kernel.clocks.rows import DUE, GOING_ON, OPENING, Row, rows
from tuoban.kernel.clocks.standing import (
    Amount,
    Standing,
    due,
    elapsed,
    remaining,
    standing,
    state,
)
from tuoban.kernel.clocks.tiers import Tier, TierMoment, tier_moments
from tuoban.kernel.clocks.wording import amount_text, moment_text

__all__ = [
    "CODES",
    "DUE",
    "GOING_ON",
    "OPENING",
    "UNITS",
    "Amount",
    "Basis",
    "CalendarChanged",
    "Calendars",
    "ClockError",
    "Entry",
    "Extended",
    "Ledger",
    "Length",
    "Limit",
    "LimitChanged",
    "Measure",
    "Paused",
    "Resumed",
    "Row",
    "Standing",
    "Started",
    "Stopped",
    "Tier",
    "TierMoment",
    "Unset",
    "Until",
    "Within",
    "amount_text",
    "as_length",
    "as_value",
    "coming",
    "doubts",
    "due",
    "earlier",
    "elapsed",
    "later",
    "moment_text",
    "read_length",
    "remaining",
    "rows",
    "sentence",
    "standing",
    "state",
    "tier_moments",
]
