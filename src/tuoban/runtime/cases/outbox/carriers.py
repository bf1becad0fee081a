"""The door to whatever carries messages out of the house.

A carrier takes one text to one number or address. Those that there are, by channel, are told by
`TUOBAN_SMS` and `TUOBAN_MAIL`; without one nothing is sent, and the outbox says so.
"""

from __future__ import annotations

import logging
from collections.abc import Mapping
from typing import Protocol

_log = logging.getLogger(__name__)

LOG = "log"


class CarrierError(Exception):
    """It could not be carried now; it is tried again."""


class Carrier(Protocol):
    """What carries texts by a channel."""

    @property
    def name(self) -> str:
        """How it is called in the outbox."""

    def carry(self, key: str, address: str, text: str) -> None:
        """Take a text to a number or an address.

        Args:
            key: the same for every attempt at one text, so that what was taken already is not
                taken twice.

        Raises:
            CarrierError: it could not be taken.
        """


class LogCarrier:
    """Carries nothing: it writes to the log that something would have gone out, without the words
    and with but the end of the number."""

    name = LOG

    def carry(self, key: str, address: str, text: str) -> None:
        _log.info("outgoing %s to …%s would go out (%d characters)", key, address[-3:], len(text))


CARRIERS: Mapping[str, Carrier] = {LOG: LogCarrier()}
"""The carriers that an installation may choose, by name."""

_chosen: dict[str, Carrier] = {}


def choose(names: Mapping[str, str]) -> None:
    """Say what carries each channel; an app does it when it is ready.

    Raises:
        KeyError: no carrier is called so.
    """
    _chosen.clear()
    _chosen.update({channel: CARRIERS[name] for channel, name in names.items() if name})


def carrier_of(channel: str) -> Carrier | None:
    return _chosen.get(channel)
