"""Which process of a file a case goes through, and which others it calls."""

from __future__ import annotations

from tuoban.kernel.bpmn.into.model import FlowNode, Model, Scope, told
from tuoban.kernel.bpmn.problems import BpmnProblem
from tuoban.kernel.xml_files import START


def main_of(model: Model, wanted: str) -> Scope | None:
    """The process that a case goes through; None, reported, where none or several are meant. What
    was found in it and in those that it calls is taken over; of the others it is told that they are
    left."""
    processes = {key: each for key, each in model.processes.items() if each.nodes}
    for key, each in model.processes.items():
        if key not in processes:
            model.findings.leave(told(each.element, "process-empty"), each.element)
    own = [e for e in processes.values() if e.own is not None and e.own.name == "pack"]
    called = {key: calls_of(each) for key, each in processes.items()}
    inner = set[str]().union(*called.values())
    free = {key: each for key, each in processes.items() if key not in inner} or processes
    if wanted:
        free = {key: each for key, each in processes.items() if key == wanted}
    main = own[0] if own else _only(model, free, wanted, processes)
    used, waiting = set[str](), [main.element.id] if main is not None else []
    while waiting:
        if (key := waiting.pop()) in processes and key not in used:
            used.add(key)
            waiting += called[key]
    for key, each in processes.items() if main is not None else ():
        if key in used or (each.own is not None and each.own.name == "called"):
            model.findings.take(model.found[key])
        else:
            model.findings.leave(told(each.element, "process-left"), each.element)
            if key in model.pools:
                model.pools[key].settle()
    return main


def calls_of(scope: Scope) -> set[str]:
    """The ids of the processes that a process calls."""
    return {
        each.element.get("calledElement").rpartition(":")[2]
        for each in _all_nodes(scope)
        if each.kind == "callActivity"
    }


def _only(
    model: Model, free: dict[str, Scope], wanted: str, known: dict[str, Scope]
) -> Scope | None:
    """The one process that is left to be meant; None, reported, where there is none or several."""
    if wanted and not free:
        facts = {"process": wanted, "known": ", ".join(known) or "-"}
        model.findings.add(BpmnProblem(START, "no-such-process", facts))
    elif not free:
        model.findings.add(BpmnProblem(START, "no-process"))
    elif len(free) > 1:
        for each in free.values():
            model.findings.add(told(each.element, "process-several"))
    return next(iter(free.values())) if len(free) == 1 else None


def _all_nodes(scope: Scope) -> list[FlowNode]:
    found: list[FlowNode] = []
    waiting = [*scope.nodes.values(), *scope.beside]
    while waiting:
        node = waiting.pop()
        found.append(node)
        if node.undoing is not None:
            waiting.append(node.undoing)
        if node.inside is not None:
            waiting += [*node.inside.nodes.values(), *node.inside.beside]
    return found
