"""`/work`, `/requests` and `/notices`: what is there for whoever asks."""

from __future__ import annotations

from datetime import UTC
from typing import Annotated, Literal

from ninja import Router, Schema
from pydantic import Field

from tuoban.faces.api.pages import MOST, NAMES, NEXT, USUAL, Limit, Page, check_page, part_of
from tuoban.faces.api.parameters import LONGEST, check_known
from tuoban.faces.api.said import Word
from tuoban.faces.api.signed_in import READ, ApiRequest
from tuoban.faces.api.words import Instant, Words, instant, instant_if, words, words_if
from tuoban.faces.api.work import Entry, Named
from tuoban.runtime.cases import clock as wall
from tuoban.runtime.cases.queries import my_work, new_case_forms
from tuoban.runtime.cases.queries.notices import ORDER as NOTICES
from tuoban.runtime.cases.queries.notices import notice_page
from tuoban.runtime.cases.queries.work import BY_TIME_LEFT, BY_TRIAGE

router = Router(tags=["work"])

Which = Literal["mine", "late", "today", "later", "pool"]
Pool = Annotated[Word, Field(max_length=LONGEST)]


class Piece(Schema):
    """A piece of open work. All instants are in UTC."""

    case: str = Field(description="The number of its case.")
    item: int = Field(description="Its number in the case.")
    step: Words
    title: str
    process: Words
    unit: Words
    pool: Words | None = Field(description="The role in whose pool it lies; null: somebody has it.")
    holder: str | None
    claimable: bool
    locked: Words | None = Field(description="What it waits for before it can be completed.")
    suspended: bool
    priority: Words | None
    offered: Instant
    due: Instant | None


class PoolRow(Schema):
    """A pool with work in it that the reader may take."""

    key: str
    role: Words
    unit: Words
    count: int


class Work(Schema):
    work: list[Piece] = Field(
        description="Your own by time left, of pools by priority and time left; a page of it."
    )
    pools: list[PoolRow]
    next: str | None = NEXT


class Request(Schema):
    """A request by which the reader may begin a case."""

    process: str
    request: str
    title: Words = Field(description="Of the process.")
    label: Words
    units: list[Named] = Field(description="Where it may be made.")
    fields: list[Entry]


class Requests(Schema):
    requests: list[Request] = Field(description="By process and name, a page of them.")
    next: str | None = NEXT


class Notice(Schema):
    """What the reader was told. The instant is in UTC."""

    number: int
    code: str
    text: Words
    case: str | None = Field(description="The number of the case that it is about; null: of none.")
    title: str
    at: Instant
    read: bool


class Notices(Schema):
    notices: list[Notice] = Field(description="The newest first, a page of them.")
    next: str | None = NEXT


@router.get("/work", auth=READ, response=Work, operation_id="listWork")
def list_work(
    request: ApiRequest,
    which: Which = "mine",
    pool: Pool = "",
    page: Page = "",
    limit: Limit = USUAL,
) -> Work:
    """Your open work, or what lies in your pools; `pool` is the key of one of them."""
    check_known(request, "which", "pool", *NAMES)
    check_page(BY_TRIAGE if which == "pool" else BY_TIME_LEFT, page)
    tab = "all" if which == "mine" else which
    found = my_work(request.auth, wall.now(), tab=tab, pool=pool, page=page, most=limit)
    return Work(
        work=[
            Piece(
                case=each.number,
                item=each.item,
                step=words(each.step),
                title=each.title,
                process=words(each.process),
                unit=words(each.unit),
                pool=words_if(each.pool_role),
                holder=each.holder,
                claimable=each.can_claim,
                locked=words_if(each.waiting_for),
                suspended=each.suspended,
                priority=words_if(each.priority),
                offered=instant(each.offered_at, UTC),
                due=instant_if(each.due_at, UTC),
            )
            for each in found.rows
        ],
        pools=[
            PoolRow(key=each.key, role=words(each.role), unit=words(each.unit), count=each.count)
            for each in found.pools
        ],
        next=found.next or None,
    )


@router.get("/requests", auth=READ, response=Requests, operation_id="listRequests")
def list_requests(request: ApiRequest, page: Page = "", limit: Limit = MOST) -> Requests:
    """The requests by which you may begin cases, each with its form."""
    check_known(request, *NAMES)
    found = new_case_forms(request.auth, wall.now())
    rows, following = part_of(
        found, lambda each: (each.slug, each.request), "requests", page, limit
    )
    shown = [
        Request(
            process=each.slug,
            request=each.request,
            title=words(each.process),
            label=words(each.label),
            units=[Named(key=unit.key, label=words(unit.label)) for unit in each.units],
            fields=[Entry.of(entry) for part in each.form for entry in part.entries],
        )
        for each in rows
    ]
    return Requests(requests=shown, next=following)


@router.get("/notices", auth=READ, response=Notices, operation_id="listNotices")
def list_notices(
    request: ApiRequest, unread: bool = False, page: Page = "", limit: Limit = USUAL
) -> Notices:
    """What you were told."""
    check_known(request, "unread", *NAMES)
    check_page(NOTICES, page)
    rows, following = notice_page(request.auth, unread_only=unread, page=page, most=limit)
    shown = [
        Notice(
            number=each.notice_id,
            code=each.code,
            text=words(each.sentence),
            case=each.number or None,
            title=each.title,
            at=instant(each.at, UTC),
            read=each.read,
        )
        for each in rows
    ]
    return Notices(notices=shown, next=following or None)
