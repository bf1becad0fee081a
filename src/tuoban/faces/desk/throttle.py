"""Slowing down guesses: who has tried to log in too often has to pause.

Counted are the attempts on a name from one address, on a name from anywhere, and from one
address on any name. A browser in which the name logged in before has a counter of its own, so
that nobody else's guesses keep the owner of the name out.
"""

import hashlib
import secrets
from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.core import signing
from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from tuoban.faces.addresses import address_of
from tuoban.runtime.people import attempts
from tuoban.runtime.people.attempts import Counter

FAILURES_ALLOWED = 5
FAILURES_ALLOWED_ON_A_NAME = 25
FAILURES_ALLOWED_FROM_AN_ADDRESS = 100
"""Generous: behind a proxy, or a router of a branch, many people share one address."""

_SALT = "tuoban.known-browser"
_KNOWN_FOR_S = 365 * 24 * 3600


@dataclass(frozen=True, slots=True)
class Attempt:
    """One log-in being tried: `own` is forgiven when it goes well, `shared` only taken back."""

    own: Counter
    shared: tuple[Counter, ...] = ()

    def may_go_on(self, at: datetime) -> bool:
        """Count this attempt; False if there were too many."""
        return attempts.count_in((self.own, *self.shared), at)

    def went_well(self) -> None:
        attempts.forget(self.own)
        attempts.take_back(self.shared)


def attempt_of(request: HttpRequest, name: str) -> Attempt:
    name = name.casefold()
    browser = _known_browser(request, name)
    if browser:
        return Attempt(Counter(f"browser\n{name}\n{browser}", FAILURES_ALLOWED))
    address = address_of(request)
    return Attempt(
        Counter(f"name and address\n{name}\n{address}", FAILURES_ALLOWED),
        (
            Counter(f"name\n{name}", FAILURES_ALLOWED_ON_A_NAME),
            Counter(f"address\n{address}", FAILURES_ALLOWED_FROM_AN_ADDRESS),
        ),
    )


def remember_browser(request: HttpRequest, response: HttpResponse, name: str) -> None:
    """Mark this browser as one in which the name has logged in, for a year."""
    name = name.casefold()
    browser = _known_browser(request, name) or secrets.token_urlsafe(16)
    response.set_cookie(
        _cookie(name),
        signing.dumps([name, browser], salt=_SALT),
        max_age=_KNOWN_FOR_S,
        path=reverse("desk:login"),
        httponly=True,
        samesite="Lax",
        secure=settings.SESSION_COOKIE_SECURE,
    )


def _known_browser(request: HttpRequest, name: str) -> str:
    signed = request.COOKIES.get(_cookie(name), "")
    try:
        known, browser = signing.loads(signed, salt=_SALT, max_age=_KNOWN_FOR_S)
    except signing.BadSignature:
        return ""
    return str(browser) if known == name else ""


def _cookie(name: str) -> str:
    return "known-" + hashlib.sha256(name.encode()).hexdigest()[:16]
