"""Reports of the compiler that are kept, since the same pack is read again and again: when it is
checked, published, and rehearsed once for each of its scenarios.

A report stands for its texts and the catalogue, for the packs that it extends, and for those that
it calls, as far as it was held against them. Whatever has problems is read anew.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from tuoban.kernel.activities import Catalogue
from tuoban.kernel.definition import Definition, Link
from tuoban.kernel.language.bases import Bases, PackText
from tuoban.kernel.language.workspace import Packs

if TYPE_CHECKING:
    from tuoban.kernel.language.compile import Report

_MOST = 64
"""Packs whose reports are kept, those asked for last."""


class Asked(NamedTuple):
    """What the compiler was asked to read.

    Attributes:
        is_published: it was judged when it was published, and is not judged again.
    """

    pack: PackText
    catalogue: Catalogue
    is_published: bool = False


Called = Mapping[str, str | None]
"""By the slug of each pack that a pack calls, the digest of the one it was held against; None:
there was none."""


def called_by(definition: Definition | None, packs: Packs | None) -> Called | None:
    """What a pack is held against of those that there are; None: it calls some, and which there
    are is not known."""
    nodes = definition.nodes.values() if definition is not None else ()
    slugs = {each.construct.pack for each in nodes if isinstance(each.construct, Link)}
    if packs is None:
        return None if slugs else {}
    found = {slug: packs.get(slug) for slug in slugs}
    return {slug: each.digest if each is not None else None for slug, each in found.items()}


@lru_cache(_MOST)
def _shelf(asked: Asked) -> list[Report]:
    """Where the reports of a pack are kept: one that was held against the packs that it calls, and
    one that was not."""
    return []


def find(asked: Asked, bases: Bases, packs: Packs | None) -> Report | None:
    """The report made of the same pack before, if it extended the same texts and called the same
    packs."""
    judged = asked._replace(is_published=False)
    for each in dict.fromkeys((judged, asked)):
        for report in _shelf(each):
            if _stands(report, bases) and report.called == called_by(report.definition, packs):
                return report
    return None


def _stands(report: Report, bases: Bases) -> bool:
    """Whether these are the texts that it extended."""
    return all(key in bases and bases[key] == base for key, base in report.bases.items())


def keep(asked: Asked, report: Report) -> None:
    """Keep a report, if it has no problems."""
    if report.definition is None:
        return
    shelf = _shelf(asked)
    shelf[:] = [
        report,
        *(each for each in shelf if (each.called is None) != (report.called is None)),
    ]
