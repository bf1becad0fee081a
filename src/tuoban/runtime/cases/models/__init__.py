"""Rows of cases. What we search has a column; what we only replay is in the journal.

`Case.state` and `JournalEntry.payload` are canonical JSON text made by the kernel's codec, the
same on every database. The other tables of a case are projections of that state (`projection.py`)
and can be told to be true by `audit.py`. Instants are UTC; `unit` columns hold the unit's key.
"""

from tuoban.runtime.cases.models.cases import (
    Case,
    CaseCopy,
    CaseReference,
    FormerReference,
    NumberSequence,
)
from tuoban.runtime.cases.models.checkpoints import Checkpoint
from tuoban.runtime.cases.models.columns import DIGEST, KEY, NEVER
from tuoban.runtime.cases.models.definitions import OrganisationSetting, PublishedDefinition
from tuoban.runtime.cases.models.filing import CaseComment, CaseFile
from tuoban.runtime.cases.models.indicators import (
    IndicatorSchedule,
    MeasuredCase,
    Measurement,
    MeasuringRound,
)
from tuoban.runtime.cases.models.journal import CommandKey, JournalEntry, PersonalValue
from tuoban.runtime.cases.models.linking import CalledCase
from tuoban.runtime.cases.models.messages import Listener, Message, MessageDelivery
from tuoban.runtime.cases.models.moments import HoursMark, Timer
from tuoban.runtime.cases.models.notices import Notice
from tuoban.runtime.cases.models.outbox import MOST_ATTEMPTS, Outgoing, OutgoingAttempt, Written
from tuoban.runtime.cases.models.recurring import Recurring, RecurringStart
from tuoban.runtime.cases.models.work import Draft, PoolEntry, WorkItem

__all__ = [
    "DIGEST",
    "KEY",
    "MOST_ATTEMPTS",
    "NEVER",
    "CalledCase",
    "Case",
    "CaseComment",
    "CaseCopy",
    "CaseFile",
    "CaseReference",
    "Checkpoint",
    "CommandKey",
    "Draft",
    "FormerReference",
    "HoursMark",
    "IndicatorSchedule",
    "JournalEntry",
    "Listener",
    "MeasuredCase",
    "Measurement",
    "MeasuringRound",
    "Message",
    "MessageDelivery",
    "Notice",
    "NumberSequence",
    "OrganisationSetting",
    "Outgoing",
    "OutgoingAttempt",
    "PersonalValue",
    "PoolEntry",
    "PublishedDefinition",
    "Recurring",
    "RecurringStart",
    "Timer",
    "WorkItem",
    "Written",
]
