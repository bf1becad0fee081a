"""The state of a case under the names that another version of its process has for things.

What the new version does not have leaves the state; the journal keeps it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Any, TypeVar

from tuoban.kernel.events import CaseMigrated
from tuoban.kernel.state import Completion, Done, Item, PaperMove, Printed, State

V = TypeVar("V")
Covered = tuple[tuple[int, str, Any], ...]


def renamed(state: State, event: CaseMigrated) -> dict[str, Any]:
    """The slots of the state that a migration changes."""
    names = _Names(event)
    return {
        "settings": event.settings,
        "values": names.of_fields(state.values),
        "entries": names.of_fields(state.entries),
        "activations": names.standing(state.activations, "region", names.region),
        "left": names.standing(state.left, "region", names.region),
        "items": names.waiting(names.standing(state.items, "node", names.node)),
        "waits": names.standing(state.waits, "node", names.node),
        "papers": names.of_papers(state.papers),
        "printed": names.by_node(state.printed, names.of_printed),
        "performed": names.standing(state.performed, "node", names.node),
        "clocks": names.standing(state.clocks, "node", names.node),
        "late": {
            names.node(key): count for key, count in state.late.items() if key not in event.gone
        },
        "completions": names.by_node(state.completions, names.of_completion),
        "done": names.by_node(state.done, names.of_mark),
        "loops": names.by_node(state.loops),
        "listed": names.by_node(state.listed),
        "instances": {
            names.region(key): each
            for key, each in state.instances.items()
            if key not in event.gone
        },
        "received": {
            key: replace(each, takers=names.places(each.takers))
            for key, each in state.received.items()
        },
        "reentries": tuple(
            replace(each, target=names.node(each.target)) for each in names.places(state.reentries)
        ),
        **{slot: names.places(getattr(state, slot)) for slot in _PLACES},
    }


_PLACES = ("waiting", "turns", "lapsed", "again", "held")


@dataclass(frozen=True, slots=True)
class _Names:
    event: CaseMigrated

    def node(self, key: str) -> str:
        return self.event.nodes.get(key, key)

    def region(self, key: str) -> str:
        return self.event.regions.get(key, key)

    def of_fields(self, given: Mapping[str, V]) -> dict[str, V]:
        return {
            self.event.fields.get(name, name): value
            for name, value in given.items()
            if name not in self.event.dropped
        }

    def of_papers(
        self, given: Mapping[str, tuple[PaperMove, ...]]
    ) -> dict[str, tuple[PaperMove, ...]]:
        """What came of papers; of one whose name another has taken, nothing is known any more, and
        what the new version does not ask for stays, since it is there."""
        taken = set(self.event.papers.values()) - self.event.papers.keys()
        found = {name: self.event.papers.get(name, name) for name in given if name not in taken}
        return {
            new: tuple(replace(each, paper=new) for each in given[name])
            for name, new in found.items()
        }

    def of_printed(self, printed: Printed) -> Printed:
        name = printed.document
        return replace(printed, document=self.event.documents.get(name, name))

    def standing(
        self, given: Mapping[int, Any], slot: str, name: Callable[[str], str]
    ) -> dict[int, Any]:
        """What stands at nodes or in regions that are still there."""
        return {
            number: replace(each, **{slot: name(getattr(each, slot))})
            for number, each in given.items()
            if getattr(each, slot) not in self.event.gone
        }

    def waiting(self, items: Mapping[int, Item]) -> dict[int, Item]:
        """What waits for a step that is gone goes on."""
        return {number: self._waiting(each) for number, each in items.items()}

    def _waiting(self, item: Item) -> Item:
        at = item.waits_for
        if at is None:
            return item
        stays = at.node not in self.event.gone
        return replace(item, waits_for=replace(at, node=self.node(at.node)) if stays else None)

    def by_node(
        self, given: Mapping[str, tuple[Any, ...]], change: Callable[[Any], Any] = lambda each: each
    ) -> dict[str, tuple[Any, ...]]:
        return {
            self.node(key): tuple(change(each) for each in found)
            for key, found in given.items()
            if key not in self.event.gone
        }

    def places(self, given: tuple[Any, ...]) -> tuple[Any, ...]:
        return tuple(
            replace(each, node=self.node(each.node))
            for each in given
            if each.node not in self.event.gone
        )

    def of_completion(self, made: Completion) -> Completion:
        return replace(
            made,
            node=self.node(made.node),
            covered=self._covered(made.covered),
            named={self.node(step): person for step, person in made.named.items()},
        )

    def of_mark(self, mark: Done) -> Done:
        return replace(mark, node=self.node(mark.node), covered=self._covered(mark.covered))

    def _covered(self, covered: Covered) -> Covered:
        """What something stands for; a field that is gone can change no more."""
        return tuple(
            (place, name if place else self.event.fields.get(name, name), value)
            for place, name, value in covered
            if place or name not in self.event.dropped
        )
