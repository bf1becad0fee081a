"""Addresses of the API. Whatever else lies below /api is nothing, and answered as a problem."""

from typing import NoReturn

from django.http import Http404, HttpRequest
from django.urls import path, re_path
from django.views.decorators.csrf import csrf_exempt

from tuoban.faces.api.api import api


@csrf_exempt
def nothing(request: HttpRequest) -> NoReturn:
    """There is nothing here, with a slash at the end or without."""
    raise Http404


urlpatterns = [
    path("api/v1/", api.urls),
    re_path(r"^api(?:/.*)?$", nothing),
]
