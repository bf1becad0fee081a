"""From a typed context to an answer."""

from dataclasses import fields
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django_htmx.http import HttpResponseClientRedirect


def page(request: HttpRequest, template: str, context: Any, status: int = 200) -> HttpResponse:
    """Render ``templates/desk/<template>.html`` with the fields of a context dataclass."""
    names = {each.name: getattr(context, each.name) for each in fields(context)}
    return render(request, f"desk/{template}.html", names, status=status)


def go_to(request: HttpRequest, address: str) -> HttpResponse:
    """Send the browser to another page after a change, with htmx or without."""
    if is_htmx(request):
        return HttpResponseClientRedirect(address)
    return redirect(address)


def is_htmx(request: HttpRequest, target: str = "") -> bool:
    """Whether htmx asks, and, if a target is named, for that fragment of the page."""
    if not request.htmx:  # type: ignore[attr-defined]  # set by django-htmx's middleware
        return False
    return not target or request.headers.get("HX-Target") == target
