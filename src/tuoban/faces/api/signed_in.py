"""Who asks: a program by its token, or somebody's browser by the session of the desk.

Whoever sends a token is answered by it alone, whatever cookies come along. What a browser asks for
by its cookie changes nothing unless the request shows that a page of ours has sent it.
"""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest
from django.utils import translation
from ninja.utils import check_csrf

from tuoban.faces.api import limits
from tuoban.faces.api.language import accepted
from tuoban.faces.api.problems import NoResult
from tuoban.faces.loopback import may_use_demo_log_ins
from tuoban.runtime.cases import clock as wall
from tuoban.runtime.people import tokens
from tuoban.runtime.people.models import User
from tuoban.runtime.people.tokens import MEANING, SCOPES, Scope

SCHEMES = {
    "token": {
        "type": "http",
        "scheme": "bearer",
        "description": "A token, made at the desk under About me, or by `tuoban user token`. Its "
        "scopes: " + "; ".join(f"`{each}`, {MEANING[each].en}" for each in SCOPES) + ".",
    },
    "session": {
        "type": "apiKey",
        "in": "cookie",
        "name": settings.SESSION_COOKIE_NAME,
        "description": "The session of a browser that is logged in at the desk. What it changes "
        "needs the header `X-CSRFToken` besides, which pages of the desk alone can send.",
    },
}
"""The two ways to say who asks, as OpenAPI describes them."""

_BEARER = "bearer "


class ApiRequest(HttpRequest):
    """A request of somebody who is known."""

    auth: User


class Access:
    """Lets somebody through who is known, and whose token, if it is a token, has a scope."""

    def __init__(self, scope: Scope) -> None:
        self.scope = scope

    def __call__(self, request: HttpRequest) -> User:
        """Who asks; their language is spoken from here on, unless the request names one.

        Raises:
            NoResult: `not-signed-in`, `bad-token`, `out-of-scope`, `forged`, `too-many`.
        """
        user = _known(request)
        if user.is_demo and not may_use_demo_log_ins(request):
            raise limits.not_known(request, "not-signed-in")
        limits.count_known(request, user)
        if user.token is not None and self.scope not in user.token.scopes.split():
            raise NoResult("out-of-scope")
        if accepted(request) is None:
            translation.activate(user.language)
        return user


READ, WORK, OPERATE = Access("read"), Access("work"), Access("operate")
"""What a token must be made for, by what is asked."""


def _known(request: HttpRequest) -> User:
    written = request.headers.get("Authorization")
    if written is not None:
        found = by_token(written)
        if found is None:
            raise limits.not_known(request, "bad-token")
        return found
    if not isinstance(request.user, User):
        raise limits.not_known(request, "not-signed-in")
    if check_csrf(request) is not None:
        raise NoResult("forged")
    return request.user


def by_token(written: str) -> User | None:
    """Whose program sends this header `Authorization`, with the token; None: nobody's."""
    if written[: len(_BEARER)].lower() != _BEARER:
        return None
    return tokens.find(written[len(_BEARER) :].strip(), wall.now())
