"""Whether promises can be kept: how long the steps inside a limit are expected to take.

What is known are the steps that say so (`takes`). Their longest path through a block is held
against its limits, in the measure of the limit. Time in other measures, further rounds and
elements, and what may happen on the way are left out.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import timedelta
from decimal import Decimal

from tuoban.kernel.clocks import UNITS, Length, Measure, as_length
from tuoban.kernel.definition import Limit, Node, Step
from tuoban.kernel.language.declared import Block, Body
from tuoban.kernel.language.tree import Place
from tuoban.kernel.language.workspace import Workspace
from tuoban.kernel.limits import is_due

_SETTING = "settings."


def warn_of_promises(
    root: Body, nodes: Mapping[str, Node], limits: Iterable[Limit], case: Place, ws: Workspace
) -> None:
    """Warn of every limit that is shorter than what is inside it is expected to take.

    Args:
        limits: those of the case as a whole.
        case: where they stand.
    """
    for limit in limits:
        length = _length(limit, ws)
        if length is not None:
            _compare("case", length, _through(root, nodes, length.measure), case, ws)
    for block in root.walk():
        node = nodes.get(block.key)
        for limit in node.limits if node is not None else ():
            length = _length(limit, ws)
            if length is not None:
                expected = _of(block, nodes, length.measure)
                _compare(block.known_as, length, expected, block.place, ws)


def _compare(name: str, limit: Length, expected: int, place: Place, ws: Workspace) -> None:
    if expected > limit.size:
        takes = Length(Decimal(expected) / UNITS[limit.unit].size, limit.unit)
        facts = {"takes": takes.text.en, "limit": limit.text.en}
        ws.findings.warn(place, "promise-too-short", name=name, **facts)


def _length(limit: Limit, ws: Workspace) -> Length | None:
    """How long it is, where the pack says so itself: a length, or the default of a setting. None
    where it counts from something else than the beginning of what it is for."""
    if not is_due(limit.key) or limit.start is not None or limit.length is None:
        return None
    if isinstance(limit.length, Length):
        return limit.length
    setting = ws.settings.get(limit.length.text.strip().removeprefix(_SETTING))
    if setting is None or not limit.length.text.strip().startswith(_SETTING):
        return None
    if isinstance(setting.value, timedelta):
        return as_length(setting.value)
    return setting.value if isinstance(setting.value, Length) else None


def _of(block: Block, nodes: Mapping[str, Node], measure: Measure) -> int:
    """How long a construct is expected to take: a step what it says, a block its longest branch."""
    node = nodes.get(block.key)
    if node is not None and isinstance(node.construct, Step):
        takes = node.construct.takes
        return takes.size if takes is not None and takes.measure is measure else 0
    return max((_through(body, nodes, measure) for body in block.bodies), default=0)


def _through(body: Body, nodes: Mapping[str, Node], measure: Measure) -> int:
    """How long the constructs of a body are expected to take, after one another, or at once."""
    lengths = [_of(block, nodes, measure) for block in body.blocks if block.host is None]
    return sum(lengths) if body.is_ordered else max(lengths, default=0)
