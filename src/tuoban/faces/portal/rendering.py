"""From a typed context to an answer of the portal."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, fields
from functools import wraps
from http import HTTPStatus
from typing import Any, ParamSpec

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

P = ParamSpec("P")


@dataclass(frozen=True, slots=True)
class AnswerContext:
    """A page that says one thing, and what to do."""

    title: str
    text: str


def page(request: HttpRequest, template: str, context: Any, status: int = 200) -> HttpResponse:
    """Render ``templates/portal/<template>.html`` with the fields of a context dataclass."""
    names = {each.name: getattr(context, each.name) for each in fields(context)}
    return render(request, f"portal/{template}.html", names, status=status)


def closed(request: HttpRequest) -> HttpResponse:
    """That a link opens nothing; why, and whether there is such a case, is not told."""
    text = _(
        "The link is wrong, has expired or was taken back. Ask the people who sent it to you for a "
        "new one."
    )
    context = AnswerContext(_("This link does not open anything"), text)
    return page(request, "answer", context, HTTPStatus.NOT_FOUND)


def private(view: Callable[P, HttpResponse]) -> Callable[P, HttpResponse]:
    """No other site learns that somebody was here, and none of it is indexed.

    Forms need `same-origin`: with `no-referrer` browsers do not say where a form comes from, and it
    would be taken for a forged one.
    """

    @wraps(view)
    def answer(*args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        response = view(*args, **kwargs)
        response.headers.setdefault("Referrer-Policy", "same-origin")
        response["X-Robots-Tag"] = "noindex, nofollow"
        return response

    return answer
