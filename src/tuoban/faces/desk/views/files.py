"""Customers and assets: the lists of them, and their files."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from urllib.parse import urlencode

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from tuoban.faces.desk import posted
from tuoban.faces.desk.contexts import BLANK, RefusalShown, Shell, Tab, Typed
from tuoban.faces.desk.pages import text
from tuoban.faces.desk.refusing import shown, status_of, typed_in
from tuoban.faces.desk.rendering import page
from tuoban.faces.desk.shell import shell_for
from tuoban.faces.desk.signed_in import StaffRequest, signed_in
from tuoban.faces.desk.views.cases import LONGEST_SEARCH
from tuoban.kernel.definition import Text
from tuoban.kernel.facts import CUSTOMER
from tuoban.kernel.refusals import Refused
from tuoban.runtime.cases.clock import now
from tuoban.services.customers import queries, service
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


@require_GET
@signed_in
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
@signed_in
def new(request: StaffRequest, kind: str) -> HttpResponse:
    """Enter a customer, or an asset of a kind."""
    if request.method == "GET":
        return _show(request, queries.new_file(kind))
    entered = posted.field_values(request.POST)
    try:
        ref = service.save(kind, entered, ref=None, by=request.user, at=now(), zone=queries.zone())
    except Refused as refused:
        return _show(request, queries.new_file(kind, entered), refused)
    messages.success(request, _("Entered."))
    return redirect("desk:file", ref)


@require_http_methods(["GET", "POST"])
@signed_in
def file(request: StaffRequest, ref: str) -> HttpResponse:
    """What is known of somebody or something, and the cases about it."""
    found = queries.file_page(request.user, ref, now())
    if request.method == "GET" or found is None:
        return _show(request, found)
    entered = posted.field_values(request.POST)
    try:
        service.save(found.kind, entered, ref=ref, by=request.user, at=now(), zone=queries.zone())
    except Refused as refused:
        return _show(request, queries.file_page(request.user, ref, now(), entered), refused)
    messages.success(request, _("Saved."))
    return redirect("desk:file", ref)


def _show(
    request: StaffRequest, found: FilePage | None, refused: Refused | None = None
) -> HttpResponse:
    if found is None:
        raise Http404
    context = FileContext(
        shell_for(request, "desk:files"),
        now(),
        found,
        typed_in(request, refused, "file") if refused is not None else BLANK,
        shown(refused) if refused is not None else None,
    )
    return page(request, "file", context, status_of(refused) if refused is not None else 200)


def _address(kind: str, q: str, cursor: str = "") -> str:
    query = {"kind": kind, "words": q, "page": cursor}
    given = {name: value for name, value in query.items() if value}
    return f"{reverse('desk:files')}?{urlencode(given)}"
