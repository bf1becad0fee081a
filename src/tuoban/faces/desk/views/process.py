"""The pages of a published process: its picture, clauses, forms and text, and the files that it can
be downloaded as."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import Http404, HttpResponse
from django.urls import reverse
from django.utils.safestring import SafeString
from django.views.decorators.http import require_GET

from tuoban.faces.desk.contexts import Shell
from tuoban.faces.desk.diagram import of_process
from tuoban.faces.desk.process_clauses import Clauses, clauses_of, sample
from tuoban.faces.desk.process_forms import Forms, form_anchor, forms_of, has_form
from tuoban.faces.desk.process_pages import DOOR, ProcessHead, asked_for, head_of
from tuoban.faces.desk.process_text import PACK, SCENARIOS, TRANSLATIONS, Source, sources
from tuoban.faces.desk.rendering import page
from tuoban.faces.desk.shell import shell_for
from tuoban.faces.desk.signed_in import StaffRequest, signed_in
from tuoban.runtime.cases import definitions
from tuoban.runtime.cases.outlook import Outlook, outlook_of
from tuoban.runtime.cases.queries import step_figures


@dataclass(frozen=True, slots=True)
class PictureContext:
    shell: Shell
    process: ProcessHead
    diagram: SafeString
    told: tuple[tuple[int, str], ...]
    """The same in words, each line with how deep it stands."""
    outlook: Outlook


@dataclass(frozen=True, slots=True)
class ClausesContext:
    shell: Shell
    process: ProcessHead
    clauses: Clauses
    sample: str


@dataclass(frozen=True, slots=True)
class FormsContext:
    shell: Shell
    process: ProcessHead
    forms: Forms


@dataclass(frozen=True, slots=True)
class TextContext:
    shell: Shell
    process: ProcessHead
    sources: tuple[Source, ...]


@require_GET
@signed_in
def picture(request: StaffRequest, slug: str) -> HttpResponse:
    """The process drawn and in words, with where its cases are, and whether it can be kept."""
    row = asked_for(request, slug)
    definition = definitions.compiled(row)
    head = head_of(request.user, row, "picture")
    forms = reverse("desk:versions-forms", args=[slug]) + head.query
    links = {
        key: f"{forms}#{form_anchor(key)}"
        for key, node in definition.nodes.items()
        if has_form(node)
    }
    diagram, told = of_process(definition, step_figures(slug), links)
    context = PictureContext(shell_for(request, DOOR), head, diagram, told, outlook_of(definition))
    return page(request, "process", context)


@require_GET
@signed_in
def clauses(request: StaffRequest, slug: str) -> HttpResponse:
    """Where its rules come from, and what rests on nothing."""
    row = asked_for(request, slug)
    found = clauses_of(definitions.compiled(row))
    context = ClausesContext(
        shell_for(request, DOOR), head_of(request.user, row, "clauses"), found, sample()
    )
    return page(request, "process_clauses", context)


@require_GET
@signed_in
def forms(request: StaffRequest, slug: str) -> HttpResponse:
    """What people fill in, step by step."""
    row = asked_for(request, slug)
    found = forms_of(definitions.compiled(row))
    context = FormsContext(shell_for(request, DOOR), head_of(request.user, row, "forms"), found)
    return page(request, "process_forms", context)


@require_GET
@signed_in
def text(request: StaffRequest, slug: str) -> HttpResponse:
    """Its pack as it was published, with the packs that it extends."""
    row = asked_for(request, slug)
    found = sources(*definitions.texts_of(row.pk), definitions.scenarios_of(row))
    context = TextContext(shell_for(request, DOOR), head_of(request.user, row, "text"), found)
    return page(request, "process_text", context)


@require_GET
@signed_in
def file(request: StaffRequest, slug: str, name: str) -> HttpResponse:
    """The pack's text, its translations or its scenarios, as a file."""
    row = asked_for(request, slug)
    pack, _bases = definitions.texts_of(row.pk)
    scenarios = definitions.scenarios_of(row)
    files = {PACK: pack.text, TRANSLATIONS: pack.translations, SCENARIOS: scenarios}
    content = files.get(name)
    if not content:
        raise Http404
    answer = HttpResponse(content, content_type="application/yaml; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer


@require_GET
@signed_in
def bpmn(request: StaffRequest, slug: str) -> HttpResponse:
    """A version of a process as a BPMN 2.0 file."""
    row = asked_for(request, slug)
    answer = HttpResponse(definitions.as_bpmn(row), content_type="application/xml")
    answer["Content-Disposition"] = f'attachment; filename="{slug}.bpmn"'
    return answer
