"""What may happen while a step or block is active: its button pressed, with what is known of it."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from tuoban.faces import posted
from tuoban.faces.desk import offered, uploads
from tuoban.faces.desk.asked import key_of
from tuoban.faces.desk.contexts import BLANK, ReactionContext, Typed
from tuoban.faces.desk.finding import case_id_of
from tuoban.faces.desk.refusing import (
    CONFLICTS,
    beside_the_form,
    edited_in,
    shown,
    status_of,
    typed_in,
)
from tuoban.faces.desk.rendering import go_to, is_htmx, page
from tuoban.faces.desk.signed_in import StaffRequest, signed_in
from tuoban.faces.desk.views import case
from tuoban.faces.reader import page_language
from tuoban.kernel.refusals import Refused
from tuoban.runtime.cases import service
from tuoban.runtime.cases.clock import now
from tuoban.runtime.cases.queries import Pressed, reaction_panel
from tuoban.runtime.cases.queries.finding import process_of


@signed_in
def react(request: StaffRequest, number: str, node: str, activation: int) -> HttpResponse:
    """Let it happen; whoever comes to its address by a link or a reload gets the case."""
    case_id = case_id_of(request.user, number)
    if request.method != "POST":
        return redirect("desk:case", number)
    pressed = Pressed(node, activation, posted.entered(request.POST))
    try:
        uploads.check(request)
        if posted.untouched(request.POST):
            panel = reaction_panel(request.user, case_id, pressed, now())
            offered.check(panel.form if panel is not None else (), request.POST)
        service.react(
            case_id,
            node,
            activation=activation,
            data=pressed.entered,
            by=request.user,
            at=now(),
            key=key_of(request),
        )
    except Refused as refused:
        return _refuse(request, case_id, pressed, refused)
    done = _("“%(reaction)s” is recorded.") % {"reaction": _label(case_id, node)}
    messages.success(request, done)
    return go_to(request, reverse("desk:case", args=[number]))


@require_POST
@signed_in
def entries(request: StaffRequest, number: str, node: str, activation: int) -> HttpResponse:
    """The entries that follow from what is typed so far."""
    pressed = Pressed(node, activation, posted.entered(request.POST))
    return _entries(request, number, pressed, BLANK)


@require_POST
@signed_in
def rows(request: StaffRequest, number: str, node: str, activation: int) -> HttpResponse:
    """Add a row to a list or remove one, with everything that is typed kept as it is."""
    edit = request.POST.get("rows", "")
    entered = posted.edit_rows(posted.entered(request.POST, edit), edit)
    pressed = Pressed(node, activation, entered)
    typed = edited_in(request, edit, "react", activation, node)
    if is_htmx(request):
        return _entries(request, number, pressed, typed)
    case_id = case_id_of(request.user, number)
    return case.show(request, case_id, typed=typed, pressed=pressed)


def _entries(request: StaffRequest, number: str, pressed: Pressed, typed: Typed) -> HttpResponse:
    case_id = case_id_of(request.user, number)
    panel = reaction_panel(request.user, case_id, pressed, now())
    if panel is None:
        label = _label(case_id, pressed.node)
        return beside_the_form(request, Refused("not-active", {"reaction": label}))
    return page(request, "_reaction_entries", ReactionContext(number, panel, typed))


def _refuse(
    request: StaffRequest, case_id: int, pressed: Pressed, refused: Refused
) -> HttpResponse:
    if refused.code in CONFLICTS and is_htmx(request):
        return beside_the_form(request, refused)
    is_gone = reaction_panel(request.user, case_id, pressed, now()) is None
    return case.show(
        request,
        case_id,
        typed=typed_in(request, refused, "react", pressed.activation, pressed.node),
        pressed=pressed,
        refusal=shown(refused, _kept(case_id, pressed) if is_gone else ()),
        status=status_of(refused),
    )


def _label(case_id: int, node: str) -> str:
    definition = process_of(case_id)
    if node not in definition.nodes:
        return node
    return definition.label_of(node).read(page_language())


def _kept(case_id: int, pressed: Pressed) -> tuple[tuple[str, str], ...]:
    """What was typed into a form that is gone, under the labels it had."""
    definition, language = process_of(case_id), page_language()
    if pressed.node not in definition.nodes:
        return ()
    fields = (
        (definition.field_at(pressed.node, name), value) for name, value in pressed.entered.items()
    )
    return tuple(
        (field.label.read(language), posted.as_text(value))
        for field, value in fields
        if field and value
    )
