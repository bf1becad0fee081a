"""Activities around a command: services are asked before it is decided, and act after it.

A step that is nobody's work is done by the system, in a command of its own that follows in the
same transaction; so does looking again (`Recheck`) when a service knows something new.
"""

from __future__ import annotations

from dataclasses import replace

from tuoban.kernel import commands as c
from tuoban.kernel import events as e
from tuoban.kernel.activities import Answer, Asked
from tuoban.kernel.definition import Definition
from tuoban.kernel.engine import Decision, doing, step_place
from tuoban.kernel.engine.delegating import with_prepared
from tuoban.kernel.forms import read_form
from tuoban.kernel.state import State
from tuoban.kernel.surroundings import Surroundings
from tuoban.runtime.activities import registry
from tuoban.runtime.activities.services import CannotBeDone, Done, On
from tuoban.runtime.cases import store
from tuoban.runtime.cases.models import Case

MOST_BY_ITSELF = 100
"""Commands that one may bring about without anybody; a process that never stops is cut off."""


def on(case: store.Loaded, surroundings: Surroundings, by: str | None) -> On:
    """The case as services are told of it."""
    return on_row(case.row, case.definition, surroundings, by)


def on_row(row: Case, definition: Definition, surroundings: Surroundings, by: str | None) -> On:
    """The same of a case that is only looked at."""
    return On(row.pk or 0, row.number, row.unit_id, definition.currency, surroundings.at, by)


def prepare(case: store.Loaded, command: c.Command, surroundings: Surroundings) -> Surroundings:
    """The surroundings with what services know of the case, and what they say to the activity that
    the command would do."""
    found = surroundings
    if case.definition.facts:
        known = registry.facts(case.row.pk or 0, case.definition.facts)
        found = replace(found, facts=known)
    asked = _asked(case.definition, case.state, command, surroundings)
    if asked is not None:
        answer = _answer(asked, on(case, surroundings, command.by))
        found = replace(found, answers={asked.item: answer})
    return found


def _asked(
    definition: Definition, state: State, command: c.Command, surroundings: Surroundings
) -> Asked | None:
    """What is asked about a command that does an activity; None also where its form is not filled
    in as it must be, which the decision will tell."""
    if not isinstance(command, c.Complete | c.Perform):
        return None
    item = state.items.get(command.item)
    if item is None or item.delegated_by is not None:
        return None
    step = definition.nodes[item.node].step
    if step.do is None:
        return None
    place = step_place(definition, state, item, surroundings)
    is_filled = isinstance(command, c.Complete)
    data = with_prepared(item, command.data) if isinstance(command, c.Complete) else {}
    chosen = command.outcome if isinstance(command, c.Complete) else None
    outcome = step.outcome(chosen) if is_filled and chosen is not None else None
    reading = read_form(place, data, outcome)
    if reading.problems or (outcome is None and step.outcomes and is_filled):
        return None
    return doing.ask(place, item, reading.values, chosen)


def _answer(asked: Asked, on: On) -> Answer:
    service = registry.service(asked.activity)
    try:
        results = service.check(asked, on)
    except CannotBeDone as error:
        return Answer(asked, problems=error.problems)
    if results.keys() != {each.name for each in service.declared.offers}:
        raise ValueError(f"{asked.activity} must result in what it offers, not {list(results)}")
    return Answer(asked, results)


def follow(before: State, decision: Decision, on: On) -> bool:
    """Let services do, and undo, what the events say; the case is written already. Whether there
    was anything to do."""
    state, ceased = decision.state, _ceased(before, decision.state) if before.performed else []
    for item in ceased:
        registry.service(before.performed[item].activity).undo(_was_done(before, item), on)
    acts = [each for each in decision.events if isinstance(each, _ACTS)]
    made: dict[int, Done] = {}
    for event in acts:
        service, item = registry.service(event.activity), event.item
        if isinstance(event, e.ActivityDone):
            made[item] = _done(before, state, event)
            service.apply(made[item], on)
        else:
            service.undo(made.get(item) or _was_done(before, item), on)
    return bool(ceased or acts)


_ACTS = (e.ActivityDone, e.ActivityUndone)


def _ceased(before: State, state: State) -> list[int]:
    """The work items, the latest first, whose activities keep and whose completions were sent back
    past."""
    return doing.latest_first(
        before,
        [
            number
            for number, done in before.performed.items()
            if done.keeps and _counts(before, number) and not _counts(state, number)
        ],
    )


def _counts(state: State, item: int) -> bool:
    """Whether what was done with an item has not been sent back past; what has lapsed is done."""
    made = state.completion_of(item)
    return made is not None and made.stands


def _was_done(before: State, item: int) -> Done:
    was, made = before.performed[item], before.completion_of(item)
    values = made.data if made is not None else {}
    return Done(was.activity, was.item, was.node, was.given, values)


def _done(before: State, state: State, event: e.ActivityDone) -> Done:
    made = state.completion_of(event.item)
    former = state.completion_of(event.settles) if event.settles is not None else None
    return Done(
        activity=event.activity,
        item=event.item,
        step=event.node,
        given=event.given,
        values=made.data if made is not None else {},
        outcome=made.outcome if made is not None else None,
        settles=event.settles,
        former=former.data if former is not None else None,
        undoes=doing.undoes(before, event.activation),
    )


def next_by_itself(case: store.Loaded, *, acted: bool) -> c.Command | None:
    """What follows without anybody: looking again, or a step that the system does.

    Args:
        acted: whether services have done anything since they were asked what they know.
    """
    state, names = case.state, case.definition.facts
    if names and acted:
        known = registry.facts(case.row.pk, names)
        if {**state.facts, **known} != state.facts:
            return c.Recheck()
    item = next(doing.waiting(case.definition, state), None)
    return c.Perform(item.id) if item is not None else None
