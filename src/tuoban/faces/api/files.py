"""`/files`: uploading a file, and having it; `/cases/{number}/files` and `/comments`."""

from __future__ import annotations

import errno
from collections.abc import Iterator
from datetime import tzinfo
from zoneinfo import ZoneInfo

from django.http.response import HttpResponseBase
from ninja import Path, Query, Router, Schema
from pydantic import Field

from tuoban.faces.api.finding import case_of
from tuoban.faces.api.operations import ASKED_KEY
from tuoban.faces.api.pages import NAMES, NEXT, USUAL, Limit, Page, check_page
from tuoban.faces.api.parameters import check_known
from tuoban.faces.api.problems import NoResult
from tuoban.faces.api.signed_in import READ, WORK, ApiRequest
from tuoban.faces.api.words import Instant, Words, instant, words
from tuoban.faces.streaming import content
from tuoban.kernel.refusals import Problem, Refused, refuse_invalid
from tuoban.runtime.cases import clock as wall
from tuoban.runtime.cases.filing.uploading import upload
from tuoban.runtime.cases.queries import comment_sheet, file_for, file_sheet, file_views
from tuoban.runtime.cases.queries.comments import ORDER as COMMENTS
from tuoban.runtime.cases.queries.files import ORDER as FILES
from tuoban.runtime.cases.queries.rows import FileView
from tuoban.runtime.cases.refusals import RuntimeRefused
from tuoban.runtime.files import store
from tuoban.runtime.files.service import NotTaken

router = Router(tags=["files"])

_CONTENT = "application/octet-stream"
_NO_ROOM = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG})


class File(Schema):
    """A file that was uploaded."""

    file: str = Field(description="By this it is named in `values`, and where it is attached.")
    name: str
    size: int = Field(description="Bytes.")
    type: str = Field(description="The media type, found by the content.")
    scan: str = Field(description="`waiting`, `clean`, `infected`, or `unscanned`.")


class CaseFile(File):
    """A file of a case."""

    number: int | None = Field(description="Of an attachment; null for one in a field or comment.")
    by: str
    at: Instant
    of: Words | None = Field(description="The field, the paper or the comment that it belongs to.")
    step: Words | None = Field(description="With which step it came.")
    withdrawn: bool


class Files(Schema):
    case: str = Field(description="The number of the case.")
    files: list[CaseFile] = Field(description="The newest first, a page of them.")
    next: str | None = NEXT


class CommentMade(Schema):
    number: int
    by: str
    at: Instant
    edited: Instant | None
    text: str | None = Field(description="Null where it was erased.")
    files: list[File]


class Comments(Schema):
    case: str = Field(description="The number of the case.")
    comments: list[CommentMade] = Field(description="The newest first, a page of them.")
    next: str | None = NEXT


@router.post(
    "/files",
    response=File,
    auth=WORK,
    operation_id="uploadFile",
    openapi_extra={
        "requestBody": {
            "required": True,
            "content": {_CONTENT: {"schema": {"type": "string"}}},
        }
    },
)
def upload_file(request: ApiRequest, name: Query[str], key: str = ASKED_KEY) -> File:
    """Upload a file, whose content is the body. What nothing refers to within a day is cleared
    away."""
    check_known(request, "name")
    if request.content_type not in (_CONTENT, ""):
        raise NoResult("unknown-media")
    try:
        ref = upload(_body(request), name, by=request.auth, at=wall.now(), key=key).ref
    except NotTaken as refused:
        raise refuse_invalid([Problem(refused.code, "file", refused.facts)]) from None
    except OSError as error:
        raise RuntimeRefused("no-room" if error.errno in _NO_ROOM else "busy") from error
    return _file(file_views(request.auth, [ref])[ref])


@router.get(
    "/files/{file}",
    auth=READ,
    operation_id="readFile",
    openapi_extra={"responses": {200: {"content": {"*/*": {}}}}},
)
def read_file(request: ApiRequest, file: Path[str]) -> HttpResponseBase:
    """The content of a file, once it is known to be free of harm."""
    check_known(request)
    try:
        stored, blob = file_for(request.auth, file.replace("\0", ""))
    except Refused as refused:
        if refused.code != "unknown-attachment":
            raise
        raise NoResult("unknown-file") from None
    path = store.path_of(blob.digest)
    if not path.exists():
        raise NoResult("unknown-file")
    return content(request, path, name=stored.name, type_=blob.type, size=blob.size, save=True)


@router.get("/cases/{number}/files", auth=READ, response=Files, operation_id="listFiles")
def list_files(
    request: ApiRequest, number: Path[str], page: Page = "", limit: Limit = USUAL
) -> Files:
    """The files of a case, those in its fields and of comments included."""
    check_known(request, *NAMES)
    case_id = case_of(request.auth, number)
    check_page(FILES, page)
    found = file_sheet(request.auth, case_id, wall.now(), cursor=page, most=limit)
    zone: tzinfo = ZoneInfo(found.time_zone)
    return Files(
        case=number,
        files=[
            CaseFile(
                **_file(each.file).dict(),
                number=each.number or None,
                by=each.who,
                at=instant(each.at, zone),
                of=words(each.what) if each.what is not None else None,
                step=words(each.step) if each.step is not None else None,
                withdrawn=each.withdrawn_at is not None,
            )
            for each in found.panel.rows
        ],
        next=found.panel.next or None,
    )


@router.get("/cases/{number}/comments", auth=READ, response=Comments, operation_id="listComments")
def list_comments(
    request: ApiRequest, number: Path[str], page: Page = "", limit: Limit = USUAL
) -> Comments:
    """What was said about a case."""
    check_known(request, *NAMES)
    case_id = case_of(request.auth, number)
    check_page(COMMENTS, page)
    found = comment_sheet(request.auth, case_id, wall.now(), page, limit)
    zone: tzinfo = ZoneInfo(found.time_zone)
    return Comments(
        case=number,
        comments=[
            CommentMade(
                number=each.number,
                by=each.who or (each.party.zh if each.party is not None else ""),
                at=instant(each.at, zone),
                edited=instant(each.edited_at, zone) if each.edited_at is not None else None,
                text=None if each.is_erased else each.text,
                files=[_file(file) for file in each.files],
            )
            for each in found.page.rows
        ],
        next=found.page.next or None,
    )


def _body(request: ApiRequest) -> Iterator[bytes]:
    while chunk := request.read(store.CHUNK):
        yield chunk


def _file(view: FileView) -> File:
    return File(file=view.ref, name=view.name, size=view.size, type=view.type, scan=view.scan)
