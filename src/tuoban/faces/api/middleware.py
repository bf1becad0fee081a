"""Below /api/ every answer is one of the API's, also where something else gave it first."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.utils import translation
from django.utils.cache import patch_vary_headers

from tuoban.faces.api import limits
from tuoban.faces.api.language import before_log_in
from tuoban.faces.api.problems import MEDIA_TYPE, answer_status

_KEPT = ("Allow", "Retry-After")


class ApiMiddleware:
    """Speaks the language that the request accepts, and turns error pages into problems.

    Such a page comes from whatever stands before the API or fails behind it: an unknown host, an
    address that is not there, a method that is not allowed, a fault.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        if not is_of_api(request.path_info):
            return self.get_response(request)
        with translation.override(before_log_in(request)):
            response = _as_problem(self.get_response(request))
            response["Content-Language"] = translation.get_language() or ""
        response["Cache-Control"] = "private, no-store"
        patch_vary_headers(response, ("Accept-Language", "Authorization", "Cookie"))
        limits.tell(request, response)
        return response


def is_of_api(path: str) -> bool:
    """Whether an address is below /api/."""
    return path == "/api" or path.startswith("/api/")


def answer_before(status: int, accept_language: str) -> HttpResponse:
    """The problem of a request that does not come so far as the middleware."""
    request = HttpRequest()
    request.META["HTTP_ACCEPT_LANGUAGE"] = accept_language
    with translation.override(before_log_in(request)):
        return answer_status(status)


def _as_problem(response: HttpResponseBase) -> HttpResponseBase:
    if response.status_code < 400 or response.headers.get("Content-Type") == MEDIA_TYPE:
        return response
    problem = answer_status(response.status_code)
    for name in _KEPT:
        if name in response.headers:
            problem[name] = response.headers[name]
    return problem
