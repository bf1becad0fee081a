"""What packs leave to the organisation: which packs do, and the values of one of them.

Prices and rates may be among them, so that administrators alone see them.
"""

from __future__ import annotations

from dataclasses import dataclass

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from tuoban.faces.desk.contexts import RefusalShown, Shell
from tuoban.faces.desk.refusing import shown, status_of
from tuoban.faces.desk.rendering import page
from tuoban.faces.desk.shell import shell_for
from tuoban.faces.desk.signed_in import StaffRequest, check_staff, signed_in
from tuoban.faces.posted import plain
from tuoban.faces.reader import page_language
from tuoban.kernel.definition import FieldType
from tuoban.kernel.refusals import Refused
from tuoban.kernel.settings import Entry, entries
from tuoban.kernel.text import Text
from tuoban.runtime.cases import definitions
from tuoban.runtime.cases import settings as service
from tuoban.runtime.cases.clock import now
from tuoban.runtime.cases.queries.list_rows import Option

DOOR = "desk:versions"


@dataclass(frozen=True, slots=True)
class PackRow:
    """A process and how many of its settings the organisation has set."""

    slug: str
    title: Text
    count: int
    set_here: int


@dataclass(frozen=True, slots=True)
class PacksContext:
    shell: Shell
    here: str
    rows: tuple[PackRow, ...]


@dataclass(frozen=True, slots=True)
class EntryRow:
    """An entry of the form: `value` is what stands in it, `was` what is set, `own` the pack's; the
    others say how it is asked for."""

    key: str
    label: Text
    value: str
    was: str
    own: str
    problem: str
    type: FieldType
    options: tuple[Option, ...]
    unit: str
    hint: Text | None


@dataclass(frozen=True, slots=True)
class SettingsContext:
    shell: Shell
    here: str
    slug: str
    title: Text
    rows: tuple[EntryRow, ...]
    refusal: RefusalShown | None


@require_GET
@signed_in
def packs(request: StaffRequest) -> HttpResponse:
    """Every process that leaves something to the organisation."""
    check_staff(request)
    found = (definitions.compiled(row) for row in definitions.all_latest())
    rows = []
    for definition in found:
        keys = {entry.key for entry in entries(definition)}
        if keys:
            given = service.given(definition.slug).keys() & keys
            rows.append(PackRow(definition.slug, definition.title, len(keys), len(given)))
    shell = shell_for(request, DOOR)
    return page(request, "settings", PacksContext(shell, "settings", tuple(rows)))


@require_http_methods(["GET", "POST"])
@signed_in
def pack(request: StaffRequest, slug: str) -> HttpResponse:
    """The settings of one process. A blank entry lets the process's own value count."""
    check_staff(request)
    try:
        found = definitions.settable(definitions.latest(slug))
    except Refused as refused:
        raise Http404 from refused
    if request.method == "GET":
        return _form(request, found)
    posted = {entry.key: _posted(request, entry.key) for entry in entries(found.definition)}
    # Only what was changed on this page is set: somebody else may have set the rest meanwhile.
    typed = {key: text for key, text in posted.items() if text != _posted(request, f"was.{key}")}
    try:
        changed = service.change(found, typed, at=now(), by=request.user)
    except Refused as refused:
        return _form(request, found, posted, refused)
    if changed:
        messages.success(request, _("Saved. Cases that start from now on take the new values."))
    return redirect("desk:settings-of", slug)


def _own(entry: Entry) -> str:
    """The pack's own value for people to read; empty where it has none."""
    if isinstance(entry.default, bool):
        return _("Yes") if entry.default else _("No")
    language = page_language()
    return entry.shown(entry.default).read(language) if entry.default is not None else ""


def _posted(request: StaffRequest, name: str) -> str:
    return plain(str(request.POST.get(name, ""))).strip()


def _form(
    request: StaffRequest,
    found: service.Pack,
    posted: dict[str, str] | None = None,
    refused: Refused | None = None,
) -> HttpResponse:
    language, given = page_language(), service.given(found.slug)
    problems = {each.place: each.read(language) for each in (refused.problems if refused else ())}

    def row(entry: Entry) -> EntryRow:
        was = entry.text(given[entry.key]).read(language) if entry.key in given else ""
        own = _own(entry)
        value = posted[entry.key] if posted is not None else was
        field = entry.field
        return EntryRow(
            entry.key,
            entry.label,
            value,
            was,
            own,
            problems.get(entry.key, ""),
            field.type,
            tuple(Option(key, label) for key, label in field.options),
            "%" if field.type == "percent" else field.unit,
            field.hint,
        )

    context = SettingsContext(
        shell_for(request, DOOR),
        "settings",
        found.slug,
        found.definition.title,
        tuple(row(entry) for entry in entries(found.definition)),
        shown(refused) if refused is not None else None,
    )
    return page(request, "settings_of", context, status_of(refused) if refused else 200)
