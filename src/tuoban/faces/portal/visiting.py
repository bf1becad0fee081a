"""Who visits the portal: kept in a cookie of its own, apart from the log-in of the desk.

The cookie names the link, signed; whether that still opens anything is asked each time, so that a
link which was revoked or has expired ends the visit at once.
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


def begin(response: HttpResponse, visit: Visit) -> None:
    """Remember the visit in this browser until that is closed."""
    response.set_cookie(
        COOKIE,
        signing.dumps(visit.link_id, salt=_SALT),
        path=PATH,
        httponly=True,
        samesite="Lax",
        secure=settings.SESSION_COOKIE_SECURE,
    )


def end(response: HttpResponse) -> None:
    response.delete_cookie(COOKIE, path=PATH, samesite="Lax")


def current(request: HttpRequest) -> Visit | None:
    """The visit that goes on; None: nobody came by a link that is valid now."""
    try:
        link_id = signing.loads(request.COOKIES.get(COOKIE, ""), salt=_SALT)
    except signing.BadSignature:
        return None
    return visit_of(link_id, now()) if type(link_id) is int else None


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
        visit = current(request)
        if visit is None or visit.number != number:
            return closed(request)
        return view(request, visit, *args, **kwargs)

    return check  # type: ignore[return-value]
