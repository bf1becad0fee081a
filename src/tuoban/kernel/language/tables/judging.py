"""Warnings about tables: what no rule fits, rules that meet, rules that never decide."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from tuoban.kernel.decisions import Decision, Domain, coverage
from tuoban.kernel.definition import Field, FormSection, Node, Start, Step
from tuoban.kernel.language.tables.domains import Domains, entered, plain_path
from tuoban.kernel.language.tables.draft import Draft
from tuoban.kernel.language.tables.freedom import Freedom
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
    begins, process = tuple(starts), {node.key: node for node in nodes}
    decisions = {name: draft for draft in ws.tables.values() for name in draft.decided_as}
    insisted = frozenset(_insisted(begins, process.values()))
    domains = Domains(fields, own, decisions, insisted, ws.settings, ws.decimals)
    freedom = Freedom(fields, own, decisions, begins, process)
    for draft in ws.tables.values():
        if not draft.decided_as:
            ws.findings.warn(draft.name, "table-unused", name=draft.name.text)
        if draft.grid is not None and draft.table is not None:
            decision = draft.table.decision
            possible = [domains.of(column.value) for column in decision.inputs]
            certain = _certain(draft, decision, possible, freedom)
            _tell_left_out(draft.name, draft.grid, decision, certain, ws)
            _tell_undecided(draft.grid, decision, possible, ws)


_Domains = list[Domain | None]


def _certain(draft: Draft, decision: Decision, possible: _Domains, freedom: Freedom) -> _Domains:
    """The domains of inputs of which any value may come together with any of the others."""
    plain = [plain_path(column.value) for column in decision.inputs]
    paths = [freedom.same(path) if path is not None else None for path in plain]
    free = freedom.free(draft, (path for path in paths if path is not None))
    return [
        entered(domain, (row.tests[at] for row in decision.rows))
        if domain is not None and path in free and paths.count(path) == 1
        else None
        for at, (path, domain) in enumerate(zip(paths, possible, strict=True))
    ]


def _tell_left_out(
    name: Scalar, grid: Grid, decision: Decision, certain: _Domains, ws: Workspace
) -> None:
    """Gaps and overlaps, which somebody may come upon."""
    found = coverage(decision, certain)
    if decision.needs_rule:
        for gap in found.gaps:
            ws.findings.warn(name, "table-gap", name=name.text, example=gap)
    for overlap in found.overlaps:
        facts = {"first": str(overlap.first), "second": str(overlap.second)}
        place = grid.lines[overlap.second - 1].place
        ws.findings.warn(place, "rules-overlap", example=overlap.example, **facts)


def _tell_undecided(grid: Grid, decision: Decision, possible: _Domains, ws: Workspace) -> None:
    """Rules that decide nothing, whatever comes; that holds also where less may come."""
    for rule in coverage(decision, possible).unreachable:
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
