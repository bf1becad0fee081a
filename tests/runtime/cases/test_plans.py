"""Plans in the runtime: what is added by hand, and what waits with its reasons."""

import pytest

from tests.runtime.shop import NINE, PACK_FOLDER, Shop
from tuoban.kernel.definition import Text
from tuoban.kernel.refusals import Refused
from tuoban.runtime.cases import definitions, service
from tuoban.runtime.cases.audit import audit
from tuoban.runtime.cases.queries import CasePage, case_page
from tuoban.runtime.cases.service import Outcome
from tuoban.runtime.people.service import grant


def begin(shop: Shop) -> Outcome:
    text = PACK_FOLDER.joinpath("shop-plan.yaml").read_text(encoding="utf-8")
    definitions.publish("shop-plan", text, None, NINE)
    return service.start_case(
        "shop-plan", "permits", by=shop["mei"], data={"thing": "厂房"}, at=NINE, key=shop.key()
    )


def add(shop: Shop, case: Outcome, by: str, node: str = "other", reason: str = "") -> Outcome:
    return service.add_work(case.case_id, node, reason=reason, by=shop[by], at=NINE, key=shop.key())


def page(shop: Shop, case: Outcome, by: str = "mei") -> CasePage:
    return case_page(shop[by], case.case_id, NINE)


def test_what_one_has_in_hand_stands_above_what_one_may_claim(shop: Shop) -> None:
    case = begin(shop)
    add(shop, case, "lei")
    first, second = (each.node for each in page(shop, case, "lei").items)
    service.claim(shop.item(case, second), by=shop["lei"], at=NINE, key=shop.key())
    assert [each.node for each in page(shop, case, "lei").items] == [second, first]


def test_what_waits_is_told_with_its_reasons(shop: Shop) -> None:
    case = begin(shop)
    held = {each.node: [why.text.en for why in each.reasons] for each in page(shop, case).held}
    assert list(held) == ["permit", "works"]
    assert "Land" in held["permit"][0]
    assert "Permit" in held["works"][0]
    shop.complete(shop.item(case, "land"), "lei")
    assert [each.node for each in page(shop, case).held] == ["works"]
    assert {each.node for each in page(shop, case).items} == {"permit"}


def test_work_is_added_with_a_reason_and_the_timeline_tells_it(shop: Shop) -> None:
    case = begin(shop)
    (offered,) = page(shop, case, "lei").to_add
    assert (offered.node, offered.plan) == ("other", Text("手续", "Permits"))
    add(shop, case, "lei", reason="要环评")
    told = [each.sentence for each in page(shop, case).timeline if each.kind == "added"]
    assert told == [Text("李雷增加“其他手续”：要环评", "李雷 added “Other formalities”: 要环评")]
    assert page(shop, case, "lei").to_add == ()
    assert audit([case.case_id]).findings == ()
    shop.complete(shop.item(case, "other"), "lei")
    assert [each.node for each in page(shop, case, "lei").to_add] == ["other"]


def test_a_request_sent_twice_adds_once(shop: Shop) -> None:
    case = begin(shop)
    key = shop.key()
    first, second = (
        service.add_work(case.case_id, "other", by=shop["lei"], at=NINE, key=key) for _ in "ab"
    )
    assert (first.seq, second.replayed) == (second.seq, True)
    assert sum(each.kind == "added" for each in page(shop, case).timeline) == 1


def test_what_may_not_be_added_is_refused_and_changes_nothing(shop: Shop) -> None:
    case = begin(shop)
    before = page(shop, case)
    with pytest.raises(Refused, match="not-addable"):
        add(shop, case, "lei", node="land")
    with pytest.raises(Refused, match="not-in-charge"):
        add(shop, case, "qi")
    assert page(shop, case) == before


def test_whoever_holds_several_roles_in_one_unit_is_not_asked_for_the_unit(shop: Shop) -> None:
    grant(shop["mei"], "mender", shop.units["east"])
    text = PACK_FOLDER.joinpath("shop-plan.yaml").read_text(encoding="utf-8")
    both = text.replace("by: clerk, form: [thing]", "by: [clerk, mender], form: [thing]")
    assert both != text
    definitions.publish("shop-plan", both, None, NINE)
    started = service.start_case(
        "shop-plan", "permits", by=shop["mei"], data={"thing": "厂房"}, at=NINE, key=shop.key()
    )
    assert started.case_id
