"""What a step's activity tells whoever does it, and why the system could not do it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from tuoban.kernel.computed import completed
from tuoban.kernel.definition import Field, Step, Text
from tuoban.kernel.engine import doing
from tuoban.kernel.engine.pausing import is_in_charge
from tuoban.kernel.forms import Place
from tuoban.kernel.names import Names
from tuoban.kernel.state import Item
from tuoban.runtime.activities import registry
from tuoban.runtime.activities.services import Shown
from tuoban.runtime.cases import activities
from tuoban.runtime.cases.queries.form_views import typed_values
from tuoban.runtime.cases.queries.list_views import shown_list
from tuoban.runtime.cases.queries.rows import AccountShown, FieldShown, PlaceShown
from tuoban.runtime.cases.queries.scene import Scene
from tuoban.runtime.cases.wording import in_words

Line = tuple[Text, Text]
"""A label and a value."""


def shown(scene: Scene, item: Item, place: Place, typed: Mapping[str, Any]) -> tuple[Shown, ...]:
    """What to know before the activity is done, given what has been typed so far."""
    asked = doing.ask(place, item, typed_values(place, typed), None)
    if asked is None:
        return ()
    on = activities.on_row(scene.row, scene.definition, scene.surroundings, scene.user.person_id)
    found = registry.service(asked.activity).show(asked, on)
    return tuple(each for each in found if each.value is not None)


def in_lines(scene: Scene, found: Iterable[Shown]) -> tuple[Line, ...]:
    """The lines in words."""
    return tuple((each.field.label, _words(scene, each.field, each.value)) for each in found)


def accounts_of(scene: Scene) -> tuple[AccountShown, ...]:
    """What services keep of the case; of a process that has them do nothing, that is nothing."""
    definition = scene.definition
    steps = (each.step for each in definition.nodes.values() if isinstance(each.construct, Step))
    if not definition.facts and all(step.do is None for step in steps):
        return ()
    found = ((each.label, each.lines(scene.row.pk)) for each in registry.accounts())
    return tuple(AccountShown(label, in_lines(scene, lines)) for label, lines in found if lines)


def kept_if_cancelled(scene: Scene) -> tuple[Text, ...]:
    """What would stand if the case were cancelled now: steps with what was done by them."""
    found = []
    for done in scene.state.performed.values():
        made = scene.state.completion_of(done.item)
        if done.keeps and made is not None:
            step, what = scene.label_done(made), registry.label(done.activity)
            found.append(Text(f"{step.zh}（{what.zh}）", f"{step.en} ({what.en})"))
    return tuple(found)


def _words(scene: Scene, field: Field, value: Any) -> Text:
    if isinstance(value, Text):
        return value
    return in_words(scene.definition, field, value, scene.surroundings.zone, None)


def results_shown(scene: Scene) -> tuple[PlaceShown, ...]:
    """What activities came to that stand, by their steps, in the order in which they were done."""
    definition, state, zone = scene.definition, scene.state, scene.surroundings.zone
    names, found = Names(definition, state, {}, zone), []
    for done in state.performed.values():
        made, step = state.completion_of(done.item), definition.nodes[done.node].step
        if made is None or step.do is None:
            continue
        own = step.do.activity.fields
        values = ((each, completed(each, made.data.get(each.name), names, zone)) for each in own)
        fields = tuple(
            _field(scene, each, value) for each, value in values if value not in (None, ())
        )
        if fields:
            found.append(PlaceShown(scene.label_done(made), fields))
    return tuple(found)


def _field(scene: Scene, field: Field, value: Any) -> FieldShown:
    definition, zone = scene.definition, scene.surroundings.zone
    rows = shown_list(definition, field, value, zone, {}) if field.type == "list" else None
    words = in_words(definition, field, value, zone, None)
    return FieldShown(
        field.name, field.label, words, field.type, field.long, contact=False, list=rows
    )


def may_try_again(scene: Scene, item: Item) -> bool:
    """Whether this user may let the system try once more what it could not do."""
    people, person = scene.surroundings.directory, scene.user.person_id
    return bool(item.failed) and (
        scene.user.is_staff or is_in_charge(scene.definition, scene.state, people, person)
    )
