"""Commands: what somebody wishes to happen to a case.

A command carries who wishes it (`by`, a person's id; None for the system) and nothing that the
kernel could look up for itself. `decide` answers it with events, or refuses it.
Values in `data` are raw (as typed) or typed; a personal value must arrive as `Sealed`.
"""

from __future__ import annotations

from tuoban.kernel.commands.calling import Answer, BeginCalled, GiveUp, Recall
from tuoban.kernel.commands.case import Cancel, Migrate, Resume, Suspend
from tuoban.kernel.commands.clocks import Extend, FireTimer, Recheck
from tuoban.kernel.commands.data import Correct, Erase
from tuoban.kernel.commands.documents import PrintDocument
from tuoban.kernel.commands.files import AttachFile, Comment, EditComment, WithdrawFile
from tuoban.kernel.commands.messages import Deliver
from tuoban.kernel.commands.notices import CopyTo, Urge
from tuoban.kernel.commands.papers import HandIn, HandOn, StrikePaper
from tuoban.kernel.commands.people import Claim, Delegate, GetBack, Open, Release, Transfer
from tuoban.kernel.commands.returning import Jump, Return, Withdraw
from tuoban.kernel.commands.sealed import Sealed
from tuoban.kernel.commands.signing import AddSigner, DropSigner, GiveOpinion, RefuseToSign, Sign
from tuoban.kernel.commands.starting import Begin, BeginByMessage, Start
from tuoban.kernel.commands.work import Add, Complete, Perform, React

Command = (
    Start
    | Begin
    | BeginByMessage
    | Deliver
    | BeginCalled
    | Answer
    | GiveUp
    | Recall
    | Claim
    | Release
    | Transfer
    | Complete
    | Sign
    | RefuseToSign
    | Return
    | Add
    | React
    | Open
    | Withdraw
    | Delegate
    | GetBack
    | AddSigner
    | GiveOpinion
    | DropSigner
    | Urge
    | CopyTo
    | Jump
    | Cancel
    | Migrate
    | Correct
    | HandIn
    | HandOn
    | StrikePaper
    | PrintDocument
    | AttachFile
    | WithdrawFile
    | Comment
    | EditComment
    | Suspend
    | Resume
    | Extend
    | Recheck
    | Perform
    | FireTimer
    | Erase
)

__all__ = [
    "Add",
    "AddSigner",
    "Answer",
    "AttachFile",
    "Begin",
    "BeginByMessage",
    "BeginCalled",
    "Cancel",
    "Claim",
    "Command",
    "Comment",
    "Complete",
    "CopyTo",
    "Correct",
    "Delegate",
    "Deliver",
    "DropSigner",
    "EditComment",
    "Erase",
    "Extend",
    "FireTimer",
    "GetBack",
    "GiveOpinion",
    "GiveUp",
    "HandIn",
    "HandOn",
    "Jump",
    "Migrate",
    "Open",
    "Perform",
    "PrintDocument",
    "React",
    "Recall",
    "Recheck",
    "RefuseToSign",
    "Release",
    "Resume",
    "Return",
    "Sealed",
    "Sign",
    "Start",
    "StrikePaper",
    "Suspend",
    "Transfer",
    "Urge",
    "Withdraw",
    "WithdrawFile",
]
