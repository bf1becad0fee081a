"""Activities of steps: what is asked of a service, what its answer leads to, and undoing it.

An activity is done with the completion of its step, and recorded beside it (`ActivityDone`). When
that completion stops counting because the step is done again, it is undone, the newest first;
what it keeps (money taken) stands, and is settled when the step is done again.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from tuoban.kernel import events as e
from tuoban.kernel.activities import Activity, Asked, Do, Stands
from tuoban.kernel.commands import Perform
from tuoban.kernel.definition import Definition
from tuoban.kernel.engine import recording
from tuoban.kernel.expressions import Row
from tuoban.kernel.fitting import rounded
from tuoban.kernel.forms import Place, read_form
from tuoban.kernel.names import read
from tuoban.kernel.refusals import Problem, Refused
from tuoban.kernel.rows import last_key, numbered
from tuoban.kernel.sight import last
from tuoban.kernel.state import Item, Performed, State
from tuoban.kernel.text import Text
from tuoban.kernel.values import LARGEST

if TYPE_CHECKING:
    from tuoban.kernel.engine.flow import Flow


def ask(place: Place, item: Item, values: Mapping[str, Any], outcome: str | None) -> Asked | None:
    """What a service is asked when the step is completed with these values; None: it does nothing.

    Args:
        values: what the form was read as.
    """
    do = place.definition.nodes[item.node].step.do
    if do is None:
        return None
    former = _former(place.definition, place.state, item, place)
    if former is not None and former.activity != do.activity.key:
        former = None  # by an earlier version the step did something else, which stands by itself
    return Asked(
        activity=do.activity.key,
        item=item.id,
        step=item.node,
        given=_given(do, place, values),
        entered={each.name: values.get(each.name) for each in do.activity.asks},
        outcome=outcome,
        agrees=outcome == place.definition.nodes[item.node].step.agreement,
        former=_values_of(place.state, former) if former is not None else None,
        former_item=former.item if former is not None else None,
        ahead=_ahead(place.state, former) if former is not None else (),
        undoes=undoes(place.state, item.activation),
        winds_up=place.state.is_winding_up(item.activation),
    )


def _given(do: Do, place: Place, values: Mapping[str, Any]) -> dict[str, Any]:
    names, found = place.names(values), {}
    wanted = {each.name: each.wanted for each in do.activity.takes}
    for key, said in do.given:
        value = said if isinstance(said, str) else read(said, names)
        if isinstance(value, Decimal):
            unit = Decimal(1)
            if wanted[key] == "money":
                unit = Decimal(1).scaleb(-_decimals(do.activity))
            value = rounded(value, unit)
            value = value if abs(value) <= LARGEST else None  # nobody could keep it
        found[key] = tuple(value) if isinstance(value, list) else value
    return found


def _decimals(activity: Activity) -> int:
    return next((each.decimals for each in activity.fields if each.type == "money"), 2)


def _former(definition: Definition, state: State, item: Item, place: Place) -> Performed | None:
    """The activity as it was done here before and still stands."""
    made = last(definition, state, item.node, place.vantage)
    if made is None or made.counts:
        return None
    found = state.performed.get(made.item)
    return found if found is not None and found.keeps else None


def _ahead(state: State, former: Performed) -> tuple[Stands, ...]:
    """What came after what was done here before, and was gone back past like it, and stands."""
    gone_past = []
    for done in state.performed.values():
        made = state.completion_of(done.item)
        if done.keeps and made is not None and not made.stands:
            gone_past.append(done.item)
    items = latest_first(state, {former.item, *gone_past})
    return tuple(_stands(state, each) for each in items[: items.index(former.item)])


def undoes(state: State, activation: int) -> Stands | None:
    """What the steps undo that stand in an activation; None: it is not where anything is undone."""
    item = state.undoing(activation)
    return _stands(state, item) if item else None


def _stands(state: State, item: int) -> Stands:
    done, made = state.performed.get(item), state.completion_of(item)
    values = made.data if made is not None else {}
    return Stands(done.activity if done else "", item, done.given if done else {}, values)


def _values_of(state: State, done: Performed) -> Mapping[str, Any]:
    made = state.completion_of(done.item)
    return made.data if made is not None else {}


def answered(
    flow: Flow, place: Place, item: Item, values: Mapping[str, Any], outcome: str | None
) -> tuple[dict[str, Any], list[Problem]]:
    """The results that the service has promised, or the problems it sees.

    Raises:
        Refused: `changed-meanwhile`, it was asked something else, or nothing.
    """
    asked = ask(place, item, values, outcome)
    if asked is None:
        return {}, []
    answer = flow.surroundings.answers.get(item.id)
    if answer is None or _as_asked(answer.asked) != _as_asked(asked):
        raise Refused("changed-meanwhile")
    last = last_key(flow.state.last_row, values)
    return numbered(answer.results, last), list(answer.problems)


def _as_asked(asked: Asked) -> tuple[Any, ...]:
    """What two questions are compared by: rows by what stands in them."""
    told = {**asked.given, **asked.entered}
    return (
        asked.activity,
        asked.outcome,
        asked.former_item,
        [each.item for each in asked.ahead],
        asked.undoes.item if asked.undoes is not None else None,
        {name: _plain(value) for name, value in told.items()},
    )


def _plain(value: Any) -> Any:
    if isinstance(value, tuple | list):
        return [_plain(each) for each in value]
    return dict(value) if isinstance(value, Row) else value


def record(flow: Flow, place: Place, item: Item, done: recording.Done) -> None:
    """Record, after the completion of its step, that an activity was done."""
    do = flow.definition.nodes[item.node].step.do
    if do is None:
        return
    asked = ask(place, item, done.values, done.outcome)
    if asked is None:
        return
    flow.emit(
        e.ActivityDone(
            item=item.id,
            node=item.node,
            activation=item.activation,
            activity=asked.activity,
            given=asked.given,
            keeps=do.activity.keeps,
            settles=asked.former_item,
        )
    )


# -- by the system --------------------------------------------------------------------------------


def perform(flow: Flow, item: Item, command: Perform) -> None:
    """Do a step that is nobody's work; where the service cannot do it, say so and let it stand.

    Raises:
        Refused: `not-unattended`; `suspended`, `locked`.
    """
    node = flow.definition.nodes[item.node]
    if not node.step.is_unattended:
        raise Refused("not-unattended", {"step": node.label})
    recording.check_goes_on(flow, item)
    place = recording.step_place(flow.definition, flow.state, item, flow.surroundings)
    reading = read_form(place, {})
    results, problems = answered(flow, place, item, reading.values, None)
    problems = [*reading.problems, *problems]
    if problems:
        reasons = tuple(_text_of(each) for each in problems)
        flow.emit(e.ActivityFailed(item.id, reasons, flow.surroundings.at))
        return
    done = recording.Done(
        by="",
        outcome=None,
        values={**reading.values, **results},
        checked=(),
        asked={},
        signatures={},
        stamped=(),
        shown="",
    )
    recording.record(flow, item, place, done)
    record(flow, place, item, done)
    flow.leave(node, item.activation)


def is_ready(flow: Flow, number: int) -> bool:
    """Whether the system may still do a piece of work, and was promised just that."""
    item = next((each for each in waiting(flow.definition, flow.state) if each.id == number), None)
    if item is None:
        return False
    place = recording.step_place(flow.definition, flow.state, item, flow.surroundings)
    asked = ask(place, item, read_form(place, {}).values, None)
    answer = flow.surroundings.answers.get(number)
    return asked is None or (answer is not None and _as_asked(answer.asked) == _as_asked(asked))


def _text_of(problem: Problem) -> Text:
    return Text(problem.read("zh"), problem.read("en"))


def waiting(definition: Definition, state: State) -> Iterator[Item]:
    """The open work that the system does by itself, as soon as nothing holds it back, and has not
    tried in vain."""
    if state.status != "running" or state.suspended is not None:
        return
    for item in state.items.values():
        step = definition.nodes[item.node].step
        if step.is_unattended and item.locked is None and not item.failed:
            yield item


# -- facts ----------------------------------------------------------------------------------------


def learn(flow: Flow) -> None:
    """Take note of what services know of the case now, where that has changed; also once it is
    over, since what its last step did, or a debt that is paid later, is known only then."""
    known = flow.surroundings.facts
    if known is None or flow.state.status == "new":
        return
    if {**flow.state.facts, **known} != flow.state.facts:
        flow.emit(e.FactsChanged(dict(known)))


# -- undoing --------------------------------------------------------------------------------------


def settle(flow: Flow) -> None:
    """Undo what this decision has made void, the newest first."""
    if not flow.state.performed:
        return
    over = {item for event in flow.events for item in _made_void(flow.state, event)}
    for item in latest_first(flow.state, over & flow.state.performed.keys()):
        done = flow.state.performed[item]
        if not done.keeps:
            flow.emit(e.ActivityUndone(item, done.node, done.activity, flow.surroundings.at))


def latest_first(state: State, items: Iterable[int]) -> list[int]:
    """Work items by when they were completed, the latest first."""
    made = (state.completion_of(each) for each in items)
    found = sorted((each for each in made if each is not None), key=lambda each: -each.order)
    return [each.item for each in found]


def is_undone_at_the_end(definition: Definition, done: Performed) -> bool:
    """Whether what a service did is undone when its process ends with what was done undone: not
    what it keeps, nor what has happened for good, whatever becomes of the case."""
    do = definition.nodes[done.node].step.do
    is_lasting = do is not None and do.activity.key == done.activity and do.activity.lasts
    return not done.keeps and not is_lasting


def _made_void(state: State, event: e.Event) -> Iterator[int]:
    """The work items whose activities an event makes void."""
    if isinstance(event, e.CompletionVoided) or (
        isinstance(event, e.CompletionLapsed) and event.why == "returned"
    ):
        yield event.item
    elif isinstance(event, e.DoneAgain):
        for done in state.performed.values():
            at = (done.node, done.activation) == (event.node, event.activation)
            made = state.completion_of(done.item) if at else None
            if made is not None and made.lapsed:
                yield done.item
