"""When something went wrong on the server: the page that says so, and what can be done."""

import sys

from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse
from django.views.defaults import server_error

from tuoban.faces.desk.contexts import BusyContext
from tuoban.faces.desk.rendering import page

RETRY_AFTER_S = 10


def fault(request: HttpRequest) -> HttpResponse:
    """The answer to an exception: 503 if the database could not serve it now, else 500.

    A database that is locked, full or away raises `OperationalError`, one that went away
    `InterfaceError`, and the same request may well succeed a little later. htmx keeps its page on a
    503, with all that was typed.
    """
    if not isinstance(sys.exc_info()[1], OperationalError | InterfaceError):
        return server_error(request)
    response = page(request, "busy", BusyContext(_address(request), _kept(request)), status=503)
    response["Retry-After"] = str(RETRY_AFTER_S)
    return response


def _address(request: HttpRequest) -> str:
    return request.path if request.method == "POST" else request.get_full_path()


def _kept(request: HttpRequest) -> tuple[tuple[str, str], ...]:
    """The form to be sent again. A password is never written into a page, so nor is its form."""
    if "password" in request.POST:
        return ()
    return tuple(
        (name, str(value))
        for name, values in request.POST.lists()
        if name != "csrfmiddlewaretoken"
        for value in values
    )
