"""How often programs may ask: each token, each user, and each address of those who are not known.

Who asks is looked up first, so that nobody's bad tokens keep out others behind the same address; a
token cannot be guessed, and to look one up costs a read by its digest.
"""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.http.response import HttpResponseBase

from tuoban.faces.addresses import address_of
from tuoban.faces.api.problems import NoResult
from tuoban.runtime.cases import clock as wall
from tuoban.runtime.people import rates
from tuoban.runtime.people.models import User
from tuoban.runtime.people.rates import Verdict

HEADERS = {
    "RateLimit-Policy": "How many requests (`q`) are answered within how many seconds (`w`).",
    "RateLimit": "How many of them are left (`r`), and in how many seconds all are again (`t`).",
}
_NAME = "minute"


def count_known(request: HttpRequest, user: User) -> None:
    """Count a request of somebody who is known. Raises `NoResult`: `too-many`."""
    who = f"token {user.token.pk}" if user.token is not None else f"user {user.pk}"
    _count(request, who, "known")


def count_unknown(request: HttpRequest) -> None:
    """Count a request of nobody who is known, by its address. Raises `NoResult`: `too-many`."""
    _count(request, f"address {address_of(request)}", "unknown")


def not_known(request: HttpRequest, code: str) -> NoResult:
    """The problem of somebody who is not known: `code`, or, once they asked too often, that."""
    try:
        count_unknown(request)
    except NoResult as too_many:
        return too_many
    return NoResult(code)


def _count(request: HttpRequest, who: str, kind: str) -> None:
    given: dict[str, int] = settings.TUOBAN_API
    verdict = rates.take(f"api\n{who}", given[kind], wall.now())
    request.rate = verdict  # type: ignore[attr-defined]
    if verdict.limit and not verdict.may:
        raise NoResult("too-many")


def tell(request: HttpRequest, response: HttpResponseBase) -> None:
    """Say in the headers of an answer what is left, where anything was counted."""
    verdict: Verdict | Any = getattr(request, "rate", None)
    if not isinstance(verdict, Verdict) or not verdict.limit:
        return
    response["RateLimit-Policy"] = f'"{_NAME}";q={verdict.limit};w={rates.WINDOW_S}'
    response["RateLimit"] = f'"{_NAME}";r={verdict.left};t={verdict.resets_s}'
    if not verdict.may:
        response["Retry-After"] = str(verdict.resets_s)
