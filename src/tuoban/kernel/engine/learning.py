"""Taking up what is known of the customers and assets of a case, so that a replay needs no file."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tuoban.kernel import events as e
from tuoban.kernel.computed import completed
from tuoban.kernel.definition import Assign, Node
from tuoban.kernel.engine.deciding import typed
from tuoban.kernel.expressions import Known
from tuoban.kernel.facts import read_of
from tuoban.kernel.forms import Place
from tuoban.kernel.names import read

if TYPE_CHECKING:
    from tuoban.kernel.engine.flow import Flow

NOTHING_NAMED = "nothing-named"
"""Why a fact is not written: the field names nobody and nothing."""


def learn(flow: Flow) -> None:
    """Take up the facts that the pack reads, where the surroundings hold others than the case."""
    if not flow.definition.names_files:
        return
    for ref, names in read_of(flow.definition, flow.state).items():
        found = flow.surroundings.opened.get(ref)
        if found is None:
            continue
        facts = {name: found.get(name) for name in sorted(names)}
        if flow.state.about.get(ref) != facts:
            flow.emit(e.FactsLearned(ref, facts))


def learn_new(flow: Flow) -> None:
    """Take up those of what the case has only now come to name."""
    if not flow.definition.names_files:
        return
    for ref, names in read_of(flow.definition, flow.state).items():
        found = flow.surroundings.opened.get(ref)
        if found is not None and not names <= flow.state.about.get(ref, {}).keys():
            facts = {name: found.get(name) for name in sorted(names)}
            flow.emit(e.FactsLearned(ref, facts | dict(flow.state.about.get(ref, {}))))


def calculate(
    flow: Flow, place: Place, node: Node
) -> tuple[dict[str, dict[str, Any]], dict[str, str]]:
    """What a `set` writes to files, by reference, and why what does not fit is not written."""
    names = place.names({})
    written: dict[str, dict[str, Any]] = {}
    unfit: dict[str, str] = {}
    for each in node.holding(Assign).facts:
        named = read(each.of, names)
        if not isinstance(named, Known):
            unfit[each.name] = NOTHING_NAMED
            continue
        fact = flow.definition.asset_kinds[each.kind].facts[each.fact]
        value, problem = typed(fact, read(each.to, names), place.zone)
        if problem is not None:
            unfit[each.name] = problem.code
        else:
            # A file keeps what was computed then: it has no case to compute it from again.
            whole = completed(fact, value, names, place.zone)
            written.setdefault(named.ref, {})[each.fact] = whole
    return written, unfit
