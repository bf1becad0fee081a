"""Whether the limits of a pack can be kept by what its own steps are expected to take, and whether
what comes again by its own settings comes seldom enough.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from tuoban.kernel.definition import Limit, Node, Region, Step
from tuoban.kernel.language.declared import Body
from tuoban.kernel.language.tree import Place
from tuoban.kernel.language.workspace import Workspace
from tuoban.kernel.limits import SHORTEST_ROUND, is_due
from tuoban.kernel.outlook.promises import promises
from tuoban.kernel.outlook.rounds import too_frequent
from tuoban.kernel.outlook.wording import PATH, in_brackets
from tuoban.kernel.settings import offered, own_values
from tuoban.kernel.text import Text


def warn_of_promises(
    root: Body,
    nodes: Mapping[str, Node],
    regions: Mapping[str, Region],
    limits: Iterable[Limit],
    case: Place,
    ws: Workspace,
) -> None:
    """Warn of every limit that is shorter than what is inside it is expected to take.

    Args:
        limits: those of the case as a whole.
        case: where they stand.
    """
    blocks = {block.key: block for block in root.walk()}
    known = {name: each for name, each in ws.settings.items() if each is not None}
    settings = offered(known, own_values(known), lambda value: value)
    for promise in promises(nodes, regions, limits, settings):
        length, expected = promise.length, promise.expected
        if not promise.is_short or length is None or expected is None:
            continue
        block = blocks.get(promise.node)
        name, place = (block.known_as, block.place) if block is not None else ("@case", case)
        takes, limit = expected.text, length.text
        path = PATH.join(blocks[each].known_as for each in promise.path if each in blocks)
        way = in_brackets(Text(path, path))
        facts: dict[str, str | Text] = {"name": name, "takes": takes, "limit": limit}
        ws.findings.warn(place, "promise-too-short", **facts, way=way)


def check_rounds(
    root: Body, nodes: Mapping[str, Node], limits: Iterable[Limit], case: Place, ws: Workspace
) -> None:
    """Report what comes again too often by the pack's own settings, at what it belongs to."""
    places = {block.key: block.place for block in root.walk()}
    known = {name: each for name, each in ws.settings.items() if each is not None}
    for each in too_frequent(nodes, limits, own_values(known)):
        facts = {"text": each.length.text.en, "shortest": SHORTEST_ROUND.text.en}
        ws.findings.add(places.get(each.node, case), "every-too-often", **facts)


def warn_of_still_limits(root: Body, nodes: Mapping[str, Node], ws: Workspace) -> None:
    """Warn of every length of a block in which only outside parties work: it stands still."""
    for block in root.walk():
        node = nodes.get(block.key)
        if node is None or node.construct.is_work or not any(map(_may_stand, node.limits)):
            continue
        inside = (each for body in block.bodies for each in body.walk())
        steps = [nodes[each.key].construct for each in inside if each.key in nodes]
        performers = [each.by for each in steps if isinstance(each, Step)]
        if performers and all(by.is_outside for by in performers):
            ws.findings.warn(block.place, "limit-stands-still", name=block.known_as)


def _may_stand(limit: Limit) -> bool:
    return is_due(limit.key) and limit.length is not None and limit.stops_while is None
