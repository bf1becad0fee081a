"""Chinese first: a page is Chinese until somebody chooses another language.

The choice stands in a cookie, and with the user, whose log-in sets the cookie again, unless a
language was chosen for this visit on the log-in page. What the browser would prefer is not asked:
the desk of an organisation speaks the organisation's language.
"""

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.utils import translation


def is_offered(language: str) -> bool:
    return language in dict(settings.LANGUAGES)


def remember(response: HttpResponseBase, language: str, *, lasting: bool = True) -> None:
    """Keep the choice in this browser: for a year, or else until the browser is closed."""
    response.set_cookie(
        settings.LANGUAGE_COOKIE_NAME,
        language,
        max_age=365 * 24 * 3600 if lasting else None,
        httponly=True,
        samesite="Lax",
        secure=settings.SESSION_COOKIE_SECURE,
    )


class ChineseFirstMiddleware:
    """Speaks the language of the cookie, else Chinese."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        chosen = request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME, "")
        language = chosen if is_offered(chosen) else settings.LANGUAGE_CODE
        with translation.override(language):
            response = self.get_response(request)
        response.headers.setdefault("Content-Language", language)
        return response
