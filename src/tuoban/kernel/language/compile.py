"""From the text of a pack to a definition: every section in the order in which they build on one
another, every problem of the file in one go.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from tuoban.kernel.activities import NOTHING, Catalogue
from tuoban.kernel.definition import CaseSpec, Definition, Kind, Language, Text
from tuoban.kernel.definition import Node as GraphNode
from tuoban.kernel.expressions import context_of
from tuoban.kernel.facts import BUILT_IN
from tuoban.kernel.language import computed, fields, header, kinds, places, soundness
from tuoban.kernel.language.bases import Bases, PackText, Whole, read_whole
from tuoban.kernel.language.cancel import read_cancel
from tuoban.kernel.language.case import OWN_NAMES, priority_name, read_case
from tuoban.kernel.language.constructs.call import check_called, read_processes
from tuoban.kernel.language.correspondence import (
    SAID,
    complete_messages,
    read_messages,
    warn_unused_messages,
)
from tuoban.kernel.language.declared import Body, EndName
from tuoban.kernel.language.documents import complete_documents, declare_documents
from tuoban.kernel.language.doing import shapes_of
from tuoban.kernel.language.every_step import read_every_step
from tuoban.kernel.language.labels import Labels
from tuoban.kernel.language.names import Names
from tuoban.kernel.language.outline import read_outline
from tuoban.kernel.language.papers import (
    complete_papers,
    declare_papers,
    know_papers,
    no_papers,
    warn_papers_never_asked,
)
from tuoban.kernel.language.people import check_named
from tuoban.kernel.language.problems import Findings, PackError, PackProblem
from tuoban.kernel.language.process import read_process
from tuoban.kernel.language.promises import warn_of_promises
from tuoban.kernel.language.reading import Properties, as_mapping
from tuoban.kernel.language.records import (
    complete_records,
    read_records,
    warn_unused_records,
)
from tuoban.kernel.language.roles import read_persons, read_roles, warn_unused_roles
from tuoban.kernel.language.scope import (
    NO_CLOCK,
    Path,
    Scope,
    case_shape,
    field_shapes,
    personal_paths,
    setting_shape,
    start_shape,
)
from tuoban.kernel.language.settings import read_options, read_settings
from tuoban.kernel.language.starts import read_starts, request_names
from tuoban.kernel.language.tables.completing import complete as complete_tables
from tuoban.kernel.language.tables.judging import judge as judge_tables
from tuoban.kernel.language.tables.section import read_tables
from tuoban.kernel.language.tree import Mapping, Place
from tuoban.kernel.language.workspace import NO_PACKS, Packs, Workspace
from tuoban.kernel.money import decimals_of
from tuoban.kernel.owning import told_when_late
from tuoban.kernel.sampling import SAMPLE, SHAPE

SECTIONS = (
    "pack", "version", "extends", "language", "title", "currency", "rests-on", "case", "roles",
    "settings", "records", "messages", "kinds", "fields", "papers", "documents", "tables",
    "starts", "every-step", "process", "processes", "changes", "cancel",
)  # fmt: skip
LATER_SECTIONS = (
    "indicators",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Report:
    """What the compiler makes of a pack. `definition` is None exactly when there are problems.

    Attributes:
        warnings: what is allowed and probably not meant.
        untranslated: texts that stand in one language only; the other one shows the same text.
        bases: the packs that it extends, the nearest first, by their slug and version; as far as
            they could be read.
        tree: the pack with its bases merged into it, None where it could not be read.
    """

    definition: Definition | None
    problems: tuple[PackProblem, ...] = ()
    warnings: tuple[PackProblem, ...] = ()
    untranslated: tuple[PackProblem, ...] = ()
    bases: Bases = field(default_factory=dict)
    tree: Mapping | None = None


_OF_THE_BASE = frozenset(("label-missing", "role-unused", "field-never-asked"))
"""Warnings that a variant does not repeat of its bases: they are not for it to mend."""


def compile_pack(
    text: str,
    *,
    file: str = "pack.yaml",
    translations: str | None = None,
    bases: Bases | None = None,
    catalogue: Catalogue = NOTHING,
    packs: Packs | None = NO_PACKS,
) -> Definition:
    """The definition that the text of a pack means.

    Args:
        file: the name by which problems call the text.
        translations: the text of the file beside the pack that maps its texts to the other
            language.
        bases: the packs that it may extend, by their slug and version.
        catalogue: the activities that steps may do, and what is known of a case.
        packs: the packs that it may call, by their slug; None: they are not known, so that what it
            calls is not checked. What it means does not depend on them.

    Raises:
        PackError: the pack cannot be compiled; carries all problems.
    """
    report = check_pack(
        text,
        file=file,
        translations=translations,
        bases=bases,
        catalogue=catalogue,
        packs=packs,
    )
    if report.definition is None:
        raise PackError(report.problems)
    return report.definition


def check_pack(
    text: str,
    *,
    file: str = "pack.yaml",
    translations: str | None = None,
    bases: Bases | None = None,
    catalogue: Catalogue = NOTHING,
    packs: Packs | None = NO_PACKS,
) -> Report:
    """The definition together with warnings, or all problems; never raises."""
    findings = Findings(file)
    whole = read_whole(
        PackText(text, translations, file), bases if bases is not None else {}, findings
    )
    if whole.tree is None:
        return Report(None, findings.problems, bases=whole.bases)
    properties = Properties(whole.tree, findings, SECTIONS, LATER_SECTIONS)
    if "changes" in properties:
        findings.add(properties.key("changes"), "key-missing", key="extends")
    language = header.read_language(properties, findings)
    labels = Labels(language, whole.translations, findings)
    definition = _read(
        properties,
        Workspace(findings, labels, Names(findings), catalogue, packs=packs),
        language,
        whole.digest,
    )
    return _report(whole, definition, labels, findings)


def _report(
    whole: Whole, definition: Definition | None, labels: Labels, findings: Findings
) -> Report:
    beside = whole.beside[0]
    for translation in labels.unused:
        if translation.source in whole.own_translations:
            beside.warn(translation.place, "translation-unused", text=translation.source)
    problems = (*findings.problems, *(each for found in whole.beside for each in found.problems))
    own_warnings = (
        each
        for each in findings.warnings
        if each.file == findings.file or each.code not in _OF_THE_BASE
    )
    untranslated = tuple(
        PackProblem(
            place.file or findings.file, place.line, place.column, "untranslated", {"text": text}
        )
        for text, place in labels.untranslated
    )
    return Report(
        None if problems else definition,
        problems,
        (*own_warnings, *beside.warnings),
        untranslated,
        whole.bases,
        whole.tree,
    )


def _read(
    properties: Properties, ws: Workspace, language: Language, digest: str
) -> Definition | None:
    """Every section; None with problems found, since what could be read is not whole."""
    findings = ws.findings
    slug = header.read_slug(properties, findings)
    version = header.read_version(properties, findings)
    currency = header.read_currency(properties, findings)
    ws.decimals = decimals_of(currency)
    title = ws.labels.text(properties.need("title")) or Text(slug, slug)
    read_roles(properties.need("roles"), ws)
    read_settings(properties.get("settings"), ws)
    read_records(properties.get("records"), ws)
    read_messages(properties.get("messages"), ws)
    priority = priority_name(properties.get("case"))
    _declare_fields(properties, priority, ws)
    read_tables(properties.get("tables"), ws)
    declare_papers(properties.get("papers"), ws)
    declare_documents(properties.get("documents"), ws)
    read_processes(properties.get("processes"), ws)
    every_step = read_every_step(properties.get("every-step"), findings)
    ws.defaults = every_step.on
    root = read_outline(properties.need("process"), ws)
    if not ws.has_gaps:
        every_step.warn_unused(findings)
    read_options(properties.get("settings"), ws)
    ws.scope = _scope(request_names(properties.get("starts")), priority, ws)
    complete_tables(ws)
    read_persons(properties.get("roles"), ws)
    all_kinds = _complete_declared(ws)
    messages = complete_messages(ws)
    case_fields = fields.complete(ws.fields, ws.scope, ws)
    papers = complete_papers(ws)
    know_papers(ws)
    derived = computed.derived(case_fields, ws.fields, findings)
    starts = read_starts(properties.need("starts"), ws)
    case = read_case(properties.get("case"), slug, title.read(language), ws)
    nodes, regions = read_process(root, ws)
    own_fields = {
        block.key: fields.complete(block.own, places.scope_in(block.body, ws).inside(block.own), ws)
        for block in root.walk()
        if block.own
    }
    returned = {
        block.key: fields.complete(block.returned, ws.scope, ws)
        for block in root.walk()
        if block.returned
    }
    place_fields = {key: own_fields.pop(key) for key in _places(root) if key in own_fields}
    documents = complete_documents(ws)
    soundness.check(root, ws)
    case, nodes = _promised(properties, root, case, nodes, ws)
    check_called(properties.get("processes"), ws)
    judge_tables(ws, case_fields, own_fields, starts.values(), nodes.values())
    for block in root.walk():
        if block.brought:
            own_fields[block.key] = {**own_fields.get(block.key, {}), **block.brought}
    check_named(nodes, regions, ws)
    cancelling = read_cancel(properties.get("cancel"), ws)
    _warn_unused(properties, root, ws)
    rests_on = header.read_rests_on(properties.get("rests-on"), findings)
    if findings.problems:
        return None
    return Definition(
        slug=slug,
        version=version,
        language=language,
        title=title,
        digest=digest,
        currency=currency,
        case=case,
        roles={name: role for name, role in ws.roles.items() if role is not None},
        fields=case_fields,
        settings={name: each for name, each in ws.settings.items() if each is not None},
        starts=starts,
        nodes=nodes,
        regions=regions,
        outcomes=_labelled(ws.ends),
        locals={
            block.key: {name: inner.key for name, inner in block.local.items()}
            for block in root.walk()
            if block.local
        },
        call_outcomes={block.key: _labelled(block.ends) for block in root.walk() if block.ends},
        step_fields=own_fields | returned,
        place_fields=place_fields,
        tables={name: each.table for name, each in ws.tables.items() if each.table is not None},
        messages=messages,
        cancelling=cancelling,
        papers=papers,
        documents=documents,
        rests_on=rests_on,
        derived=derived,
        asset_kinds=all_kinds,
        reads=_reads(ws),
        facts=tuple(
            name
            for name in ws.catalogue.facts
            if name in ws.scope.read_of_case and name not in ws.fields
        ),
    )


def _warn_unused(properties: Properties, root: Body, ws: Workspace) -> None:
    """Warn of what the pack declares and nothing in it uses."""
    fields.warn_never_asked(ws.fields, ws.fillers, ws.findings)
    for block in root.walk():
        if block.bodies:
            asked = {name for key, name in ws.place_fills if key == block.key}
            fields.warn_never_asked(block.own, asked, ws.findings)
    warn_unused_roles(properties.get("roles"), ws)
    warn_unused_records(ws)
    warn_unused_messages(ws)
    warn_papers_never_asked(ws)


def _declare_fields(properties: Properties, priority: str | None, ws: Workspace) -> None:
    """Take up the kinds of what fields may name, then the fields. `case.priority` would be doubtful
    if another field were called so."""
    kinds.read_kinds(properties.get("kinds"), ws)
    reserved = OWN_NAMES if priority == "priority" else (*OWN_NAMES, "priority")
    mapping = as_mapping(properties.get("fields"), ws.findings)
    for pair in mapping.pairs if mapping else ():
        declaration = fields.declare(pair.key, pair.value, ws, fields.CASE_KEYS)
        if pair.key.text in reserved:
            ws.findings.add(pair.key, "reserved-name", name=pair.key.text)
        elif ws.names.claim(pair.key) and declaration is not None:
            ws.fields[pair.key.text] = declaration


def _complete_declared(ws: Workspace) -> dict[str, Kind]:
    """Read the records and the kinds in full."""
    complete_records(ws)
    return kinds.complete_kinds(ws)


def _place_of_case(properties: Properties) -> Place:
    """Where the limits of the case stand."""
    return properties.key("case").place if "case" in properties else properties.place


def _promised(
    properties: Properties, root: Body, case: CaseSpec, nodes: dict[str, GraphNode], ws: Workspace
) -> tuple[CaseSpec, dict[str, GraphNode]]:
    """The limits of the case and of all that is in it, with a notice to whose case it is; warned of
    where they cannot be kept."""
    warn_of_promises(root, nodes, case.limits, _place_of_case(properties), ws)
    if case.owner is None:
        return case, nodes
    told = {
        key: replace(node, limits=told_when_late(node.limits)) if node.limits else node
        for key, node in nodes.items()
    }
    return replace(case, limits=told_when_late(case.limits)), told


def _reads(ws: Workspace) -> dict[str, frozenset[str]]:
    """By field that names a customer or an asset, the facts that are read of it anywhere."""
    read: dict[str, set[str]] = {name: set() for name, each in ws.fields.items() if each.kind}
    for path in ws.scope.paths:
        inside = path[1:] if path[0] == "case" else path
        for root in inside[:1] or read:
            if root not in read:
                continue
            members = inside[1:]
            offered = (*(ws.fields[root].facts or ()), *BUILT_IN)
            read[root] |= {members[0]} & {*offered} if members else {*offered}
    return {name: frozenset(facts) for name, facts in read.items()}


def _scope(requests: tuple[str, ...], priority: str | None, ws: Workspace) -> Scope:
    """What is known everywhere: fields, what steps and loops offer, and the fixed names."""
    offered = {name: (block, block.kind.offers(block, ws)) for name, block in ws.blocks.items()}
    blocks, not_here = places.outside(offered)
    settings = {name: setting_shape(each) for name, each in ws.settings.items()}
    return Scope(
        {
            SAMPLE: SHAPE,  # what a pack calls so comes first
            **field_shapes(ws.fields),
            **blocks,
            "start": start_shape(requests),
            "settings": context_of(settings),
            "case": case_shape(ws.fields, priority, shapes_of(ws.catalogue.facts)),
        },
        not_here={**NO_CLOCK, SAID: "no-message-here", **not_here, **no_papers(ws)},
        personal=_personal(priority, ws),
    )


def _personal(priority: str | None, ws: Workspace) -> frozenset[Path]:
    """Everything personal that can be read anywhere in the pack."""
    ranking = {"priority": ws.fields[priority]} if priority in ws.fields else {}
    owned = (places.personal_of(block, name) for name, block in ws.blocks.items())
    return personal_paths(ws.fields).union(personal_paths({**ws.fields, **ranking}, "case"), *owned)


def _labelled(ends: dict[str, EndName]) -> dict[str, Text]:
    return {name: end.label or Text(name, name) for name, end in ends.items()}


def _places(root: Body) -> list[str]:
    """The blocks whose fields belong to what is inside them."""
    return [block.key for block in root.walk() if block.bodies]
