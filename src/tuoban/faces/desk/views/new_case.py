"""Starting a case: choose a request, fill in its form."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from tuoban.faces import posted
from tuoban.faces.desk import offered, uploads
from tuoban.faces.desk.asked import key_of
from tuoban.faces.desk.contexts import BLANK, EntriesContext, NewContext, RefusalShown, Typed
from tuoban.faces.desk.refusing import beside_the_form, edited_in, shown, status_of, typed_in
from tuoban.faces.desk.rendering import go_to, is_htmx, page
from tuoban.faces.desk.shell import shell_for
from tuoban.faces.desk.signed_in import StaffRequest, signed_in
from tuoban.kernel.refusals import Refused
from tuoban.runtime.cases import service
from tuoban.runtime.cases.clock import now
from tuoban.runtime.cases.queries import StartForm, new_case_forms, start_form


@require_GET
@signed_in
def choose(request: StaffRequest) -> HttpResponse:
    """The requests that this person may make; a single one is opened at once."""
    forms = new_case_forms(request.user, now())
    if len(forms) == 1:
        return _show(request, forms[0])
    context = NewContext(shell_for(request, "desk:new"), forms, None, BLANK, None)
    return page(request, "new", context)


@require_http_methods(["GET", "POST"])
@signed_in
def start(request: StaffRequest, slug: str, name: str) -> HttpResponse:
    """Show a request's form, and begin the case when it is sent."""
    if request.method == "GET":
        return _show(request, _form(request, slug, name))
    try:
        uploads.check(request)
        if posted.untouched(request.POST):
            offered.check(_form(request, slug, name).form, request.POST)
        outcome = service.start_case(
            slug,
            name,
            by=request.user,
            unit=_unit(request),
            data=posted.entered(request.POST),
            at=now(),
            key=key_of(request),
        )
    except Refused as refused:
        form = _form(request, slug, name)
        typed = typed_in(request, refused, "start")
        return _show(request, form, typed, shown(refused), status_of(refused))
    messages.success(request, _("Case %(number)s has begun.") % {"number": outcome.number})
    return go_to(request, reverse("desk:case", args=[outcome.number]))


@require_POST
@signed_in
def entries(request: StaffRequest, slug: str, name: str) -> HttpResponse:
    """The entries that follow from what is typed so far."""
    try:
        form = _form(request, slug, name)
    except Refused as refused:
        return beside_the_form(request, refused)
    return page(request, "_new_entries", EntriesContext(form))


@require_POST
@signed_in
def rows(request: StaffRequest, slug: str, name: str) -> HttpResponse:
    """Add a row to a list or remove one, with everything that is typed kept as it is."""
    edit = request.POST.get("rows", "")
    form = _form(request, slug, name, edit)
    typed = edited_in(request, edit, "start")
    if is_htmx(request):
        return page(request, "_new_entries", EntriesContext(form, typed))
    return _show(request, form, typed)


def _form(request: StaffRequest, slug: str, name: str, edit: str = "") -> StartForm:
    entered = posted.edit_rows(posted.entered(request.POST, edit), edit)
    try:
        return start_form(request.user, slug, name, now(), entered, _unit(request))
    except Refused as refused:
        raise Http404 from refused


def _unit(request: StaffRequest) -> str | None:
    return posted.plain(request.POST.get("unit", "")) or None


def _show(
    request: StaffRequest,
    form: StartForm,
    typed: Typed = BLANK,
    refusal: RefusalShown | None = None,
    status: int = 200,
) -> HttpResponse:
    context = NewContext(shell_for(request, "desk:new"), (), form, typed, refusal)
    return page(request, "new", context, status)
