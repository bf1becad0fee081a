"""The verbs on a piece of work: each parses, calls one verb of the runtime, and goes on.

What is refused is shown again with everything that was typed, each problem beside its entry.
"""

from collections.abc import Callable
from datetime import datetime
from functools import wraps
from http import HTTPStatus
from typing import Any, TypedDict

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from tuoban.faces import posted
from tuoban.faces.desk import offered, uploads
from tuoban.faces.desk.asked import key_of, reason_of
from tuoban.faces.desk.contexts import BLANK, DraftContext, Typed, Verb
from tuoban.faces.desk.finding import ItemPlace, place_of
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
from tuoban.kernel.refusals import Problem, Refused, refuse_invalid
from tuoban.runtime.cases import definitions, service, stopwatch
from tuoban.runtime.cases.clock import now
from tuoban.runtime.cases.elements import named
from tuoban.runtime.cases.queries import item_panel
from tuoban.runtime.cases.queries.finding import becomes_of
from tuoban.runtime.people.models import User
from tuoban.runtime.people.queries import find_person

LONGEST_NUMBER = 18
"""Digits of a row's number that every database can count."""


TIMED = "#time"
"""What was changed on a form by a button that tells the time; no list can be called so."""


class Asking(TypedDict):
    """Who asks for a verb and when, and the key by which the request is known if it comes twice."""

    by: User
    at: datetime
    key: str


def on_item(
    view: Callable[[StaffRequest, int], HttpResponse],
) -> Callable[[HttpRequest, int], HttpResponse]:
    """What is posted about an item; whoever comes there by a link or a reload gets the case."""

    @signed_in
    @wraps(view)
    def check(request: StaffRequest, item_id: int) -> HttpResponse:
        place = place_of(request.user, item_id)
        if request.method != "POST":
            return redirect("desk:case", place.number)
        return view(request, item_id)

    return check


def verb(
    name: Verb,
) -> Callable[
    [Callable[[StaffRequest, int, Asking], str]], Callable[[HttpRequest, int], HttpResponse]
]:
    """A view of what acts on an item and says what is so now, `%(step)s` being the item's.

    The case is shown again: with that, or with what is refused and everything that was typed.
    """

    def view_of(
        act: Callable[[StaffRequest, int, Asking], str],
    ) -> Callable[[HttpRequest, int], HttpResponse]:
        @on_item
        @wraps(act)
        def view(request: StaffRequest, item_id: int) -> HttpResponse:
            place = place_of(request.user, item_id)
            asked = Asking(by=request.user, at=now(), key=key_of(request))
            try:
                done = act(request, item_id, asked)
            except Refused as refused:
                return _refuse(request, item_id, place, name, refused)
            messages.success(request, done % {"step": _step_label(place)})
            return go_to(request, reverse("desk:case", args=[place.number]))

        return view

    return view_of


@verb("claim")
def claim(request: StaffRequest, item_id: int, asked: Asking) -> str:
    service.claim(item_id, **asked)
    return _("“%(step)s” is yours to do now.")


@verb("release")
def release(request: StaffRequest, item_id: int, asked: Asking) -> str:
    service.release(item_id, **asked)
    return _("“%(step)s” is released; others can claim it.")


@verb("transfer")
def transfer(request: StaffRequest, item_id: int, asked: Asking) -> str:
    service.transfer(
        item_id, to=person_of(_said(request, "to")), reason=reason_of(request), **asked
    )
    return _("“%(step)s” is transferred.")


@verb("return")
def return_to(request: StaffRequest, item_id: int, asked: Asking) -> str:
    to, of, straight = posted.target(request.POST)
    service.return_to(item_id, to=to, of=of, straight=straight, reason=reason_of(request), **asked)
    return _("“%(step)s” is sent back.")


@verb("delegate")
def delegate(request: StaffRequest, item_id: int, asked: Asking) -> str:
    service.delegate(
        item_id, to=person_of(_said(request, "to")), reason=reason_of(request), **asked
    )
    return _("“%(step)s” is delegated; it comes back to you to be completed.")


@verb("get-back")
def get_back(request: StaffRequest, item_id: int, asked: Asking) -> str:
    service.get_back(item_id, **asked)
    return _("“%(step)s” is yours again.")


@verb("add-signer")
def add_signer(request: StaffRequest, item_id: int, asked: Asking) -> str:
    before = request.POST.get("when", "before") == "before"
    service.add_signer(
        item_id,
        to=person_of(_said(request, "to")),
        before=before,
        reason=reason_of(request),
        **asked,
    )
    if before:
        return _("They are asked for an opinion of “%(step)s”; you complete it after that.")
    return _("They are added to “%(step)s”.")


@verb("drop-signer")
def drop_signer(request: StaffRequest, item_id: int, asked: Asking) -> str:
    service.drop_signer(item_id, person=person_of(_said(request, "person")), **asked)
    return _("“%(step)s” goes on without them.")


@verb("opinion")
def give_opinion(request: StaffRequest, item_id: int, asked: Asking) -> str:
    service.give_opinion(
        item_id,
        agrees=request.POST.get("agrees", "yes") == "yes",
        words=reason_of(request),
        **asked,
    )
    return _("Your opinion of “%(step)s” is given.")


@verb("jump")
def jump(request: StaffRequest, item_id: int, asked: Asking) -> str:
    service.jump(item_id, to=_said(request, "to"), reason=reason_of(request), **asked)
    return _("The case goes on elsewhere.")


@verb("urge")
def urge(request: StaffRequest, item_id: int, asked: Asking) -> str:
    service.urge(item_id, message=reason_of(request), **asked)
    return _("“%(step)s” is urged.")


@verb("withdraw")
def withdraw(request: StaffRequest, item_id: int, asked: Asking) -> str:
    service.withdraw(item_id, reason=reason_of(request), **asked)
    return _("“%(step)s” is taken back; it is yours to do again.")


@verb("try-again")
def try_again(request: StaffRequest, item_id: int, asked: Asking) -> str:
    service.try_again(item_id, **asked)
    return _("The system has tried “%(step)s” again.")


@verb("complete")
def complete(request: StaffRequest, item_id: int, asked: Asking) -> str:
    uploads.check(request)
    if posted.untouched(request.POST):
        panel = item_panel(request.user, item_id, asked["at"], posted.draft(request.POST))
        offered.check(panel.form if panel is not None else (), request.POST)
    service.complete(
        item_id,
        outcome=request.POST.get("outcome") or None,
        data=posted.entered(request.POST),
        checked=posted.ticked(request.POST),
        signatures=posted.signatures(request.POST),
        stamped=posted.stamped(request.POST),
        named=posted.named(request.POST),
        papers=posted.papers(request.POST),
        **asked,
    )
    became = becomes_of(item_id)
    if became == "signed":
        return _("“%(step)s” is completed and with its signers.")
    if became == "handed-back":
        return _("“%(step)s” is handed back, to be completed by whoever delegated it.")
    return _("Done. “%(step)s” is complete.")


@verb("sign")
def sign(request: StaffRequest, item_id: int, asked: Asking) -> str:
    service.sign(item_id, shown=_said(request, "shown"), stamped="stamp" in request.POST, **asked)
    return _("“%(step)s” is signed.")


@verb("refuse")
def refuse_to_sign(request: StaffRequest, item_id: int, asked: Asking) -> str:
    service.refuse_to_sign(item_id, reason=reason_of(request), **asked)
    return _("“%(step)s” is not signed; it went back to whoever completed it.")


@on_item
def draft(request: StaffRequest, item_id: int) -> HttpResponse:
    """Keep what is typed so far, and show the entries that follow from it."""
    return _kept_draft(request, item_id, posted.draft(request.POST))


@on_item
def rows(request: StaffRequest, item_id: int) -> HttpResponse:
    """Add a row to a list or remove one, with everything that is typed kept as it is."""
    edit = request.POST.get("rows", "")
    entered = posted.edit_rows(posted.draft(request.POST, edit), edit)
    typed = edited_in(request, edit, "complete", item_id)
    if is_htmx(request):
        return _kept_draft(request, item_id, entered, typed)
    place = place_of(request.user, item_id)
    return case.show(request, place.case_id, typed=typed, entered={item_id: entered})


@on_item
def time(request: StaffRequest, item_id: int) -> HttpResponse:
    """Begin to work, pause with a reason, or finish: the form then says from when to when."""
    place, at = place_of(request.user, item_id), now()
    entered = posted.draft(request.POST)
    act = stopwatch.ACTS.get(_said(request, "time"))
    if act is None:
        return redirect("desk:case", place.number)
    try:
        timed = service.time_work(
            item_id, act=act, data=entered, reason=_said(request, "why"), by=request.user, at=at
        )
    except Refused as refused:
        return _not_timed(request, item_id, place, entered, refused)
    if timed.claimed or not is_htmx(request):
        return go_to(request, reverse("desk:case", args=[place.number]))
    typed = edited_in(request, TIMED, "complete", item_id)
    return _draft_answer(request, item_id, dict(timed.data), typed, at)


def _not_timed(
    request: StaffRequest,
    item_id: int,
    place: ItemPlace,
    entered: dict[str, Any],
    refused: Refused,
) -> HttpResponse:
    if not is_htmx(request):
        return _refuse(request, item_id, place, "complete", refused)
    if refused.code != "reason-missing":
        return beside_the_form(request, refused)
    typed = typed_in(request, refused, "complete", item_id)
    return _draft_answer(request, item_id, entered, typed, now(), status=status_of(refused))


def _kept_draft(
    request: StaffRequest, item_id: int, entered: dict[str, Any], typed: Typed = BLANK
) -> HttpResponse:
    at = now()
    try:
        service.save_draft(item_id, data=entered, by=request.user, at=at)
    except Refused as refused:
        return beside_the_form(request, refused)
    return _draft_answer(request, item_id, entered, typed, at)


def _draft_answer(
    request: StaffRequest,
    item_id: int,
    entered: dict[str, Any],
    typed: Typed,
    at: datetime,
    *,
    status: int = HTTPStatus.OK,
) -> HttpResponse:
    """The entries of a form as they follow from what was typed, and since when that is kept."""
    try:
        panel = item_panel(request.user, item_id, at, entered)
    except Refused as refused:
        return beside_the_form(request, refused)
    if panel is None:
        return beside_the_form(request, Refused("unknown-item"))
    saved = ""
    if status == HTTPStatus.OK:
        saved = _("Draft kept at %(time)s.") % {"time": f"{timezone.localtime(at):%H:%M}"}
    return page(request, "_draft_answer", DraftContext(panel, saved, typed), status)


def _refuse(
    request: StaffRequest, item_id: int, place: ItemPlace, name: Verb, refused: Refused
) -> HttpResponse:
    if refused.code in CONFLICTS and is_htmx(request):
        return beside_the_form(request, refused)
    panel = item_panel(request.user, item_id, now())
    is_gone = panel is None or not panel.held_by_me
    return case.show(
        request,
        place.case_id,
        typed=typed_in(request, refused, name, item_id),
        entered={item_id: posted.draft(request.POST)} if name == "complete" else None,
        refusal=shown(refused, _kept(place, posted.field_values(request.POST)) if is_gone else ()),
        status=status_of(refused),
    )


def _step_label(place: ItemPlace) -> str:
    definition = definitions.load(place.slug, place.version)
    label = named(definition.nodes[place.node].label, place.element)
    return label.read(page_language())


def _kept(place: ItemPlace, entered: dict[str, Any]) -> tuple[tuple[str, str], ...]:
    """What was typed into a form that is gone, under the labels it had."""
    definition = definitions.load(place.slug, place.version)
    language = page_language()
    fields = ((definition.field_at(place.node, name), value) for name, value in entered.items())
    return tuple(
        (field.label.read(language), posted.as_text(value))
        for field, value in fields
        if field and value
    )


def _said(request: StaffRequest, name: str) -> str:
    return request.POST.get(name, "")


def person_of(written: str) -> User:
    """The person who was chosen in a list.

    Raises:
        Refused: `invalid` at `to` where nobody was chosen, `unknown-person`.
    """
    if not written:
        raise refuse_invalid([Problem("not-person", "to")])
    is_number = written.isdecimal() and len(written) <= LONGEST_NUMBER
    found = find_person(int(written)) if is_number else None
    if found is None:
        raise Refused("unknown-person", {"person": written[:LONGEST_NUMBER]})
    return found
