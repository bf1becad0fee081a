"""Every verb of the runtime on a case that is ready for it, for tests that hold of all of them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from types import MappingProxyType
from typing import NamedTuple

from tests.runtime.cases.test_linking import begun
from tests.runtime.cases.test_linking import publish as publish_calling
from tests.runtime.cases.test_migrating import RENAMED
from tests.runtime.shop import NINE, PACK_FOLDER, REQUEST, SLUG, Shop
from tuoban.kernel.outsiders import outsider
from tuoban.kernel.state import State
from tuoban.runtime.cases import definitions, service, states
from tuoban.runtime.cases.filing.uploading import upload
from tuoban.runtime.cases.models import CalledCase, Case, WorkItem
from tuoban.runtime.cases.service import Outcome
from tuoban.runtime.people.models import User
from tuoban.runtime.people.service import grant

Act = Callable[..., Outcome]
"""The verb with all but `by` and `key`."""
Ready = tuple[Act, str, str]
"""What is done, by whom, and who else tries the same at the same moment."""


def _on(verb: Callable[..., Outcome], *what: object, **how: object) -> Act:
    return partial(verb, *what, at=NINE, **how)


def _begin(shop: Shop, slug: str, request: str) -> Outcome:
    text = (PACK_FOLDER / f"{slug}.yaml").read_text("utf-8").replace("PICK", "next")
    definitions.publish(slug, text, None, NINE)
    return service.start_case(
        slug, request, by=shop["mei"], data={"thing": "电脑"}, at=NINE, key=shop.key()
    )


def _done(case: Outcome, step: str) -> int:
    return WorkItem.objects.get(case=case.case_id, node=step, status=WorkItem.DONE).pk


def _state(case_id: int) -> State:
    kept = Case.objects.get(pk=case_id)
    return states.read(kept, definitions.compiled(kept.definition))


def _held(shop: Shop) -> tuple[Outcome, int]:
    case = shop.start()
    shop.claim(case, "look", "lei")
    return case, shop.item(case, "look")


def start_case(shop: Shop) -> Ready:
    return _on(service.start_case, SLUG, "repair", unit="east", data=REQUEST), "mei", "min"


def claim(shop: Shop) -> Ready:
    return _on(service.claim, shop.item(shop.start(), "look")), "lei", "han"


def take_next(shop: Shop) -> Ready:
    for name in ("lei", "han"):
        grant(shop[name], "carrier", shop.units["east"])
    grant(shop["mei"], "dispatcher", shop.units["east"])
    _begin(shop, "shop-queue", "carry")
    return _on(service.take_next), "lei", "han"


def release(shop: Shop) -> Ready:
    return _on(service.release, _held(shop)[1]), "lei", "han"


def complete(shop: Shop) -> Ready:
    item, data = shop.item(shop.start(), "look"), {"price": "80", "remark": "私密"}
    return (
        _on(service.complete, item, outcome="found", data=data, checked=["1"]),
        "lei",
        "han",
    )


def transfer(shop: Shop) -> Ready:
    return _on(service.transfer, _held(shop)[1], to=shop["han"], reason="忙"), "lei", "min"


def delegate(shop: Shop) -> Ready:
    return _on(service.delegate, _held(shop)[1], to=shop["han"], reason="忙"), "lei", "min"


def get_back(shop: Shop) -> Ready:
    _, item = _held(shop)
    _on(service.delegate, item, to=shop["han"], reason="忙")(by=shop["lei"], key=shop.key())
    return _on(service.get_back, item), "lei", "han"


def urge(shop: Shop) -> Ready:
    return _on(service.urge, _held(shop)[1], message="急"), "mei", "min"


def copy_to(shop: Shop) -> Ready:
    return _on(service.copy_to, shop.start().case_id, to=shop["gang"]), "mei", "min"


def return_to(shop: Shop) -> Ready:
    case = shop.start()
    shop.look(case)
    item = shop.item(case, "agree")
    return _on(service.return_to, item, to="look", reason="不对"), "lei", "han"


def withdraw(shop: Shop) -> Ready:
    case = shop.start()
    shop.look(case)
    return _on(service.withdraw, _done(case, "look"), reason="写错"), "lei", "han"


def jump(shop: Shop) -> Ready:
    item = shop.item(shop.start(), "look")
    return _on(service.jump, item, to="approve", reason="特批"), "min", "root"


def correct_field(shop: Shop) -> Ready:
    case = shop.start()
    return (
        _on(service.correct_field, case.case_id, "fault", "黑屏", reason="听错"),
        "min",
        "root",
    )


def erase_personal_values(shop: Shop) -> Ready:
    case = shop.start()
    return _on(service.erase_personal_values, case.case_id, reason="要求"), "root", "min"


def add_work(shop: Shop) -> Ready:
    case = _begin(shop, "shop-plan", "permits")
    return _on(service.add_work, case.case_id, "other"), "lei", "han"


def react(shop: Shop) -> Ready:
    case = _begin(shop, "shop-extra", "overhaul")
    return _on(service.react, case.case_id, "stop", data={}), "min", "lei"


def _to_sign(shop: Shop) -> tuple[int, str]:
    case = _begin(shop, "shop-voucher", "pay")
    item = shop.item(case, "write")
    shop.complete(item, "mei", outcome="pay", checked=["1"], total="80")
    state = _state(case.case_id)
    (shown,) = (each.signing.shown for each in state.items.values() if each.signing)
    parts = (number for number, each in state.items.items() if each.part)
    number = next(each for each in parts if (p := state.items[each].part) and p.role == "mender")
    return WorkItem.objects.get(case=case.case_id, number=number).pk, shown


def sign(shop: Shop) -> Ready:
    item, shown = _to_sign(shop)
    return _on(service.sign, item, shown=shown), "lei", "han"


def refuse_to_sign(shop: Shop) -> Ready:
    item, _ = _to_sign(shop)
    return _on(service.refuse_to_sign, item, reason="不对"), "lei", "han"


def suspend_case(shop: Shop) -> Ready:
    return _on(service.suspend_case, shop.start().case_id, reason="停电"), "min", "lei"


def resume_case(shop: Shop) -> Ready:
    case = shop.start()
    _on(service.suspend_case, case.case_id, reason="停电")(by=shop["min"], key=shop.key())
    return _on(service.resume_case, case.case_id), "min", "lei"


def extend_clock(shop: Shop) -> Ready:
    case = shop.start()
    (clock, *_) = _state(case.case_id).clocks
    return (
        _on(service.extend_clock, case.case_id, clock, length="1 hour", reason="约好"),
        "min",
        "root",
    )


def cancel_case(shop: Shop) -> Ready:
    return _on(service.cancel_case, shop.start().case_id, reason="不修了"), "min", "root"


def migrate_case(shop: Shop) -> Ready:
    case = shop.start()
    definitions.publish(SLUG, RENAMED, None, NINE)
    renames = {"look": "inspect"}
    return (
        _on(service.migrate_case, case.case_id, to="2026.2", renames=renames),
        "root",
        "min",
    )


def _asked(shop: Shop) -> tuple[int, int]:
    """Work about which han is asked, and the part of han."""
    case, item = _held(shop)
    service.add_signer(
        item, to=shop["han"], before=True, reason="看看", by=shop["lei"], at=NINE, key=shop.key()
    )
    return item, WorkItem.objects.get(case=case.case_id, person=shop["han"]).pk


def add_signer(shop: Shop) -> Ready:
    ask = _on(service.add_signer, _held(shop)[1], to=shop["han"], before=True, reason="看看")
    return ask, "lei", "han"


def give_opinion(shop: Shop) -> Ready:
    return _on(service.give_opinion, _asked(shop)[1], agrees=False, words="太贵"), "han", "lei"


def drop_signer(shop: Shop) -> Ready:
    return _on(service.drop_signer, _asked(shop)[0], person=shop["han"]), "lei", "han"


def _settling(shop: Shop) -> int:
    text = (PACK_FOLDER / "shop-papers.yaml").read_text("utf-8")
    definitions.publish("shop-papers", text, None, NINE)
    data = {"client": "王建国", "kind": "fresh"}
    begun = service.start_case(
        "shop-papers", "settle", by=shop["mei"], data=data, at=NINE, key=shop.key()
    )
    return begun.case_id


def hand_in(shop: Shop) -> Ready:
    return _on(service.hand_in, _settling(shop), "diploma", originals="1"), "mei", "root"


def _handed_in(shop: Shop) -> int:
    act, by, _ = hand_in(shop)
    return act(by=shop[by], key=shop.key()).case_id


def hand_on(shop: Shop) -> Ready:
    case = _handed_in(shop)
    return _on(service.hand_on, case, "diploma", to="customer", originals="1"), "mei", "root"


def strike_paper(shop: Shop) -> Ready:
    case = _handed_in(shop)
    ((move,),) = _state(case).papers.values()
    return _on(service.strike_paper, case, move.number, reason="记错"), "mei", "root"


def print_document(shop: Shop) -> Ready:
    return _on(service.print_document, _settling(shop), "collect", "slip"), "mei", "root"


def give_up_call(shop: Shop) -> Ready:
    publish_calling()
    case, _ = begun(shop)
    number = CalledCase.objects.get(parent=case.case_id).number
    return _on(service.give_up_call, case.case_id, number, reason="太久"), "min", "root"


def _uploaded(shop: Shop, by: str = "mei") -> str:
    return upload([b"words"], "words.txt", by=shop[by], at=NINE).ref


def _attached(shop: Shop) -> tuple[int, str]:
    case, ref = shop.start().case_id, _uploaded(shop)
    service.attach_files(case, [ref], by=shop["mei"], at=NINE, key=shop.key())
    return case, ref


def _said(shop: Shop) -> tuple[int, int]:
    case = shop.start().case_id
    service.comment(case, "words", by=shop["mei"], at=NINE, key=shop.key())
    (number,) = _state(case).remarks
    return case, number


def attach_files(shop: Shop) -> Ready:
    case = shop.start().case_id
    return _on(service.attach_files, case, [_uploaded(shop)]), "mei", "lei"


def withdraw_file(shop: Shop) -> Ready:
    case, _ = _attached(shop)
    (number,) = _state(case).files
    return _on(service.withdraw_file, case, number, reason="传错"), "mei", "min"


def comment(shop: Shop) -> Ready:
    case, ref = shop.start().case_id, _uploaded(shop)
    return _on(service.comment, case, "请看 @lei", [ref]), "mei", "lei"


def edit_comment(shop: Shop) -> Ready:
    return _on(service.edit_comment, *_said(shop), "改了"), "mei", "lei"


def erase_file(shop: Shop) -> Ready:
    return _on(service.erase_file, *_attached(shop), reason="要求"), "root", "min"


def erase_comment(shop: Shop) -> Ready:
    return _on(service.erase_comment, *_said(shop), reason="要求"), "root", "min"


class Client(NamedTuple):
    """The outside party of a repair."""

    person_id: str = outsider("client")


def say_from_outside(shop: Shop) -> Ready:
    case = shop.start().case_id

    def act(*, by: User, key: str) -> Outcome:
        """Whoever is at it, the client speaks."""
        return service.say_from_outside(case, "请回电", by=Client(), at=NINE, key=key)

    return act, "mei", "lei"


VERBS: Mapping[str, Callable[[Shop], Ready]] = MappingProxyType(
    {
        each.__name__: each
        for each in (
            start_case, claim, take_next, release, complete, transfer, delegate, get_back, urge,
            copy_to, return_to, withdraw, jump, correct_field, erase_personal_values, add_work,
            react, sign, refuse_to_sign, suspend_case, resume_case, extend_clock, cancel_case,
            migrate_case, add_signer, give_opinion, drop_signer, hand_in, hand_on, strike_paper,
            print_document, give_up_call, attach_files, withdraw_file, comment, edit_comment,
            erase_file, erase_comment, say_from_outside,
        )
    }
)  # fmt: skip
"""By the name of the verb, what makes a shop ready for it."""
