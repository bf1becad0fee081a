"""Pictures of processes on pages: of one case, and of all that run."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime

from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from tuoban.faces.desk.standings import count_of, keys_of, not_begun, note, spoken
from tuoban.faces.desk.times import span
from tuoban.faces.reader import page_language
from tuoban.kernel.definition import Definition
from tuoban.kernel.diagram import (
    PLAIN,
    Drawing,
    Mark,
    Overlay,
    Standing,
    lay,
    outline,
    stills,
    to_svg,
)
from tuoban.runtime.cases.queries import CasePage, StepFigures, StepMark
from tuoban.runtime.rehearsal.frames import Frame

WIDTH = 956
"""What a card across the page has room for, at a window of 1280 pixels with a scroll bar."""
LOW = 300
"""A picture of a case that is higher, in pixels, shows whole only the blocks that it is in."""
_BLOCKS = frozenset(("stage", "repeat", "each", "call", "aside", "plan"))
_BEGUN = frozenset(("current", "done"))
_IN_HAND = frozenset(("current", "late", "waits"))


def of_case(page: CasePage, now: datetime) -> SafeString:
    """The process of a case: what is done, by whom and when, what is in hand, and what is ahead."""
    links = {item.node: f"#item-{item.item_id}" for item in page.items}
    overlay = _overlay(page.standings, page.steps, now, links)
    reactions = not_begun(page.definition, page.standings)
    drawing = _drawn(page.definition, overlay, reactions)
    if drawing.height > LOW:
        folded = reactions | _not_in_hand(page.definition, page.standings)
        drawing = _drawn(page.definition, overlay, folded)
    title = _("Picture of %(process)s") % {"process": page.process.read(page_language())}
    return _safe(to_svg(drawing, title=title, overlay=overlay, name="case-diagram"))


def of_process(
    definition: Definition, figures: Mapping[str, StepFigures], links: Mapping[str, str]
) -> tuple[SafeString, tuple[tuple[int, str], ...]]:
    """The process with how many cases are at each step and how long that takes; and the same in
    words, each line with how deep it stands.

    Args:
        links: where the boxes of nodes lead.
    """
    language = page_language()
    marks = {
        key: _counted(figures.get(key, _NO_FIGURES), links.get(key, ""))
        for key in definition.nodes
        if key in figures or key in links
    }
    overlay = Overlay(marks)
    drawing = _drawn(definition, overlay, frozenset())
    title = _("Picture of %(process)s") % {"process": definition.title.read(language)}
    lines = outline(definition, language=language, overlay=overlay)
    svg = to_svg(drawing, title=title, overlay=overlay, name="process-diagram")
    return _safe(svg), tuple((line.depth, line.text) for line in lines)


def of_rehearsal(
    definition: Definition, frames: Sequence[Frame], frame: Frame | None
) -> SafeString:
    """The process at one moment of a rehearsal, so that it stands still from one to the next.

    Args:
        frames: all moments of the rehearsal.
        frame: the one shown; None: the case has not begun.
    """
    overlays = [_at_that_moment(each) for each in frames]
    begun = {key for each in frames for key, at in each.standings.items() if at in _BEGUN}
    never = frozenset(keys_of(definition, ("reaction",))) - begun
    language = page_language()
    still = stills(definition, overlays, language=language, width=WIDTH, folded=never)
    overlay = _at_that_moment(frame) if frame is not None else PLAIN
    title = _("Picture of %(process)s") % {"process": definition.title.read(language)}
    return _safe(
        to_svg(still.under(overlay), title=title, overlay=overlay, name="rehearsal-diagram")
    )


def _at_that_moment(frame: Frame) -> Overlay:
    return _overlay(frame.standings, frame.steps, None, {})


def _overlay(
    standings: Mapping[str, Standing],
    steps: Iterable[StepMark],
    now: datetime | None,
    links: Mapping[str, str],
) -> Overlay:
    """Where a case stands with each node; `links` say where boxes lead."""
    marked = {step.key: step for step in steps}
    return Overlay(
        {
            key: Mark(
                standing,
                note(standing, marked.get(key), now),
                count_of(marked.get(key)),
                links.get(key, ""),
                spoken(standing),
            )
            for key, standing in standings.items()
        }
    )


def _safe(svg: str) -> SafeString:
    return mark_safe(svg)  # noqa: S308 - the writer escapes every text and attribute


def _drawn(definition: Definition, overlay: Overlay, folded: frozenset[str]) -> Drawing:
    language = page_language()
    return lay(definition, language=language, width=WIDTH, overlay=overlay, folded=folded)


_NO_FIGURES = StepFigures(0, None)


def _counted(figures: StepFigures, href: str) -> Mark:
    took = span(figures.mean) if figures.mean is not None else ""
    return Mark(
        note=_("%(time)s on average") % {"time": took} if took else "",
        count=str(figures.open) if figures.open else "",
        href=href,
        spoken=_("%(count)d cases here") % {"count": figures.open} if figures.open else "",
    )


def _not_in_hand(definition: Definition, standings: Mapping[str, Standing]) -> frozenset[str]:
    """The blocks in which nothing is in hand, and the choices by which a case may only come to an
    early end, and has not."""
    idle = {key for key in definition.nodes if standings[key] not in _IN_HAND}
    blocks = idle & set(keys_of(definition, _BLOCKS))
    choices = idle & set(keys_of(definition, ("choose",)))
    return frozenset(blocks | {key for key in choices if _only_ends(definition, key)})


def _only_ends(definition: Definition, choice: str) -> bool:
    """Whether nothing but an end is in each of its branches."""
    regions = (definition.regions[key] for key in definition.nodes[choice].regions)
    return all(
        [definition.nodes[key].kind for key in region.nodes] == ["end"] for region in regions
    )
