"""The words of letters that belong to no step of a case: all templates, and one of them in one
language, for administrators."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from tuoban.faces.desk.asked import key_of
from tuoban.faces.desk.contexts import RefusalShown, Shell, Tab
from tuoban.faces.desk.refusing import shown, status_of
from tuoban.faces.desk.rendering import page
from tuoban.faces.desk.shell import shell_for
from tuoban.faces.desk.signed_in import StaffRequest, check_staff, signed_in
from tuoban.faces.posted import plain
from tuoban.faces.reader import page_language
from tuoban.kernel.definition import MAIL, SMS
from tuoban.kernel.refusals import Problem, Refused, refuse_invalid
from tuoban.kernel.text import Text
from tuoban.runtime.cases.clock import now
from tuoban.runtime.cases.outbox.addresses import of_user
from tuoban.services.channels import queries, service
from tuoban.services.channels.queries import Changed, Example, TemplateRow
from tuoban.services.channels.templates import (
    LANGUAGES,
    Place,
    Template,
    Worded,
    problems_of,
    templates,
)

DOOR = "desk:versions"


@dataclass(frozen=True, slots=True)
class TemplatesContext:
    shell: Shell
    here: str
    rows: tuple[TemplateRow, ...]


@dataclass(frozen=True, slots=True)
class TemplateContext:
    """`words` are those in the form, `example` what they make where nothing is wrong with them."""

    shell: Shell
    here: str
    now: datetime
    key: str
    name: Text
    lasts_minutes: int | None
    language: str
    tabs: tuple[Tab, ...]
    places: tuple[Place, ...]
    words: Worded
    problems: dict[str, tuple[str, ...]]
    example: Example | None
    changed: Changed | None
    channels: tuple[str, ...]
    """By which whoever looks is reached themselves, so that a sample may go to them."""
    refusal: RefusalShown | None


@require_GET
@signed_in
def listed(request: StaffRequest) -> HttpResponse:
    """Every template, with its words."""
    check_staff(request)
    context = TemplatesContext(shell_for(request, DOOR), "templates", queries.listed())
    return page(request, "templates", context)


@require_http_methods(["GET", "POST"])
@signed_in
def one(request: StaffRequest, name: str, language: str) -> HttpResponse:
    """A template in one language: looked at, previewed, saved, or given back the shipped words."""
    check_staff(request)
    template = templates().get(name)
    if template is None or language not in LANGUAGES:
        raise Http404
    if request.method == "GET":
        return _form(request, template, language, service.worded(template, language))
    act = request.POST.get("act", "")
    if act == "reset":
        service.reset(template, language, by=request.user)
        messages.success(request, _("The words that Tuoban ships count again."))
        return redirect("desk:template", name, language)
    words = Worded(_posted(request, "subject"), _posted(request, "text"))
    try:
        if act == "preview":
            return _preview(request, template, language, words)
        if act in (SMS, MAIL):
            return _send_sample(request, template, language, act)
        service.word(template, language, words, by=request.user, at=now())
    except Refused as refused:
        return _form(request, template, language, words, refused)
    messages.success(request, _("Saved. Messages that are written from now on have these words."))
    return redirect("desk:template", name, language)


def _preview(
    request: StaffRequest, template: Template, language: str, words: Worded
) -> HttpResponse:
    """Show what words make, without keeping them.

    Raises:
        Refused: `invalid`.
    """
    problems = problems_of(template, words)
    if problems:
        raise refuse_invalid(list(problems))
    return _form(request, template, language, words)


def _send_sample(
    request: StaffRequest, template: Template, language: str, channel: str
) -> HttpResponse:
    """Send the words that count to whoever asks for it.

    Raises:
        Refused: `invalid`.
    """
    key = plain(key_of(request))
    service.write_sample(template, language, channel, by=request.user, key=key, at=now())
    messages.success(request, _("A sample is on its way to you."))
    return redirect("desk:template", template.key, language)


def _posted(request: StaffRequest, name: str) -> str:
    return plain(request.POST.get(name, "")).replace("\r\n", "\n").strip()


def _form(
    request: StaffRequest,
    template: Template,
    language: str,
    words: Worded,
    refused: Refused | None = None,
) -> HttpResponse:
    problems = refused.problems if refused is not None else ()
    context = TemplateContext(
        shell_for(request, DOOR),
        "templates",
        now(),
        template.key,
        template.name,
        template.lasts_minutes,
        language,
        _tabs(template),
        tuple(template.all_places.values()),
        words,
        {place: _read(problems, place) for place in ("subject", "text")},
        queries.example(template, words, language) if refused is None else None,
        queries.changed(template, language),
        tuple(each for each in (SMS, MAIL) if of_user(request.user, each)),
        shown(refused) if refused is not None else None,
    )
    return page(request, "template", context, status_of(refused) if refused else 200)


def _read(problems: tuple[Problem, ...], place: str) -> tuple[str, ...]:
    return tuple(each.read(page_language()) for each in problems if each.place == place)


def _tabs(template: Template) -> tuple[Tab, ...]:
    labels = {"zh": "中文", "en": "English"}
    return tuple(
        Tab(each, labels[each], reverse("desk:template", args=(template.key, each)))
        for each in LANGUAGES
    )
