"""What was said about a case, the newest first, a page at a time."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import datetime

from tuoban.kernel.definition import Text
from tuoban.kernel.state import EDITABLE
from tuoban.runtime.cases import personal, policy, titles
from tuoban.runtime.cases.models import CaseComment, CaseFile, PersonalValue
from tuoban.runtime.cases.paging import PAGE_SIZE, behind, cut
from tuoban.runtime.cases.queries.files import view_of
from tuoban.runtime.cases.queries.rows import CommentRow, CommentsPage, CommentsSheet, FileView
from tuoban.runtime.cases.queries.scene import Scene, open_scene
from tuoban.runtime.cases.wording import same
from tuoban.runtime.people.models import User

ORDER = ("-number",)


def comments_of(scene: Scene, cursor: str = "", most: int = PAGE_SIZE) -> CommentsPage:
    """A page of what was said."""
    every = CaseComment.objects.filter(case=scene.row)
    ordered = every.filter(behind(ORDER, cursor)).select_related("by").order_by(*ORDER)
    rows, following = cut(list(ordered[: most + 1]), ORDER, most)
    words = _words([row.ref for row in rows])
    files = _files(scene, [row.number for row in rows])
    at, user = scene.surroundings.at, scene.user
    return CommentsPage(
        rows=tuple(
            CommentRow(
                number=row.number,
                who=str(row.by) if row.by is not None else "",
                at=row.at,
                edited_at=row.edited_at,
                text=words.get(row.ref, ""),
                is_erased=row.ref not in words,
                files=tuple(files[row.number]),
                can_edit=row.by_id == user.pk and at - row.at <= EDITABLE and row.ref in words,
                can_erase=policy.is_administrator(user) and row.ref in words,
                party=_party(scene, row.party),
            )
            for row in rows
        ),
        next=following,
        count=every.count() if rows else 0,
    )


@dataclass(frozen=True, slots=True)
class Said:
    """Something said between an outside party and the organisation; `text` is empty where it was
    erased."""

    is_theirs: bool
    at: datetime
    text: str


def said_with(case_id: int, party: str, most: int) -> tuple[Said, ...]:
    """What was said to an outside party of a case, or by it, the newest first; nothing else."""
    rows = CaseComment.objects.filter(case=case_id, party=party).order_by(*ORDER)[:most]
    words = _words([row.ref for row in rows])
    return tuple(Said(row.by_id is None, row.at, words.get(row.ref, "")) for row in rows)


def comment_sheet(
    user: User, case_id: int, at: datetime, cursor: str = "", most: int = PAGE_SIZE
) -> CommentsSheet:
    """A page of comments for a page of its own.

    Raises:
        RuntimeRefused: `unknown-case` or `not-visible`.
    """
    scene = open_scene(user, case_id, at)
    title = titles.open_title(scene.row.title, scene.surroundings.opened)
    page = comments_of(scene, cursor, most)
    return CommentsSheet(scene.row.number, title, scene.row.unit.time_zone, page)


def _party(scene: Scene, role: str) -> Text | None:
    known = scene.definition.roles.get(role)
    return known.label if known is not None else same(role) if role else None


def _words(refs: list[str]) -> dict[str, str]:
    kept = PersonalValue.objects.filter(ref__in=refs, erased_at=None)
    return personal.read_values(kept.values_list("ref", "value"))


def _files(scene: Scene, numbers: list[int]) -> defaultdict[int, list[FileView]]:
    rows = CaseFile.objects.filter(case=scene.row, kind=CaseFile.COMMENT, number__in=numbers)
    found: defaultdict[int, list[FileView]] = defaultdict(list)
    for row in rows.select_related("file__blob").order_by("id"):
        if row.file.blob is not None:
            found[row.number].append(view_of(row.file, row.file.blob))
    return found
