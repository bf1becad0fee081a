"""The scenarios of a process: what each proves, and rehearsals of them, moment by moment."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from django.http import Http404, HttpResponse
from django.urls import reverse
from django.utils.safestring import SafeString
from django.views.decorators.http import require_GET, require_POST

from tuoban.faces.desk.contexts import Shell
from tuoban.faces.desk.diagram import of_rehearsal
from tuoban.faces.desk.process_pages import DOOR, ProcessHead, asked_for, head_of
from tuoban.faces.desk.rendering import go_to, is_htmx, page
from tuoban.faces.desk.shell import shell_for
from tuoban.faces.desk.signed_in import StaffRequest, check_staff, signed_in
from tuoban.faces.reader import page_language
from tuoban.kernel.definition import Definition
from tuoban.runtime.cases import definitions
from tuoban.runtime.cases.clock import now
from tuoban.runtime.rehearsal.frames import Frame
from tuoban.runtime.rehearsal.stage import ZONE
from tuoban.runtime.rehearsals.queries import ScenarioList, ScenarioRow, played, scenario_list
from tuoban.runtime.rehearsals.results import Shown
from tuoban.runtime.rehearsals.service import ask, cancel

_IN_HAND = ("current", "late", "waits")


@dataclass(frozen=True, slots=True)
class ScenariosContext:
    shell: Shell
    process: ProcessHead
    now: datetime
    list: ScenarioList
    may_rehearse: bool


@dataclass(frozen=True, slots=True)
class LineShown:
    """A line of what was played; `at` is the moment in it, `where` its line in the file."""

    number: int
    at: datetime
    where: int
    text: str
    inside: str
    failed: bool


@dataclass(frozen=True, slots=True)
class Moment:
    """One moment of a rehearsal: its line, the picture, and where the case stands in words."""

    line: LineShown
    asked: bool
    """Whether somebody asked for this very one."""
    diagram: SafeString
    stands: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ScenarioContext:
    shell: Shell
    process: ProcessHead
    now: datetime
    row: ScenarioRow
    may_rehearse: bool
    lines: tuple[LineShown, ...]
    moment: Moment | None
    """None where nothing was played."""


@require_GET
@signed_in
def listed(request: StaffRequest, slug: str) -> HttpResponse:
    """The scenarios that were published with a process, and how their rehearsals went."""
    row = asked_for(request, slug)
    head = head_of(request.user, row, "scenarios")
    found, staff = scenario_list(row), request.user.is_staff
    context = ScenariosContext(shell_for(request, DOOR), head, now(), found, staff)
    name = "_scenarios" if is_htmx(request, "scenarios") else "scenarios"
    return page(request, name, context)


@require_GET
@signed_in
def one(request: StaffRequest, slug: str, scenario: int) -> HttpResponse:
    """A scenario, and its newest rehearsal at the moment that `?at=` names."""
    published = asked_for(request, slug)
    found = scenario_list(published).row(scenario)
    if found is None:
        raise Http404
    shown = played(published, scenario)
    lines = _lines(shown) if shown is not None else ()
    moment = None
    if shown is not None and lines:
        asked = _asked(request, lines)
        line = asked or next((each for each in lines if each.failed), lines[0])
        moment = _moment(definitions.compiled(published), shown, line, asked=asked is not None)
    context = ScenarioContext(
        shell_for(request, DOOR),
        head_of(request.user, published, "scenarios"),
        now(),
        found,
        request.user.is_staff,
        lines,
        moment,
    )
    return page(request, "_rehearsal" if is_htmx(request, "rehearsal") else "scenario", context)


@require_POST
@signed_in
def rehearse(request: StaffRequest, slug: str) -> HttpResponse:
    """Have one scenario played, or all."""
    row = asked_for(request, slug)
    check_staff(request)
    numbers = [each.number for each in scenario_list(row).rows]
    only = _number(request, numbers)
    ask(row, numbers if only is None else [only], now(), request.user)
    return go_to(request, _back(request, row, only))


@require_POST
@signed_in
def give_up(request: StaffRequest, slug: str) -> HttpResponse:
    """Give up what waits to be played, or is being played: of one scenario, or of all."""
    row = asked_for(request, slug)
    check_staff(request)
    only = _number(request, [each.number for each in scenario_list(row).rows])
    cancel(row, only)
    return go_to(request, _back(request, row, only))


def _number(request: StaffRequest, known: Collection[int]) -> int | None:
    """The scenario that is meant; None: all are.

    Raises:
        Http404: there is no such scenario.
    """
    typed = request.POST.get("number")
    if typed is None:
        return None
    for each in known:
        if str(each) == typed:
            return each
    raise Http404


def _back(request: StaffRequest, row: definitions.Published, number: int | None) -> str:
    if number is not None and scenario_list(row).row(number) is not None:
        address = reverse("desk:scenario", args=[row.slug, number])
    else:
        address = reverse("desk:scenarios", args=[row.slug])
    return address + head_of(request.user, row, "scenarios").query


def _lines(shown: Shown) -> tuple[LineShown, ...]:
    language = page_language()
    return tuple(
        LineShown(
            number,
            line.at.astimezone(ZONE),
            line.line,
            line.text.read(language),
            line.inside.read(language) if line.inside is not None else "",
            line.failed,
        )
        for number, line in enumerate(shown.lines, 1)
    )


def _asked(request: StaffRequest, lines: tuple[LineShown, ...]) -> LineShown | None:
    """The line that is asked for; None: whichever says most."""
    typed = request.GET.get("at", "")
    if typed.isdecimal() and len(typed) < 6 and 1 <= int(typed) <= len(lines):
        return lines[int(typed) - 1]
    return None


def _moment(definition: Definition, shown: Shown, line: LineShown, *, asked: bool) -> Moment:
    frame = shown.frame(line.number - 1)
    diagram = of_rehearsal(definition, shown.frames, frame)
    return Moment(line, asked, diagram, _stands(definition, frame))


def _stands(definition: Definition, frame: Frame | None) -> tuple[str, ...]:
    """The steps that are in hand."""
    if frame is None:
        return ()
    in_hand = (step for step in frame.steps if frame.standings[step.key] in _IN_HAND)
    return tuple(step.label.read(page_language()) for step in in_hand)
