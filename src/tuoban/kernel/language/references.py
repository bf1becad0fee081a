"""Fields that name a customer or an asset: of what kind that is, what is known of it, and what the
pack reads of that."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping

from tuoban.kernel.facts import BUILT_IN, CUSTOMER
from tuoban.kernel.language.declared import Body, Declaration, RecordDraft
from tuoban.kernel.language.names import unknown
from tuoban.kernel.language.reading import Properties, as_text
from tuoban.kernel.language.scope import Path
from tuoban.kernel.language.workspace import Workspace

Kinds = Mapping[str, Collection[str]]
_LISTS = ("all", "history")


def kind_of(
    type_: str, properties: Properties, ws: Workspace
) -> tuple[str, dict[str, Declaration] | None]:
    """The kind of what a field names, with its facts; None: it was reported."""
    if type_ == CUSTOMER:
        draft = ws.kinds.get(CUSTOMER)
        return CUSTOMER, draft.facts if draft is not None else {}
    name = as_text(properties.need("kind"), ws.findings)
    if name is None:
        return "", None
    known = [each for each in ws.kinds if each != CUSTOMER]
    if name.text not in known:
        unknown(name, ws.findings, "unknown-kind", name.text, known)
        return name.text, None
    return name.text, ws.kinds[name.text].facts


def reads(root: Body, ws: Workspace) -> dict[str, frozenset[str]]:
    """By kind of customers and assets, the facts that are read of any of them."""
    declared = [
        (ws.fields, "case"),
        *((draft.fields, name) for name, draft in ws.messages.items() if draft is not None),
        *((own, block.known_as) for block in root.walk() for own in (block.own, block.says)),
    ]
    kinds: dict[str, set[str]] = {}
    around: dict[str, set[str]] = {}
    for fields, owner in declared:
        for name, each in fields.items():
            for called, kind in _naming(name, each):
                kinds.setdefault(called, set()).add(kind)
                around.setdefault(owner, set()).add(kind)
    offered = {name: frozenset((*kind.facts, *BUILT_IN)) for name, kind in ws.kinds.items()}
    read: dict[str, set[str]] = {}
    for path in ws.scope.paths:
        for kind, facts in _read_by(path, kinds, around, offered):
            read.setdefault(kind, set()).update(facts)
    return {kind: frozenset(facts) for kind, facts in read.items()}


def _naming(name: str, field: Declaration) -> Iterator[tuple[str, str]]:
    """What names somebody or something in a field, with their kind: itself, or a column of its
    rows; the list by its own name, too, since a loop reads its rows by another."""
    if field.kind:
        yield name, field.kind
    columns = field.of.columns if isinstance(field.of, RecordDraft) else {}
    for called, column in columns.items():
        if column.kind:
            yield from ((called, column.kind), (name, column.kind))


def _read_by(
    path: Path,
    kinds: Kinds,
    around: Kinds,
    offered: Mapping[str, frozenset[str]],
) -> Iterator[tuple[str, Collection[str]]]:
    """By kind, the facts that something reads by this path: that which follows on a field; all,
    where the path ends with it, or with what holds it.

    Args:
        kinds: those of fields that are called so.
        around: those that whatever is called so has fields of.
    """
    for at, name in enumerate(path):
        for kind in kinds.get(name, ()):
            facts = offered.get(kind, frozenset(BUILT_IN))
            yield kind, facts & {path[at + 1]} if path[at + 1 :] else facts
    if path[-1] in _LISTS or len(path) == 1:
        for kind in around.get(path[0], ()):
            yield kind, offered.get(kind, frozenset(BUILT_IN))
