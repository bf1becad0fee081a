"""Operations on the case page: what is offered, carried out, refused and shown."""

import pytest

from tests.faces.desk.conftest import Visit
from tests.faces.desk.page import Page
from tests.runtime.shop import PACK_FOLDER, Shop
from tuoban.runtime.cases import definitions, service
from tuoban.runtime.cases.clock import now
from tuoban.runtime.cases.models import WorkItem
from tuoban.runtime.cases.service import Outcome
from tuoban.runtime.people.service import grant

HTMX = {"HX-Request": "true"}


@pytest.fixture
def case(shop: Shop) -> Outcome:
    return shop.start(at=now())


def at(case: Outcome) -> str:
    return f"/desk/cases/{case.number}"


def looked(shop: Shop, case: Outcome) -> int:
    """The first step, done by lei."""
    shop.look(case, at=now())
    return WorkItem.objects.get(case=case.case_id, node="look", status=WorkItem.DONE).pk


def test_what_is_done_can_be_taken_back_on_the_page(
    shop: Shop, case: Outcome, visit: Visit
) -> None:
    item, lei = looked(shop, case), visit("lei")
    page = Page(lei.get(at(case)))
    assert "撤回“检查”" in [each.text for each in page.all("summary")]
    answer = lei.post(f"/desk/items/{item}/withdraw", {"key": "w", "reason": "写错了"})
    assert answer["Location"] == at(case)
    page = Page(lei.get(at(case)))
    assert "“检查”已撤回，又由您办理。" in page.text
    assert page.value("f.price") == "80.00"
    assert "以前填写的内容作为草稿放在这里" in page.text
    assert "撤回“检查”" not in [each.text for each in page.all("summary")]


def test_what_somebody_has_begun_is_not_offered_and_refused(
    shop: Shop, case: Outcome, visit: Visit
) -> None:
    item, lei = looked(shop, case), visit("lei")
    shop.claim(case, "mend", "gang", at=now())
    assert "撤回“检查”" not in Page(lei.get(at(case))).text
    for headers in ({}, HTMX):
        answer = lei.post(f"/desk/items/{item}/withdraw", {"key": "w"}, headers=headers)
        assert answer.status_code == 409
        assert "吴刚已经打开或办理“修理”" in Page(answer).refusal


def test_opening_the_page_tells_the_journal_that_assigned_work_was_seen(
    shop: Shop, case: Outcome, visit: Visit
) -> None:
    looked(shop, case)
    before = row_seq(case)
    visit("gang").get(at(case))  # in the pool only
    assert row_seq(case) == before
    for _ in range(2):
        visit("lei").get(at(case))
    assert row_seq(case) == before + 1


def test_work_of_others_can_be_urged_on_the_page(shop: Shop, case: Outcome, visit: Visit) -> None:
    shop.claim(case, "look", "lei", at=now())
    item, mei = shop.item(case, "look"), visit("mei")
    assert "催办" in [each.text for each in Page(mei.get(at(case))).all("summary")]
    assert mei.post(f"/desk/items/{item}/urge", {"key": "u"})["Location"] == at(case)
    page = Page(mei.get(at(case)))
    assert "“检查”已催办。" in page.text
    assert "催办" not in [each.text for each in page.all("summary")]
    page = Page(visit("min").post(f"/desk/items/{item}/urge", {"key": "v"}))
    assert "一小时内只催一次" in page.refusal


def test_a_case_is_copied_on_its_page_and_then_found_in_the_list(
    shop: Shop, case: Outcome, visit: Visit
) -> None:
    mei, sun = visit("mei"), visit("sun")
    assert sun.get(at(case)).status_code == 404
    assert sun.post(f"{at(case)}/copy", {"key": "x", "to": shop["sun"].pk}).status_code == 404
    assert mei.post(f"{at(case)}/copy", {"key": "c", "to": "nobody"}).status_code == 422
    too_long = {"key": "c", "to": shop["sun"].pk, "reason": "长" * 100_000}
    page = Page(mei.post(f"{at(case)}/copy", too_long))
    assert page.problem("copy-reason")
    assert page.value("to", within="copy-to") == str(shop["sun"].pk)
    answer = mei.post(f"{at(case)}/copy", {"key": "d", "to": shop["sun"].pk})
    assert answer["Location"] == at(case)
    assert case.number in Page(sun.get("/desk/cases?state=all")).text
    assert "王建国" in Page(sun.get(at(case))).text


def test_work_is_delegated_prepared_and_completed_on_the_page(
    shop: Shop, case: Outcome, visit: Visit
) -> None:
    shop.claim(case, "look", "lei", at=now())
    item, lei, han = shop.item(case, "look"), visit("lei"), visit("han")
    page = Page(lei.post(f"/desk/items/{item}/delegate", {"key": "d", "to": shop["han"].pk}))
    assert page.problem(f"item-{item}-delegate-reason") == "请写明原因。"
    to_han = {"key": "e", "to": shop["han"].pk, "reason": "休假"}
    assert lei.post(f"/desk/items/{item}/delegate", to_han)["Location"] == at(case)
    assert "收回委派" in [each.text for each in Page(lei.get(at(case))).all("button")]
    page = Page(han.get(at(case)))
    assert "李雷委派，由对方办结。" in page.text
    assert "交回“检查”" in [each.text for each in page.all("button")]
    entered = {"f.price": "80", "check.1": "1", "outcome": "found", "key": "p"}
    assert han.post(f"/desk/items/{item}/complete", entered)["Location"] == at(case)
    page = Page(lei.get(at(case)))
    assert "韩梅已办好" in page.text
    assert page.value("f.price") == "80.00"
    assert page.value("check.1") == "1"
    assert lei.post(f"/desk/items/{item}/get-back", {"key": "g"}).status_code == 409


def test_a_head_lets_a_case_jump_on_the_page(shop: Shop, case: Outcome, visit: Visit) -> None:
    item, min_ = shop.item(case, "look"), visit("min")
    assert "跳转" not in [each.text for each in Page(visit("lei").get(at(case))).all("summary")]
    page = Page(min_.get(at(case)))
    hint = page.by_id(f"item-{item}-jump-approve-hint")
    assert hint is not None
    assert hint.text.startswith("撤回：检查。 跳过：检查、")
    page = Page(min_.post(f"/desk/items/{item}/jump", {"key": "j", "to": "approve"}))
    assert page.problem(f"item-{item}-jump-reason") == "请写明原因。"
    assert page.value("to", within=f"item-{item}") == "approve"
    wish = {"key": "k", "to": "approve", "reason": "电话说好了"}
    assert min_.post(f"/desk/items/{item}/jump", wish)["Location"] == at(case)
    assert "验收" in [each.text for each in Page(min_.get(at(case))).all("h2")]


def test_an_administrator_lets_a_case_jump_too(shop: Shop, case: Outcome, visit: Visit) -> None:
    item, root = shop.item(case, "look"), visit("root")
    assert Page(root.get(at(case))).by_id(f"item-{item}-jump-approve") is not None
    wish = {"key": "k", "to": "approve", "reason": "卡住了"}
    assert root.post(f"/desk/items/{item}/jump", wish)["Location"] == at(case)


def test_a_case_is_cancelled_on_the_page(shop: Shop, case: Outcome, visit: Visit) -> None:
    mei = visit("mei")
    assert visit("lei").post(f"{at(case)}/cancel", {"key": "a", "reason": "x"}).status_code == 422
    page = Page(mei.post(f"{at(case)}/cancel", {"key": "b"}))
    assert page.problem("cancel-reason") == "请写明原因。"
    answer = mei.post(f"{at(case)}/cancel", {"key": "c", "reason": "报错了"})
    assert answer["Location"] == at(case)
    page = Page(mei.get(at(case)))
    assert "已作废" in page.text
    assert page.by_id("cancel-head") is None
    assert "已作废" in Page(mei.get("/desk/cases?state=all")).text


def row_seq(case: Outcome) -> int:
    return WorkItem.objects.filter(case=case.case_id).values_list("case__seq", flat=True)[0]


def test_whoever_sends_work_back_chooses_whether_it_comes_straight_back(
    shop: Shop, visit: Visit
) -> None:
    text = (PACK_FOLDER / "shop-parts.yaml").read_text("utf-8")
    both = text.replace("returns-to: [look]", "returns-to: [look, {look: direct}]")
    definitions.publish("shop-parts", both, None, now())
    case = service.start_case(
        "shop-parts", "check", by=shop["mei"], data={"thing": "车"}, at=now(), key="s"
    )
    while item := WorkItem.objects.filter(case=case.case_id, node="look", status="open").first():
        shop.look_at(case, item.element, at=now())
    bill, mei = shop.item(case, "bill"), visit("mei")
    shop.claim(case, "bill", "mei", at=now())
    ways = [each.text for each in Page(mei.get(at(case))).all("option")]
    assert ways[1:5:3] == ["检查（后门）", "检查（后门），办好后直接送回"]
    sent = {"key": "r", "to": "look:2:direct", "reason": "看错了"}
    assert mei.post(f"/desk/items/{bill}/return", sent)["Location"] == at(case)
    page = Page(mei.get(at(case)))
    assert "已退回重办，办好后直接送回这里" in page.text
    assert "把“结算”退回到“检查（后门）”，办好后直接送回：看错了" in page.text
    shop.look_at(case, "后门", at=now())
    assert "直接送回“结算”" in Page(mei.get(at(case))).text
    assert "退回的内容已办好" in Page(mei.get("/desk/notices")).text


def test_somebody_is_asked_for_an_opinion_and_another_to_sign(
    shop: Shop, case: Outcome, visit: Visit
) -> None:
    grant(shop["gang"], "mender", shop.units["east"])
    shop.claim(case, "look", "lei", at=now())
    item, lei, han = shop.item(case, "look"), visit("lei"), visit("han")
    page = Page(lei.post(f"/desk/items/{item}/signers", {"key": "a", "to": shop["han"].pk}))
    assert page.problem(f"item-{item}-signer-reason") == "请写明原因。"
    wish = {"key": "b", "to": shop["han"].pk, "reason": "价格对吗", "when": "before"}
    assert lei.post(f"/desk/items/{item}/signers", wish)["Location"] == at(case)
    after = {**wish, "key": "c", "to": shop["gang"].pk, "when": "after"}
    assert lei.post(f"/desk/items/{item}/signers", after)["Location"] == at(case)
    entered = {"f.price": "80", "check.1": "1", "outcome": "found", "key": "p"}
    refused = Page(lei.post(f"/desk/items/{item}/complete", entered))
    assert "还在等韩梅的意见" in refused.refusal
    assert refused.value("f.price") == "80"
    asked = WorkItem.objects.get(case=case.case_id, person=shop["han"], status="open").pk
    page = Page(han.get(at(case)))
    assert "李雷 请您看看：价格对吗" in page.text
    page = Page(han.post(f"/desk/items/{asked}/opinion", {"key": "o", "agrees": "no"}))
    assert page.problem(f"item-{asked}-opinion-reason") == "请写明原因。"
    said = {"key": "q", "agrees": "no", "reason": "贵了"}
    assert han.post(f"/desk/items/{asked}/opinion", said)["Location"] == at(case)
    page = Page(lei.get(at(case)))
    assert "韩梅 不同意：贵了" in page.text
    assert "办好后还要由 吴刚 签署" in page.text
    drop = {"key": "d", "person": shop["gang"].pk}
    assert lei.post(f"/desk/items/{item}/signers/drop", drop)["Location"] == at(case)
    assert "吴刚 签署" not in Page(lei.get(at(case))).text
    assert lei.post(f"/desk/items/{item}/complete", {**entered, "key": "r"}).status_code == 302


def test_whoever_completes_names_who_does_the_next(shop: Shop, visit: Visit) -> None:
    text = (PACK_FOLDER / "shop-parts.yaml").read_text("utf-8")
    named = text.replace("en: Bill, by: clerk,", "en: Bill, by: {role: clerk, pick: named},")
    definitions.publish("shop-parts", named, None, now())
    case = service.start_case(
        "shop-parts", "check", by=shop["mei"], data={"thing": "车"}, at=now(), key="s"
    )
    for part in ("前门", "后门"):
        shop.look_at(case, part, at=now())
    shop.claim(case, "look", "lei", at=now())
    item, lei = shop.item(case, "look"), visit("lei")
    page = Page(lei.post(f"/desk/items/{item}/complete", {"key": "a", "f.cost": "5"}))
    assert page.problem(f"item-{item}-name-bill") == "请为“结算”指定办理人。"
    assert "陈小美" in [each.text for each in page.all("option")]
    assert page.value("f.cost") == "5"
    wish = {"key": "b", "f.cost": "5", "name.bill": shop["mei"].pk}
    assert lei.post(f"/desk/items/{item}/complete", wish)["Location"] == at(case)
    assert WorkItem.objects.get(pk=shop.item(case, "bill")).person == shop["mei"]


def test_nobody_is_chosen_beforehand_and_choosing_nobody_is_told_beside_the_list(
    shop: Shop, case: Outcome, visit: Visit
) -> None:
    shop.claim(case, "look", "lei", at=now())
    item, lei = shop.item(case, "look"), visit("lei", "en")
    page = lei.get(at(case)).content.decode()
    assert page.count('<option value="">Please choose</option>') >= 3
    for verb in ("transfer", "delegate", "signers"):
        posted = {"key": verb, "to": "", "reason": "away", "when": "after"}
        answer = lei.post(f"/desk/items/{item}/{verb}", posted)
        assert answer.status_code == 422
        assert '-to-problem">There is no such active person' in answer.content.decode()
    assert WorkItem.objects.get(pk=item).person == shop["lei"]
