"""The verbs on papers: taking them in, handing them on, striking out a mistake."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from tuoban.kernel import commands as c
from tuoban.runtime.cases.carrying import Desk, Outcome
from tuoban.runtime.cases.service.core import on_case, read_reason
from tuoban.runtime.people.models import User


def hand_in(
    case_id: int,
    paper: str,
    row: int = 0,
    *,
    originals: Any = "",
    copies: Any = "",
    note: str = "",
    by: User,
    at: datetime,
    key: str,
) -> Outcome:
    """Take in a paper. Raises `Refused` as the kernel's `HandIn`.

    Args:
        row: the key of the row that it is for; 0: it is for none.
        originals, copies: how many, as typed.
    """

    def command(desk: Desk) -> c.Command:
        words = read_reason(desk, note)
        return c.HandIn(by.person_id, paper, originals, copies, row, words)

    request = ("hand-in", paper, row, originals, copies, note)
    return on_case(case_id, request, by, at, key, command)


def hand_on(
    case_id: int,
    paper: str,
    row: int = 0,
    *,
    to: str,
    originals: Any = "",
    copies: Any = "",
    note: str = "",
    by: User,
    at: datetime,
    key: str,
) -> Outcome:
    """Hand a paper on, or back. Raises `Refused` as the kernel's `HandOn`.

    Args:
        to: a role.
        row: as in `hand_in`.
    """

    def command(desk: Desk) -> c.Command:
        words = read_reason(desk, note)
        return c.HandOn(by.person_id, paper, to, originals, copies, row, words)

    request = ("hand-on", paper, row, to, originals, copies, note)
    return on_case(case_id, request, by, at, key, command)


def strike_paper(
    case_id: int, number: int, *, reason: str, by: User, at: datetime, key: str
) -> Outcome:
    """Strike out what was put down of a paper by mistake. Raises `Refused` as the kernel's
    `StrikePaper`."""

    def command(desk: Desk) -> c.Command:
        return c.StrikePaper(by.person_id, number, read_reason(desk, reason))

    return on_case(case_id, ("strike-paper", number, reason), by, at, key, command)
