"""Which file a content is, to whoever may see that: an upload is scanned under its digest."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Exists, OuterRef, Q, QuerySet

from tuoban.runtime.cases import policy
from tuoban.runtime.cases.models import Case, CaseFile
from tuoban.runtime.files.models import StoredFile
from tuoban.runtime.people.models import User

MOST = 50
"""Files that a search for a name finds among those of cases, and among one's own."""


@dataclass(frozen=True, slots=True)
class ScannedFile:
    """A file by its name; `number` is that of its case, empty: it is in none yet."""

    name: str
    number: str


def files_of(viewer: User, digests: Iterable[str]) -> dict[str, ScannedFile]:
    """By digest, the file that the viewer may see: the newest, and one that a case has, first."""
    uses = _uses_seen(viewer).filter(file__blob__in=set(digests)).order_by("pk")
    rows = uses.values_list("file__blob", "file__name", "case__number")
    own = _own_unused(viewer).filter(blob__in=set(digests)).order_by("pk")
    found = {str(digest): ScannedFile(name, "") for digest, name in own.values_list("blob", "name")}
    return found | {str(digest): ScannedFile(name, number) for digest, name, number in rows}


def digests_of(viewer: User, q: str) -> tuple[str, ...]:
    """The contents of the newest files that the viewer may see and in whose names a text stands.
    By a digest nothing is found: whoever has a file could ask by it whether somebody else
    uploaded the same."""
    uses = _uses_seen(viewer).filter(file__name__icontains=q).order_by("-pk")
    own = _own_unused(viewer).filter(name__icontains=q).order_by("-pk")
    found = [
        *uses.values_list("file__blob", flat=True)[:MOST],
        *own.values_list("blob", flat=True)[:MOST],
    ]
    return tuple(dict.fromkeys(map(str, found)))


def _uses_seen(viewer: User) -> QuerySet[CaseFile]:
    seen = Case.objects.filter(policy.visible_cases(viewer))
    uses = CaseFile.objects.filter(file__blob__isnull=False)
    if viewer.is_staff:
        return uses
    return uses.filter(Q(withdrawn_at=None), case__in=seen.values("pk"))


def _own_unused(viewer: User) -> QuerySet[StoredFile]:
    is_used = Exists(CaseFile.objects.filter(file=OuterRef("pk")))
    if viewer.pk is None:
        return StoredFile.objects.none()
    return StoredFile.objects.filter(~is_used, by=viewer, blob__isnull=False)
