"""`/cases/{number}/items`: the open work of a case, and what may be done with it."""

from __future__ import annotations

from datetime import tzinfo

from ninja import Path, Router, Schema
from pydantic import Field

from tuoban.faces.api.finding import case_of
from tuoban.faces.api.pages import MOST, NAMES, NEXT, Limit, Page, part_of
from tuoban.faces.api.parameters import check_known
from tuoban.faces.api.signed_in import READ, ApiRequest
from tuoban.faces.api.words import Instant, Words, instant, instant_if, those, words
from tuoban.runtime.cases import clock as wall
from tuoban.runtime.cases.queries import FieldView, ItemPanel
from tuoban.runtime.cases.queries.case_page import open_work

router = Router(tags=["work"])


class Entry(Schema):
    """An entry of the form."""

    name: str = Field(description="Its name in `values`.")
    label: Words
    type: str = Field(description="The kind of field, as packs call it.")
    required: bool
    read_only: bool

    @classmethod
    def of(cls, view: FieldView) -> Entry:
        """An entry as queries answer it."""
        return cls(
            name=view.name,
            label=words(view.label),
            type=view.type,
            required=view.required,
            read_only=view.read_only,
        )


class Named(Schema):
    """Something that is chosen by its key."""

    key: str
    label: Words


class Item(Schema):
    """A piece of open work. The form, the checklist and the outcomes stand only where the reader
    may do it."""

    item: int = Field(description="Its number in the case.")
    step: Named
    holder: str | None = Field(description="The name of whoever holds it; null: it is in a pool.")
    mine: bool = Field(description="The reader holds it.")
    may: list[str] = Field(description="The operations that the reader may ask for now.")
    due: Instant | None
    locked: list[Words] = Field(description="Why it cannot be completed yet.")
    fields: list[Entry]
    checklist: list[Named]
    outcomes: list[Named]
    signers: list[Named] = Field(
        description="The outside parties that sign, or whose stamp is on it, as it is completed."
    )
    returns_to: list[Named] = Field(
        description="Where it can be sent back to: a step, `quote`; of which element, `look:2.1`; "
        "to come straight back from there, `quote::direct`."
    )
    jumps_to: list[Named]
    shown: str | None = Field(description="What `sign` names as seen; null: nothing to sign.")


class Items(Schema):
    """The open work of a case. All instants have the offset of its unit."""

    case: str = Field(description="The number of the case.")
    at: Instant
    items: list[Item] = Field(description="By their numbers.")
    next: str | None = NEXT


@router.get("/cases/{number}/items", auth=READ, response=Items, operation_id="listItems")
def list_items(
    request: ApiRequest, number: Path[str], page: Page = "", limit: Limit = MOST
) -> Items:
    """The open work of a case, with what you may do with it."""
    check_known(request, *NAMES)
    at = wall.now()
    found = open_work(request.auth, case_of(request.auth, number), at)
    rows, following = part_of(found.items, lambda each: (each[0],), "items", page, limit)
    return Items(
        case=number,
        at=instant(at, found.zone),
        items=[_item(each, item, found.zone) for item, each in rows],
        next=following,
    )


def _item(panel: ItemPanel, number: int, zone: tzinfo) -> Item:
    return Item(
        item=number,
        step=Named(key=panel.node, label=words(panel.step)),
        holder=panel.holder,
        mine=panel.held_by_me,
        may=_may(panel),
        due=instant_if(panel.due_at, zone),
        locked=[words(each.text) for each in panel.locked],
        fields=[Entry.of(each) for part in panel.form for each in part.entries],
        checklist=[Named(key=each.key, label=words(each.text)) for each in panel.checklist],
        outcomes=[Named(key=each.key, label=words(each.label)) for each in panel.outcomes],
        signers=[Named(key=each.role, label=words(each.label)) for each in panel.signers],
        returns_to=[Named(key=each.key, label=words(each.label)) for each in panel.returns_to],
        jumps_to=[Named(key=each.key, label=words(each.label)) for each in panel.jumps],
        shown=panel.signing.digest if panel.signing is not None else None,
    )


def _may(panel: ItemPanel) -> list[str]:
    """The operations by what the page offers."""
    signs = panel.signing is not None and panel.signing.can_sign
    adding = panel.adding
    offered = {
        "claim": panel.can_claim,
        "release": panel.can_release,
        "complete": panel.can_complete,
        "transfer": panel.can_transfer,
        "return": bool(panel.returns_to),
        "delegate": panel.can_delegate,
        "get-back": panel.can_get_back,
        "add-signer": adding is not None and adding.can_add,
        "drop-signer": adding is not None and adding.can_drop,
        "opinion": adding is not None and adding.can_speak,
        "sign": signs,
        "refuse": signs,
        "urge": panel.can_urge,
        "jump": bool(panel.jumps),
        "try-again": panel.can_try_again,
    }
    return those(offered)
