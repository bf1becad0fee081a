"""What somebody may ask of a page of hours: an old version, and to look without changing."""

from __future__ import annotations

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest

from tuoban.faces.desk.hours.drafts import whole_number

_READING = frozenset({"", "show", "try"})


def version_asked(request: HttpRequest) -> int:
    """The number of the version that is to be shown; 0: the one in force."""
    return whole_number(str(request.GET.get("version", "")))


def check_reads_only(act: str) -> None:
    """Raises `PermissionDenied` for an act that a page offers only to those who may edit it."""
    if act.partition(".")[0] not in _READING:
        raise PermissionDenied
