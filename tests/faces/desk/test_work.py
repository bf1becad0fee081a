"""My work: what is mine by time left, and what lies in my pools."""

import base64
from datetime import timedelta

import pytest

from tests.faces.desk.conftest import Visit
from tests.faces.desk.page import Page
from tests.runtime.shop import Shop
from tuoban.runtime.cases.clock import now
from tuoban.runtime.cases.queries import unread_count
from tuoban.runtime.cases.service import fire_due_timers

FORGED_CURSOR = base64.urlsafe_b64encode(b'["x",1,"y",2]').decode()


def rows(page: Page) -> list[str]:
    links = page.all("a")
    return [each.text for each in links if "row-title" in each.attributes.get("class", "").split()]


def test_work_in_hand_stands_under_its_time(shop: Shop, visit: Visit) -> None:
    late = shop.start(at=now() - timedelta(hours=2), fault="已经晚了")
    soon = shop.start(at=now(), fault="刚刚报修")
    for case in (late, soon):
        shop.claim(case, "look", "lei", at=now())
    page = Page(visit("lei").get("/desk/"))
    assert rows(page)[0] == "检查 · 王建国 已经晚了"
    assert [each.text for each in page.all("h2", id="group-late")] == ["超时 1"]
    assert "超 01:3" in page.text
    assert rows(Page(visit("lei").get("/desk/?tab=late"))) == ["检查 · 王建国 已经晚了"]


def test_a_pool_shows_what_can_be_claimed(shop: Shop, visit: Visit) -> None:
    shop.start(at=now())
    lei = visit("lei")
    assert rows(Page(lei.get("/desk/"))) == []
    page = Page(lei.get("/desk/?tab=pool"))
    assert rows(page) == ["检查 · 王建国 不开机"]
    pools = page.by_id("pools")
    assert pools is not None
    assert "修理员" in pools.text


def test_the_name_of_a_customer_is_not_shown_to_another_branch(shop: Shop, visit: Visit) -> None:
    shop.start(at=now())
    qi = visit("qi")
    for address in ("/desk/", "/desk/?tab=pool", "/desk/cases?state=all", "/desk/cases?q=王建国"):
        page = Page(qi.get(address))
        assert rows(page) == []


def test_what_the_list_asks_for_again_is_the_list_with_the_counts(shop: Shop, visit: Visit) -> None:
    shop.start(at=now())
    headers = {"HX-Request": "true", "HX-Target": "work"}
    page = Page(visit("lei").get("/desk/?tab=pool", headers=headers))
    assert rows(page) == ["检查 · 王建国 不开机"]
    assert page.all("html") == []
    for name in ("pools", "doors"):
        swapped = page.by_id(name)
        assert swapped is not None
        assert swapped.attributes["hx-swap-oob"] == "true"


@pytest.mark.parametrize(("language", "said"), [("zh-hans", "都办妥了"), ("en", "All done")])
def test_an_empty_list_shows_the_next_door(
    shop: Shop, visit: Visit, language: str, said: str
) -> None:
    shop.start(at=now())
    page = Page(visit("lei", language).get("/desk/"))
    assert said in page.text
    assert page.all("a", href="/desk/?tab=pool", **{"class": "btn btn-main"})


@pytest.mark.parametrize(
    ("language", "said"),
    [("zh-hans", "有 1 件升级给您。"), ("en", "1 was escalated to you.")],
)
def test_who_work_was_escalated_to_sees_it_at_home(
    shop: Shop, visit: Visit, language: str, said: str
) -> None:
    case = shop.start(at=now() - timedelta(hours=2))
    shop.claim(case, "look", "lei", at=now())
    fire_due_timers(now())
    page = Page(visit("min", language).get("/desk/"))
    assert said in page.text
    assert len(page.all("h2", id="group-escalated")) == 1
    assert page.by_id(f"open-{shop.item(case, 'look')}") is not None
    assert "李雷" in page.text
    assert "都办妥了" not in page.text


@pytest.mark.parametrize(
    ("language", "said"),
    [("zh-hans", "可领取的工作中有 1 件已超时。"), ("en", "1 in your pools is late.")],
)
@pytest.mark.parametrize("tab", ["all", "late"])
def test_late_work_in_a_pool_is_told_to_who_can_take_it(
    shop: Shop, visit: Visit, tab: str, language: str, said: str
) -> None:
    shop.start(at=now() - timedelta(hours=2))
    page = Page(visit("lei", language).get(f"/desk/?tab={tab}"))
    assert said in page.text
    assert page.all("a", href="/desk/?tab=pool", **{"class": "btn btn-main"})
    for comfort in ("都办妥了", "All done", "今天没有到期的工作", "Nothing is due today"):
        assert comfort not in page.text


@pytest.mark.parametrize(("name", "offered"), [("mei", True), ("lei", False)])
@pytest.mark.parametrize("address", ["/desk/", "/desk/cases"])
def test_a_new_case_is_offered_to_who_can_start_one(
    visit: Visit, name: str, offered: bool, address: str
) -> None:
    page = Page(visit(name).get(address))
    assert bool(page.all("a", href="/desk/new")) is offered
    assert bool(page.all("a", **{"data-key": "n"})) is offered


@pytest.mark.parametrize(
    "query", ["tab=x", "page=x", f"page={FORGED_CURSOR}", "pool=nobody@nowhere", "q=%00"]
)
def test_an_address_that_was_tampered_with_still_shows_a_page(visit: Visit, query: str) -> None:
    lei = visit("lei")
    assert lei.get(f"/desk/?{query}").status_code == 200
    assert lei.get(f"/desk/cases?{query}").status_code == 200


def test_a_long_list_is_shown_in_pages(shop: Shop, visit: Visit) -> None:
    for _ in range(27):
        shop.claim(shop.start(at=now()), "look", "lei", at=now())
    lei = visit("lei")
    first = Page(lei.get("/desk/"))
    more = [each for each in first.all("a") if each.text == "更多工作"]
    second = Page(lei.get(more[0].attributes["href"]))
    assert (len(rows(first)), len(rows(second))) == (25, 2)


def test_search_finds_chinese_words_of_a_title(shop: Shop, visit: Visit) -> None:
    shop.start(at=now(), fault="空调不制冷")
    shop.start(at=now(), fault="不开机")
    assert rows(Page(visit("lei").get("/desk/cases?q=空调"))) == ["王建国 空调不制冷"]


def test_who_opens_a_case_has_read_its_notices(shop: Shop, visit: Visit) -> None:
    cases = [shop.start(at=now() - timedelta(hours=2)) for _ in range(2)]
    fire_due_timers(now())
    chief = visit("min")
    before = unread_count(shop["min"])
    polled = {"HX-Request": "true", "HX-Target": "case-head"}
    chief.get(f"/desk/cases/{cases[0].number}", headers=polled)
    assert unread_count(shop["min"]) == before
    chief.get(f"/desk/cases/{cases[0].number}")
    assert unread_count(shop["min"]) == before / 2 > 0


def test_notices_are_counted_and_can_be_read(shop: Shop, visit: Visit) -> None:
    case = shop.start(at=now())
    shop.claim(case, "look", "lei", at=now())
    from_lei = visit("lei").post(
        f"/desk/items/{shop.item(case, 'look')}/transfer",
        {"to": shop["han"].pk, "reason": "我要外出", "key": "t1"},
    )
    assert from_lei.status_code == 302
    han = visit("han")
    page = Page(han.get("/desk/notices"))
    assert rows(page) == ["未读： “检查”已转给您办理：我要外出"]
    doors = page.by_id("doors")
    assert doors is not None
    assert "通知 1" in doors.text
    mark = next(
        each.attributes["action"] for each in page.all("form", method="post") if each.text == "已读"
    )
    assert han.post(mark)["Location"] == "/desk/notices"
    assert "全部标为已读" not in Page(han.get("/desk/notices")).text
