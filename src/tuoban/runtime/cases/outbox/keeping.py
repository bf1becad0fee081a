"""What a decision tells people by channels that lead out of the house, as rows."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime
from typing import Any, NamedTuple

from tuoban.kernel import events as e
from tuoban.kernel.codec import encode
from tuoban.kernel.definition import Definition
from tuoban.kernel.events import Event
from tuoban.kernel.owning import owner_of
from tuoban.kernel.state import State
from tuoban.kernel.surroundings import Directory, Surroundings
from tuoban.runtime.cases import canonical
from tuoban.runtime.cases.models import Case, Notice, Outgoing
from tuoban.runtime.cases.outbox.addresses import of_role, of_user
from tuoban.runtime.people.models import User


class _Whom(NamedTuple):
    """A user, or an outside party."""

    person: str | None
    role: str


def keep(
    case: Case,
    definition: Definition,
    state: State,
    events: Iterable[Event],
    surroundings: Surroundings,
    *,
    by: str | None,
) -> None:
    """Write what is to go out. Nobody is told what they did themselves, nor one thing twice; whom
    nothing reaches is told to whose case it is."""
    at = surroundings.at
    told = [event for event in events if isinstance(event, e.Told) and event.channel]
    if not told:
        return
    wanted: dict[tuple[_Whom, str, str], e.Told] = {}
    for event in told:
        for whom in _whom(event, surroundings.directory):
            if whom.person != by or whom.person is None:
                wanted.setdefault((whom, event.channel, event.node), event)
    people = {each[0].person for each in wanted if each[0].person is not None}
    users = {user.person_id: user for user in User.objects.filter(pk__in=[int(p) for p in people])}
    rows = []
    for (whom, channel, _), event in wanted.items():
        if whom.person is not None:
            address = of_user(users[whom.person], channel) if whom.person in users else ""
        else:
            address = of_role(definition, state, surroundings.opened, whom.role, channel)
        rows.append(_row(case, definition, whom, event, at, is_reached=bool(address)))
    Outgoing.objects.bulk_create(rows)
    unreached = [row.node for row in rows if row.state == Outgoing.NO_ADDRESS]
    tell_owner(case, definition, state, unreached, "unreached", surroundings.directory, at)


def _whom(event: e.Told, directory: Directory) -> Iterator[_Whom]:
    if event.person is not None:
        yield _Whom(event.person, "")
    elif event.role is not None and event.unit is not None:
        for person in sorted(directory.all_holding((event.role,), event.unit)):
            yield _Whom(person, "")
    elif event.role is not None:
        yield _Whom(None, event.role)


def _row(
    case: Case,
    definition: Definition,
    whom: _Whom,
    event: e.Told,
    at: datetime,
    *,
    is_reached: bool,
) -> Outgoing:
    values: Mapping[str, Any] = event.values
    return Outgoing(
        case=case,
        version=definition.version,
        node=event.node,
        channel=event.channel,
        user_id=int(whom.person) if whom.person is not None else None,
        role=whom.role,
        values=canonical.dump(encode(dict(values))),
        state=Outgoing.WAITING if is_reached else Outgoing.NO_ADDRESS,
        at=at,
        next_try_at=at if is_reached else None,
    )


def tell_owner(
    case: Case,
    definition: Definition,
    state: State,
    nodes: Iterable[str],
    code: str,
    directory: Directory,
    at: datetime,
) -> None:
    """Let whose case it is know what reaches nobody; where it is nobody's, the head of the unit.

    Args:
        code: in which words, of `notice_texts`.
    """
    owned = owner_of(definition, state)
    is_there = owned.person is not None and owned.person in directory.people
    people: set[str | None] = {owned.person} if is_there else set()
    if owned.role is not None and not people:
        unit = directory.nearest((owned.role,), state.unit)
        people = set(directory.all_holding((owned.role,), unit)) if unit is not None else set()
    told = people or {directory.head(state.unit)}
    Notice.objects.bulk_create(
        Notice(
            user_id=int(person),
            case=case,
            code=code,
            facts=canonical.dump({"node": node}),
            at=at,
        )
        for node in dict.fromkeys(nodes)
        for person in sorted(each for each in told if each is not None)
    )
