"""Files that come with a form, or alone from a page with scripts.

An entry for files sends new ones as `up.<field>`; those that stand in it as rows of a list,
`f.<field>.<ref>.`. What comes with a form is kept before the form is looked at, so that a form that
is refused shows it again.
"""

from __future__ import annotations

import logging
from collections.abc import Iterator
from typing import TYPE_CHECKING

from django.core.files.base import File
from django.http import QueryDict

from tuoban.faces import posted
from tuoban.kernel.refusals import Problem, refuse_invalid
from tuoban.runtime.cases.clock import now
from tuoban.runtime.cases.filing.uploading import upload
from tuoban.runtime.files.rules import MOST_AT_ONCE
from tuoban.runtime.files.service import NotTaken

if TYPE_CHECKING:
    from tuoban.faces.desk.signed_in import StaffRequest

UP = "up."

_log = logging.getLogger(__name__)


def take_in(request: StaffRequest) -> None:
    """Keep the files that came with a form; the form says then that they stand in its entries."""
    if hasattr(request, "upload_problems"):
        return  # one view has asked another
    request.upload_problems = ()
    if request.method != "POST" or not request.FILES:
        return
    form = request.POST.copy()
    problems: list[Problem] = []
    for place, (field, file) in enumerate(_files(request)):
        if place == MOST_AT_ONCE:
            problems.append(Problem("too-many-files", field, {"limit": MOST_AT_ONCE}))
            break
        ref = _kept(request, field, file, problems)
        if ref:
            _put(form, field, ref)
    request.POST = form  # type: ignore[assignment]  # a copy of it with more entries
    request.upload_problems = tuple(problems)


def check(request: StaffRequest) -> None:
    """Go on only where everything that came could be kept.

    Raises:
        Refused: `invalid` beside the entries.
    """
    if request.upload_problems:
        raise refuse_invalid(list(request.upload_problems))


def refs_of(form: QueryDict, field: str) -> tuple[str, ...]:
    """The files that stand in an entry."""
    rows = posted.field_values(form).get(field)
    return tuple(row.get("", "") for row in rows) if isinstance(rows, list) else ()


def _files(request: StaffRequest) -> Iterator[tuple[str, File[bytes]]]:
    for name, files in request.FILES.lists():
        if name.startswith(UP):
            yield from ((name.removeprefix(UP), each) for each in files)


def _kept(
    request: StaffRequest, field: str, file: File[bytes], problems: list[Problem]
) -> str | None:
    name = file.name or ""
    try:
        return upload(file.chunks(), name, by=request.user, at=now()).ref
    except NotTaken as refused:
        problems.append(Problem(refused.code, field, refused.facts))
    except OSError:
        _log.exception("a file could not be stored")
        problems.append(Problem("file-not-kept", field, {"name": name}))
    return None


def _put(form: QueryDict, field: str, ref: str) -> None:
    name = f"{posted.FIELD}{field}"
    form.setdefault(name, "")
    form[f"{name}.{ref}."] = ref
