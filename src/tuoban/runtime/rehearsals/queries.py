"""Scenarios and their rehearsals as people look at them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache

from tuoban.kernel.definition import Definition, Text
from tuoban.runtime.cases import definitions
from tuoban.runtime.jobs.retry import why
from tuoban.runtime.rehearsal import Scenario, ScenarioError, read_scenarios
from tuoban.runtime.rehearsal.moments import read_clock
from tuoban.runtime.rehearsal.stage import ZONE
from tuoban.runtime.rehearsals import results
from tuoban.runtime.rehearsals.models import Rehearsal
from tuoban.runtime.rehearsals.proving import proved
from tuoban.runtime.rehearsals.service import digest_of, under_way

LOST = "lost"
_NOBODY = Text(
    "负责演练的后台任务已经停止，这次没有演完；可以再演练一次，停止的原因见“后台任务”",
    "The background work that was to play it has come to an end before that. Rehearse it again; "
    "why it ended is told under “Background work”",
)


@dataclass(frozen=True, slots=True)
class Member:
    """A member of the cast with the roles held, by their names."""

    name: str
    roles: tuple[Text, ...]


@dataclass(frozen=True, slots=True)
class Told:
    """How the newest rehearsal of a scenario stands, and what came last.

    Attributes:
        state: `waiting`, `playing`, `played`, `failed` where it could not be played, `cancelled`,
            or `lost` where the job that was to play it is dead or dropped.
        came: what came last, also while it is asked for again: `passed`, `failed`, `unplayable`;
            empty where nothing did.
        ended_at: when that was.
        why: it could not be played.
    """

    state: str
    came: str
    asked_by: str
    asked_at: datetime
    ended_at: datetime | None
    why: Text | None

    @property
    def is_open(self) -> bool:
        return self.state in Rehearsal.OPEN

    @property
    def passed(self) -> bool:
        return self.state == Rehearsal.PLAYED and self.came == "passed"

    @property
    def is_earlier(self) -> bool:
        """Whether what came last came of an earlier rehearsal than this."""
        return bool(self.came) and self.state not in (Rehearsal.PLAYED, Rehearsal.FAILED)


@dataclass(frozen=True, slots=True)
class ScenarioRow:
    """A scenario, and the newest rehearsal of it as it stands; None: there was none."""

    number: int
    name: Text
    cast: tuple[Member, ...]
    begins: datetime | None
    moves: int
    proved: tuple[Text, ...]
    told: Told | None


@dataclass(frozen=True, slots=True)
class ScenarioList:
    """The scenarios of a published version.

    Attributes:
        problems: why its file cannot be read, line by line; its rows are none then.
    """

    rows: tuple[ScenarioRow, ...] = ()
    problems: tuple[Text, ...] = ()

    @property
    def open(self) -> int:
        """How many wait or are being played."""
        return sum(each.told is not None and each.told.is_open for each in self.rows)

    def row(self, number: int) -> ScenarioRow | None:
        return next((each for each in self.rows if each.number == number), None)


def scenario_list(row: definitions.Published) -> ScenarioList:
    """The scenarios that were published with a version."""
    text = definitions.scenarios_of(row)
    if not text.strip():
        return ScenarioList()
    try:
        scenarios = _read(text)
    except ScenarioError as error:
        return ScenarioList(problems=error.lines)
    found = Rehearsal.objects.filter(definition=row, digest=digest_of(text))
    known = found.select_related("asked_by").defer("result")
    carried: set[int] = set()
    if any(each.state in Rehearsal.OPEN for each in known):
        carried = set(under_way().filter(definition=row).values_list("pk", flat=True))
    told = {each.number: _told(each, each.pk in carried) for each in known}
    definition = definitions.compiled(row)
    return ScenarioList(
        tuple(
            _row(definition, number, each, told.get(number))
            for number, each in enumerate(scenarios, 1)
        )
    )


@lru_cache(maxsize=32)  # the list asks for itself again and again while some are played
def _read(text: str) -> tuple[Scenario, ...]:
    return read_scenarios(text)


def played(row: definitions.Published, number: int) -> results.Shown | None:
    """What was played of a scenario last; None where nothing was."""
    digest = digest_of(definitions.scenarios_of(row))
    found = Rehearsal.objects.filter(definition=row, number=number, digest=digest)
    result = found.values_list("result", flat=True).first()
    return results.read(result, definitions.compiled(row)) if result else None


def _told(row: Rehearsal, is_under_way: bool) -> Told:
    is_lost = row.state in Rehearsal.OPEN and not is_under_way
    return Told(
        LOST if is_lost else row.state,
        _came(row),
        str(row.asked_by) if row.asked_by is not None else "",
        row.asked_at,
        row.ended_at,
        _NOBODY if is_lost else why(row.error),
    )


def _came(row: Rehearsal) -> str:
    if row.ended_at is None:
        return ""
    if row.error:
        return "unplayable"
    return "passed" if row.passed else "failed"


def _row(definition: Definition, number: int, scenario: Scenario, told: Told | None) -> ScenarioRow:
    cast = tuple(
        Member(
            name,
            tuple(dict.fromkeys(_role(definition, each.role) for each in holdings)),
        )
        for name, holdings in scenario.cast.items()
    )
    begins = read_clock(scenario.clock, ZONE)
    moves = len(scenario.moves)
    return ScenarioRow(
        number, scenario.name, cast, begins, moves, proved(definition, scenario), told
    )


def _role(definition: Definition, key: str) -> Text:
    role = definition.roles.get(key)
    return role.label if role is not None else Text(key, key)
