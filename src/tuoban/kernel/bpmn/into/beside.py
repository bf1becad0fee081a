"""What may run beside what in a scope of a file: behind which nodes all ways are gone at once, and
where they have come together again."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence

from tuoban.kernel.bpmn.into.graph import Kind
from tuoban.kernel.bpmn.into.model import FlowNode, Scope

_ONE_WAY = ("exclusiveGateway", "eventBasedGateway")
_JOINS = ("parallelGateway", "inclusiveGateway", "complexGateway")
_EXIT = ""
"""Where all ways lead in the end; no node has such an id."""
Ways = dict[str, list[str]]


def parting(node: FlowNode, scope: Scope) -> Kind:
    """How several ways out of an activity lie to one another: all are taken, or those whose
    condition holds; of one with a condition and a default just one is."""
    flows = [each for each in scope.flows if each.source == node.id]
    default = node.element.get("default")
    others = [each for each in flows if not default or each.id != default]
    if not default and all(each.condition is None for each in flows):
        return "and"
    return "xor" if default and len(others) == 1 else "or"


def run_beside(scope: Scope, links: Iterable[tuple[str, str]]) -> frozenset[str]:
    """The nodes that may be reached while something else in the scope is under way.

    What an event has begun that does not interrupt runs beside the rest, and the rest does not run
    beside it: the activity at whose border it stands waits for it.

    Args:
        links: from which link event a way leads to which.
    """
    ways, apart = _ways(scope, links)
    found = set[str]()
    for first in apart:
        found |= _between([first], _EXIT, ways)
    together, joins = _together(ways), _joins(scope)
    for node in scope.nodes.values():
        if node.id in together and len(ways[node.id]) > 1 and _forks(node, scope):
            join = together[node.id]
            while join != _EXIT and join not in joins:
                join = together[join]
            found |= _between(ways[node.id], join, ways)
    return frozenset(found)


def _forks(node: FlowNode, scope: Scope) -> bool:
    if node.kind in _ONE_WAY:
        return False
    flows = sum(each.source == node.id for each in scope.flows)
    return flows > 1 and (node.kind.endswith("Gateway") or parting(node, scope) != "xor")


def _joins(scope: Scope) -> set[str]:
    """The gateways that wait for several ways."""
    coming = Counter(each.target for each in scope.flows)
    return {e.id for e in scope.nodes.values() if e.kind in _JOINS and coming[e.id] > 1}


def _ways(scope: Scope, links: Iterable[tuple[str, str]]) -> tuple[Ways, list[str]]:
    """To which nodes each leads; and where the ways begin of events that do not interrupt."""
    ways: Ways = {each: [] for each in scope.nodes}
    apart: list[str] = []
    for source, target in [*((e.source, e.target) for e in scope.flows), *links]:
        node = scope.nodes[source]
        if node.kind == "boundaryEvent" and not node.interrupts:
            apart.append(target)
        else:
            ways[source].append(target)
    for node in scope.nodes.values():
        ways[node.id] += [each.id for each in node.boundaries if each.interrupts]
    return ways, apart


def _between(first: Sequence[str], last: str, ways: Ways) -> set[str]:
    """The nodes on the ways from some nodes until another."""
    found, waiting = set[str](), list(first)
    while waiting:
        each = waiting.pop()
        if each != last and each not in found:
            found.add(each)
            waiting += ways[each]
    return found


def _together(ways: Ways) -> dict[str, str]:
    """By node, the first one that every way from it to an end leads through (its immediate
    post-dominator, found as Cooper, Harvey and Kennedy do)."""
    back: Ways = {_EXIT: [each for each, targets in ways.items() if not targets]}
    for each, targets in ways.items():
        for target in targets:
            back.setdefault(target, []).append(each)
    order = _in_order(back)
    found = {_EXIT: _EXIT}
    changed = True
    while changed:
        changed = False
        for node in sorted(order, key=order.__getitem__)[1:]:
            nearest = None
            for target in ways[node] or [_EXIT]:
                if target in found:
                    nearest = target if nearest is None else _meet(nearest, target, found, order)
            if nearest is not None and found.get(node) != nearest:
                found[node], changed = nearest, True
    return found


def _meet(one: str, other: str, found: dict[str, str], order: dict[str, int]) -> str:
    while one != other:
        while order[one] > order[other]:
            one = found[one]
        while order[other] > order[one]:
            other = found[other]
    return one


def _in_order(back: Ways) -> dict[str, int]:
    """Each node that leads to an end, counted so that what follows comes before, but for rings."""
    left: list[str] = []
    seen, waiting = {_EXIT}, [(_EXIT, iter(back[_EXIT]))]
    while waiting:
        node, rest = waiting[-1]
        following = next((each for each in rest if each not in seen), None)
        if following is None:
            left.append(node)
            waiting.pop()
        else:
            seen.add(following)
            waiting.append((following, iter(back.get(following, ()))))
    return {each: at for at, each in enumerate(reversed(left))}
