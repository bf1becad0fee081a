"""Forms are text in UTF-8. What cannot be read as such is refused before anything looks at it."""

from collections.abc import Callable
from itertools import chain

from django.core.exceptions import BadRequest
from django.http import HttpRequest
from django.http.response import HttpResponseBase

_UTF_8 = frozenset({"utf-8", "utf8"})


class ReadableFormMiddleware:
    """Answers 400 to a form in another character set, or with text that cannot be written down."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        charset = (request.content_params or {}).get("charset", "utf-8")
        if charset.lower() not in _UTF_8:
            raise BadRequest(f"a form in the character set {charset[:40]!r}")
        if request.method == "POST":
            _check(request)
        return self.get_response(request)


def _check(request: HttpRequest) -> None:
    try:
        entries = list(request.POST.lists())
        for text in chain.from_iterable((name, *values) for name, values in entries):
            # Half of a surrogate pair is no text: no database and no answer can hold it.
            str(text).encode()
    except (LookupError, UnicodeError) as error:
        # A part of a form may name a codec of its own, which need not exist or fit.
        raise BadRequest("a form that is not text in UTF-8") from error
