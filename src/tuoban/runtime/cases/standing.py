"""What services keep of a case that was cancelled, or ended with what was done undone: told to the
head of its unit, so that money and things are not lost from sight."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from tuoban.kernel import events as e
from tuoban.kernel.definition import CANCELLED, Text
from tuoban.kernel.events import Event
from tuoban.kernel.state import ROOT, State
from tuoban.runtime.activities import registry
from tuoban.runtime.activities.services import Shown
from tuoban.runtime.cases import notices, store
from tuoban.runtime.cases.wording import in_words

STANDS = "stands"
"""The notice that something is kept."""


def tell(case: store.Loaded, before: State, events: Sequence[Event], at: datetime) -> None:
    """Tell what has to be seen to, where the case has ended so. Services have acted by now."""
    if case.state.status != "ended" or not _is_undone(case.state, before, events):
        return
    lines = [_words(case, each) for each in registry.standing(case.row.pk)]
    if lines:
        zh, en = "、".join(each.zh for each in lines), ", ".join(each.en for each in lines)
        facts = {"node": "", "said": {"zh": zh, "en": en}}
        notices.tell_head(case.row, STANDS, facts, at)


def _is_undone(state: State, before: State, events: Sequence[Event]) -> bool:
    """Whether the case ends with this command, and what was done in it is undone."""
    begins = any(isinstance(each, e.WindingBegan) and each.process == ROOT for each in events)
    is_wound_up = begins or before.winding is not None or state.outcome == CANCELLED
    return is_wound_up and before.status != "ended"


def _words(case: store.Loaded, line: Shown) -> Text:
    value, label = line.value, line.field.label
    if not isinstance(value, Text):
        value = in_words(case.definition, line.field, value, case.zone, None)
    return Text(f"{label.zh} {value.zh}", f"{label.en} {value.en}")
