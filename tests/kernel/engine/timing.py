"""A case played at moments of a week in March, for the tests of its clocks."""

from __future__ import annotations

from datetime import datetime

import pytest

from tests.kernel.engine.playing import OFFICE, ZONE, Play
from tuoban.kernel import commands as c
from tuoban.kernel.clocks import sentence
from tuoban.kernel.refusals import Refused
from tuoban.kernel.surroundings import Hours


def at(text: str) -> datetime:
    """The instant of `03-02 10:05` in Shanghai."""
    return datetime.strptime(f"2026-{text}", "%Y-%m-%d %H:%M").replace(tzinfo=ZONE)


def play_at(text: str, process: str, hours: Hours = OFFICE) -> Play:
    play = Play(process, hours=hours)
    play.at = at(text)
    return play


def why(play: Play, node: str, limit: str | None = None) -> str:
    ledger = play.clock(node, limit).ledger
    return sentence(ledger, play.surroundings().calendars, play.at).en


def refusal(play: Play, command: c.Command) -> Refused:
    with pytest.raises(Refused) as refused:
        play.carry_out(command)
    return refused.value


TWO_HOURS = "- {step: a, by: worker, within: 2 working hours}\n- end: x"
