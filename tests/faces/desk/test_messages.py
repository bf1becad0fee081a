"""The pages of messages: what came and went, and one entered by hand."""

from __future__ import annotations

import pytest

from tests.faces.desk.conftest import Visit
from tests.runtime.cases.test_messages import PACK, SLUG, carry, order, send
from tests.runtime.shop import NINE, Shop, row
from tuoban.runtime.cases import definitions
from tuoban.runtime.cases.clock import now
from tuoban.runtime.cases.messaging import receiving
from tuoban.runtime.cases.models import Message


@pytest.fixture
def parcels(shop: Shop) -> Shop:
    definitions.publish(SLUG, PACK, None, NINE)
    return shop


def test_the_list_tells_where_each_message_went(visit: Visit, parcels: Shop) -> None:
    case = order(parcels)
    send(pieces="2", buyer="李四")
    send(part="电池")
    send("ordered", "屏幕")
    carry()
    staff = visit("root", "en")

    page = staff.get("/desk/messages").content.decode()

    assert (
        f'taken by\n          <a href="/desk/cases/{case.number}">' in page or case.number in page
    )
    assert "from warehouse" in page
    assert "李四" not in page
    assert "(personal)" in page
    untaken = staff.get("/desk/messages?which=untaken").content.decode()
    assert "电池" in untaken
    assert "屏幕" not in untaken
    found = staff.get(f"/desk/messages?q={case.number}").content.decode()
    assert "屏幕" in found
    assert "电池" not in found
    assert "No message contains" in staff.get("/desk/messages?q=nothing").content.decode()
    assert "电池" not in staff.get("/desk/messages?which=out").content.decode()


def test_a_source_that_sends_too_much_is_told_of(
    visit: Visit, parcels: Shop, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(receiving, "MOST_AN_HOUR", 2)
    for _ in range(2):
        receiving.receive("arrived", {"part": "Lamp"}, at=now(), source="warehouse")
    page = visit("root", "en").get("/desk/messages").content.decode()
    assert "“warehouse” sends more than is taken" in page


def test_the_list_goes_on_on_further_pages(visit: Visit, parcels: Shop) -> None:
    for number in range(30):
        send(part=f"part-{number:02}")
    staff = visit("root", "en")
    first = staff.get("/desk/messages").content.decode()
    assert "part-29" in first
    assert "part-04" not in first
    address = first.rpartition('class="paging"')[2].partition('href="')[2].partition('"')[0]
    second = staff.get(address.replace("&amp;", "&")).content.decode()
    assert "part-04" in second
    assert "part-29" not in second


def test_a_message_is_entered_by_hand(visit: Visit, parcels: Shop) -> None:
    case = order(parcels)
    staff = visit("root", "en")
    assert "/desk/messages/new/arrived" in staff.get("/desk/messages/new").content.decode()
    form = staff.get("/desk/messages/new/arrived").content.decode()
    assert 'name="f.part"' in form

    typed = {"f.part": "", "f.pieces": "0", "key": "k-1"}
    wrong = staff.post("/desk/messages/new/arrived", typed)
    assert wrong.status_code == 422
    page = wrong.content.decode()
    assert 'id="message-part-problem"' in page
    assert 'id="message-pieces-problem"' in page
    assert 'value="0"' in page
    assert Message.objects.count() == 0

    typed = {"f.part": "屏幕", "f.pieces": "1", "key": "k-1"}
    for _ in range(2):
        assert staff.post("/desk/messages/new/arrived", typed).status_code == 302
    assert Message.objects.get().entered_by == parcels["root"]
    carry()
    assert row(case).status == "ended"
    assert staff.get("/desk/messages/new/nothing").status_code == 404


def test_only_administrators_see_messages(visit: Visit, parcels: Shop) -> None:
    person = visit("mei", "en")
    assert "/desk/messages" not in person.get("/desk/").content.decode()
    for address in ("", "/new", "/new/arrived"):
        assert person.get(f"/desk/messages{address}").status_code == 403
    assert person.post("/desk/messages/new/arrived", {"f.part": "x"}).status_code == 403
    assert Message.objects.count() == 0


def test_the_case_page_tells_what_is_waited_for_and_what_came(visit: Visit, parcels: Shop) -> None:
    case = order(parcels)
    page = visit("mei").get(f"/desk/cases/{case.number}").content.decode()
    assert "等待消息“已到货”" in page
    send(pieces="2")
    carry()
    page = visit("mei").get(f"/desk/cases/{case.number}").content.decode()
    assert "收到消息“已到货”，配件：屏幕，件数：2" in page
    assert "等待消息" not in page
    parcels.complete(parcels.item(case, "unpack"), "lei")
    page = visit("mei").get(f"/desk/cases/{case.number}").content.decode()
    assert "发出消息“已取走”" in page
