"""`/cases`: the cases that one may see, and each on its own."""

from __future__ import annotations

from datetime import UTC, tzinfo
from typing import Annotated, Literal
from zoneinfo import ZoneInfo

from ninja import Path, Router, Schema
from pydantic import Field

from tuoban.faces.api.finding import case_of
from tuoban.faces.api.pages import NAMES, NEXT, USUAL, Limit, Page, check_page
from tuoban.faces.api.parameters import LONGEST, check_known
from tuoban.faces.api.said import Word
from tuoban.faces.api.signed_in import READ, ApiRequest
from tuoban.faces.api.words import Instant, Words, instant, instant_if, those, words, words_if
from tuoban.runtime.cases import clock as wall
from tuoban.runtime.cases.queries import CasePage, CaseRow, FieldShown, case_list
from tuoban.runtime.cases.queries.case_page import case_page
from tuoban.runtime.cases.queries.cases import BY_AGE

router = Router(tags=["cases"])

State = Literal["open", "mine", "late", "ended", "all"]
Sought = Annotated[Word, Field(max_length=LONGEST)]


class Listed(Schema):
    """A case in a list. All instants are in UTC."""

    case: str = Field(description="Its number.")
    title: str
    process: Words
    unit: Words
    status: str = Field(description="`running` or `ended`.")
    outcome: Words | None
    suspended: bool
    steps: list[Words] = Field(description="Its open steps.")
    holders: list[str] = Field(description="The names of those who have them in hand.")
    priority: Words | None
    owner: Words | None
    due: Instant | None
    started: Instant
    ended: Instant | None


class Cases(Schema):
    cases: list[Listed] = Field(description="The newest first, a page of them.")
    next: str | None = NEXT


class Value(Schema):
    """What is recorded in a field."""

    name: str
    label: Words
    type: str = Field(description="The kind of field, as packs call it.")
    value: Words = Field(description="In words.")
    correctable: bool = Field(description="The reader may correct it.")


class Place(Schema):
    """What is recorded of a stage, an element or a round."""

    label: Words
    fields: list[Value]


class Offered(Schema):
    """Something that the reader may add, or let happen."""

    name: str
    label: Words
    activation: int


class Printed(Schema):
    """A document that the reader may print."""

    step: str
    document: str
    label: Words


class Case(Schema):
    """A case. All instants have the offset of its unit."""

    case: str = Field(description="Its number.")
    title: str
    process: str = Field(description="The slug of its process.")
    version: str
    process_title: Words
    unit: Words
    status: str = Field(description="`running` or `ended`.")
    outcome: Words | None
    suspended: bool
    started_by: str
    started: Instant
    ended: Instant | None
    due: Instant | None
    fields: list[Value]
    places: list[Place]
    may: list[str] = Field(description="Of suspend, resume and cancel, what the reader may do.")
    to_add: list[Offered] = Field(description="For `add`.")
    reactions: list[Offered] = Field(description="For `react`.")
    documents: list[Printed] = Field(description="For `print`.")


@router.get("/cases", auth=READ, response=Cases, operation_id="listCases")
def list_cases(
    request: ApiRequest,
    state: State = "open",
    q: Sought = "",
    page: Page = "",
    limit: Limit = USUAL,
) -> Cases:
    """The cases that you may see: open, yours, late, ended or all; `q` is looked for in number and
    title, and in names and numbers of people."""
    check_known(request, "state", "q", *NAMES)
    check_page(BY_AGE, page)
    found = case_list(
        request.auth, wall.now(), q=q, state=state, page=page, order=BY_AGE, most=limit
    )
    return Cases(cases=[_listed(each) for each in found.rows], next=found.next or None)


@router.get("/cases/{number}", auth=READ, response=Case, operation_id="readCase")
def read_case(request: ApiRequest, number: Path[str]) -> Case:
    """A case: how it stands, what is recorded in it, and what you may do with it as a whole."""
    check_known(request)
    found = case_page(request.auth, case_of(request.auth, number), wall.now())
    return _case(found, ZoneInfo(found.time_zone))


def _listed(row: CaseRow) -> Listed:
    return Listed(
        case=row.number,
        title=row.title,
        process=words(row.process),
        unit=words(row.unit),
        status=row.status,
        outcome=words_if(row.outcome),
        suspended=row.suspended,
        steps=[words(each) for each in row.steps],
        holders=list(row.holders),
        priority=words_if(row.priority),
        owner=words_if(row.owner),
        due=instant_if(row.due_at, UTC),
        started=instant(row.started_at, UTC),
        ended=instant_if(row.ended_at, UTC),
    )


def _case(found: CasePage, zone: tzinfo) -> Case:
    return Case(
        case=found.number,
        title=found.title,
        process=found.slug,
        version=found.version,
        process_title=words(found.process),
        unit=words(found.unit),
        status=found.status,
        outcome=words_if(found.outcome),
        suspended=found.suspended is not None,
        started_by=found.started_by,
        started=instant(found.started_at, zone),
        ended=instant_if(found.ended_at, zone),
        due=instant_if(found.due_at, zone),
        fields=[_value(each) for each in found.fields],
        places=[
            Place(label=words(each.label), fields=[_value(field) for field in each.fields])
            for each in found.places
        ],
        may=those(
            {
                "suspend": found.can_suspend,
                "resume": found.can_resume,
                "cancel": found.can_cancel,
            }
        ),
        to_add=[
            Offered(name=each.node, label=words(each.label), activation=each.activation)
            for each in found.to_add
        ],
        reactions=[
            Offered(name=each.node, label=words(each.label), activation=each.activation)
            for each in found.reactions
        ],
        documents=[
            Printed(step=each.step, document=each.document, label=words(each.label))
            for each in found.prints
        ],
    )


def _value(field: FieldShown) -> Value:
    return Value(
        name=field.name,
        label=words(field.label),
        type=field.type,
        value=words(field.value),
        correctable=field.can_correct,
    )
