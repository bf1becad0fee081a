"""Notices: what an event has to tell whom.

A notice holds a code and keys; its words (`notice_texts`) are made when it is read, in the reader's
language.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import datetime
from typing import Any, NamedTuple

from tuoban.kernel import events as e
from tuoban.kernel.codec import encode
from tuoban.kernel.definition import Definition
from tuoban.kernel.engine import Decision
from tuoban.kernel.events import Event
from tuoban.kernel.outsiders import role_of
from tuoban.kernel.surroundings import Directory, Surroundings
from tuoban.kernel.text import Text
from tuoban.runtime.cases import canonical
from tuoban.runtime.cases.elements import Elements
from tuoban.runtime.cases.messages import message_of
from tuoban.runtime.cases.models import Case, Notice, WorkItem
from tuoban.runtime.people import directory

STUCK = "stuck"
"""The worker could not go on with a case, and tries again."""

NOT_BEGUN = "not-begun"
"""Of no case: one could not begin by itself."""


class _Telling(NamedTuple):
    """What one event tells."""

    people: frozenset[str]
    code: str
    item: int | None
    facts: Mapping[str, Any] = {}
    is_of_time: bool = False
    """A moment has come, whosever command it came with."""


class _Scene(NamedTuple):
    definition: Definition
    directory: Directory
    at: datetime
    dues: Mapping[tuple[int | None, str], datetime]
    """By clock and tier that has come: when the limit runs out."""
    of: Mapping[int, str]
    """By clock of a block: of which element it is, if of any."""
    head: str | None
    """Who answers for the case."""


def _told(scene: _Scene, event: e.Told) -> _Telling:
    people: frozenset[str] = frozenset()
    if event.channel:
        return _Telling(people, "told", event.item)  # it goes out of the house, see `outbox`
    if event.person is not None:
        people = frozenset({event.person})
    elif event.role is not None and event.unit is not None:
        people = scene.directory.all_holding((event.role,), event.unit)
    facts: dict[str, Any] = {} if event.item is not None else {"node": event.node}
    if event.clock is not None and (element := scene.of.get(event.clock)):
        facts["of"] = element
    if event.tier == e.TOLD and message_of(scene.definition, event.node) is not None:
        facts = {"node": event.node, "values": encode(event.values)}
    is_of_time = event.clock is not None
    return _Telling(people, _told_code(scene, event), event.item, facts, is_of_time)


def _told_code(scene: _Scene, event: e.Told) -> str:
    if event.tier == "nobody":
        return "nobody"
    if event.tier == e.TOLD:
        return "told"
    if event.escalated:
        return "escalated"
    # A reminder may come when the limit has passed: after a standstill, or a night of the system.
    return "soon-due" if scene.at < scene.dues[event.clock, event.tier] else "overdue"


def _signing_stopped(scene: _Scene, event: e.SigningStopped) -> _Telling:
    code = "sign-refused" if event.why == "refused" else "sign-changed"
    facts = {"by": event.by, "reason": event.reason} if event.by is not None else {}
    return _Telling(_one(event.to), code, event.item, facts)


def _offered(scene: _Scene, event: e.ItemOffered | e.ItemReoffered) -> _Telling:
    if isinstance(event, e.ItemOffered) and event.part is not None:
        if event.part.added == "before":
            return _Telling(frozenset(), "opinion-asked", event.item)  # told with its reason
        return _Telling(_one(event.person), "to-sign", event.item)
    return _Telling(_one(event.person), "assigned", event.item)


def _stood_in(scene: _Scene, event: e.ItemStoodIn) -> _Telling:
    if event.for_whom is None:
        return _Telling(_one(event.person), "came-home", event.item)
    return _Telling(_one(event.person), "stood-in", event.item, {"by": event.for_whom})


def _transferred(scene: _Scene, event: e.ItemTransferred) -> _Telling:
    facts = {"by": event.by, "reason": event.reason}
    return _Telling(_one(event.to), "transferred", event.item, facts)


def _withdrawn(scene: _Scene, event: e.ItemWithdrawn) -> _Telling:
    return _Telling(_one(event.person), "withdrawn", event.item)


def _delegated(scene: _Scene, event: e.ItemDelegated) -> _Telling:
    facts = {"by": event.by, "reason": event.reason}
    return _Telling(_one(event.to), "delegated", event.item, facts)


def _prepared(scene: _Scene, event: e.ItemPrepared) -> _Telling:
    return _Telling(_one(event.to), "prepared", event.item, {"by": event.by})


def _got_back(scene: _Scene, event: e.ItemGotBack) -> _Telling:
    if event.by == event.delegate:
        return _Telling(_one(event.to), "given-back", event.item)
    return _Telling(_one(event.delegate), "got-back", event.item)


def _came_back(scene: _Scene, event: e.CameStraightBack) -> _Telling:
    return _Telling(_one(event.person), "came-back", event.item)


def _signer_added(scene: _Scene, event: e.SignerAdded) -> _Telling:
    facts = {"by": event.by, "reason": event.reason}
    if event.part is None:
        return _Telling(frozenset(), "to-sign", event.item)  # told once it is completed
    code = "opinion-asked" if event.before else "added"
    return _Telling(_one(event.to), code, event.part, facts)


def _opinion_given(scene: _Scene, event: e.OpinionGiven) -> _Telling:
    facts = {"by": event.by, "reason": event.words}
    return _Telling(_one(event.to), "opinion-given", event.of, facts)


def _signer_dropped(scene: _Scene, event: e.SignerDropped) -> _Telling:
    return _Telling(_one(event.to), "signer-gone", event.item)


def _urged(scene: _Scene, event: e.WorkUrged) -> _Telling:
    facts = {"by": event.by, "reason": event.message}
    return _Telling(frozenset(event.to), "urged", event.item, facts)


def _copied(scene: _Scene, event: e.CaseCopied) -> _Telling:
    facts = {"by": event.by, "reason": event.message, "node": ""}
    return _Telling(_one(event.to), "copied", None, facts)


def _mentioned(scene: _Scene, event: e.Commented | e.CommentEdited) -> _Telling:
    if role_of(event.by) is not None:
        return _Telling(frozenset(event.mentions), "party-said", None, {"node": ""})
    return _Telling(frozenset(event.mentions), "mentioned", None, {"by": event.by, "node": ""})


def _failed(scene: _Scene, event: e.ActivityFailed) -> _Telling:
    return _Telling(_one(scene.head), "failed", event.item)


_ROWS: Mapping[type[Any], Callable[[_Scene, Any], _Telling]] = {
    e.Told: _told,
    e.ItemOffered: _offered,
    e.ItemReoffered: _offered,
    e.ItemStoodIn: _stood_in,
    e.ItemTransferred: _transferred,
    e.ItemWithdrawn: _withdrawn,
    e.ItemDelegated: _delegated,
    e.ItemPrepared: _prepared,
    e.SigningStopped: _signing_stopped,
    e.ItemGotBack: _got_back,
    e.CameStraightBack: _came_back,
    e.SignerAdded: _signer_added,
    e.OpinionGiven: _opinion_given,
    e.SignerDropped: _signer_dropped,
    e.ActivityFailed: _failed,
    e.WorkUrged: _urged,
    e.CaseCopied: _copied,
    e.Commented: _mentioned,
    e.CommentEdited: _mentioned,
}


def tell(
    case: Case,
    definition: Definition,
    decision: Decision,
    surroundings: Surroundings,
    *,
    by: str | None,
) -> None:
    """Write the notices of a decision. Nobody is told what they did themselves."""
    events = [event for event in decision.events if type(event) in _ROWS]
    if not events:
        return
    scene = _scene(definition, decision, surroundings)
    tellings = [_ROWS[type(event)](scene, event) for event in events]
    tellings += _of_lost_work(scene, events)
    tellings = [each for each in tellings if each.people and not _is_with_a_deputy(each, decision)]
    if not tellings:
        return
    wanted = [
        (telling, person)
        for telling, person in _once(list(_each(tellings)))
        if role_of(person) is None and (person != by or telling.is_of_time)
    ]
    if not wanted:
        return
    numbers = {telling.item for telling, _ in wanted if telling.item is not None}
    rows = WorkItem.objects.filter(case=case, number__in=numbers)
    ids = dict(rows.values_list("number", "pk"))
    Notice.objects.bulk_create(
        Notice(
            user_id=int(person),
            case=case,
            item_id=ids[telling.item] if telling.item is not None else None,
            code=telling.code,
            facts=canonical.dump(telling.facts),
            at=surroundings.at,
        )
        for telling, person in wanted
    )


def _scene(definition: Definition, decision: Decision, surroundings: Surroundings) -> _Scene:
    passed = [event for event in decision.events if isinstance(event, e.LimitPassed)]
    people = surroundings.directory
    return _Scene(
        definition,
        people,
        surroundings.at,
        {(event.clock, event.tier): event.due for event in passed},
        _elements(definition, decision),
        people.head(decision.state.unit),
    )


def _of_lost_work(scene: _Scene, events: Iterable[Event]) -> Iterator[_Telling]:
    """Whoever may no longer do what they had in hand is told so, and so is the head."""
    for event in events:
        if isinstance(event, e.ItemReoffered) and event.former is not None:
            yield _Telling(_one(event.former), "lost", event.item)
            others = _one(scene.head) - _one(event.former) - _one(event.person)
            yield _Telling(others, "offered-anew", event.item, {"by": event.former})


def _is_with_a_deputy(telling: _Telling, decision: Decision) -> bool:
    """Whether somebody would be told of new work that went to their deputy in the same moment."""
    item = decision.state.items.get(telling.item) if telling.item is not None else None
    if item is None or item.for_whom is None or telling.code not in _TOLD_AGAIN:
        return False
    return telling.people == _one(item.for_whom)


_TOLD_AGAIN = ("assigned", "to-sign", "came-home")


def tell_head(case: Case, code: str, facts: Mapping[str, Any], at: datetime) -> None:
    """Tell the head of the case's unit, or of the nearest above it that has an active one."""
    _to_head(case.unit_id, Notice(case=case, code=code, facts=canonical.dump(facts), at=at))


def tell_of_start(unit: str, pack: str, version: str, start: str, why: Text, at: datetime) -> None:
    """Tell the head of a unit, or of the nearest above it that has an active one, that a case could
    not begin by itself; there is none yet."""
    facts = {"pack": pack, "version": version, "start": start, "why": [why.zh, why.en]}
    _to_head(unit, Notice(code=NOT_BEGUN, facts=canonical.dump(facts), at=at))


def _to_head(unit: str, notice: Notice) -> None:
    head = directory.snapshot().head(unit)
    if head is not None:
        notice.user_id = int(head)
        notice.save()


def _elements(definition: Definition, decision: Decision) -> dict[int, str]:
    """Of which elements the blocks are of whose limits people are told."""
    told = (event for event in decision.events if isinstance(event, e.Told))
    clocks = {each.clock for each in told if each.item is None and each.clock is not None}
    if not clocks:
        return {}
    elements = Elements.of(definition, decision.state)
    known = (decision.state.clocks[each] for each in clocks if each in decision.state.clocks)
    return {each.id: elements.around(each.activation).label for each in known}


def _each(tellings: list[_Telling]) -> Iterator[tuple[_Telling, str]]:
    for telling in tellings:
        for person in sorted(telling.people):
            yield telling, person


_COMES = ("assigned", "transferred", "delegated", "stood-in", "came-home")
"""What tells somebody anyway that work has come."""
_COMES_BACK = ("prepared", "got-back", "given-back", "sign-refused", "sign-changed")
"""What tells them that it is theirs again, and why."""


def _once(tellings: list[tuple[_Telling, str]]) -> Iterator[tuple[_Telling, str]]:
    """That work has come is told once: in the words of the process where it has some. Whoever holds
    several roles that are told is told once, too."""
    in_words = {(each.item, person) for each, person in tellings if "values" in each.facts}
    known = (*_COMES, *_COMES_BACK)
    anyway = {(each.item, person) for each, person in tellings if each.code in known}
    seen = set()
    for telling, person in tellings:
        key = (telling.item, person)
        if telling.code == "told":
            notice = (*key, telling.facts.get("node"))
            if notice in seen:
                continue
            seen.add(notice)
        doubled = (telling.code in _COMES and telling.item is not None and key in in_words) or (
            telling.code == "told" and "values" not in telling.facts and key in anyway
        )
        if not doubled:
            yield telling, person


def _one(person: str | None) -> frozenset[str]:
    return frozenset() if person is None else frozenset({person})
