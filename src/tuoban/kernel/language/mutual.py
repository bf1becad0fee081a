"""Packs that call one another in a circle, so that cases may begin one another without end.

It may be meant: each call may stand behind a condition. So it is a warning; and where the runtime
carries out such calls, it begins only so many cases in a row.
"""

from __future__ import annotations

from collections.abc import Iterator

from tuoban.kernel.definition import Definition, Link
from tuoban.kernel.language import ways
from tuoban.kernel.language.constructs import link
from tuoban.kernel.language.declared import Body
from tuoban.kernel.language.tree import Scalar
from tuoban.kernel.language.workspace import Packs, Workspace


def warn_of_circles(slug: str, root: Body, ws: Workspace) -> None:
    """Warn of every call that leads back to the pack itself, called `slug`."""
    for block in root.walk():
        called = block.value
        if block.kind is link.KIND and isinstance(called, Scalar):
            way = _way_back(slug, called.text, ws.packs or {})
            if way is not None:
                circle = ways.shown([slug, *way])
                ws.findings.warn(called, "packs-in-circle", name=called.text, circle=circle)


def _way_back(slug: str, called: str, packs: Packs) -> list[str] | None:
    """The packs that call one another from `called` to `slug`; the shortest way, None if there is
    none."""
    ways_there: list[list[str]] = [[called]]
    seen = {called}
    for way in ways_there:
        if way[-1] == slug:
            return way
        for each in _called_by(packs.get(way[-1])):
            if each not in seen:
                seen.add(each)
                ways_there.append([*way, each])
    return None


def _called_by(pack: Definition | None) -> Iterator[str]:
    for node in pack.nodes.values() if pack is not None else ():
        if isinstance(node.construct, Link):
            yield node.construct.pack
