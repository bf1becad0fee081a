"""Correct 更正: a field is given another value after the work with which it was entered."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

from tuoban.kernel import events as e
from tuoban.kernel.commands import Correct
from tuoban.kernel.definition import Definition, Field, FormEntry, FormSection, Step
from tuoban.kernel.engine.pausing import is_in_charge
from tuoban.kernel.forms import Place, is_shown, read_form
from tuoban.kernel.immutable import immutable
from tuoban.kernel.refusals import Problem, Refused, refuse_invalid
from tuoban.kernel.sight import OUTSIDE, Vantage
from tuoban.kernel.state import ROOT, Entry, Instance, State
from tuoban.kernel.surroundings import Surroundings

if TYPE_CHECKING:
    from tuoban.kernel.engine.flow import Flow


@immutable(frozen=True, slots=True)
class Spot(Place):
    """Where a field is corrected: a form of that field alone, in the place that has it.

    `owner` is the block that declares the field, None: the case does.
    """

    seen_from: Vantage = OUTSIDE
    owner: str | None = None

    @property
    def vantage(self) -> Vantage:
        return self.seen_from

    def field(self, name: str) -> Field:
        return _fields_of(self.definition, self.owner)[name]

    def is_own(self, name: str) -> bool:
        return False

    def home(self, name: str) -> int:
        return self.activation


def spot_of(
    definition: Definition, state: State, surroundings: Surroundings, name: str, activation: int
) -> Spot | None:
    """Where a field may be corrected; None: it may not, whoever wishes it.

    What is computed is not corrected, but what it is computed from. In a block that is over, only
    what was entered there and still counts may be.
    """
    found = _instance(state, activation)
    if (found is None) != (activation == ROOT):
        return None
    owner, node, vantage = None, None, OUTSIDE
    if found is not None:
        key, instance = found
        owner = definition.regions[key].owner
        node = next(iter(definition.regions[key].nodes), None)
        vantage = Vantage(instance.scope, definition.region_paths[key])
    field = _fields_of(definition, owner).get(name)
    if field is None or field.computed is not None:
        return None
    if activation not in state.activations and not _entries(state, activation, name):
        return None
    entry = FormEntry(name, required=_is_required(definition, owner, name))
    return Spot(
        definition,
        state,
        node,
        (FormSection(None, (entry,)),),
        surroundings.opened,
        surroundings.zone,
        surroundings.at,
        activation,
        surroundings.directory.people,
        vantage,
        owner,
        units=surroundings.directory.parents.keys(),
    )


def _instance(state: State, activation: int) -> tuple[str, Instance] | None:
    """The instance of a block that an activation is or was, with its region."""
    for region, instances in state.instances.items():
        for each in instances:
            if each.id == activation:
                return region, each
    return None


def _fields_of(definition: Definition, owner: str | None) -> Mapping[str, Field]:
    return definition.fields if owner is None else definition.place_fields.get(owner, {})


def _entries(state: State, activation: int, name: str) -> tuple[Entry, ...]:
    given = state.entries if activation == ROOT else state.places.get(activation, {})
    return given.get(name, ())


def _is_required(definition: Definition, owner: str | None, name: str) -> bool:
    """Whether any form demands the field: what it was given may be changed, not taken away."""
    return any(entry.field == name and entry.required for entry in _asked(definition, owner, name))


def _asked(definition: Definition, owner: str | None, name: str) -> Iterator[FormEntry]:
    """The entries of all forms in which the name means this field."""
    forms = [each.form for each in definition.starts.values()] if owner is None else []
    forms += [
        node.step.form
        for node in definition.nodes.values()
        if isinstance(node.construct, Step)
        and name not in definition.own_fields(node.key)
        and definition.place_at(node.key, name) == owner
    ]
    for form in forms:
        for section in form:
            yield from section.entries


def may_correct(
    definition: Definition,
    state: State,
    surroundings: Surroundings,
    name: str,
    activation: int,
    person: str,
) -> bool:
    """Whether somebody may correct a field: who entered what it has now, or is in charge."""
    directory = surroundings.directory
    entries = _entries(state, activation, name)
    if entries and entries[-1].by == person and person in directory.people:
        return True
    return is_in_charge(definition, state, directory, person)


def correct(flow: Flow, command: Correct) -> None:
    """Give the field its new value, which counts until somebody gives it another.

    Raises:
        Refused: `case-over`, `not-correctable`, `not-to-correct`, `reason-missing`; `invalid` as a
            form, with `same-value` where nothing would change and `not-asked` where the field's
            `when` does not hold.
    """
    definition, state, surroundings = flow.definition, flow.state, flow.surroundings
    if state.status != "running":
        raise Refused("case-over")
    name, place = command.field, command.activation
    spot = spot_of(definition, state, surroundings, name, place)
    if spot is None:
        raise Refused("not-correctable", {"field": name[:40]})
    field = spot.field(name)
    if not may_correct(definition, state, surroundings, name, place, command.by):
        raise Refused("not-to-correct", {"field": field.label})
    if not command.reason.strip():
        raise Refused("reason-missing")
    reading = read_form(spot, {name: command.value})
    if reading.problems:
        raise refuse_invalid(list(reading.problems))
    if not is_shown(spot, spot.form[0].entries[0], {}):
        raise refuse_invalid([Problem("not-asked", name, {"label": field.label})])
    before, value = spot.value(name), reading.values[name]
    if value == before:
        raise refuse_invalid([Problem("same-value", name)])
    flow.emit(
        e.FieldCorrected(
            number=state.last_item + 1,
            by=command.by,
            field=name,
            before={name: before},
            values={name: value},
            reason=command.reason.strip(),
            at=surroundings.at,
            place=place,
        )
    )
