"""Customers and assets: the lists of them, and their files."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime
from functools import wraps
from typing import Any, Concatenate, ParamSpec
from urllib.parse import urlencode

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from tuoban.faces import posted
from tuoban.faces.desk.asked import reason_of
from tuoban.faces.desk.contexts import BLANK, RefusalShown, Shell, Tab, Typed
from tuoban.faces.desk.refusing import edited_in, shown, status_of, typed_in
from tuoban.faces.desk.rendering import is_htmx, page
from tuoban.faces.desk.shell import shell_for
from tuoban.faces.desk.signed_in import StaffRequest, signed_in
from tuoban.faces.desk.views.cases import LONGEST_SEARCH
from tuoban.faces.reader import text
from tuoban.kernel.definition import Text
from tuoban.kernel.facts import CUSTOMER
from tuoban.kernel.refusals import Refused
from tuoban.runtime.cases.clock import now
from tuoban.runtime.cases.queries import places_for
from tuoban.services.customers import erasing, queries, service
from tuoban.services.customers.entries import kinds
from tuoban.services.customers.queries import FileList, FilePage


@dataclass(frozen=True, slots=True)
class FilesContext:
    shell: Shell
    found: FileList
    tabs: tuple[Tab, ...]
    kind: str
    label: Text
    q: str
    next: str


@dataclass(frozen=True, slots=True)
class FileContext:
    shell: Shell
    now: datetime
    file: FilePage
    typed: Typed
    refusal: RefusalShown | None


@dataclass(frozen=True, slots=True)
class FileEntriesContext:
    file: FilePage
    typed: Typed


P = ParamSpec("P")


def for_those_who_see(
    view: Callable[Concatenate[StaffRequest, P], HttpResponse],
) -> Callable[Concatenate[HttpRequest, P], HttpResponse]:
    """Customers are for those who work by a process that names them, and for staff."""

    @signed_in
    @wraps(view)
    def check(request: StaffRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        if not places_for(request.user).sees_files:
            raise PermissionDenied
        return view(request, *args, **kwargs)

    return check


@require_GET
@for_those_who_see
def files(request: StaffRequest) -> HttpResponse:
    """Customers, or the assets of a kind, by name."""
    known = kinds()
    kind = request.GET.get("kind", CUSTOMER)
    if kind not in known:
        raise Http404
    q = posted.plain(request.GET.get("words", "")).strip()[:LONGEST_SEARCH]
    found = queries.file_list(kind, q=q, page=request.GET.get("page", ""))
    tabs = tuple(Tab(key, text(each.label), _address(key, q)) for key, each in known.items())
    following = _address(kind, q, found.next) if found.next else ""
    shell = shell_for(request, "desk:files")
    context = FilesContext(shell, found, tabs, kind, known[kind].label, q, following)
    return page(request, "files", context)


@require_http_methods(["GET", "POST"])
@for_those_who_see
def new(request: StaffRequest, kind: str) -> HttpResponse:
    """Enter a customer, or an asset of a kind."""
    empty = queries.new_file(kind)
    if request.method == "GET" or empty is None:
        return _show(request, empty)
    entered = posted.field_values(request.POST)
    try:
        ref = service.save(kind, entered, ref=None, by=request.user, at=now(), zone=queries.zone())
    except Refused as refused:
        return _show(request, queries.new_file(kind, entered), refused)
    messages.success(request, _("Entered."))
    return redirect("desk:file", ref)


@require_http_methods(["GET", "POST"])
@for_those_who_see
def file(request: StaffRequest, ref: str) -> HttpResponse:
    """What is known of somebody or something, and the cases about it."""
    found = queries.file_page(request.user, ref, now())
    if request.method == "GET" or found is None:
        return _show(request, found)
    was = posted.before(request.POST)
    # Only what was changed here is saved: somebody else may have changed the rest meanwhile.
    entered = posted.changed(request.POST)
    try:
        service.save(
            found.kind, entered, ref=ref, by=request.user, at=now(), zone=queries.zone(), was=was
        )
    except Refused as refused:
        return _show(request, queries.file_page(request.user, ref, now(), entered), refused)
    messages.success(request, _("Saved."))
    return redirect("desk:file", ref)


@require_POST
@for_those_who_see
def rows(request: StaffRequest, ref: str) -> HttpResponse:
    """Add a row to a list of a file or remove one, with everything that is typed kept as it is."""
    edit = request.POST.get("rows", "")
    return _edited(request, edit, queries.file_page(request.user, ref, now(), _with_rows(request)))


@require_POST
@for_those_who_see
def new_rows(request: StaffRequest, kind: str) -> HttpResponse:
    """The same for a file that is not there yet."""
    edit = request.POST.get("rows", "")
    return _edited(request, edit, queries.new_file(kind, _with_rows(request)))


def _with_rows(request: StaffRequest) -> dict[str, Any]:
    return posted.edit_rows(posted.field_values(request.POST), request.POST.get("rows", ""))


def _edited(request: StaffRequest, edit: str, found: FilePage | None) -> HttpResponse:
    if found is None:
        raise Http404
    found = replace(found, was=tuple(posted.before(request.POST).items()))
    typed = edited_in(request, edit, "file")
    if is_htmx(request):
        return page(request, "_file_entries", FileEntriesContext(found, typed))
    return _page(request, found, typed)


@require_http_methods(["GET", "POST"])
@for_those_who_see
def erase(request: StaffRequest, ref: str) -> HttpResponse:
    """Erase who a customer is; whoever comes there by a link or a reload gets the file."""
    found = queries.file_page(request.user, ref, now())
    if found is None or found.kind != CUSTOMER:
        raise Http404
    if request.method == "POST":
        try:
            erasing.erase(ref, reason=reason_of(request), by=request.user, at=now())
        except Refused as refused:
            typed = typed_in(request, refused, "erase")
            return _page(request, found, typed, shown(refused), status_of(refused))
        messages.success(request, _("Erased."))
    return redirect("desk:file", ref)


def _show(
    request: StaffRequest, found: FilePage | None, refused: Refused | None = None
) -> HttpResponse:
    if found is None:
        raise Http404
    if refused is None:
        return _page(request, found)
    return _page(request, found, _typed(request, refused), shown(refused), status_of(refused))


def _page(
    request: StaffRequest,
    found: FilePage,
    typed: Typed = BLANK,
    refusal: RefusalShown | None = None,
    status: int = 200,
) -> HttpResponse:
    context = FileContext(shell_for(request, "desk:files"), now(), found, typed, refusal)
    return page(request, "file", context, status)


def _typed(request: StaffRequest, refused: Refused) -> Typed:
    """What was typed; entries that were left as they were show what stands there by now."""
    typed, was = typed_in(request, refused, "file"), posted.before(request.POST)
    left = {f"{posted.FIELD}{name}" for name in was}
    kept = {
        name: raw
        for name, raw in typed.values.items()
        if name not in left or raw != was[name.removeprefix(posted.FIELD)]
    }
    return replace(typed, values=kept)


def _address(kind: str, q: str, cursor: str = "") -> str:
    query = {"kind": kind, "words": q, "page": cursor}
    given = {name: value for name, value in query.items() if value}
    return f"{reverse('desk:files')}?{urlencode(given)}"
