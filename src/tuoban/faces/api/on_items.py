"""The operations on a piece of open work."""

from __future__ import annotations

from collections.abc import Mapping

from tuoban.faces.api import said
from tuoban.faces.api.acting import Asking, Operation
from tuoban.faces.api.finding import person_of
from tuoban.faces.api.signed_in import WORK
from tuoban.runtime.cases import service
from tuoban.runtime.cases.service import Outcome


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
"""By the end of their address."""
