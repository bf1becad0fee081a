"""`/messages`: what came from systems outside and went between cases; for administrators."""

from __future__ import annotations

from datetime import UTC
from typing import Annotated, Literal

from ninja import Router, Schema
from pydantic import Field

from tuoban.faces.api import said
from tuoban.faces.api.operations import ASKED_KEY
from tuoban.faces.api.pages import NAMES, NEXT, USUAL, Limit, Page, check_page
from tuoban.faces.api.parameters import LONGEST, check_known
from tuoban.faces.api.problems import NoResult
from tuoban.faces.api.said import Word
from tuoban.faces.api.signed_in import READ, WORK, ApiRequest
from tuoban.faces.api.words import Instant, Words, instant, words, words_if
from tuoban.runtime.cases import clock as wall
from tuoban.runtime.cases.messaging.receiving import receive
from tuoban.runtime.cases.queries.messages import ORDER, MessageRow, message_list

router = Router(tags=["messages"])

Which = Literal["all", "in", "out", "untaken", "wrong"]
Sought = Annotated[Word, Field(max_length=LONGEST)]


class Went(Schema):
    """What became of a message in a case, or in a process that may begin one."""

    what: str
    case: str | None
    process: Words
    why: Words | None = Field(description="Why it could not be taken.")


class MessageValue(Schema):
    """What a message carries under one label."""

    label: Words
    value: str


class PassedMessage(Schema):
    """A message. What is personal in it is only named. The instant is in UTC."""

    name: str
    label: Words
    at: Instant
    case: str | None = Field(description="The number of the case that sent it; null: from outside.")
    source: str = Field(description="The system that it came from.")
    by: str = Field(description="Who entered it.")
    values: list[MessageValue]
    personal: list[Words]
    done: bool = Field(description="It was brought to every case that it could be for.")
    went: list[Went]


class Messages(Schema):
    messages: list[PassedMessage] = Field(description="The newest first, a page of them.")
    next: str | None = NEXT


class Taken(Schema):
    """A message that was taken in."""

    id: str = Field(description="By which it is known.")
    repeated: bool = Field(description="The same message came before; nothing happened now.")


@router.get("/messages", auth=READ, response=Messages, operation_id="listMessages")
def list_messages(
    request: ApiRequest,
    which: Which = "all",
    q: Sought = "",
    page: Page = "",
    limit: Limit = USUAL,
) -> Messages:
    """The messages that came and went, with what became of each."""
    check_known(request, "which", "q", *NAMES)
    _check_administrator(request)
    check_page(ORDER, page)
    found = message_list(wall.now(), q=q, which=which, page=page, most=limit)
    return Messages(messages=[_message(each) for each in found.rows], next=found.next or None)


@router.post("/messages", auth=WORK, response=Taken, operation_id="send")
def send(request: ApiRequest, body: said.NewMessage, key: str = ASKED_KEY) -> Taken:
    """Take a message in, for every case that it matches; the key is the sender's id of it."""
    check_known(request)
    _check_administrator(request)
    taken = receive(
        body.name, body.values, at=wall.now(), key=key, source=body.source, by=request.auth
    )
    return Taken(id=taken.key, repeated=taken.replayed)


def _check_administrator(request: ApiRequest) -> None:
    if not request.auth.is_staff:
        raise NoResult("not-yours")


def _message(row: MessageRow) -> PassedMessage:
    return PassedMessage(
        name=row.name,
        label=words(row.label),
        at=instant(row.at, UTC),
        case=row.sender or None,
        source=row.source,
        by=row.entered_by,
        values=[MessageValue(label=words(label), value=value) for label, value in row.values],
        personal=[words(each) for each in row.hidden],
        done=not row.is_under_way,
        went=[
            Went(
                what=each.what,
                case=each.number or None,
                process=words(each.process),
                why=words_if(each.why),
            )
            for each in row.went
        ],
    )
