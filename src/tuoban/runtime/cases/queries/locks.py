"""Why a step is locked: each failing need, and for a condition what made it fail."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from tuoban.kernel.clocks import moment_text
from tuoban.kernel.commands import Sealed
from tuoban.kernel.definition import Field, Text
from tuoban.kernel.engine import lock_reasons as reasons
from tuoban.kernel.expressions import Expression, ExpressionError, Wording, explain
from tuoban.kernel.limits import OPENS
from tuoban.kernel.names import Names
from tuoban.kernel.sight import vantage_of
from tuoban.kernel.state import Item
from tuoban.runtime.cases.queries.naming import Path, field_at, is_person
from tuoban.runtime.cases.queries.rows import LockReason
from tuoban.runtime.cases.queries.scene import Scene
from tuoban.runtime.cases.wording import ERASED, in_words, same


def lock_reasons(scene: Scene, item: Item, people: Mapping[str, str]) -> tuple[LockReason, ...]:
    """The failing needs of an open item, in the order of the pack.

    Args:
        people: the names of people by id.
    """
    found = gate_reasons(
        scene, item.node, item.activation, item.locked or (), people, _opens(scene, item)
    )
    if item.waits_for is None:
        return found
    node, place = item.waits_for.node, item.waits_for.activation
    is_live = place in scene.state.activations
    to = scene.label(node, place) if is_live else scene.definition.label_of(node)
    back = LockReason(found[-1].text, (Text(f"退回到“{to.zh}”", f"sent back to “{to.en}”"),))
    return (*found[:-1], back)


def gate_reasons(
    scene: Scene,
    node: str,
    activation: int,
    failing: Iterable[int],
    people: Mapping[str, str],
    opens: Text | None = None,
) -> tuple[LockReason, ...]:
    """The failing needs of a node, by their places, as seen from the live `activation`.

    Args:
        opens: the moment at which it opens, in words, if it does.
    """
    needs = scene.definition.nodes[node].gate
    return tuple(
        LockReason(
            reasons(scene.definition, node, (place,), opens)[0],
            because(scene, activation, needs[place].that, people) if place >= 0 else (),
        )
        for place in failing
    )


def _opens(scene: Scene, item: Item) -> Text | None:
    """The moment at which a step opens, in words."""
    for clock in scene.state.clocks.values():
        if clock.item == item.id and clock.limit == OPENS and clock.due is not None:
            return moment_text(clock.due, scene.surroundings.zone, scene.surroundings.at)
    return None


def because(
    scene: Scene, activation: int, condition: Expression | None, people: Mapping[str, str]
) -> tuple[Text, ...]:
    """What makes a condition fail, as seen from the live `activation`, in words."""
    if condition is None:
        return ()
    opened, zone = scene.surroundings.opened, scene.surroundings.zone
    here = vantage_of(scene.state, activation)
    names = Names(scene.definition, scene.state, opened, zone, vantage=here)
    try:
        causes = explain(condition, names)
    except ExpressionError as error:
        return (Text(error.describe("zh"), error.describe("en")),)
    zh, en = _wording(scene, _zh, people), _wording(scene, _en, people)
    return tuple(Text(cause.describe("zh", zh), cause.describe("en", en)) for cause in causes)


def _zh(text: Text) -> str:
    return text.zh


def _en(text: Text) -> str:
    return text.en


def _wording(scene: Scene, read: Callable[[Text], str], people: Mapping[str, str]) -> Wording:
    def label(path: Path) -> str:
        field = field_at(scene.definition, path)
        name = ".".join(path) if field is None else read(field.label)
        return name + read(ERASED) if _is_erased(scene, path) else name

    def show(path: Path | None, value: Any) -> str:
        if path is not None and is_person(scene.definition, path):
            return people.get(str(value), str(value))
        field = (field_at(scene.definition, path) if path is not None else None) or _UNNAMED
        zone, opened = scene.surroundings.zone, scene.surroundings.opened
        return read(in_words(scene.definition, field, value, zone, opened))

    return Wording(label, show)


def _is_erased(scene: Scene, path: Path) -> bool:
    """Whether a personal field of the case had a value that was erased since."""
    value = scene.state.values.get(path[-1]) if path[:-1] in ((), ("case",)) else None
    return isinstance(value, Sealed) and value.ref not in scene.surroundings.opened


_UNNAMED = Field("", "number", same(""))
