"""`tell`: notices that the process gives, as a construct or whenever work comes to somebody."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, NamedTuple

from tuoban.kernel import events as e
from tuoban.kernel.definition import Tell
from tuoban.kernel.facts import value_of
from tuoban.kernel.limits import OF_PERFORMER
from tuoban.kernel.names import read
from tuoban.kernel.state import ROOT, Item

if TYPE_CHECKING:
    from tuoban.kernel.engine.flow import Flow

_HOPS = (
    e.ItemOffered,
    e.ItemReoffered,
    e.ItemReleased,
    e.ItemTransferred,
    e.ItemDelegated,
    e.ItemPrepared,
    e.ItemGotBack,
    e.ItemStoodIn,
    e.SigningStopped,
)
"""Events with which work comes to somebody, also back to them."""


class Addressee(NamedTuple):
    """A person, or whoever holds a role in a unit."""

    person: str | None = None
    role: str | None = None
    unit: str | None = None


def settle(flow: Flow) -> None:
    """Tell of the work that has come to somebody, once each, whatever ways it took."""
    if not flow.definition.tells:
        return
    hops = (event.item for event in flow.events if isinstance(event, _HOPS))
    for number in dict.fromkeys(hops):
        item = flow.state.items.get(number)
        wanted = flow.definition.nodes[item.node].step.tell if item is not None else None
        if item is not None and item.part is None and wanted is not None:
            tell(flow, wanted, item.node, item)


def tell(flow: Flow, wanted: Tell, node: str, item: Item | None = None) -> None:
    """Give a notice to all whom it names."""
    fields = wanted.text.fields if wanted.text is not None else ()
    values = {name: value_of(flow.state, name, flow.surroundings.opened) for name in fields}
    for each, channel in dict.fromkeys(_all(flow, wanted, item)):
        flow.emit(
            e.Told(
                item=item.id if item is not None else None,
                tier=e.TOLD,
                person=each.person,
                role=each.role,
                unit=each.unit,
                escalated=False,
                node=node,
                values=values,
                channel=channel,
            )
        )


def _all(flow: Flow, wanted: Tell, item: Item | None) -> Iterator[tuple[Addressee, str]]:
    """Whom it names, each with the channel; none is the inbox."""
    for to, channel in (*((each, "") for each in wanted.to), *wanted.beyond):
        if to == OF_PERFORMER:
            held = performers_of(item) if item is not None else ()
            yield from ((each, channel) for each in held)
        elif channel and flow.definition.roles[to].is_outside:
            yield Addressee(role=to), channel
        else:
            yield from ((each, channel) for each in holders_of(flow, to))


def performers_of(item: Item) -> Iterator[Addressee]:
    """Who holds the item, else everybody in its pools."""
    if item.person is not None:
        yield Addressee(person=item.person)
        return
    for role, unit in item.pools:
        yield Addressee(role=role, unit=unit)


def holders_of(flow: Flow, role: str) -> tuple[Addressee, ...]:
    """Whoever holds the role, looked for from the unit of the case upwards; where nobody does, the
    head. An outside party is reached through those who record for it, one that the case fills is
    the person whom it names."""
    known, directory = flow.definition.roles[role], flow.surroundings.directory
    if known.person is not None:
        person = read(known.person, flow.names(ROOT))
        is_there = isinstance(person, str) and person in directory.people
        return (Addressee(person=person if is_there else directory.head(flow.state.unit)),)
    acting = known.acting
    unit = directory.nearest(acting, flow.state.unit)
    if unit is None:
        return (Addressee(person=directory.head(flow.state.unit)),)
    held = (each for each in acting if directory.all_holding((each,), unit))
    return tuple(Addressee(role=each, unit=unit) for each in held)
