"""Who visits the portal: kept in a cookie of its own, apart from the log-in of the desk.

The cookie names the link, or those that a one-time code gave, signed; whether one still opens
anything is asked each time, so that a link which was revoked or has expired ends the visit at once.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec

from django.conf import settings
from django.core import signing
from django.http import HttpRequest, HttpResponse
from django.views.decorators.cache import never_cache

from tuoban.faces.portal.rendering import closed, private
from tuoban.runtime.cases.clock import now
from tuoban.services.portal.links import Visit, visit_of

COOKIE = "portal-visit"
PATH = "/portal/"
_SALT = "tuoban.portal-visit"

P = ParamSpec("P")
View = Callable[Concatenate[HttpRequest, P], HttpResponse]
OfVisit = Callable[Concatenate[HttpRequest, Visit, P], HttpResponse]


def begin(response: HttpResponse, *visits: Visit) -> None:
    """Remember these visits, and no others, in this browser until that is closed."""
    response.set_cookie(
        COOKIE,
        signing.dumps([visit.link_id for visit in visits], salt=_SALT),
        path=PATH,
        httponly=True,
        samesite="Lax",
        secure=settings.SESSION_COOKIE_SECURE,
    )


def end(response: HttpResponse) -> None:
    response.delete_cookie(COOKIE, path=PATH, samesite="Lax")


def current(request: HttpRequest) -> tuple[Visit, ...]:
    """The visits that go on; none: nobody came by a link that is valid now."""
    try:
        link_ids = signing.loads(request.COOKIES.get(COOKIE, ""), salt=_SALT)
    except signing.BadSignature:
        return ()
    at = now()
    visits = (visit_of(each, at) for each in link_ids)
    return tuple(each for each in visits if each is not None)


def of_visit(view: OfVisit[P]) -> View[P]:
    """Let only those through whose link opens the case that the address names.

    Everybody else gets the same page, whether there is such a case or not.
    """

    @private
    @never_cache
    @wraps(view)
    def check(
        request: HttpRequest, /, number: str, *args: P.args, **kwargs: P.kwargs
    ) -> HttpResponse:
        visit = next((each for each in current(request) if each.number == number), None)
        if visit is None:
            return closed(request)
        return view(request, visit, *args, **kwargs)

    return check  # type: ignore[return-value]
