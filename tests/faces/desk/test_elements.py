"""Work of the elements of a list on the desk: named, and gone back into."""

from tests.faces.desk.conftest import Visit
from tests.faces.desk.page import Page
from tests.runtime.shop import Shop
from tuoban.runtime.cases.clock import now
from tuoban.runtime.cases.models import WorkItem
from tuoban.runtime.cases.service import Outcome


def looked_at(shop: Shop) -> Outcome:
    """A case whose parts have all been looked at, with its bill in hand."""
    case = shop.parts(now())
    for element in ("前门", "后门", "车顶"):
        shop.look_at(case, element, at=now(), cost="5", keeper=f"{element}张三")
    shop.claim(case, "bill", "mei", at=now())
    return case


def test_cards_and_flash_messages_name_the_element(shop: Shop, visit: Visit) -> None:
    case, lei = shop.parts(now()), visit("lei")
    row = WorkItem.objects.get(case=case.case_id, element="后门")
    address = f"/desk/cases/{case.number}"
    heads = [each.text for each in Page(lei.get(address)).all("h2")][:3]
    assert heads == ["检查（前门）", "检查（后门）", "检查（车顶）"]
    lei.post(f"/desk/items/{row.pk}/claim", {"key": "c"})
    assert "“检查（后门）”" in Page(lei.get(address)).text


def test_work_is_sent_back_into_one_element(shop: Shop, visit: Visit) -> None:
    case, mei = looked_at(shop), visit("mei")
    item = shop.item(case, "bill")
    page = Page(mei.get(f"/desk/cases/{case.number}"))
    (choice,) = page.all("select", id=f"item-{item}-return-to")
    assert choice.text == "检查（前门） 检查（后门） 检查（车顶）"
    sent = {"to": "look:2", "reason": "价格不对", "key": "r"}
    mei.post(f"/desk/items/{item}/return", sent)
    opened = WorkItem.objects.get(case=case.case_id, status=WorkItem.OPEN)
    assert (opened.node, opened.element) == ("look", "后门")


def test_an_element_that_is_none_is_refused_and_what_was_written_stays(
    shop: Shop, visit: Visit
) -> None:
    case, mei = looked_at(shop), visit("mei")
    item = shop.item(case, "bill")
    wanted = {"look": 422, "look:": 422, "look:9": 409, "look:x": 422, "look:2.1": 422}
    for to, status in wanted.items():
        sent = {"to": to, "reason": "价格不对", "key": to}
        answer = mei.post(f"/desk/items/{item}/return", sent)
        assert answer.status_code == status
        assert Page(answer).value("reason") == "价格不对"


def test_the_page_shows_how_many_are_done_and_what_was_recorded_for_each(
    shop: Shop, visit: Visit
) -> None:
    case = shop.parts(now())
    shop.look_at(case, "后门", at=now(), cost="5", keeper="张三")
    page = Page(visit("mei").get(f"/desk/cases/{case.number}"))
    assert "检查 1/3" in page.text
    assert "逐项（后门） 费用 ¥5.00 保管人 张三" in page.text
