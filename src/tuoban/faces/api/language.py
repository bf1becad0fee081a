"""The language of answers: the one that the request accepts, else the user's, else Chinese."""

from django.conf import settings
from django.http import HttpRequest
from django.utils.translation import get_language, get_supported_language_variant
from django.utils.translation.trans_real import parse_accept_lang_header


def accepted(request: HttpRequest) -> str | None:
    """The first language of `Accept-Language` that Tuoban speaks; None if it names none."""
    for code, _ in parse_accept_lang_header(request.headers.get("Accept-Language", "")):
        try:
            return get_supported_language_variant(code)
        except LookupError:
            continue
    return None


def before_log_in(request: HttpRequest) -> str:
    """The language in which somebody is answered who is not known yet."""
    return accepted(request) or settings.LANGUAGE_CODE


def spoken() -> str:
    """The language of this answer."""
    return get_language() or settings.LANGUAGE_CODE
