"""The sections of a pack: read twice, first what they declare, then what they say, and checked as
a whole. Every problem of the file comes in one go.
"""

from __future__ import annotations

from dataclasses import replace

from tuoban.kernel.definition import Definition, Language, Text
from tuoban.kernel.language import computed, computed_order, references
from tuoban.kernel.language.checking import check
from tuoban.kernel.language.completing import Fields, Parts, complete
from tuoban.kernel.language.declared import Body, EndName
from tuoban.kernel.language.declaring import Head, declare
from tuoban.kernel.language.reading import Properties
from tuoban.kernel.language.workspace import Workspace

SECTIONS = (
    "pack", "version", "extends", "language", "title", "currency", "rests-on", "case", "roles",
    "settings", "records", "messages", "kinds", "fields", "papers", "documents", "tables",
    "starts", "every-step", "process", "processes", "changes", "cancel",
    "indicators",
)  # fmt: skip
LATER_SECTIONS: tuple[str, ...] = ()


def read_sections(
    properties: Properties, ws: Workspace, language: Language, digest: str, *, is_published: bool
) -> Definition | None:
    """The definition that the sections mean; None with problems found, since what could be read is
    not whole.

    Args:
        is_published: it was judged as a whole when it was published, and is not again.
    """
    head = declare(properties, ws)
    parts = complete(properties, head.root, head.title.read(language), head.slug, ws)
    derived = computed.derived(parts.fields, ws.fields, ws.findings)
    orders = computed_order.orders(head.root, parts, ws)
    if not is_published:
        computed_order.check(head.root, parts, derived, orders, ws)
        check(head.slug, properties, head.root, parts, ws)
    if ws.findings.problems:
        return None
    made = _definition(head, parts, derived, ws, language, digest)
    return replace(made, orders=orders)


def _definition(
    head: Head,
    parts: Parts,
    derived: dict[str, tuple[str, ...]],
    ws: Workspace,
    language: Language,
    digest: str,
) -> Definition:
    root = head.root
    return Definition(
        slug=head.slug,
        version=head.version,
        language=language,
        title=head.title,
        digest=digest,
        currency=head.currency,
        case=parts.case,
        roles={name: role for name, role in ws.roles.items() if role is not None},
        fields=parts.fields,
        settings={name: each for name, each in ws.settings.items() if each is not None},
        starts=parts.starts,
        nodes=parts.nodes,
        regions=parts.regions,
        outcomes=_labelled(ws.ends),
        locals={
            block.key: {
                **{name: inner.key for name, inner in block.local.items()},
                **{name: paper.key for name, paper in block.papers.items()},
            }
            for block in root.walk()
            if block.local or block.papers
        },
        call_outcomes={block.key: _labelled(block.ends) for block in root.walk() if block.ends},
        step_fields=_of_steps(root, parts),
        place_fields=parts.place_fields,
        tables={name: each.table for name, each in ws.tables.items() if each.table is not None},
        messages=parts.messages,
        cancelling=parts.cancelling,
        papers=parts.papers,
        documents=parts.documents,
        rests_on=head.rests_on,
        derived=derived,
        asset_kinds=parts.asset_kinds,
        reads=references.reads(root, ws),
        indicators=parts.indicators,
        facts=tuple(
            name
            for name in ws.catalogue.facts
            if name in ws.scope.read_of_case and name not in ws.fields
        ),
    )


def _of_steps(root: Body, parts: Parts) -> dict[str, Fields]:
    """By step, its own fields: declared, brought by what it does, or come back from it."""
    own = dict(parts.own)
    for block in root.walk():
        if block.brought:
            own[block.key] = {**own.get(block.key, {}), **block.brought}
    return own | parts.returned


def _labelled(ends: dict[str, EndName]) -> dict[str, Text]:
    return {name: end.label or Text(name, name) for name, end in ends.items()}
