"""What every request for a verb says: its key, and a reason."""

from __future__ import annotations

from django.http import HttpRequest


def key_of(request: HttpRequest) -> str:
    """By what the request is known if it comes twice."""
    return request.POST.get("key", "")


def reason_of(request: HttpRequest) -> str:
    """Why, or what is to be said about it."""
    return request.POST.get("reason", "")
