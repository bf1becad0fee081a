"""The pages of a published process: its picture, and the files it can be downloaded as."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import HttpResponse
from django.utils.safestring import SafeString
from django.views.decorators.http import require_GET

from tuoban.faces.desk.contexts import Shell
from tuoban.faces.desk.diagram import of_process
from tuoban.faces.desk.process_pages import DOOR, ProcessHead, asked_for, head_of
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


@require_GET
@signed_in
def picture(request: StaffRequest, slug: str) -> HttpResponse:
    """The process drawn and in words, with where its cases are, and whether it can be kept."""
    row = asked_for(request, slug)
    definition = definitions.compiled(row)
    diagram, told = of_process(definition, step_figures(slug))
    head = head_of(row, "picture")
    context = PictureContext(shell_for(request, DOOR), head, diagram, told, outlook_of(definition))
    return page(request, "process", context)


@require_GET
@signed_in
def bpmn(request: StaffRequest, slug: str) -> HttpResponse:
    """A version of a process as a BPMN 2.0 file."""
    row = asked_for(request, slug)
    answer = HttpResponse(definitions.as_bpmn(row), content_type="application/xml")
    answer["Content-Disposition"] = f'attachment; filename="{slug}.bpmn"'
    return answer
