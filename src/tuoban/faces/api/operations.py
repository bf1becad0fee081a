"""Beginning a case, and the operations on cases and on open work: a table, of which each row is an
address.

Each is the command that the desk's button is, with the same rights, and once under its key.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any, NamedTuple, TypedDict

from ninja import Header, Path, Router, Schema
from pydantic import Field

from tuoban.faces.api import said
from tuoban.faces.api.finding import case_of, item_of, person_of
from tuoban.faces.api.parameters import Number, check_known
from tuoban.faces.api.signed_in import OPERATE, WORK, Access, ApiRequest
from tuoban.runtime.cases import clock as wall
from tuoban.runtime.cases import service
from tuoban.runtime.cases.service import Outcome
from tuoban.runtime.people.models import User

router = Router(tags=["operations"])

KEY = "Idempotency-Key"
"""By what a request is known if it comes twice."""
ASKED_KEY: Any = Header(  # type: ignore[type-arg]
    alias=KEY,
    description="The program chooses it; what is sent again under it is done once.",
)


class Asking(TypedDict):
    """Who asks, when, and under which key."""

    by: User
    at: datetime
    key: str


class Operation(NamedTuple):
    """An operation: what it is, the body that it takes, and the verb; the number is that of the row
    of the case, or of the item."""

    summary: str
    body: type[Schema]
    act: Callable[[int, Any, Asking], Outcome]
    access: Access = OPERATE


class Carried(Schema):
    """What was carried out."""

    case: str = Field(description="The number of the case.")
    seq: int = Field(description="The number of its newest entry in the journal.")
    repeated: bool = Field(description="The same request came before; nothing happened now.")


def _complete(item: int, it: said.Complete, asked: Asking) -> Outcome:
    return service.complete(
        item,
        outcome=it.outcome,
        data=it.values,
        checked=it.checked,
        signatures={
            role: service.SignatureInput(each.name, each.strokes)
            for role, each in it.signatures.items()
        },
        stamped=it.stamped,
        named={step: person_of(name).person_id for step, name in it.named.items()},
        papers={name: (each.originals, each.copies) for name, each in it.papers.items()},
        **asked,
    )


def _return(item: int, it: said.Return, asked: Asking) -> Outcome:
    return service.return_to(
        item, to=it.to, of=it.of, straight=it.direct, reason=it.reason, **asked
    )


def _add_signer(item: int, it: said.AddSigner, asked: Asking) -> Outcome:
    return service.add_signer(
        item, to=person_of(it.to), before=it.before, reason=it.reason, **asked
    )


def _correct(case: int, it: said.Correct, asked: Asking) -> Outcome:
    return service.correct_field(
        case, it.field, it.value, reason=it.reason, activation=it.activation, **asked
    )


def _hand_in(case: int, it: said.HandIn, asked: Asking) -> Outcome:
    return service.hand_in(
        case, it.paper, it.row, originals=it.originals, copies=it.copies, note=it.note, **asked
    )


def _hand_on(case: int, it: said.HandOn, asked: Asking) -> Outcome:
    sheets = {"originals": it.originals, "copies": it.copies}
    return service.hand_on(case, it.paper, it.row, to=it.to, note=it.note, **sheets, **asked)


ON_ITEM: Mapping[str, Operation] = {
    "claim": Operation(
        "Take work from its pool.",
        said.Nothing,
        lambda item, _, asked: service.claim(item, **asked),
        WORK,
    ),
    "release": Operation(
        "Put work back into its pool.",
        said.Nothing,
        lambda item, _, asked: service.release(item, **asked),
        WORK,
    ),
    "complete": Operation(
        "Finish work with what its form asks for.", said.Complete, _complete, WORK
    ),
    "return": Operation("Send work back to a finished step.", said.Return, _return),
    "transfer": Operation(
        "Hand work to somebody else.",
        said.ToPerson,
        lambda item, it, asked: service.transfer(
            item, to=person_of(it.to), reason=it.reason, **asked
        ),
    ),
    "delegate": Operation(
        "Let somebody else do work for you.",
        said.ToPerson,
        lambda item, it, asked: service.delegate(
            item, to=person_of(it.to), reason=it.reason, **asked
        ),
    ),
    "get-back": Operation(
        "Take back work that is with a delegate or with its signers.",
        said.Nothing,
        lambda item, _, asked: service.get_back(item, **asked),
    ),
    "withdraw": Operation(
        "Take back what you have completed, before the next person opened it.",
        said.PerhapsReason,
        lambda item, it, asked: service.withdraw(item, reason=it.reason, **asked),
    ),
    "add-signer": Operation("Ask somebody before, or to sign after.", said.AddSigner, _add_signer),
    "drop-signer": Operation(
        "Do without somebody who was added.",
        said.Person,
        lambda item, it, asked: service.drop_signer(item, person=person_of(it.person), **asked),
    ),
    "opinion": Operation(
        "Say what you think of work that you are asked about.",
        said.Opinion,
        lambda item, it, asked: service.give_opinion(
            item, agrees=it.agrees, words=it.words, **asked
        ),
        WORK,
    ),
    "sign": Operation(
        "Sign what somebody completed.",
        said.Sign,
        lambda item, it, asked: service.sign(item, shown=it.shown, stamped=it.stamped, **asked),
        WORK,
    ),
    "refuse": Operation(
        "Give what somebody completed back to them instead of signing.",
        said.Reason,
        lambda item, it, asked: service.refuse_to_sign(item, reason=it.reason, **asked),
        WORK,
    ),
    "urge": Operation(
        "Ask for work to be seen to.",
        said.PerhapsMessage,
        lambda item, it, asked: service.urge(item, message=it.message, **asked),
    ),
    "jump": Operation(
        "Let the case go on at another step.",
        said.Jump,
        lambda item, it, asked: service.jump(item, to=it.to, reason=it.reason, **asked),
    ),
    "try-again": Operation(
        "Let the system try once more what it could not do.",
        said.Nothing,
        lambda item, _, asked: service.try_again(item, **asked),
    ),
}
"""The operations on a piece of open work, by the end of their address."""

ON_CASE: Mapping[str, Operation] = {
    "suspend": Operation(
        "Put a case aside; its time stands still.",
        said.Reason,
        lambda case, it, asked: service.suspend_case(case, reason=it.reason, **asked),
    ),
    "resume": Operation(
        "Go on with a suspended case.",
        said.Nothing,
        lambda case, _, asked: service.resume_case(case, **asked),
    ),
    "cancel": Operation(
        "End a case before its time.",
        said.Reason,
        lambda case, it, asked: service.cancel_case(case, reason=it.reason, **asked),
    ),
    "copy": Operation(
        "Give somebody a case to read.",
        said.Copy,
        lambda case, it, asked: service.copy_to(
            case, to=person_of(it.to), message=it.message, **asked
        ),
    ),
    "extend": Operation(
        "Give a limit a further length of time.",
        said.Extend,
        lambda case, it, asked: service.extend_clock(
            case, it.clock, length=it.length, reason=it.reason, **asked
        ),
    ),
    "correct": Operation("Give a field another value afterwards.", said.Correct, _correct),
    "react": Operation(
        "Begin a reaction.",
        said.React,
        lambda case, it, asked: service.react(
            case, it.reaction, activation=it.activation, data=it.values, **asked
        ),
        WORK,
    ),
    "add": Operation(
        "Ask for what a plan leaves to people.",
        said.Add,
        lambda case, it, asked: service.add_work(
            case, it.node, it.activation, reason=it.reason, **asked
        ),
        WORK,
    ),
    "hand-in": Operation("Take in a paper.", said.HandIn, _hand_in, WORK),
    "hand-on": Operation("Hand a paper on, or back.", said.HandOn, _hand_on, WORK),
    "attach": Operation(
        "Attach files that were uploaded.",
        said.Attach,
        lambda case, it, asked: service.attach_files(case, it.files, paper=it.paper, **asked),
        WORK,
    ),
    "withdraw-file": Operation(
        "Withdraw an attachment.",
        said.WithdrawFile,
        lambda case, it, asked: service.withdraw_file(case, it.number, reason=it.reason, **asked),
    ),
    "comment": Operation(
        "Say something about a case.",
        said.Comment,
        lambda case, it, asked: service.comment(case, it.text, it.files, **asked),
        WORK,
    ),
    "edit-comment": Operation(
        "Word a comment anew, shortly after it was made.",
        said.EditComment,
        lambda case, it, asked: service.edit_comment(case, it.number, it.text, **asked),
        WORK,
    ),
}
"""The operations on a case as a whole, likewise."""


@router.post(
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
