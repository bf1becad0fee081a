"""From the text of a pack to a definition: every section in the order in which they build on one
another, every problem of the file in one go.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass

from tuoban.kernel.definition import Definition, Language, Text
from tuoban.kernel.expressions import context_of
from tuoban.kernel.language import fields, header, notation, places, soundness
from tuoban.kernel.language.case import OWN_NAMES, priority_name, read_case
from tuoban.kernel.language.constructs.call import check_called, read_processes
from tuoban.kernel.language.declared import Body, EndName
from tuoban.kernel.language.labels import Labels, read_translations
from tuoban.kernel.language.names import Names
from tuoban.kernel.language.outline import read_outline
from tuoban.kernel.language.problems import Findings, PackError, PackProblem
from tuoban.kernel.language.process import read_process
from tuoban.kernel.language.reading import Properties, as_mapping
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
from tuoban.kernel.language.settings import read_settings
from tuoban.kernel.language.starts import read_starts, request_names
from tuoban.kernel.language.tables.completing import complete as complete_tables
from tuoban.kernel.language.tables.judging import judge as judge_tables
from tuoban.kernel.language.tables.section import read_tables
from tuoban.kernel.language.tree import START, Node
from tuoban.kernel.language.workspace import Workspace

SECTIONS = (
    "pack", "version", "language", "title", "currency", "rests-on", "case", "roles", "settings",
    "fields", "tables", "starts", "process", "processes",
)  # fmt: skip
LATER_SECTIONS = (
    "records", "papers", "indicators", "cancel", "extends", "changes", "every-step",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Report:
    """What the compiler makes of a pack. `definition` is None exactly when there are problems.

    Attributes:
        warnings: what is allowed and probably not meant.
        untranslated: texts that stand in one language only; the other one shows the same text.
    """

    definition: Definition | None
    problems: tuple[PackProblem, ...] = ()
    warnings: tuple[PackProblem, ...] = ()
    untranslated: tuple[PackProblem, ...] = ()


def compile_pack(
    text: str, *, file: str = "pack.yaml", translations: str | None = None
) -> Definition:
    """The definition that the text of a pack means.

    Args:
        file: the name by which problems call the text.
        translations: the text of the file beside the pack that maps its texts to the other
            language.

    Raises:
        PackError: the pack cannot be compiled; carries all problems.
    """
    report = check_pack(text, file=file, translations=translations)
    if report.definition is None:
        raise PackError(report.problems)
    return report.definition


def check_pack(text: str, *, file: str = "pack.yaml", translations: str | None = None) -> Report:
    """The definition together with warnings, or all problems; never raises."""
    findings = Findings(file)
    root = notation.read(text, findings)
    if root is None and not findings.problems:
        findings.add(START, "empty-pack")
    mapping = as_mapping(root, findings, "@pack")
    if mapping is None:
        return Report(None, findings.problems)
    properties = Properties(mapping, findings, SECTIONS, LATER_SECTIONS)
    language = header.read_language(properties, findings)
    beside = Findings(_beside(file, "en.yaml" if language == "zh" else "zh.yaml"))
    table = read_translations(translations, beside) if translations is not None else {}
    labels = Labels(language, table, findings)
    definition = _read(
        properties,
        Workspace(findings, labels, Names(findings)),
        language,
        _digest(text, translations),
    )
    for translation in labels.unused:
        beside.warn(translation.place, "translation-unused", text=translation.source)
    problems = (*findings.problems, *beside.problems)
    warnings = (*findings.warnings, *beside.warnings)
    untranslated = tuple(
        PackProblem(file, place.line, place.column, "untranslated", {"text": text})
        for text, place in labels.untranslated
    )
    return Report(None if problems else definition, problems, warnings, untranslated)


def _read(
    properties: Properties, ws: Workspace, language: Language, digest: str
) -> Definition | None:
    """Every section; None with problems found, since what could be read is not whole."""
    findings = ws.findings
    slug = header.read_slug(properties, findings)
    version = header.read_version(properties, findings)
    currency = header.read_currency(properties, findings)
    title = ws.labels.text(properties.need("title")) or Text(slug, slug)
    read_roles(properties.need("roles"), ws)
    read_settings(properties.get("settings"), ws)
    priority = priority_name(properties.get("case"))
    _declare_fields(properties.get("fields"), priority, ws)
    read_tables(properties.get("tables"), ws)
    read_processes(properties.get("processes"), ws)
    root = read_outline(properties.need("process"), ws)
    ws.scope = _scope(request_names(properties.get("starts")), priority, ws)
    complete_tables(ws)
    read_persons(properties.get("roles"), ws)
    case_fields = fields.complete(ws.fields, ws.scope, ws)
    starts = read_starts(properties.need("starts"), ws)
    case = read_case(properties.get("case"), slug, title.read(language), ws)
    nodes, regions = read_process(root, ws)
    own_fields = {
        block.key: fields.complete(block.own, places.scope_in(block.body, ws).inside(block.own), ws)
        for block in root.walk()
        if block.own
    }
    place_fields = {key: own_fields.pop(key) for key in _places(root) if key in own_fields}
    soundness.check(root, ws)
    check_called(properties.get("processes"), ws)
    judge_tables(ws, case_fields, own_fields, starts.values(), nodes.values())
    fields.warn_never_asked(ws.fields, ws.fillers, findings)
    for block in root.walk():
        if block.bodies:
            asked = {name for key, name in ws.place_fills if key == block.key}
            fields.warn_never_asked(block.own, asked, findings)
    warn_unused_roles(properties.get("roles"), ws)
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
        step_fields=own_fields,
        place_fields=place_fields,
        tables={name: each.table for name, each in ws.tables.items() if each.table is not None},
        rests_on=rests_on,
    )


def _declare_fields(node: Node | None, priority: str | None, ws: Workspace) -> None:
    """Take up the fields. `case.priority` would be doubtful if another field were called so."""
    reserved = OWN_NAMES if priority == "priority" else (*OWN_NAMES, "priority")
    mapping = as_mapping(node, ws.findings)
    for pair in mapping.pairs if mapping else ():
        declaration = fields.declare(pair.key, pair.value, ws)
        if pair.key.text in reserved:
            ws.findings.add(pair.key, "reserved-name", name=pair.key.text)
        elif ws.names.claim(pair.key) and declaration is not None:
            ws.fields[pair.key.text] = declaration


def _scope(requests: tuple[str, ...], priority: str | None, ws: Workspace) -> Scope:
    """What is known everywhere: fields, what steps and loops offer, and the fixed names."""
    offered = {name: (block, block.kind.offers(block, ws)) for name, block in ws.blocks.items()}
    blocks, not_here = places.outside(offered)
    settings = {name: setting_shape(each) for name, each in ws.settings.items()}
    return Scope(
        {
            **field_shapes(ws.fields),
            **blocks,
            "start": start_shape(requests),
            "settings": context_of(settings),
            "case": case_shape(ws.fields, priority),
        },
        not_here={**NO_CLOCK, **not_here},
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


def _beside(file: str, name: str) -> str:
    folder, slash, _ = file.rpartition("/")
    return f"{folder}{slash}{name}"


def _digest(text: str, translations: str | None) -> str:
    """SHA-256 over both texts, with a NUL between them, which neither can contain."""
    whole = text if translations is None else f"{text}\0{translations}"
    return hashlib.sha256(whole.encode("utf-8", "surrogatepass")).hexdigest()
