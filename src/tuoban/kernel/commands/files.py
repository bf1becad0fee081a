"""Files are attached to a case and withdrawn; people say something about it."""

from __future__ import annotations

from dataclasses import dataclass

from tuoban.kernel.commands.sealed import Sealed


@dataclass(frozen=True, slots=True)
class AttachFile:
    """Attach a file to the case. An ended case allows it too.

    `paper` names the paper of which it is a scan, if it is one.
    """

    by: str
    file: Sealed
    paper: str = ""


@dataclass(frozen=True, slots=True)
class WithdrawFile:
    """Take the attachment `number` back, with a reason."""

    by: str
    number: int
    reason: str


@dataclass(frozen=True, slots=True)
class Comment:
    """Say something about the case, which moves nothing in it. An ended case allows it too.

    `mentions` are people who are told of it, `files` what comes with it. `party` is the outside
    party that it is said to, or by; others outside do not see it, nor anybody what is said without.
    """

    by: str
    text: Sealed
    mentions: tuple[str, ...] = ()
    files: tuple[Sealed, ...] = ()
    party: str = ""


@dataclass(frozen=True, slots=True)
class EditComment:
    """Say the comment `number` in other words, shortly after it was made."""

    by: str
    number: int
    text: Sealed
    mentions: tuple[str, ...] = ()
