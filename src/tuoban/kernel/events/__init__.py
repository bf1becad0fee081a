"""Events: small facts in the past tense, of which the state of a case is the fold.

Whatever a decision used (who was chosen, which branch, which moment) is recorded in its events,
so replaying them needs no surroundings. Instants are aware datetimes in UTC.
"""

from tuoban.kernel.events.activities import (
    ActivityDone,
    ActivityFailed,
    ActivityUndone,
    FactsChanged,
)
from tuoban.kernel.events.blocks import (
    BlockDone,
    BranchChosen,
    ElementsListed,
    LoopLeft,
    LoopReset,
    PassedOver,
    RegionEntered,
    RegionLeft,
    WorkAdded,
)
from tuoban.kernel.events.case import (
    CaseCancelled,
    CaseEnded,
    CaseMigrated,
    CaseResumed,
    CaseStarted,
    CaseSuspended,
    LastStepsBegan,
    UndoBegan,
    WindingBegan,
    WindingOver,
)
from tuoban.kernel.events.clocks import (
    ClockChanged,
    ClockOpened,
    LimitPassed,
    MovedOn,
    TimerCancelled,
    TimerSet,
)
from tuoban.kernel.events.data import (
    AssignmentMade,
    DecisionMade,
    FactsLearned,
    FactsWritten,
    FieldCorrected,
    FieldsSet,
    ValuesErased,
)
from tuoban.kernel.events.documents import DocumentPrinted
from tuoban.kernel.events.files import Commented, CommentEdited, FileAttached, FileWithdrawn
from tuoban.kernel.events.former import ClockStarted, ClockStopped, FormerEvent
from tuoban.kernel.events.items import (
    NOT_YET,
    SENT_BACK,
    ItemCompleted,
    ItemLocked,
    ItemOffered,
    ItemOpened,
    ItemReoffered,
    ItemUnlocked,
    ItemWithdrawn,
    JointlyDecided,
)
from tuoban.kernel.events.lapsing import AgainOver, BlockLapsed, CompletionLapsed, DoneAgain
from tuoban.kernel.events.linking import CallAnswered, CaseCalled
from tuoban.kernel.events.messages import MessageReceived, MessageSent
from tuoban.kernel.events.notices import NOBODY, TOLD, CaseCopied, Told, WorkUrged
from tuoban.kernel.events.outside import WaitsOutside
from tuoban.kernel.events.papers import PaperHandedOn, PaperReceived, PaperStruck
from tuoban.kernel.events.people import (
    ItemClaimed,
    ItemDelegated,
    ItemGotBack,
    ItemPrepared,
    ItemReleased,
    ItemStoodIn,
    ItemTransferred,
)
from tuoban.kernel.events.reactions import (
    BlockWaits,
    CallEnded,
    ConditionFell,
    HostLeft,
    ReactionBegun,
)
from tuoban.kernel.events.returning import (
    CameStraightBack,
    CompletionVoided,
    DoneVoided,
    WorkJumped,
    WorkReturned,
    WorkTakenBack,
)
from tuoban.kernel.events.signing import (
    ItemSigned,
    OpinionGiven,
    SignerAdded,
    SignerDropped,
    SigningBegun,
    SigningStopped,
)
from tuoban.kernel.events.waiting import (
    ReentryHeld,
    ReentryOver,
    TurnFreed,
    TurnHeld,
    WaitBegan,
    WaitEnded,
    WaitWithdrawn,
    WhyEnded,
)

Event = (
    CaseStarted
    | FieldsSet
    | RegionEntered
    | RegionLeft
    | BranchChosen
    | ElementsListed
    | DecisionMade
    | WorkAdded
    | TurnHeld
    | TurnFreed
    | ReentryHeld
    | ReentryOver
    | AssignmentMade
    | WaitBegan
    | WaitEnded
    | WaitWithdrawn
    | WaitsOutside
    | MessageSent
    | MessageReceived
    | PassedOver
    | ItemOffered
    | ItemReoffered
    | ItemLocked
    | ItemUnlocked
    | ItemClaimed
    | ItemReleased
    | ItemOpened
    | ItemTransferred
    | ItemDelegated
    | ItemPrepared
    | ItemGotBack
    | ItemStoodIn
    | ItemCompleted
    | ActivityDone
    | ActivityUndone
    | ActivityFailed
    | FactsChanged
    | SigningBegun
    | ItemSigned
    | SigningStopped
    | SignerAdded
    | OpinionGiven
    | SignerDropped
    | JointlyDecided
    | ItemWithdrawn
    | MovedOn
    | WorkReturned
    | CameStraightBack
    | WorkTakenBack
    | WorkUrged
    | CaseCopied
    | WorkJumped
    | CaseCancelled
    | CaseMigrated
    | FactsLearned
    | FactsWritten
    | WindingBegan
    | WindingOver
    | UndoBegan
    | LastStepsBegan
    | FieldCorrected
    | PaperReceived
    | PaperHandedOn
    | PaperStruck
    | DocumentPrinted
    | FileAttached
    | FileWithdrawn
    | Commented
    | CommentEdited
    | CompletionVoided
    | ReactionBegun
    | ConditionFell
    | CallEnded
    | CaseCalled
    | CallAnswered
    | BlockWaits
    | HostLeft
    | BlockDone
    | CompletionLapsed
    | BlockLapsed
    | DoneAgain
    | AgainOver
    | LoopLeft
    | LoopReset
    | DoneVoided
    | ClockOpened
    | ClockChanged
    | TimerSet
    | TimerCancelled
    | LimitPassed
    | Told
    | CaseSuspended
    | CaseResumed
    | CaseEnded
    | ValuesErased
)

__all__ = [
    "NOBODY",
    "NOT_YET",
    "SENT_BACK",
    "TOLD",
    "ActivityDone",
    "ActivityFailed",
    "ActivityUndone",
    "AgainOver",
    "AssignmentMade",
    "BlockDone",
    "BlockLapsed",
    "BlockWaits",
    "BranchChosen",
    "CallAnswered",
    "CallEnded",
    "CameStraightBack",
    "CaseCalled",
    "CaseCancelled",
    "CaseCopied",
    "CaseEnded",
    "CaseMigrated",
    "CaseResumed",
    "CaseStarted",
    "CaseSuspended",
    "ClockChanged",
    "ClockOpened",
    "ClockStarted",
    "ClockStopped",
    "CommentEdited",
    "Commented",
    "CompletionLapsed",
    "CompletionVoided",
    "ConditionFell",
    "DecisionMade",
    "DocumentPrinted",
    "DoneAgain",
    "DoneVoided",
    "ElementsListed",
    "Event",
    "FactsChanged",
    "FactsLearned",
    "FactsWritten",
    "FieldCorrected",
    "FieldsSet",
    "FileAttached",
    "FileWithdrawn",
    "FormerEvent",
    "HostLeft",
    "ItemClaimed",
    "ItemCompleted",
    "ItemDelegated",
    "ItemGotBack",
    "ItemLocked",
    "ItemOffered",
    "ItemOpened",
    "ItemPrepared",
    "ItemReleased",
    "ItemReoffered",
    "ItemSigned",
    "ItemStoodIn",
    "ItemTransferred",
    "ItemUnlocked",
    "ItemWithdrawn",
    "JointlyDecided",
    "LastStepsBegan",
    "LimitPassed",
    "LoopLeft",
    "LoopReset",
    "MessageReceived",
    "MessageSent",
    "MovedOn",
    "OpinionGiven",
    "PaperHandedOn",
    "PaperReceived",
    "PaperStruck",
    "PassedOver",
    "ReactionBegun",
    "ReentryHeld",
    "ReentryOver",
    "RegionEntered",
    "RegionLeft",
    "SignerAdded",
    "SignerDropped",
    "SigningBegun",
    "SigningStopped",
    "TimerCancelled",
    "TimerSet",
    "Told",
    "TurnFreed",
    "TurnHeld",
    "UndoBegan",
    "ValuesErased",
    "WaitBegan",
    "WaitEnded",
    "WaitWithdrawn",
    "WaitsOutside",
    "WhyEnded",
    "WindingBegan",
    "WindingOver",
    "WorkAdded",
    "WorkJumped",
    "WorkReturned",
    "WorkTakenBack",
    "WorkUrged",
]
