"""Warnings about tables: what no rule fits, rules that meet, rules that never decide."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from tuoban.kernel.decisions import Decision, coverage
from tuoban.kernel.definition import Field, FormSection, Node, Start, Step
from tuoban.kernel.language.tables.domains import Domains
from tuoban.kernel.language.tables.grid import Grid
from tuoban.kernel.language.tree import Scalar
from tuoban.kernel.language.workspace import Workspace


def judge(
    ws: Workspace,
    fields: Mapping[str, Field],
    own: Mapping[str, Mapping[str, Field]],
    starts: Iterable[Start],
    nodes: Iterable[Node],
) -> None:
    """Warn of everything that is proved about the tables of the pack."""
    decisions = {name: draft for draft in ws.tables.values() for name in draft.decided_as}
    domains = Domains(fields, own, decisions, frozenset(_insisted(starts, nodes)))
    for draft in ws.tables.values():
        if not draft.decided_as:
            ws.findings.warn(draft.name, "table-unused", name=draft.name.text)
        if draft.grid is not None and draft.table is not None:
            _judge(draft.name, draft.grid, draft.table.decision, domains, ws)


def _judge(name: Scalar, grid: Grid, decision: Decision, domains: Domains, ws: Workspace) -> None:
    found = coverage(decision, domains.of([column.value for column in decision.inputs]))
    if decision.needs_rule:
        for gap in found.gaps:
            ws.findings.warn(name, "table-gap", name=name.text, example=gap)
    for overlap in found.overlaps:
        facts = {"first": str(overlap.first), "second": str(overlap.second)}
        place = grid.lines[overlap.second - 1].place
        ws.findings.warn(place, "rules-overlap", example=overlap.example, **facts)
    for rule in found.unreachable:
        ws.findings.warn(grid.lines[rule - 1].place, "rule-never-decides", rule=str(rule))


def _insisted(starts: Iterable[Start], nodes: Iterable[Node]) -> Iterator[str]:
    """The fields that some form or outcome insists on."""
    for start in starts:
        yield from _required(start.form)
    for node in nodes:
        if isinstance(node.construct, Step):
            yield from _required(node.construct.form)
            for outcome in node.construct.outcomes:
                yield from outcome.requires


def _required(form: Iterable[FormSection]) -> Iterator[str]:
    for section in form:
        yield from (entry.field for entry in section.entries if entry.required)
