"""The tokens by which programs act as somebody: made by whom they are of, revoked by them and by
administrators."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods

from tuoban.faces.desk.contexts import Shell
from tuoban.faces.desk.people.forms import Misfit, Typed, entry, said, typed
from tuoban.faces.desk.rendering import go_to, page
from tuoban.faces.desk.shell import shell_for
from tuoban.faces.desk.signed_in import StaffRequest, check_staff, signed_in
from tuoban.faces.desk.views.people import act_of
from tuoban.faces.posted import plain
from tuoban.kernel.text import Text
from tuoban.runtime.cases.clock import now
from tuoban.runtime.cases.queries.charge import heads_any
from tuoban.runtime.people import queries, tokens
from tuoban.runtime.people.models import AccessToken, User
from tuoban.runtime.people.unfit import Unfit

ACTS = ("make", "end")
PAGE_SIZE = 50
_NEVER = "never"


@dataclass(frozen=True, slots=True)
class TokensContext:
    """`made` is a token that was made just now, which no later page shows."""

    shell: Shell
    now: datetime
    user: User
    in_use: tuple[AccessToken, ...]
    over: tuple[AccessToken, ...]
    meaning: Mapping[tokens.Scope, Text]
    lasting: tuple[tuple[str, str], ...]
    typed: Typed
    asking: AccessToken | None
    made: str
    is_self: bool
    is_staff: bool
    sees_people: bool


@dataclass(frozen=True, slots=True)
class EverybodysTokensContext:
    shell: Shell
    now: datetime
    rows: tuple[AccessToken, ...]
    meaning: Mapping[tokens.Scope, Text]
    next: str


@never_cache
@require_http_methods(["GET", "POST"])
@signed_in
def of_person(request: StaffRequest, username: str) -> HttpResponse:
    """Show the tokens of somebody; make one or revoke one, as a form of the page asks."""
    user = queries.find_user(plain(username))
    if user is None or not (request.user == user or request.user.is_staff):
        raise Http404
    if request.method == "GET":
        return _show(request, user, asking=_named(user, request.GET.get("ask", "")))
    act = entry(request, "act")
    if act == "make":
        return _make(request, user)
    if act == "end":
        return _end(request, user)
    raise Http404


def _make(request: StaffRequest, user: User) -> HttpResponse:
    # Whoever else could make one could act as somebody else.
    if user != request.user:
        raise PermissionDenied
    try:
        days = _days(entry(request, "days"))
        name, scopes = entry(request, "name"), request.POST.getlist("scope")
        made = tokens.make(user, name, scopes, days=days, at=now(), act=act_of(request))
    except Unfit as error:
        return _show(request, user, typed(request, {error.field: said(error)}), status=422)
    except Misfit as misfit:
        return _show(request, user, typed(request, {misfit.entry: misfit.why}), status=422)
    return _show(request, user, made=made)


def _end(request: StaffRequest, user: User) -> HttpResponse:
    found = _named(user, entry(request, "token"))
    if found is None:
        raise Http404
    tokens.end(found, act_of(request))
    messages.success(request, _("The token is revoked. Programs that use it are refused."))
    return go_to(request, reverse("desk:tokens", args=[user.username]))


@require_GET
@signed_in
def everybody(request: StaffRequest) -> HttpResponse:
    """The tokens of everybody that may be used, the newest first."""
    check_staff(request)
    before, at = request.GET.get("before", ""), now()
    last = int(before) if _is_row(before) else None
    found = tokens.in_use(at, before=last, most=PAGE_SIZE + 1)
    shown = tuple(found[:PAGE_SIZE])
    more = f"{reverse('desk:people-tokens')}?before={shown[-1].pk}" if found[PAGE_SIZE:] else ""
    shell = shell_for(request, "desk:people")
    return page(
        request,
        "people_tokens",
        EverybodysTokensContext(shell, at, shown, tokens.MEANING, more),
    )


def _days(chosen: str) -> int | None:
    if chosen == _NEVER:
        return None
    if not (chosen.isascii() and chosen.isdecimal() and len(chosen) < 4):
        raise Misfit("days", _("Please choose how long it is valid."))
    return int(chosen)


def _lasting() -> tuple[tuple[str, str], ...]:
    return (
        ("30", _("30 days")),
        ("90", _("90 days")),
        ("365", _("a year")),
        (_NEVER, _("until it is revoked")),
    )


def _is_row(written: str) -> bool:
    return written.isascii() and written.isdecimal() and len(written) < 19


def _named(user: User, number: str) -> AccessToken | None:
    return tokens.find_numbered(user, int(number)) if _is_row(number) else None


def _show(
    request: StaffRequest,
    user: User,
    form: Typed | None = None,
    *,
    asking: AccessToken | None = None,
    made: str = "",
    status: int = 200,
) -> HttpResponse:
    viewer, at = request.user, now()
    rows = tokens.of_user(user)
    valid = tuple(each for each in rows if tokens.is_in_use(each, at))
    context = TokensContext(
        shell=shell_for(request, "desk:people" if viewer != user else "desk:me"),
        now=at,
        user=user,
        in_use=valid,
        over=tuple(each for each in rows if each not in valid),
        meaning=tokens.MEANING,
        lasting=_lasting(),
        typed=form or Typed(),
        asking=asking if asking in valid else None,
        made=made,
        is_self=viewer == user,
        is_staff=viewer.is_staff,
        sees_people=viewer.is_staff or heads_any(viewer),
    )
    return page(request, "tokens", context, status)
