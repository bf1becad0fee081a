"""Blocks with data of their own: how far elements of a list are, and what was recorded there."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from tuoban.kernel.computed import completed
from tuoban.kernel.definition import Definition, Reaction, Text
from tuoban.kernel.names import Names
from tuoban.kernel.sight import Vantage, is_each
from tuoban.kernel.state import Instance, State
from tuoban.runtime.cases.elements import named
from tuoban.runtime.cases.queries.recorded import recorded
from tuoban.runtime.cases.queries.rows import FieldShown, PlaceShown
from tuoban.runtime.cases.queries.scene import Scene


class Counted(NamedTuple):
    """Of how many elements of a list something is to be done, of how many it is, and whether any
    of them is still being worked on."""

    total: int
    done: int
    is_live: bool


def counted(definition: Definition, state: State, node: str) -> Counted | None:
    """How far a step is in the lists around it, the newest time they were read; None where it
    stands in none, or that has not been read yet."""
    path = definition.path(node)
    depths = [depth for depth, region in enumerate(path) if is_each(definition, region)]
    if not depths:
        return None
    first, last = depths[0], depths[-1]
    listed = state.listed.get(definition.regions[path[last]].owner or "", ())
    if not listed:
        return None
    around = listed[-1].scope[:first]
    total = sum(len(each.values) for each in listed if each.scope[:first] == around)
    activations = {each.activation for each in state.items.values() if each.node == node}
    is_open = {state.scope(each)[: last + 1] for each in activations}
    done = {
        made.scope[: last + 1]
        for made in state.completions.get(node, ())
        if made.counts and made.scope[:first] == around
    }
    is_live = any(each.region in path[first:] for each in state.activations.values())
    return Counted(total, len(done - is_open), is_live)


def places_shown(scene: Scene) -> tuple[PlaceShown, ...]:
    """What stands in fields of blocks, by the stage, element or round it belongs to; what belongs
    to a reaction is shown with what happened."""
    definition, state = scene.definition, scene.state
    found = []
    for owner in definition.place_fields:
        node = definition.nodes[owner]
        if isinstance(node.construct, Reaction):
            continue
        instances = [each for region in node.regions for each in state.instances.get(region, ())]
        gone_on = {each.continues for each in instances}
        for each in sorted(instances, key=lambda each: each.scope):
            fields = () if each.id in gone_on else tuple(_fields(scene, owner, each))
            if fields:
                found.append(PlaceShown(_label(scene, owner, each, instances), fields))
    return tuple(found)


def _label(scene: Scene, owner: str, instance: Instance, instances: list[Instance]) -> Text:
    """How a place is called: by its element, or by which round or time it is."""
    label = scene.definition.nodes[owner].label
    of = scene.elements.at(instance.scope).label
    if instance.element == 0:
        times = [each.id for each in instances if each.scope[:-1] == instance.scope[:-1]]
        if len(times) > 1:
            number = 1 + times.index(instance.id)
            label = Text(f"{label.zh}（第 {number} 次）", f"{label.en} (no. {number})")
    return named(label, of)


def _fields(scene: Scene, owner: str, instance: Instance) -> Iterator[FieldShown]:
    definition, surroundings = scene.definition, scene.surroundings
    zone, opened = surroundings.zone, surroundings.opened
    names = Names(definition, scene.state, opened, zone, vantage=_inside(scene, owner, instance))
    for name, field in definition.place_fields[owner].items():
        if field.computed is not None:
            value = names[name]
        else:
            value = completed(field, scene.state.at_place(instance.id, name), names, zone)
        if value in (None, ()):
            continue
        yield recorded(scene, field, value)


def _inside(scene: Scene, owner: str, instance: Instance) -> Vantage:
    (body, *_) = scene.definition.nodes[owner].regions
    return Vantage(instance.scope, scene.definition.region_paths[body])
