"""Where the case of a rehearsal stands with every step of its process, for pictures of its way."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from tuoban.kernel.diagram import Standing
from tuoban.runtime.cases import states
from tuoban.runtime.cases.models import Case
from tuoban.runtime.cases.queries.rows import StepMark
from tuoban.runtime.cases.queries.standing import standings, withdrawn_in
from tuoban.runtime.cases.queries.strip import strip
from tuoban.runtime.cases.queries.timeline.reading import read_journal
from tuoban.runtime.rehearsal.stage import Stage


@dataclass(frozen=True, slots=True)
class Frame:
    """Where the case stands at a moment; the attributes are those of `CasePage`."""

    at: datetime
    standings: Mapping[str, Standing]
    steps: tuple[StepMark, ...]


def frame_of(stage: Stage) -> Frame | None:
    """Where the case stands now that the scenario begins; None while it has not begun."""
    if not stage.case_id:
        return None
    case = Case.objects.select_related("definition").get(pk=stage.case_id)
    state = states.read(case, stage.definition)
    names = {user.person_id: name for name, user in stage.people.items()}
    steps = strip(stage.definition, state, names, stage.now)
    withdrawn = withdrawn_in(read_journal(case))
    return Frame(stage.now, standings(stage.definition, state, steps, withdrawn), steps)
