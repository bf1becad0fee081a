"""Boxed expressions: from the elements of a file to logic, one function for each."""

from collections.abc import Mapping
from dataclasses import replace

from tuoban.kernel.dmn import logic as l
from tuoban.kernel.dmn.compiler import Compiler, Known, Maker, is_name, nothing
from tuoban.kernel.dmn.grammar import BOXED
from tuoban.kernel.dmn.tables import table_logic
from tuoban.kernel.dmn.types import Type
from tuoban.kernel.dmn.xml import Element
from tuoban.kernel.expressions import ANY, BOOLEAN, context_of, function_to, list_of
from tuoban.kernel.expressions.shapes import common, element_of, joined


def _deep(*parts: l.Logic) -> int:
    return 2 + max((part.levels for part in parts), default=0)


def _literal(c: Compiler, element: Element, known: Known, what: str) -> l.Logic:
    return c.feel(element, known)


def _context(c: Compiler, element: Element, known: Known, what: str) -> l.Logic:
    entries: dict[str, l.Logic] = {}
    written = element.all("contextEntry")
    if not c.affords(element, len(written), len(known.names) + len(written)):
        return nothing(element.place, "faulty")
    for entry in written:
        variable = entry.child("variable")
        name = c.name(variable, "variable")
        if "" in entries:
            c.findings.add(entry.place, "entry-behind-result")
        elif name in entries:
            c.findings.add(entry.place, "name-taken", name=name)
        made = c.inside(entry, known, name or what)
        if variable is not None:
            made = c.typed(made, c.types.find(variable), name)
            known = known.having({name: made.shape})
        entries[name] = made
    shape = context_of({name: made.shape for name, made in entries.items()})
    return l.ContextOf(
        place=element.place,
        shape=entries[""].shape if "" in entries else shape,
        levels=_deep(*entries.values()),
        entries=tuple(entries.items()),
    )


def _invocation(c: Compiler, element: Element, known: Known, what: str) -> l.Logic:
    called = c.inside(element, known, what)
    bindings: dict[str, l.Logic] = {}
    for binding in element.all("binding"):
        parameter = binding.child("parameter")
        name = c.name(parameter, "parameter")
        if name in bindings:
            c.findings.add(binding.place, "name-taken", name=name)
        made = c.inside(binding, known, name)
        bindings[name] = c.typed(made, c.types.find(parameter) if parameter else None, name)
    return l.Invocation(
        place=element.place,
        shape=(called.shape.of or ANY) if called.shape.kind == "function" else ANY,
        levels=_deep(called, *bindings.values()),
        called=called,
        bindings=tuple(bindings.items()),
    )


def _function(c: Compiler, element: Element, known: Known, what: str) -> l.Logic:
    return function(c, element, known, what, "", None)


def function(
    c: Compiler, element: Element, known: Known, what: str, subject: str, result: Type | None
) -> l.Closure:
    """The function that a definition makes; `result` is the type of what it gives, if any."""
    is_feel = element.get("kind") in ("", "FEEL")
    if not is_feel:
        c.findings.fault(element.place, "not-supported", what=f"kind={element.get('kind')}")
    parameters: dict[str, Type | None] = {}
    for parameter in element.all("formalParameter"):
        name = c.name(parameter, "formalParameter")
        if name in parameters:
            c.findings.add(parameter.place, "name-taken", name=name)
        parameters[name] = c.types.find(parameter)
    shapes = {name: type_.shape if type_ else ANY for name, type_ in parameters.items()}
    own = c.types.find(element)
    body = nothing(element.place, "faulty")
    if is_feel:
        body = c.inside(element, known.having(shapes), what)
    body = c.typed(body, own.result if own else None, what)
    body = c.typed(body, result, what)
    return l.Closure(
        place=element.place,
        shape=function_to(body.shape),
        levels=2,
        parameters=tuple(parameters.items()),
        body=body,
        subject=subject,
    )


def _list(c: Compiler, element: Element, known: Known, what: str) -> l.Logic:
    elements = tuple(c.logic(one, known, what) for one in element.all(*BOXED))
    return l.ListOf(
        place=element.place,
        shape=list_of(common(one.shape for one in elements)),
        levels=_deep(*elements),
        elements=elements,
    )


def _relation(c: Compiler, element: Element, known: Known, what: str) -> l.Logic:
    columns: dict[str, Type | None] = {}
    for column in element.all("column"):
        name = c.name(column, "column")
        if name in columns:
            c.findings.add(column.place, "name-taken", name=name)
        columns[name] = c.types.find(column)
    rows: list[tuple[l.Logic, ...]] = []
    for row in element.all("row"):
        cells = row.all(*BOXED)
        if len(cells) != len(columns):
            facts = {"found": str(len(cells)), "expected": str(len(columns))}
            c.findings.add(row.place, "cells-of-row", **facts)
            continue
        rows.append(
            tuple(
                c.typed(c.logic(cell, known, name), type_, name)
                for cell, (name, type_) in zip(cells, columns.items(), strict=True)
            )
        )
    shapes = {name: common(row[at].shape for row in rows) for at, name in enumerate(columns)}
    return l.Relation(
        place=element.place,
        shape=list_of(context_of(shapes)),
        levels=_deep(*(cell for row in rows for cell in row)),
        columns=tuple(columns),
        rows=tuple(rows),
    )


def _conditional(c: Compiler, element: Element, known: Known, what: str) -> l.Logic:
    condition, chosen, otherwise = (
        c.inside(element.child(name), known, what) for name in ("if", "then", "else")
    )
    return l.Conditional(
        place=element.place,
        shape=joined(chosen.shape, otherwise.shape),
        levels=_deep(condition, chosen, otherwise),
        condition=condition,
        chosen=chosen,
        otherwise=otherwise,
    )


def _filter(c: Compiler, element: Element, known: Known, what: str) -> l.Logic:
    source = c.inside(element.child("in"), known, what)
    item = element_of(source.shape)
    inside = known.having({**(item.members or {}), "item": item})
    if item.members is None or item.is_open:
        inside = replace(inside, is_open=True)
    match = c.inside(element.child("match"), inside, what)
    return l.Filter(
        place=element.place,
        shape=ANY if match.shape.kind == "number" else list_of(item),
        levels=_deep(source, match),
        source=source,
        match=match,
    )


def _for_each(c: Compiler, element: Element, known: Known, what: str) -> l.Logic:
    variable = " ".join(element.get("iteratorVariable").split())
    if not variable:
        c.findings.add(element.place, "name-missing", of=element.name)
    elif not is_name(variable):
        c.findings.warn(element.place, "name-unusable", name=variable)
    source = c.inside(element.child("in"), known, what)
    names = {variable: element_of(source.shape)}
    if element.name == "for":
        names["partial"] = list_of(ANY)
    each = c.inside(element.child("return", "satisfies"), known.having(names), what)
    return l.ForEach(
        place=element.place,
        shape=list_of(each.shape) if element.name == "for" else BOOLEAN,
        levels=_deep(source, each),
        kind=element.name,
        variable=variable,
        source=source,
        each=each,
    )


MAKERS: Mapping[str, Maker] = {
    "literalExpression": _literal,
    "decisionTable": table_logic,
    "context": _context,
    "invocation": _invocation,
    "functionDefinition": _function,
    "list": _list,
    "relation": _relation,
    "conditional": _conditional,
    "filter": _filter,
    "for": _for_each,
    "some": _for_each,
    "every": _for_each,
}
