"""The door to whatever carries messages out of the house.

A carrier takes one letter to one number or address. What carries each channel is told by
`TUOBAN_SMS` and `TUOBAN_MAIL`; without a carrier nothing is sent, and the outbox says so.
"""

from __future__ import annotations

import logging
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from tuoban.kernel.text import Text

_log = logging.getLogger(__name__)

LOG = "log"


class CarrierError(Exception):
    """It could not be carried now; it is tried again. `words` say why, without the address."""

    def __init__(self, words: Text) -> None:
        super().__init__(words.en)
        self.words = words


class CarrierAwayError(CarrierError):
    """Whatever carries the channel is away or does not answer: nor will it take anything else."""


class TurnedAwayError(CarrierError):
    """It will never be taken as it is."""


@dataclass(frozen=True, slots=True)
class Letter:
    """One text to one number or address.

    Attributes:
        key: the same for every attempt, so that what was taken already is not taken twice.
        at: when it was written.
    """

    key: str
    address: str
    subject: str
    text: str
    at: datetime


class Carrier(Protocol):
    """What carries letters by a channel."""

    @property
    def name(self) -> str:
        """How it is called in the outbox."""

    def carry(self, letter: Letter) -> None:
        """Take a letter to its number or address, within a minute.

        Raises:
            CarrierError: it was not taken, or nobody knows.
        """


class LogCarrier:
    """Carries nothing: it writes to the log that something would have gone out, without the words
    and with but the end of the number."""

    name = LOG

    def carry(self, letter: Letter) -> None:
        end, length = letter.address[-3:], len(letter.text)
        _log.info("outgoing %s to …%s would go out (%d characters)", letter.key, end, length)


_chosen: dict[str, Carrier] = {}


def choose(carriers: Mapping[str, Carrier]) -> None:
    """Say what carries each channel; an app does it when it is ready."""
    _chosen.clear()
    _chosen.update(carriers)


def use(channel: str, carrier: Carrier) -> None:
    """Let a service carry a channel from now on."""
    _chosen[channel] = carrier


def carrier_of(channel: str) -> Carrier | None:
    return _chosen.get(channel)
