"""The page of what went out of the house: for administrators all, for others of their cases."""

from __future__ import annotations

from tests.faces.desk.conftest import Visit
from tests.runtime.cases.test_outbox import start
from tests.runtime.shop import NINE, Shop
from tuoban.runtime.cases.models import Outgoing
from tuoban.runtime.cases.outbox.sending import send_due


def test_what_went_out_and_what_did_not_is_shown_and_found(visit: Visit, shop: Shop) -> None:
    case = start(shop, phone_no="13800138000")
    shop.complete(shop.item(case, "look"), "lei")
    send_due(NINE)
    staff = visit("root", "en")
    page = staff.get("/desk/outbox").content.decode()
    assert "SMS to 客户" in page
    assert "王建国: 不开机 is checked" in page
    assert "only in the log: no gateway is set up" in page
    assert "not sent: no telephone number is known" in page
    assert 'href="/desk/outbox"' in staff.get("/desk/messages").content.decode()

    stuck = staff.get("/desk/outbox?which=stuck").content.decode()
    assert "不开机 is checked" not in stuck
    assert "None goes to “nobody”." in staff.get("/desk/outbox?q=nobody").content.decode()


def test_others_see_what_went_out_of_their_cases(visit: Visit, shop: Shop) -> None:
    case = start(shop, phone_no="13800138000")
    shop.complete(shop.item(case, "look"), "lei")
    mine, address = visit("mei"), f"/desk/outbox?case={case.number}"
    assert mine.get("/desk/outbox").status_code == 403
    assert f'href="{address}"' in mine.get(f"/desk/cases/{case.number}").content.decode()
    page = mine.get(address).content.decode()
    assert "发给客户的短信" in page
    assert "等待发送" in page
    assert visit("qi").get(address).status_code == 404


def test_the_list_goes_on_on_further_pages(visit: Visit, shop: Shop) -> None:
    cases = [start(shop, fault=f"fault-{number:02}") for number in range(16)]
    staff = visit("root", "en")
    first = staff.get("/desk/outbox").content.decode()
    assert cases[-1].number in first
    assert cases[0].number not in first
    address = first.rpartition('class="paging"')[2].partition('href="')[2].partition('"')[0]
    assert cases[0].number in staff.get(address.replace("&amp;", "&")).content.decode()


def test_what_failed_is_sent_again_or_dropped_by_those_with_the_right(
    visit: Visit, shop: Shop
) -> None:
    case = start(shop)
    shop.complete(shop.item(case, "look"), "lei")
    stuck = Outgoing.objects.get(role="customer")
    again, drop = (f"/desk/outbox/{stuck.pk}/{what}" for what in ("again", "drop"))
    staff, mine = visit("root", "en"), visit("mei", "en")
    assert again in staff.get("/desk/outbox").content.decode()
    address = f"/desk/outbox?case={case.number}"
    assert again not in mine.get(address).content.decode()
    assert mine.get(again).status_code == 405
    asked = {"number": case.number, "which": "stuck"}
    page = mine.post(again, asked, follow=True).content.decode()
    assert "Only administrators and whoever answers for the case" in page
    assert visit("qi").post(again, asked, follow=True).status_code == 404
    page = staff.post(drop, asked, follow=True).content.decode()
    assert "It is dropped and does not go out." in page
    page = staff.get(address).content.decode()
    assert "dropped: it does not go out" in page
    assert "dropped by 管理员" in page
    page = staff.post(again, {}, follow=True).content.decode()
    assert "It is being sent again." in page
    stuck.refresh_from_db()
    assert stuck.state == Outgoing.WAITING
    assert stuck.next_try_at is not None
    send_due(stuck.next_try_at)
    page = staff.get(address).content.decode()
    assert "管理员 lets it be sent again" in page
    assert "no number or address is known" in page
