"""`/cases/{number}/journal`, `/papers` and `/calls`."""

from __future__ import annotations

from datetime import tzinfo

from ninja import Path, Router, Schema
from pydantic import Field

from tuoban.faces.api.finding import case_of
from tuoban.faces.api.pages import MOST, NAMES, NEXT, USUAL, Limit, Page, check_page, part_of
from tuoban.faces.api.parameters import check_known
from tuoban.faces.api.signed_in import READ, ApiRequest
from tuoban.faces.api.words import Instant, Words, instant, those, words, words_if
from tuoban.runtime.cases import clock as wall
from tuoban.runtime.cases.queries import PaperStands
from tuoban.runtime.cases.queries.entries import ORDER as ENTRIES
from tuoban.runtime.cases.queries.entries import EntryView, entries
from tuoban.runtime.cases.queries.links import call_list
from tuoban.runtime.cases.queries.papers import paper_list

router = Router(tags=["cases"])


class JournalEntry(Schema):
    """An entry of the journal: what somebody, or the system, did, and what followed."""

    seq: int
    at: Instant
    by: str = Field(description="The name; empty: the system.")
    token: str | None = Field(description="By which token a program asked for it; null: none.")
    command: str
    told: list[Words] = Field(description="What happened, as the timeline tells it.")
    payload: str | None = Field(
        description="The text that the digest covers, for administrators; null for others."
    )
    previous: str = Field(description="The digest of the entry before; empty at the first.")
    digest: str = Field(description="SHA-256 of everything in the entry and the one before.")


class Journal(Schema):
    case: str = Field(description="The number of the case.")
    entries: list[JournalEntry] = Field(description="The oldest first, a page of them.")
    next: str | None = NEXT


class PaperMove(Schema):
    """That some of a paper came in, or was handed on."""

    number: int = Field(description="For `strike-paper`.")
    sheets: Words
    to: Words | None = Field(description="To whom it was handed; null: it came in.")
    by: str
    at: Instant
    note: str
    struck: bool
    counts: bool = Field(description="Neither struck out nor sent back.")


class Paper(Schema):
    """How a paper stands."""

    paper: str = Field(description="Its name in the pack.")
    row: int = Field(description="The key of the row that it is for; 0: none.")
    label: Words
    needed: Words
    there: Words | None
    missing: Words | None
    may: list[str] = Field(description="The operations that the reader may ask for now.")
    moves: list[PaperMove]


class Papers(Schema):
    case: str = Field(description="The number of the case.")
    papers: list[Paper] = Field(description="By name and row, a page of them.")
    next: str | None = NEXT


class Call(Schema):
    """A case of another pack that was called."""

    number: int = Field(description="Of the call, for `give-up-call` and `retry-call`.")
    label: Words
    called: Instant
    waits: bool = Field(description="The case waits for it.")
    case: str | None = Field(description="The number of the other case; null: not begun.")
    state: str
    outcome: Words | None
    error: Words | None = Field(description="Why what was tried last has failed.")
    may: list[str]


class Calls(Schema):
    case: str = Field(description="The number of the case.")
    calls: list[Call] = Field(description="The newest first, a page of them.")
    next: str | None = NEXT


@router.get("/cases/{number}/journal", auth=READ, response=Journal, operation_id="listJournal")
def list_journal(
    request: ApiRequest, number: Path[str], page: Page = "", limit: Limit = USUAL
) -> Journal:
    """The journal of a case, each entry with its digest, which covers the one before."""
    check_known(request, *NAMES)
    case_id = case_of(request.auth, number)
    check_page(ENTRIES, page)
    found = entries(request.auth, case_id, wall.now(), page=page, most=limit)
    return Journal(
        case=number,
        entries=[_entry(each, found.zone) for each in found.rows],
        next=found.next or None,
    )


@router.get("/cases/{number}/papers", auth=READ, response=Papers, operation_id="listPapers")
def list_papers(
    request: ApiRequest, number: Path[str], page: Page = "", limit: Limit = MOST
) -> Papers:
    """The papers of a case, and what became of each."""
    check_known(request, *NAMES)
    found, zone = paper_list(request.auth, case_of(request.auth, number), wall.now())
    rows, following = part_of(found, lambda each: (each.paper, each.row), "papers", page, limit)
    return Papers(case=number, papers=[_paper(each, zone) for each in rows], next=following)


@router.get("/cases/{number}/calls", auth=READ, response=Calls, operation_id="listCalls")
def list_calls(
    request: ApiRequest, number: Path[str], page: Page = "", limit: Limit = MOST
) -> Calls:
    """The cases of other packs that a case has called."""
    check_known(request, *NAMES)
    found, zone = call_list(request.auth, case_of(request.auth, number), wall.now())
    rows, following = part_of(found, lambda each: (-each.call,), "calls", page, limit)
    calls = [
        Call(
            number=each.call,
            label=words(each.label),
            called=instant(each.called_at, zone),
            waits=each.waits,
            case=each.number or None,
            state=each.state,
            outcome=words_if(each.outcome),
            error=words_if(each.error),
            may=those({"give-up-call": each.can_give_up, "retry-call": each.can_retry}),
        )
        for each in rows
    ]
    return Calls(case=number, calls=calls, next=following)


def _entry(view: EntryView, zone: tzinfo) -> JournalEntry:
    return JournalEntry(
        seq=view.seq,
        at=instant(view.at, zone),
        by=view.who,
        token=view.token or None,
        command=view.command,
        told=[words(each) for each in view.told],
        payload=view.payload,
        previous=view.previous,
        digest=view.digest,
    )


def _paper(view: PaperStands, zone: tzinfo) -> Paper:
    strikes = any(each.can_strike for each in view.moves)
    return Paper(
        paper=view.paper,
        row=view.row,
        label=words(view.label),
        needed=words(view.needed),
        there=words_if(view.there),
        missing=words_if(view.missing),
        may=those(
            {"hand-in": view.can_take_in, "hand-on": view.can_hand_on, "strike-paper": strikes}
        ),
        moves=[
            PaperMove(
                number=each.number,
                sheets=words(each.sheets),
                to=words_if(each.to),
                by=each.who,
                at=instant(each.at, zone),
                note=each.note,
                struck=each.is_struck,
                counts=not (each.is_struck or each.is_draft),
            )
            for each in view.moves
        ],
    )
