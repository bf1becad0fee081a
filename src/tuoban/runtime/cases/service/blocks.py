"""The verbs on what stands in blocks: entries of plans and reactions."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from tuoban.kernel import commands as c
from tuoban.kernel.engine import reaction_place
from tuoban.kernel.engine.reacting import place_of
from tuoban.kernel.refusals import Refused
from tuoban.runtime.cases import personal
from tuoban.runtime.cases.carrying import Desk, Outcome
from tuoban.runtime.cases.service.core import on_case, read_reason
from tuoban.runtime.people.models import User


def add_work(
    case_id: int,
    node: str,
    activation: int | None = None,
    *,
    reason: str = "",
    by: User,
    at: datetime,
    key: str,
) -> Outcome:
    """Ask for what a plan leaves to people. Raises `Refused` as the kernel's `Add`.

    Args:
        activation: of its plan; may be left out where there is but one.
    """

    def command(desk: Desk) -> c.Command:
        return c.Add(by.person_id, node, activation, read_reason(desk, reason))

    return on_case(case_id, ("add", node, activation, reason), by, at, key, command)


def react(
    case_id: int,
    node: str,
    *,
    activation: int | None = None,
    data: Mapping[str, Any],
    by: User,
    at: datetime,
    key: str,
) -> Outcome:
    """Press the button of a reaction. Raises `Refused` as the kernel's `React`.

    Args:
        activation: where its host is active; may be left out where there is but one.
    """

    def command(desk: Desk) -> c.Command:
        sealed = _seal_reaction(desk, node, activation, data, by)
        return c.React(by.person_id, node, activation, sealed)

    return on_case(case_id, ("react", node, activation, data), by, at, key, command)


def _seal_reaction(
    desk: Desk, node: str, activation: int | None, data: Mapping[str, Any], by: User
) -> Mapping[str, Any]:
    try:
        where = place_of(desk.definition, desk.state, node, activation)
    except Refused:
        # The decision will refuse too, unless something has come due meanwhile; a personal value
        # in clear it refuses in any case.
        return data
    place = reaction_place(desk.definition, desk.state, where, desk.surroundings)
    return personal.seal_data(place, data, desk.envelope, (by.person_id,))
