"""Beginning a case, and the operations on cases and on open work: a table, of which each row is an
address.

Each is the command that the desk's button is, with the same rights, and once under its key.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from ninja import Header, Path, Router, Schema
from pydantic import Field

from tuoban.faces.api import cases, said
from tuoban.faces.api.acting import Asking, Operation
from tuoban.faces.api.finding import case_of, item_of
from tuoban.faces.api.on_cases import ON_CASE
from tuoban.faces.api.on_items import ON_ITEM
from tuoban.faces.api.parameters import Number, check_known
from tuoban.faces.api.signed_in import WORK, ApiRequest
from tuoban.runtime.cases import clock as wall
from tuoban.runtime.cases import service
from tuoban.runtime.cases.service import Outcome

router = Router(tags=["operations"])

KEY = "Idempotency-Key"
"""By what a request is known if it comes twice."""
ASKED_KEY: Any = Header(  # type: ignore[type-arg]
    alias=KEY,
    description="The program chooses it; what is sent again under it is done once.",
)


class Carried(Schema):
    """What was carried out."""

    case: str = Field(description="The number of the case.")
    seq: int = Field(description="The number of its newest entry in the journal.")
    repeated: bool = Field(description="The same request came before; nothing happened now.")


# One router for an address, whatever is done there: of two, only the first would be asked.
@cases.router.post(
    "/cases",
    response=Carried,
    auth=WORK,
    summary="Begin a case by a request.",
    operation_id="start",
)
def start(request: ApiRequest, body: said.Start, key: str = ASKED_KEY) -> Carried:
    """Begin a case, with the rights and the form of the desk."""
    check_known(request)
    return _carried(
        service.start_case(
            body.process,
            body.request,
            unit=body.unit,
            data=body.values,
            **_asking(request, key),
        )
    )


@router.post(
    "/work/next",
    response=Carried,
    auth=WORK,
    summary="Take the work that is next in line.",
    operation_id="takeNext",
)
def take_next(request: ApiRequest, body: said.Next, key: str = ASKED_KEY) -> Carried:
    """Take what is next in line of the steps whose work nobody chooses."""
    check_known(request)
    return _carried(service.take_next(pool=body.pool, **_asking(request, key)))


def _asking(request: ApiRequest, key: str) -> Asking:
    return Asking(by=request.auth, at=wall.now(), key=key)


def _carried(outcome: Outcome) -> Carried:
    return Carried(case=outcome.number, seq=outcome.seq, repeated=outcome.replayed)


def _carry_out(request: ApiRequest, found: int, it: Schema, key: str, act: Any) -> Carried:
    return _carried(act(found, it, _asking(request, key)))


def _offer_on_item(name: str, operation: Operation) -> None:
    def ask(
        request: ApiRequest,
        number: Path[str],
        item: Path[Number],
        body: Any,
        key: str = ASKED_KEY,
    ) -> Carried:
        check_known(request)
        return _carry_out(request, item_of(request.auth, number, item), body, key, operation.act)

    _offer(f"/cases/{{number}}/items/{{item}}/{name}", name, operation, ask)


def _offer_on_case(name: str, operation: Operation) -> None:
    def ask(request: ApiRequest, number: Path[str], body: Any, key: str = ASKED_KEY) -> Carried:
        check_known(request)
        return _carry_out(request, case_of(request.auth, number), body, key, operation.act)

    _offer(f"/cases/{{number}}/{name}", name, operation, ask)


def _offer(address: str, name: str, operation: Operation, ask: Callable[..., Carried]) -> None:
    ask.__annotations__["body"] = operation.body
    words = name.split("-")
    router.post(
        address,
        response=Carried,
        auth=operation.access,
        summary=operation.summary,
        operation_id=words[0] + "".join(each.capitalize() for each in words[1:]),
    )(ask)


for each, offered in ON_ITEM.items():
    _offer_on_item(each, offered)
for each, offered in ON_CASE.items():
    _offer_on_case(each, offered)
