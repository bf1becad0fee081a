"""The API put together: its addresses, who may ask, and what becomes of errors."""

from __future__ import annotations

from django.db import InterfaceError, OperationalError
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.http.request import RawPostDataException
from ninja import NinjaAPI
from ninja.errors import HttpError, ValidationError
from ninja.renderers import JSONRenderer

from tuoban import __version__
from tuoban.faces.api import (
    calendars,
    case_parts,
    cases,
    clocks,
    files,
    limits,
    lists,
    messages,
    operations,
    units,
    work,
)
from tuoban.faces.api.bodies import StrictParser, is_json
from tuoban.faces.api.openapi import description
from tuoban.faces.api.parameters import bad
from tuoban.faces.api.problems import NoResult, answer, answer_refused
from tuoban.faces.api.signed_in import READ
from tuoban.kernel.refusals import Refused


class _Readable(JSONRenderer):
    """JSON in which Chinese can be read."""

    json_dumps_params = {"ensure_ascii": False}


# No page of documentation: those that come with the library load scripts that our pages do not.
api = NinjaAPI(
    title="Tuoban",
    version="1",
    description=f"What programs read of Tuoban {__version__} and do there, in Chinese and English.",
    urls_namespace="api",
    openapi_url=None,
    docs_url=None,
    auth=READ,
    renderer=_Readable(),
    parser=StrictParser(),
)
_MODULES = (
    cases,
    case_parts,
    clocks,
    work,
    lists,
    operations,
    files,
    messages,
    calendars,
    units,
)
for module in _MODULES:
    api.add_router("", module.router)


@api.get("/openapi.json", auth=None, include_in_schema=False, url_name="openapi")
def read_description(request: HttpRequest) -> HttpResponse:
    """The description of the API, for everybody."""
    limits.count_unknown(request)
    return JsonResponse(description(api))


@api.exception_handler(NoResult)
def _no_result(request: HttpRequest, error: NoResult) -> HttpResponse:
    return answer(error.code, error.errors)


@api.exception_handler(ValidationError)
def _invalid(request: HttpRequest, error: ValidationError) -> HttpResponse:
    return answer("invalid", tuple(bad(error.errors)))


@api.exception_handler(Refused)
def _refused(request: HttpRequest, error: Refused) -> HttpResponse:
    return answer_refused(error)


@api.exception_handler(HttpError)
@api.exception_handler(RawPostDataException)  # a form with parts was read as such before
def _unreadable(request: HttpRequest, error: Exception) -> HttpResponse:
    return answer("bad-request" if is_json(request) else "unknown-media")


@api.exception_handler(Http404)
def _not_found(request: HttpRequest, error: Http404) -> HttpResponse:
    return answer("not-found")


@api.exception_handler(OperationalError)
@api.exception_handler(InterfaceError)
def _busy(request: HttpRequest, error: Exception) -> HttpResponse:
    return answer("busy")
