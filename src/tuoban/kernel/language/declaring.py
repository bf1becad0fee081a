"""The first reading of a pack: what it declares, by name, before anything that names it is read."""

from __future__ import annotations

from dataclasses import dataclass

from tuoban.kernel.definition import Text
from tuoban.kernel.expressions import context_of
from tuoban.kernel.language import fields, header, kinds, places
from tuoban.kernel.language.cancel import steps_of
from tuoban.kernel.language.case import OWN_NAMES, priority_name
from tuoban.kernel.language.constructs.call import read_processes
from tuoban.kernel.language.correspondence import SAID, read_messages
from tuoban.kernel.language.declared import Body
from tuoban.kernel.language.documents import declare_documents
from tuoban.kernel.language.doing import shapes_of
from tuoban.kernel.language.every_step import read_every_step
from tuoban.kernel.language.offering import case_shape, start_shape
from tuoban.kernel.language.outline import read_outline
from tuoban.kernel.language.papers import declare_papers, no_papers
from tuoban.kernel.language.reading import Properties, as_mapping
from tuoban.kernel.language.records import read_records
from tuoban.kernel.language.roles import read_roles
from tuoban.kernel.language.scope import (
    NO_CLOCK,
    Path,
    Scope,
    field_shapes,
    personal_paths,
    setting_shape,
)
from tuoban.kernel.language.settings import read_options, read_settings
from tuoban.kernel.language.starts import request_names
from tuoban.kernel.language.tables.section import read_tables
from tuoban.kernel.language.workspace import Workspace
from tuoban.kernel.money import decimals_of
from tuoban.kernel.sampling import SAMPLE, SHAPE


@dataclass(frozen=True, slots=True)
class Head:
    """What a pack says of itself, and the outline of its process."""

    slug: str
    version: str
    currency: str
    title: Text
    rests_on: tuple[Text, ...]
    root: Body


def declare(properties: Properties, ws: Workspace) -> Head:
    """Take up every name of a pack in the workspace, and with them what expressions may read."""
    findings = ws.findings
    slug = header.read_slug(properties, findings)
    version = header.read_version(properties, findings)
    currency = header.read_currency(properties, findings)
    ws.decimals = decimals_of(currency)
    title = ws.labels.text(properties.need("title")) or Text(slug, slug)
    rests_on = header.read_rests_on(properties.get("rests-on"), ws)
    priority = priority_name(properties.get("case"))
    _declare_data(properties, priority, ws)
    root = _declare_process(properties, ws)
    read_options(properties.get("settings"), ws)
    ws.scope = _scope(request_names(properties.get("starts")), priority, ws)
    return Head(slug, version, currency, title, rests_on, root)


def _declare_data(properties: Properties, priority: str | None, ws: Workspace) -> None:
    read_roles(properties.need("roles"), properties.get("starts"), ws)
    read_settings(properties.get("settings"), ws)
    kinds.name_kinds(properties.get("kinds"), ws)
    read_records(properties.get("records"), ws)
    kinds.read_facts(ws)
    read_messages(properties.get("messages"), ws)
    _declare_fields(properties, priority, ws)
    read_tables(properties.get("tables"), ws)
    declare_papers(properties.get("papers"), ws)
    declare_documents(properties.get("documents"), ws)


def _declare_process(properties: Properties, ws: Workspace) -> Body:
    read_processes(properties.get("processes"), ws)
    every_step = read_every_step(properties.get("every-step"), ws)
    ws.defaults = every_step.on
    root = read_outline(properties.need("process"), steps_of(properties.get("cancel")), ws)
    if not ws.has_gaps:
        every_step.warn_unused(ws.findings)
    return root


def _declare_fields(properties: Properties, priority: str | None, ws: Workspace) -> None:
    """Take up the fields. `case.priority` would be doubtful if another field were called so."""
    reserved = OWN_NAMES if priority == "priority" else (*OWN_NAMES, "priority")
    mapping = as_mapping(properties.get("fields"), ws.findings)
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
