"""What was done is signed, and people are asked about it."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Sign:
    """Sign what was completed, as one of its signers. `shown` is the digest of what one has seen;
    `stamped`: the stamp is on the paper."""

    by: str
    item: int
    shown: str
    stamped: bool = False


@dataclass(frozen=True, slots=True)
class RefuseToSign:
    """Do not sign: the work goes back to whoever completed it, for a reason."""

    by: str
    item: int
    reason: str


@dataclass(frozen=True, slots=True)
class AddSigner:
    """Ask somebody about work that one holds: `before` it is completed for an opinion, else to sign
    it after. `reason` is what for."""

    by: str
    item: int
    to: str
    before: bool
    reason: str


@dataclass(frozen=True, slots=True)
class GiveOpinion:
    """Say whether one agrees with work that somebody asks about, and what one thinks of it."""

    by: str
    item: int
    agrees: bool
    words: str = ""


@dataclass(frozen=True, slots=True)
class DropSigner:
    """Do without a person who was added and has not said anything yet."""

    by: str
    item: int
    person: str
