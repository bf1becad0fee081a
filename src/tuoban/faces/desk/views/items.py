"""The verbs on a piece of work: each parses, calls one verb of the runtime, and goes on.

What is refused is shown again with everything that was typed, each problem beside its entry.
"""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from tuoban.faces.desk import posted
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
from tuoban.kernel.refusals import Refused
from tuoban.runtime.cases import definitions, service
from tuoban.runtime.cases.clock import now
from tuoban.runtime.cases.elements import named
from tuoban.runtime.cases.queries import item_panel
from tuoban.runtime.people.models import User

LONGEST_NUMBER = 18
"""Digits of a row's number that every database can count."""


def verb(
    view: Callable[[StaffRequest, int], HttpResponse],
) -> Callable[[HttpRequest, int], HttpResponse]:
    """A verb is posted; whoever comes to its address by a link or a reload gets the case."""

    @signed_in
    @wraps(view)
    def check(request: StaffRequest, item_id: int) -> HttpResponse:
        place = place_of(request.user, item_id)
        if request.method != "POST":
            return redirect("desk:case", place.number)
        return view(request, item_id)

    return check


@verb
def claim(request: StaffRequest, item_id: int) -> HttpResponse:
    def act() -> service.Outcome:
        return service.claim(item_id, by=request.user, at=now(), key=_key(request))

    return _carry_out(request, item_id, "claim", act, _("“%(step)s” is yours to do now."))


@verb
def release(request: StaffRequest, item_id: int) -> HttpResponse:
    def act() -> service.Outcome:
        return service.release(item_id, by=request.user, at=now(), key=_key(request))

    return _carry_out(
        request, item_id, "release", act, _("“%(step)s” is released; others can claim it.")
    )


@verb
def transfer(request: StaffRequest, item_id: int) -> HttpResponse:
    def act() -> service.Outcome:
        return service.transfer(
            item_id,
            to=person_of(request.POST.get("to", "")),
            reason=request.POST.get("reason", ""),
            by=request.user,
            at=now(),
            key=_key(request),
        )

    return _carry_out(request, item_id, "transfer", act, _("“%(step)s” is transferred."))


@verb
def return_to(request: StaffRequest, item_id: int) -> HttpResponse:
    to, of, straight = posted.target(request.POST)

    def act() -> service.Outcome:
        return service.return_to(
            item_id,
            to=to,
            of=of,
            straight=straight,
            reason=request.POST.get("reason", ""),
            by=request.user,
            at=now(),
            key=_key(request),
        )

    return _carry_out(request, item_id, "return", act, _("“%(step)s” is sent back."))


@verb
def delegate(request: StaffRequest, item_id: int) -> HttpResponse:
    def act() -> service.Outcome:
        return service.delegate(
            item_id,
            to=person_of(request.POST.get("to", "")),
            reason=request.POST.get("reason", ""),
            by=request.user,
            at=now(),
            key=_key(request),
        )

    done = _("“%(step)s” is delegated; it comes back to you to be completed.")
    return _carry_out(request, item_id, "delegate", act, done)


@verb
def get_back(request: StaffRequest, item_id: int) -> HttpResponse:
    def act() -> service.Outcome:
        return service.get_back(item_id, by=request.user, at=now(), key=_key(request))

    return _carry_out(request, item_id, "get-back", act, _("“%(step)s” is yours again."))


@verb
def add_signer(request: StaffRequest, item_id: int) -> HttpResponse:
    before = request.POST.get("when", "before") == "before"

    def act() -> service.Outcome:
        return service.add_signer(
            item_id,
            to=person_of(request.POST.get("to", "")),
            before=before,
            reason=request.POST.get("reason", ""),
            by=request.user,
            at=now(),
            key=_key(request),
        )

    done = _("They are asked for an opinion of “%(step)s”; you complete it after that.")
    if not before:
        done = _("They are added to “%(step)s”.")
    return _carry_out(request, item_id, "add-signer", act, done)


@verb
def drop_signer(request: StaffRequest, item_id: int) -> HttpResponse:
    def act() -> service.Outcome:
        return service.drop_signer(
            item_id,
            person=person_of(request.POST.get("person", "")),
            by=request.user,
            at=now(),
            key=_key(request),
        )

    done = _("“%(step)s” goes on without them.")
    return _carry_out(request, item_id, "drop-signer", act, done)


@verb
def give_opinion(request: StaffRequest, item_id: int) -> HttpResponse:
    def act() -> service.Outcome:
        return service.give_opinion(
            item_id,
            agrees=request.POST.get("agrees", "yes") == "yes",
            words=request.POST.get("reason", ""),
            by=request.user,
            at=now(),
            key=_key(request),
        )

    return _carry_out(request, item_id, "opinion", act, _("Your opinion of “%(step)s” is given."))


@verb
def jump(request: StaffRequest, item_id: int) -> HttpResponse:
    def act() -> service.Outcome:
        return service.jump(
            item_id,
            to=request.POST.get("to", ""),
            reason=request.POST.get("reason", ""),
            by=request.user,
            at=now(),
            key=_key(request),
        )

    return _carry_out(request, item_id, "jump", act, _("The case goes on elsewhere."))


@verb
def urge(request: StaffRequest, item_id: int) -> HttpResponse:
    def act() -> service.Outcome:
        return service.urge(
            item_id,
            message=request.POST.get("reason", ""),
            by=request.user,
            at=now(),
            key=_key(request),
        )

    return _carry_out(request, item_id, "urge", act, _("“%(step)s” is urged."))


@verb
def withdraw(request: StaffRequest, item_id: int) -> HttpResponse:
    def act() -> service.Outcome:
        return service.withdraw(
            item_id,
            reason=request.POST.get("reason", ""),
            by=request.user,
            at=now(),
            key=_key(request),
        )

    done = _("“%(step)s” is taken back; it is yours to do again.")
    return _carry_out(request, item_id, "withdraw", act, done)


@verb
def try_again(request: StaffRequest, item_id: int) -> HttpResponse:
    def act() -> service.Outcome:
        return service.try_again(item_id, by=request.user, at=now(), key=_key(request))

    return _carry_out(
        request, item_id, "try-again", act, _("The system has tried “%(step)s” again.")
    )


@verb
def complete(request: StaffRequest, item_id: int) -> HttpResponse:
    def act() -> service.Outcome:
        return service.complete(
            item_id,
            outcome=request.POST.get("outcome") or None,
            data=posted.field_values(request.POST),
            checked=posted.ticked(request.POST),
            signatures=posted.signatures(request.POST),
            stamped=posted.stamped(request.POST),
            named=posted.named(request.POST),
            papers=posted.papers(request.POST),
            by=request.user,
            at=now(),
            key=_key(request),
        )

    done = _("Done. “%(step)s” is complete.")
    if _is_to_be_signed(request, item_id):
        done = _("“%(step)s” is completed and with its signers.")
    return _carry_out(request, item_id, "complete", act, done)


def _is_to_be_signed(request: StaffRequest, item_id: int) -> bool:
    """Whether people of the organisation sign what is completed with this outcome."""
    place = place_of(request.user, item_id)
    step = definitions.load(place.slug, place.version).nodes[place.node].step
    outcome = step.outcome(request.POST.get("outcome", ""))
    return bool(step.inside_signers) and not (outcome is not None and outcome.unsigned)


@verb
def sign(request: StaffRequest, item_id: int) -> HttpResponse:
    def act() -> service.Outcome:
        return service.sign(
            item_id,
            shown=request.POST.get("shown", ""),
            stamped="stamp" in request.POST,
            by=request.user,
            at=now(),
            key=_key(request),
        )

    return _carry_out(request, item_id, "sign", act, _("“%(step)s” is signed."))


@verb
def refuse_to_sign(request: StaffRequest, item_id: int) -> HttpResponse:
    def act() -> service.Outcome:
        return service.refuse_to_sign(
            item_id,
            reason=request.POST.get("reason", ""),
            by=request.user,
            at=now(),
            key=_key(request),
        )

    done = _("“%(step)s” is not signed; it went back to whoever completed it.")
    return _carry_out(request, item_id, "refuse", act, done)


@verb
def draft(request: StaffRequest, item_id: int) -> HttpResponse:
    """Keep what is typed so far, and show the entries that follow from it."""
    return _kept_draft(request, item_id, posted.draft(request.POST))


@verb
def rows(request: StaffRequest, item_id: int) -> HttpResponse:
    """Add a row to a list or remove one, with everything that is typed kept as it is."""
    edit = request.POST.get("rows", "")
    entered = posted.edit_rows(posted.draft(request.POST), edit)
    typed = edited_in(request, edit, "complete", item_id)
    if is_htmx(request):
        return _kept_draft(request, item_id, entered, typed)
    place = place_of(request.user, item_id)
    return case.show(request, place.case_id, typed=typed, entered={item_id: entered})


def _kept_draft(
    request: StaffRequest, item_id: int, entered: dict[str, Any], typed: Typed = BLANK
) -> HttpResponse:
    at = now()
    try:
        service.save_draft(item_id, data=entered, by=request.user, at=at)
        panel = item_panel(request.user, item_id, at, entered)
    except Refused as refused:
        return beside_the_form(request, refused)
    if panel is None:
        return beside_the_form(request, Refused("unknown-item"))
    saved = _("Draft kept at %(time)s.") % {"time": f"{timezone.localtime(at):%H:%M}"}
    return page(request, "_draft_answer", DraftContext(panel, saved, typed))


def _carry_out(
    request: StaffRequest,
    item_id: int,
    name: Verb,
    act: Callable[[], service.Outcome],
    done: str,
) -> HttpResponse:
    place = place_of(request.user, item_id)
    try:
        act()
    except Refused as refused:
        return _refuse(request, item_id, place, name, refused)
    messages.success(request, done % {"step": _step_label(place)})
    return go_to(request, reverse("desk:case", args=[place.number]))


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
    return label.read(get_language() or "zh")


def _kept(place: ItemPlace, entered: dict[str, Any]) -> tuple[tuple[str, str], ...]:
    """What was typed into a form that is gone, under the labels it had."""
    definition = definitions.load(place.slug, place.version)
    language = get_language() or "zh"
    fields = ((definition.field_at(place.node, name), value) for name, value in entered.items())
    return tuple(
        (field.label.read(language), posted.as_text(value))
        for field, value in fields
        if field and value
    )


def _key(request: StaffRequest) -> str:
    return request.POST.get("key", "")


def person_of(written: str) -> User:
    """The person who was chosen in a list. Raises `Refused`: `unknown-person`."""
    is_number = written.isdecimal() and len(written) <= LONGEST_NUMBER
    found = User.objects.filter(pk=int(written)).first() if is_number else None
    if found is None:
        raise Refused("unknown-person", {"person": written[:LONGEST_NUMBER]})
    return found
