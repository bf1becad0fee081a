"""The files of a case, and who may have one."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from datetime import datetime
from typing import Any

from tuoban.kernel.commands import Sealed
from tuoban.kernel.definition import Field, Text
from tuoban.kernel.engine.attaching import may_attach, may_withdraw
from tuoban.kernel.refusals import Refused
from tuoban.runtime.cases import policy, titles
from tuoban.runtime.cases.filing.values import files_in
from tuoban.runtime.cases.models import Case, CaseFile, WorkItem
from tuoban.runtime.cases.paging import PAGE_SIZE, behind, cut
from tuoban.runtime.cases.queries.naming import label_of_field
from tuoban.runtime.cases.queries.rows import (
    CaseFileRow,
    FilesPanel,
    FilesSheet,
    FileView,
    UploadsView,
)
from tuoban.runtime.cases.queries.scene import Scene, open_scene
from tuoban.runtime.files import service
from tuoban.runtime.files.kinds import PICTURES, SHOWN
from tuoban.runtime.files.models import Blob, StoredFile
from tuoban.runtime.people.models import User


def view_of(stored: StoredFile, blob: Blob) -> FileView:
    return FileView(
        ref=stored.ref,
        name=stored.name,
        size=blob.size,
        type=blob.type,
        scan=blob.scan,
        found=blob.found,
        is_free=blob.is_free,
        is_picture=blob.type in PICTURES,
        is_shown=blob.type in SHOWN,
        tells_place=blob.tells_place,
    )


def file_views(user: User, refs: Collection[str]) -> dict[str, FileView]:
    """Those of these files, by reference, that a user may know of; what is gone or erased is left
    out."""
    return _views(known_to(user, refs))


def known_to(
    user: User, refs: Collection[str], in_place_of: str | None = None
) -> dict[str, StoredFile]:
    """Those of these files, by reference, whose names a user may read: who uploaded them, or may
    have them. Merely to know a reference tells nothing.

    Args:
        in_place_of: whose deputy the user is, who goes on with what they had uploaded.
    """
    found = service.found(refs) if refs else {}
    mine = {user.person_id, in_place_of}
    return {
        ref: each for ref, each in found.items() if str(each.by_id) in mine or _may_have(user, each)
    }


def _views(found: Mapping[str, StoredFile]) -> dict[str, FileView]:
    return {ref: view_of(row, row.blob) for ref, row in found.items() if row.blob is not None}


def views_in(value: Any, opened: Mapping[str, Any]) -> tuple[FileView, ...]:
    """The files that a value holds, in its order."""
    plain = opened.get(value.ref) if isinstance(value, Sealed) else value
    refs = [each.ref for each in files_in(plain)]
    known = _views(service.found(refs)) if refs else {}
    return tuple(known[ref] for ref in refs if ref in known)


def uploads_of(field: Field, value: Any, opened: Mapping[str, Any]) -> UploadsView | None:
    """What stands in an entry for files; None for any other one."""
    if not field.holds_files:
        return None
    one = field.columns[0] if field.is_plain else field
    return UploadsView(
        files=views_in(value, opened),
        accept=",".join(one.accept),
        is_many=field.type == "list",
        is_camera=one.type == "image",
        most=int(field.maximum or 0) if field.type == "list" else 1,
    )


ORDER = ("-id",)


def files_of(scene: Scene, q: str = "", cursor: str = "", most: int = PAGE_SIZE) -> FilesPanel:
    """A page of the files of a case, the newest first.

    Args:
        q: what stands in the names of those that are sought.
    """
    definition, state = scene.definition, scene.state
    directory = scene.surroundings.directory
    person = scene.user.person_id
    rows = CaseFile.objects.filter(behind(ORDER, cursor), case=scene.row, file__blob__isnull=False)
    rows = rows.filter(file__name__icontains=q) if q else rows
    rows = rows.select_related("file__blob", "withdrawn_by", "by").order_by(*ORDER)
    found, following = cut(list(rows[: most + 1]), ORDER, most)
    steps = _steps(scene, found)
    return FilesPanel(
        rows=tuple(
            CaseFileRow(
                file=view_of(row.file, row.file.blob),
                number=row.number if row.kind == CaseFile.ATTACHED else 0,
                who=str(row.by) if row.by is not None else "",
                at=row.at,
                what=_what(scene, row),
                step=steps.get(row.number) if row.kind == CaseFile.FIELD else None,
                withdrawn_by=str(row.withdrawn_by) if row.withdrawn_by is not None else "",
                withdrawn_at=row.withdrawn_at,
                can_withdraw=row.kind == CaseFile.ATTACHED
                and may_withdraw(definition, state, directory, row.number, person),
                can_erase=row.kind != CaseFile.FIELD and policy.is_administrator(scene.user),
            )
            for row in found
        ),
        next=following,
        can_attach=may_attach(definition, state, directory, person),
        papers=tuple((name, paper.label) for name, paper in definition.papers.items()),
    )


def file_sheet(
    user: User,
    case_id: int,
    at: datetime,
    q: str = "",
    cursor: str = "",
    most: int = PAGE_SIZE,
) -> FilesSheet:
    """A page of the files of a case, for a page of its own.

    Raises:
        RuntimeRefused: `unknown-case` or `not-visible`.
    """
    scene = open_scene(user, case_id, at)
    title = titles.open_title(scene.row.title, scene.surroundings.opened)
    panel = files_of(scene, q, cursor, most)
    return FilesSheet(scene.row.number, title, scene.row.unit.time_zone, panel)


def _steps(scene: Scene, rows: Iterable[CaseFile]) -> dict[int, Text]:
    """By work item, the step with which a file came."""
    numbers = {row.number for row in rows if row.kind == CaseFile.FIELD and row.number}
    if not numbers:
        return {}
    items = WorkItem.objects.filter(case=scene.row, number__in=numbers)
    known = dict(items.values_list("number", "node"))
    nodes = scene.definition.nodes
    return {each: scene.definition.label_of(node) for each, node in known.items() if node in nodes}


def _what(scene: Scene, row: CaseFile) -> Text | None:
    if row.kind == CaseFile.COMMENT:
        return Text("评论", "comment")
    if row.kind == CaseFile.ATTACHED:
        paper = scene.definition.papers.get(row.name)
        return paper.label if paper is not None else None
    return label_of_field(scene.definition, row.name)


def file_for(user: User, ref: str) -> tuple[StoredFile, Blob]:
    """A file with its content, for whoever may have it: who sees a case that has it, or uploaded it
    where no case has it yet. What was withdrawn is had by those who look after the organisation.

    Raises:
        Refused: `unknown-attachment`, `file-waits`, `file-infected`.
    """
    stored = StoredFile.objects.filter(ref=ref).select_related("blob").first()
    if stored is None or stored.blob is None or not _may_have(user, stored):
        raise Refused("unknown-attachment")
    if stored.blob.scan == Blob.WAITING:
        raise Refused("file-waits", {"name": stored.name})
    if stored.blob.scan == Blob.INFECTED:
        raise Refused("file-infected", {"name": stored.name})
    return stored, stored.blob


def _may_have(user: User, stored: StoredFile) -> bool:
    uses = CaseFile.objects.filter(file=stored)
    if not uses.exists():
        return stored.by_id == user.pk
    if not user.is_staff:
        uses = uses.filter(withdrawn_at=None)
    seen = Case.objects.filter(policy.visible_cases(user))
    return seen.filter(pk__in=uses.values("case")).exists()
