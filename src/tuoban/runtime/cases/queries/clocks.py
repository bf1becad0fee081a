"""The clocks of a case as people read them: how each stands, why, and its ledger."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime, tzinfo

from tuoban.kernel.calendars import CalendarError
from tuoban.kernel.clocks import (
    DUE,
    GOING_ON,
    OPENING,
    ClockError,
    Paused,
    Stopped,
    Unset,
    Until,
    Within,
    amount_text,
    doubts,
    rows,
    sentence,
    standing,
)
from tuoban.kernel.engine import evolve
from tuoban.kernel.engine.pausing import is_in_charge
from tuoban.kernel.events import CaseMigrated
from tuoban.kernel.limits import GOES_ON, MOMENT, WAITS, Limit, is_due
from tuoban.kernel.state import NEW, Clock, State
from tuoban.kernel.text import Text
from tuoban.runtime.cases.elements import Elements, named
from tuoban.runtime.cases.models import Case
from tuoban.runtime.cases.occurrences import name_of, occurrence_of, occurrence_of_clock
from tuoban.runtime.cases.queries.due import due_sources
from tuoban.runtime.cases.queries.lateness import coming
from tuoban.runtime.cases.queries.rows import ClockRow, ClockState, ClockView
from tuoban.runtime.cases.queries.scene import Scene, open_scene
from tuoban.runtime.cases.queries.timeline import Read, read_journal
from tuoban.runtime.people.models import User

_NOT_COUNTED = Text("—", "—")
_HAPPENS = Text("发生", "happens")


@dataclass(frozen=True, slots=True)
class CaseClocks:
    """The clocks of one case: those that go on, first those that run out first, and those that
    are over, the newest first. `zone` is that of the case's unit."""

    case_id: int
    number: str
    process: Text
    open: tuple[ClockView, ...]
    over: tuple[ClockView, ...]
    zone: tzinfo


def clock_sheet(user: User, case_id: int, at: datetime) -> CaseClocks:
    """Every clock of a case, with its ledger.

    Raises:
        RuntimeRefused: `unknown-case` or `not-visible`.
    """
    scene = open_scene(user, case_id, at)
    return CaseClocks(
        case_id=scene.row.pk,
        number=scene.row.number,
        process=scene.definition.title,
        open=open_clocks(scene),
        over=tuple(_finished(scene, read_journal(scene.row))),
        zone=scene.surroundings.zone,
    )


def case_clocks(user: User, number: str, at: datetime) -> CaseClocks | None:
    """The same by the number of the case; None where there is none.

    Raises:
        RuntimeRefused: `not-visible`.
    """
    found = Case.objects.filter(number=number).values_list("pk", flat=True).first()
    return clock_sheet(user, found, at) if found is not None else None


def open_clocks(scene: Scene) -> tuple[ClockView, ...]:
    """The clocks that have not been stopped, first those that run out first."""
    found = [
        _view(scene, clock, scene.state, scene.elements)
        for clock in scene.state.clocks.values()
        if _is_known(clock)
    ]
    return tuple(sorted(found, key=lambda each: (each.due_at is None, each.due_at, each.clock)))


def _is_known(clock: Clock) -> bool:
    """Whether there is a limit to be told of."""
    return not isinstance(clock.ledger.limit, Unset)


def _finished(scene: Scene, read: Iterable[Read]) -> Iterator[ClockView]:
    """The clocks that were stopped, the newest first, their last entry included."""
    found: list[ClockView] = []
    state, then, elements = NEW, None, Elements(scene.definition)
    for each in read:
        elements.go_by(each.definition)
        for event in each.events:
            # What a migration leaves behind is stopped by the version that knows it.
            if then is None or isinstance(event, CaseMigrated):
                then = replace(scene, definition=each.definition)
            before, state = state, evolve(then.definition, state, event)
            elements.take(event)
            for number in before.clocks.keys() - state.clocks.keys():
                clock = before.clocks[number]
                if not _is_known(clock):
                    continue
                entry = getattr(event, "entry", None)
                at = max(each.entry.at, clock.ledger.entries[-1].at)
                last = entry if isinstance(entry, Stopped) else Stopped(at)
                stopped = replace(clock, ledger=clock.ledger.then(last))
                found.append(_view(then, stopped, before, elements))
    return reversed(found)


def _view(scene: Scene, clock: Clock, state: State, elements: Elements) -> ClockView:
    """A clock, which was last open in this state of the case."""
    at, calendars = scene.surroundings.at, scene.surroundings.calendars
    limit = scene.definition.limit(clock.node, clock.limit)
    label, occurrence = scene.definition.label_of(clock.node), _occurrence(scene, state, clock)
    of = elements.around(clock.activation).label
    its_own = occurrence_of(scene.definition, state, clock.node, clock.activation)
    is_its_own = its_own is not None
    view = ClockView(
        clock=clock.id,
        node=clock.node,
        item=clock.item,
        what=named(occurrence if is_its_own and occurrence is not None else label, of),
        name=_name(limit),
        opens=clock.limit in GOES_ON and clock.limit != MOMENT,
        happens=clock.limit == MOMENT,
        counts=isinstance(clock.ledger.limit, Within),
        state=_state(clock, at),
        late=False,
        begins=clock.begins,
        due_at=clock.due,
        elapsed=_NOT_COUNTED,
        remaining=_NOT_COUNTED,
        sentence=_NOT_COUNTED,
        rows=(),
        doubts=(),
        sources=_sources(scene, clock, limit),
        can_extend=_can_extend(scene, clock),
        ahead=tuple(coming(scene, clock)) if clock.id in scene.state.clocks else (),
        held_for=_held_for(clock),
        waits=clock.limit == WAITS,
        occurrence=None if is_its_own else occurrence,
    )
    try:
        stands = standing(clock.ledger, calendars, at)
        return replace(
            view,
            late=stands.late and not view.happens,
            due_at=stands.due,
            elapsed=amount_text(stands.elapsed),
            remaining=amount_text(stands.remaining),
            elapsed_amount=stands.elapsed,
            remaining_amount=stands.remaining,
            sentence=sentence(clock.ledger, calendars, at),
            rows=tuple(
                ClockRow(each.at, each.what, amount_text(each.counted), amount_text(each.total))
                for each in rows(clock.ledger, calendars, at, _reached(clock))
            ),
            doubts=tuple(
                Text(each.describe("zh"), each.describe("en"))
                for each in doubts(clock.ledger, calendars, at)
            ),
        )
    except (CalendarError, ClockError) as error:
        # Out of reach of any calendar, or by one that is gone: what is known is still shown.
        return replace(view, sentence=Text(error.describe("zh"), error.describe("en")))


def _reached(clock: Clock) -> Text:
    """What comes when the clock runs out."""
    if clock.limit == WAITS:
        return GOING_ON
    if clock.limit == MOMENT:
        return _HAPPENS
    return OPENING if clock.limit in GOES_ON else DUE


def _occurrence(scene: Scene, state: State, clock: Clock) -> Text | None:
    made = occurrence_of_clock(scene.definition, state, clock)
    if made is None:
        return None
    zone, opened = scene.surroundings.zone, scene.surroundings.opened
    return name_of(scene.definition, state, made, zone, opened)


def _state(clock: Clock, at: datetime) -> ClockState:
    if isinstance(clock.ledger.entries[-1], Stopped):
        return "stopped"
    if clock.ledger.is_paused and not isinstance(clock.ledger.limit, Until):
        return "paused"
    return "running" if clock.begins <= at else "ahead"


def _held_for(clock: Clock) -> Text | None:
    if not clock.ledger.is_paused:
        return None
    pauses = (each for each in reversed(clock.ledger.entries) if isinstance(each, Paused))
    reason = next(pauses).reason
    return reason if reason.zh else None


def _name(limit: Limit | None) -> Text | None:
    return limit.label if limit is not None else None


def _can_extend(scene: Scene, clock: Clock) -> bool:
    if clock.id not in scene.state.clocks or not is_due(clock.limit):
        return False
    directory, person = scene.surroundings.directory, scene.user.person_id
    return is_in_charge(scene.definition, scene.state, directory, person)


def _sources(scene: Scene, clock: Clock, limit: Limit | None) -> tuple[Text, ...]:
    """What a calculated moment was read from, where its ledger does not say."""
    found = clock.ledger.limit
    if limit is None or limit.until is None or not isinstance(found, Until):
        return ()
    if found.basis is not None or clock.id not in scene.state.clocks:
        return ()
    return tuple(
        Text(f"{each.label.zh} {each.value.zh}", f"{each.label.en} {each.value.en}")
        for each in due_sources(scene, limit.until, found.moment, clock)
    )
