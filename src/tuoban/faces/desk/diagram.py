"""Pictures of processes on pages: of one case, and of all that run."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from tuoban.faces.desk.reader import page_language
from tuoban.faces.desk.standings import count_of, keys_of, not_begun, note, spoken
from tuoban.faces.desk.times import span
from tuoban.kernel.definition import Definition
from tuoban.kernel.diagram import Drawing, Mark, Overlay, Standing, lay, outline, to_svg
from tuoban.runtime.cases.queries import CasePage, StepFigures

WIDTH = 1008
"""What a card across the page has room for, at a window of 1280 pixels."""
LOW = 300
"""A picture of a case that is higher, in pixels, shows whole only the blocks that it is in."""
_BLOCKS = frozenset(("stage", "repeat", "each", "call", "aside", "plan"))
_IN_HAND = frozenset(("current", "late", "waits"))


def of_case(page: CasePage, now: datetime) -> SafeString:
    """The process of a case: what is done, by whom and when, what is in hand, and what is ahead."""
    items = {item.node: item.item_id for item in page.items}
    steps = {step.key: step for step in page.steps}
    marks = {
        key: Mark(
            standing,
            note(standing, steps.get(key), now),
            count_of(steps.get(key)),
            f"#item-{items[key]}" if key in items else "",
            spoken(standing),
        )
        for key, standing in page.standings.items()
    }
    overlay = Overlay(marks)
    reactions = not_begun(page.definition, page.standings)
    drawing = _drawn(page.definition, overlay, reactions)
    if drawing.height > LOW:
        folded = reactions | _not_in_hand(page.definition, page.standings)
        drawing = _drawn(page.definition, overlay, folded)
    title = _("Picture of %(process)s") % {"process": page.process.read(page_language())}
    return _safe(to_svg(drawing, title=title, overlay=overlay, name="case-diagram"))


def of_process(
    definition: Definition, figures: Mapping[str, StepFigures]
) -> tuple[SafeString, tuple[tuple[int, str], ...]]:
    """The process with how many cases are at each step and how long that takes; and the same in
    words, each line with how deep it stands."""
    language = page_language()
    overlay = Overlay({key: _counted(figures[key]) for key in definition.nodes if key in figures})
    drawing = _drawn(definition, overlay, frozenset())
    title = _("Picture of %(process)s") % {"process": definition.title.read(language)}
    lines = outline(definition, language=language, overlay=overlay)
    svg = to_svg(drawing, title=title, overlay=overlay, name="process-diagram")
    return _safe(svg), tuple((line.depth, line.text) for line in lines)


def _safe(svg: str) -> SafeString:
    return mark_safe(svg)  # noqa: S308 - the writer escapes every text and attribute


def _drawn(definition: Definition, overlay: Overlay, folded: frozenset[str]) -> Drawing:
    language = page_language()
    return lay(definition, language=language, width=WIDTH, overlay=overlay, folded=folded)


def _counted(figures: StepFigures) -> Mark:
    took = span(figures.mean) if figures.mean is not None else ""
    return Mark(
        note=_("%(time)s on average") % {"time": took} if took else "",
        count=str(figures.open) if figures.open else "",
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
