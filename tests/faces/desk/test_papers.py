"""Papers on the desk: asked for by a step, taken in before, handed on, struck out."""

import pytest

from tests.faces.desk.conftest import Visit
from tests.faces.desk.page import Page
from tests.runtime.shop import NINE, PACK_FOLDER, Shop
from tuoban.runtime.cases import definitions, service
from tuoban.runtime.cases.audit import audit
from tuoban.runtime.cases.clock import now
from tuoban.runtime.cases.queries import case_page
from tuoban.runtime.cases.service import Outcome

CHILDREN = [{"name": "小安", "young": "true"}, {"name": "小北", "young": "false"}]
COMPLETE = {"paper.photo.originals": "3", "paper.card.copies": "1", "paper.birth.1.originals": "1"}


@pytest.fixture
def case(shop: Shop) -> Outcome:
    text = PACK_FOLDER.joinpath("shop-papers.yaml").read_text(encoding="utf-8")
    definitions.publish("shop-papers", text, None, NINE)
    data = {"client": "王", "kind": "fresh", "children": CHILDREN}
    case = service.start_case(
        "shop-papers", "settle", by=shop["mei"], data=data, at=now(), key="start"
    )
    shop.claim(case, "collect", "mei", at=now())
    return case


def collect(shop: Shop, case: Outcome) -> str:
    return f"/desk/items/{shop.item(case, 'collect')}/complete"


def test_a_step_asks_for_its_papers_and_keeps_what_was_typed(
    shop: Shop, case: Outcome, visit: Visit
) -> None:
    mei = visit("mei")
    page = Page(mei.get(f"/desk/cases/{case.number}"))
    card = page.by_id(f"item-{shop.item(case, 'collect')}-papers")
    assert card is not None
    assert "毕业证 需原件 1 份、复印件 3 份 · 由客户交 缺原件 1 份、复印件 3 份" in card.text
    assert "小安：出生证明" in card.text
    assert "小北" not in card.text
    papers = {each.paper: each for each in case_page(shop["mei"], case.case_id, now()).papers}
    assert (papers["letter"].is_to_come, papers["letter"].missing) == (True, None)
    assert "待产生" in page.text
    assert "以下交齐其中一种： 户口簿复印件" in card.text
    posted = {"key": "k", "paper.diploma.originals": "1", "paper.photo.originals": "three"}
    answer = mei.post(collect(shop, case), posted)
    assert answer.status_code == 422
    page, item = Page(answer), f"item-{shop.item(case, 'collect')}"
    assert page.value("paper.diploma.originals") == "1"
    assert page.value("paper.photo.originals") == "three"
    assert page.problem(f"{item}-paper-diploma").startswith("毕业证：还缺复印件 3 份（")
    assert "0 到 999" in page.problem(f"{item}-paper-photo-originals")
    assert "至少交齐其中一种" in page.problem(f"{item}-paper-booklet")


def test_a_draft_keeps_the_numbers(shop: Shop, case: Outcome, visit: Visit) -> None:
    mei = visit("mei")
    item = shop.item(case, "collect")
    mei.post(f"/desk/items/{item}/draft", {"paper.birth.1.originals": "1"})
    page = Page(mei.get(f"/desk/cases/{case.number}"))
    assert page.value("paper.birth.1.originals") == "1"


def test_papers_come_before_the_step_by_their_own_page(
    shop: Shop, case: Outcome, visit: Visit
) -> None:
    mei = visit("mei")
    here = f"/desk/cases/{case.number}/papers/diploma/0"
    assert "缺原件 1 份、复印件 3 份" in Page(mei.get(f"/desk/cases/{case.number}")).text
    answer = mei.post(here, {"key": "a", "verb": "take-in", "originals": "", "note": "挂号信"})
    assert answer.status_code == 422
    assert Page(answer).problem("take-in-originals") == "请填写原件或复印件的份数。"
    answer = mei.post(here, {"key": "b", "verb": "take-in", "originals": "1", "copies": "3"})
    assert answer["Location"] == here
    page = Page(mei.get(here))
    assert "“毕业证”已收到。" in page.text
    assert "应退还 客户：原件 1 份" in page.text
    assert mei.post(collect(shop, case), {"key": "c", **COMPLETE}).status_code == 302
    told = [each.sentence.zh for each in case_page(shop["mei"], case.case_id, now()).timeline]
    assert "陈小美收到“毕业证”原件 1 份、复印件 3 份" in told
    assert (
        "陈小美收到小安的“出生证明”原件 1 份、“一寸照”原件 3 份、“户籍卡复印件”复印件 1 份" in told
    )


def test_papers_are_handed_on_and_what_was_a_mistake_is_struck_out(
    shop: Shop, case: Outcome, visit: Visit
) -> None:
    mei, here = visit("mei"), f"/desk/cases/{case.number}/papers/photo/0"
    mei.post(here, {"key": "a", "verb": "take-in", "originals": "30"})
    refused = mei.post(here, {"key": "b", "verb": "hand-on", "to": "customer", "originals": "31"})
    assert "“一寸照”现有：原件 30 份，交不出这么多。" in Page(refused).refusal
    assert Page(refused).value("to") == "customer"
    number = Page(mei.get(here)).value("move")
    refused = mei.post(here, {"key": "c", "verb": "strike", "move": number, "reason": ""})
    assert Page(refused).problem(f"strike-{number}-reason") == "请写明原因。"
    mei.post(here, {"key": "d", "verb": "strike", "move": number, "reason": "写错了"})
    page = Page(mei.get(here))
    assert "已作废" in page.text
    assert not page.has_entry("to")
    assert audit([case.case_id]).is_clean


def test_what_must_go_back_is_shown_and_holds_the_step(
    shop: Shop, case: Outcome, visit: Visit
) -> None:
    mei, gang = visit("mei", "en"), visit("gang")
    posted = {"key": "a", **COMPLETE, "paper.diploma.originals": "1", "paper.diploma.copies": "3"}
    assert mei.post(collect(shop, case), posted).status_code == 302
    shop.claim(case, "check", "gang", at=now())
    checked = gang.post(f"/desk/items/{shop.item(case, 'check')}/complete", {"key": "b"})
    assert checked.status_code == 302
    shop.claim(case, "finish", "mei", at=now())
    item = shop.item(case, "finish")
    answer = mei.post(f"/desk/items/{item}/complete", {"key": "c"})
    page = Page(answer)
    assert "To be given back first" in page.text
    assert page.by_id(f"item-{item}-back-diploma-problem") is not None
    here = f"/desk/cases/{case.number}/papers/diploma/0"
    assert Page(mei.get(here)).value("originals", within="hand-on-originals") == "1"
    mei.post(here, {"key": "d", "verb": "hand-on", "to": "customer", "originals": "1"})
    assert mei.post(f"/desk/items/{item}/complete", {"key": "e"}).status_code == 302
    # What is still to be handed over is shown after the end, and can be.
    ended = Page(mei.get(f"/desk/cases/{case.number}"))
    assert "to be handed to" in ended.text
    mei.post(
        f"/desk/cases/{case.number}/papers/letter/0",
        {"key": "f", "verb": "hand-on", "to": "customer", "originals": "1"},
    )
    assert "to be handed to" not in Page(mei.get(f"/desk/cases/{case.number}")).text


def test_others_look_and_do_nothing(shop: Shop, case: Outcome, visit: Visit) -> None:
    here = f"/desk/cases/{case.number}/papers/booklet/0"
    root = visit("root")
    page = Page(root.get(here))
    assert not page.has_entry("verb")
    assert visit("sun").get(here).status_code == 404
    assert visit("mei").get(f"/desk/cases/{case.number}/papers/passport/0").status_code == 404
