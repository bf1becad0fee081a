"""The processes, the versions of each, and taking running cases to another one.

A look first says what would come of it, case by case; only then are they moved. A page does so for
a bounded number of cases and goes on when asked to.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from itertools import islice

from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from tuoban.faces.desk.contexts import RefusalShown, Shell
from tuoban.faces.desk.process_pages import DOOR, ProcessHead, asked_for, head_of
from tuoban.faces.desk.refusing import shown, status_of
from tuoban.faces.desk.rendering import page
from tuoban.faces.desk.shell import shell_for
from tuoban.faces.desk.signed_in import StaffRequest, check_staff, signed_in
from tuoban.faces.posted import plain
from tuoban.faces.reader import page_language
from tuoban.kernel.refusals import Refused
from tuoban.kernel.text import Text
from tuoban.runtime.cases import definitions
from tuoban.runtime.cases.clock import now
from tuoban.runtime.cases.migrating import (
    Result,
    Wish,
    migrate_open_cases,
    versions_of,
)
from tuoban.runtime.cases.queries.processes import processes_of

AT_ONCE = 100
"""Cases that one answer looks at: each may cost some milliseconds."""
LONGEST = 500
"""Characters of a reason."""


@dataclass(frozen=True, slots=True)
class ProcessRow:
    """A process, its newest version, and how many of its running cases go by an older one."""

    slug: str
    title: Text
    newest: str
    running: int
    older: int


@dataclass(frozen=True, slots=True)
class ProcessesContext:
    shell: Shell
    here: str
    rows: tuple[ProcessRow, ...]
    is_staff: bool


@dataclass(frozen=True, slots=True)
class Stayed:
    """A case that cannot be moved, and why."""

    number: str
    version: str
    why: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Found:
    """What came, or would come, of the cases looked at; `after` goes on behind them."""

    kept: bool
    moved: int
    stayed: tuple[Stayed, ...]
    after: int | None


@dataclass(frozen=True, slots=True)
class Asked:
    """What was typed: to which version, of which cases, why, and what is called otherwise."""

    to: str
    before: str = ""
    reason: str = ""
    renames: str = ""
    after: int = 0
    problems: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class VersionsContext:
    shell: Shell
    process: ProcessHead
    asked: Asked
    found: Found | None
    may_move: bool
    refusal: RefusalShown | None


@require_GET
@signed_in
def processes(request: StaffRequest) -> HttpResponse:
    """Every published process that one works by."""
    rows = tuple(_process(row) for row in processes_of(request.user))
    return page(
        request,
        "versions",
        ProcessesContext(shell_for(request, DOOR), "versions", rows, request.user.is_staff),
    )


@require_http_methods(["GET", "POST"])
@signed_in
def versions(request: StaffRequest, slug: str) -> HttpResponse:
    """The versions of one process; posted by staff, what comes of moving its cases."""
    head = head_of(request.user, asked_for(request, slug), "versions")
    if request.method == "GET":
        return _answer(request, head, Asked(head.newest))
    check_staff(request)
    moves = "move" in (request.POST.get("act"), request.POST.get("next"))
    asked = _asked(request, head.newest, needs_reason=moves)
    if asked.problems:
        return _answer(request, head, asked, status=422)
    try:
        found = _carry_out(request, slug, asked, keep=moves)
    except Refused as refused:
        return _answer(request, head, asked, refusal=shown(refused), status=status_of(refused))
    return _answer(request, head, asked, found)


def _process(row: definitions.Published) -> ProcessRow:
    versions = versions_of(row.slug)
    running = sum(each.running for each in versions)
    newest = next((each.running for each in versions if each.version == row.version), 0)
    title = definitions.compiled(row).title
    return ProcessRow(row.slug, title, row.version, running, running - newest)


def _asked(request: StaffRequest, newest: str, *, needs_reason: bool) -> Asked:
    typed = {
        name: plain(str(request.POST.get(name, ""))).strip()
        for name in ("to", "before", "reason", "renames", "more")
    }
    problems = {}
    if needs_reason and not typed["reason"]:
        problems["reason"] = _("Say why: it stands in the journal of every case.")
    if len(typed["reason"]) > LONGEST:
        problems["reason"] = _("At most %(count)d characters.") % {"count": LONGEST}
    for line in typed["renames"].splitlines():
        old, sign, new = line.partition("=")
        if line.strip() and not (sign and old.strip() and new.strip()):
            problems["renames"] = _("Write “old name = new name”: %(line)s") % {"line": line[:60]}
            break
    goes_on = "next" in request.POST and typed["more"].isdecimal() and len(typed["more"]) < 19
    after = int(typed["more"]) if goes_on else 0
    to = typed["to"] or newest
    return Asked(to, typed["before"], typed["reason"], typed["renames"], after, problems)


def _carry_out(request: StaffRequest, slug: str, asked: Asked, *, keep: bool) -> Found:
    """What comes of it for the next cases.

    Raises:
        Refused: `unknown-process`, where a version is not published.
    """
    pairs = (line.partition("=") for line in asked.renames.splitlines() if line.strip())
    renames = {old.strip(): new.strip() for old, _sign, new in pairs}
    wish = Wish(asked.to, asked.reason, renames, str(request.user.pk))
    results = migrate_open_cases(
        slug, wish, now(), before=asked.before or None, dry_run=not keep, after=asked.after
    )
    looked = list(islice(results, AT_ONCE))
    stayed = tuple(_stayed(each, each.refused) for each in looked if each.refused is not None)
    after = looked[-1].case_id if len(looked) == AT_ONCE else None
    return Found(keep, len(looked) - len(stayed), stayed, after)


def _stayed(result: Result, refused: Refused) -> Stayed:
    language = page_language()
    why = tuple(each.read(language) for each in refused.problems) or (refused.read(language),)
    return Stayed(result.number, result.before, why)


def _answer(
    request: StaffRequest,
    head: ProcessHead,
    asked: Asked,
    found: Found | None = None,
    *,
    refusal: RefusalShown | None = None,
    status: int = 200,
) -> HttpResponse:
    shell = shell_for(request, DOOR)
    context = VersionsContext(shell, head, asked, found, request.user.is_staff, refusal)
    return page(request, "versions_of", context, status)
