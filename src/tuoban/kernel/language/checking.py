"""What can be told of a pack only once all of it has been read: whether it is sound, and what is
probably not meant.
"""

from __future__ import annotations

from tuoban.kernel.language import barring, fields, soundness
from tuoban.kernel.language.completing import Parts
from tuoban.kernel.language.constructs.call import check_called
from tuoban.kernel.language.correspondence import warn_unused_messages
from tuoban.kernel.language.declared import Body
from tuoban.kernel.language.mutual import warn_of_circles
from tuoban.kernel.language.papers import warn_papers_never_asked
from tuoban.kernel.language.people import check_named
from tuoban.kernel.language.performing import warn_of_performers
from tuoban.kernel.language.promises import (
    check_rounds,
    warn_of_promises,
    warn_of_still_limits,
)
from tuoban.kernel.language.reading import Properties
from tuoban.kernel.language.records import warn_unused_records
from tuoban.kernel.language.roles import warn_unused_roles
from tuoban.kernel.language.tables.judging import judge as judge_tables
from tuoban.kernel.language.tree import Place
from tuoban.kernel.language.workspace import Workspace


def check(slug: str, properties: Properties, root: Body, parts: Parts, ws: Workspace) -> None:
    """Report what is wrong with a pack as a whole, and warn of what is doubtful."""
    soundness.check(root, ws)
    check_called(properties.get("processes"), ws)
    judge_tables(ws, parts.fields, parts.own, parts.starts.values(), parts.nodes.values())
    check_named(parts.nodes, parts.regions, ws)
    barring.check(parts.nodes, ws)
    if not ws.findings.count:
        case, place = parts.case.limits, _place_of_case(properties)
        check_rounds(root, parts.nodes, case, place, ws)
        warn_of_performers(root, parts.nodes, ws)
        warn_of_still_limits(root, parts.nodes, ws)
        warn_of_promises(root, parts.nodes, parts.regions, case, place, ws)
    warn_of_circles(slug, root, ws)
    _warn_unused(properties, root, ws)


def _place_of_case(properties: Properties) -> Place:
    """Where the limits of the case stand."""
    return properties.key("case").place if "case" in properties else properties.place


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
    warn_papers_never_asked(root, ws)
