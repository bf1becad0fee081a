"""The pages of message templates and of the simulated phone."""

from __future__ import annotations

import pytest
from django.test import Client

from tests.faces.desk.conftest import Visit
from tests.runtime.shop import NINE, Shop
from tuoban.runtime.cases import clock
from tuoban.runtime.cases.outbox import carriers, sending
from tuoban.runtime.cases.outbox.sending import send_due
from tuoban.runtime.people.service import set_reach
from tuoban.services.channels import service, simulated
from tuoban.services.channels.models import SimulatedText, Wording
from tuoban.services.channels.service import Address

CODE = "/desk/templates/one-time-code/zh"
NUMBER = "13800138000"


@pytest.fixture
def gateway(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(carriers, "_chosen", {})
    monkeypatch.setattr(sending, "_resting", {})
    simulated.choose()


def send(shop: Shop, key: str = "code-1", number: str = NUMBER) -> None:
    to, values = Address("sms", number), {"code": "482913"}
    service.write("one-time-code", to, values, language="zh", key=key, at=NINE)
    send_due(NINE)


def said(client: Client, address: str, **posted: str) -> str:
    answer = client.post(address, posted, follow=True) if posted else client.get(address)
    return answer.content.decode()


def test_every_template_is_listed_in_both_languages(visit: Visit) -> None:
    page = said(visit("root", "en"), "/desk/templates")
    assert "One-time code" in page
    assert "验证码 482913，10 分钟内有效" in page
    assert "your code is 482913" in page
    assert "1 part as an SMS" in page
    assert 'href="/desk/templates"' in said(visit("root"), "/desk/outbox")
    assert 'href="/desk/templates"' in said(visit("root"), "/desk/settings")


def test_words_are_previewed_saved_and_given_back(visit: Visit, shop: Shop) -> None:
    root = visit("root")
    page = said(root, CODE, act="preview", subject="验证码", text="码" * 70 + "{code}\r\n")
    assert "码" * 70 + "482913" in page
    assert "按短信计 2 条" in page
    assert not Wording.objects.exists()
    page = said(root, CODE, act="save", subject="验证码", text="请用 {code}")
    assert "已保存" in page
    assert "请用 482913" in page
    assert f"本单位的文字，{shop['root']} 写的" in page
    assert "您的验证码" not in said(root, CODE)
    page = said(root, CODE, act="reset")
    assert "已恢复妥办自带的文字" in page
    assert not Wording.objects.exists()


def test_problems_stand_beside_their_entries_and_what_was_typed_stays(visit: Visit) -> None:
    answer = visit("root").post(CODE, {"act": "save", "subject": "", "text": "{nmae} 您好"})
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "没有 {nmae} 这个占位符" in page
    assert "缺少 {code}（验证码）" in page
    assert 'id="template-subject-problem"' in page
    assert ">{nmae} 您好</textarea>" in page
    assert not Wording.objects.exists()


def test_what_is_no_template_or_language_is_not_there(visit: Visit) -> None:
    root = visit("root")
    assert root.get("/desk/templates/nothing/zh").status_code == 404
    assert root.get("/desk/templates/one-time-code/fr").status_code == 404


@pytest.mark.usefixtures("gateway")
def test_a_sample_goes_to_whoever_asks_once_a_request(visit: Visit, shop: Shop) -> None:
    root = visit("root")
    assert "用短信发给我试试" not in said(root, CODE)
    posted = {"act": "sms", "key": "key-1"}
    assert root.post(CODE, posted).status_code == 422
    set_reach(shop["root"], phone=NUMBER)
    assert "用短信发给我试试" in said(root, CODE)
    assert "用邮件发给我试试" not in said(root, CODE)
    for _ in range(2):
        assert "示例已发给您" in said(root, CODE, **posted)
    send_due(clock.now())
    [text] = simulated.phone(NUMBER).texts
    assert "验证码 482913" in text.text


def test_outgoing_texts_are_looked_at_by_channel_and_by_the_end_of_a_number(
    visit: Visit, shop: Shop
) -> None:
    for number, channel, value in ((1, "sms", NUMBER), (2, "mail", "lei@customer.example")):
        values = {"what": f"物品 {number}", "number": "SM-1", "where": "城东路"}
        to = Address(channel, value)
        service.write("ready-to-collect", to, values, language="zh", key=str(number), at=NINE)
    root = visit("root")
    found = {
        query: [what for what in ("物品 1", "物品 2") if what in said(root, "/desk/outbox" + query)]
        for query in ("", "?channel=sms", "?channel=mail", "?channel=fax", "?q=8000")
    }
    assert found == {
        "": ["物品 1", "物品 2"],
        "?channel=sms": ["物品 1"],
        "?channel=mail": ["物品 2"],
        "?channel=fax": ["物品 1", "物品 2"],
        "?q=8000": ["物品 1"],
    }
    assert "which=sent&amp;channel=sms" in said(root, "/desk/outbox?channel=sms")


@pytest.mark.usefixtures("gateway")
def test_the_phone_shows_each_number_its_texts(visit: Visit, shop: Shop) -> None:
    root = visit("root")
    assert "还没有短信" in said(root, "/desk/phone")
    send(shop)
    send(shop, "code-2", "13900139000")
    page = said(root, "/desk/phone")
    assert page.count('class="phone-text"') == 1
    assert 'aria-current="true">13900139000' in page
    assert "正在送达" in page
    page = said(root, f"/desk/phone?number={NUMBER}")
    assert f'aria-current="true">{NUMBER}' in page
    assert "482913" in page
    assert 'href="/desk/phone"' in said(root, "/desk/outbox")
    assert "482913" not in said(root, "/desk/outbox")
    said(root, "/desk/phone", act="clear")
    assert not SimulatedText.objects.exists()


@pytest.mark.usefixtures("gateway")
def test_a_link_on_the_phone_can_be_followed_and_nothing_in_a_text_is_markup(
    visit: Visit, shop: Shop
) -> None:
    values = {"number": "<b>1</b>", "link": "http://127.0.0.1:8000/c/abc"}
    to = Address("sms", NUMBER)
    service.write("link-to-case", to, values, language="en", key="a", at=NINE)
    send_due(NINE)
    page = said(visit("root"), "/desk/phone")
    assert '<a href="http://127.0.0.1:8000/c/abc"' in page
    assert "&lt;b&gt;1&lt;/b&gt;" in page


@pytest.mark.usefixtures("gateway")
def test_the_gateway_is_told_how_to_behave(visit: Visit, shop: Shop) -> None:
    root = visit("root")
    said(root, "/desk/phone", act="behave", mode="refuses", delay="5", arrives="0")
    assert simulated.behaviour() == simulated.Behaviour("refuses", 5, arrives=False)
    for delay in ("", "x", "3601", "٣"):
        posted = {"act": "behave", "mode": "takes", "delay": delay, "arrives": "1"}
        answer = root.post("/desk/phone", posted)
        assert answer.status_code == 422
        assert 'id="gateway-delay-problem"' in answer.content.decode()
    send(shop)
    page = said(root, "/desk/outbox")
    assert "模拟短信网关不收" in page
    assert "发给…8000的短信" in page


@pytest.mark.usefixtures("gateway")
def test_a_letter_of_no_case_that_waits_stands_in_the_background_work(
    visit: Visit, shop: Shop
) -> None:
    simulated.behave(simulated.Behaviour("away"), by=shop["root"])
    send(shop)
    page = said(visit("root"), "/desk/background")
    assert "不属于任何工单" in page
    assert "模拟短信网关不在" in page


@pytest.mark.usefixtures("gateway")
def test_what_became_of_it_stands_in_the_outbox(visit: Visit, shop: Shop) -> None:
    root = visit("root")
    send(shop)
    simulated.settle(SimulatedText.objects.get().pk, NINE)
    page = said(root, "/desk/outbox")
    assert "已送达" in page
    assert "网关报告已送达" in page


def test_without_the_gateway_there_is_no_phone(
    visit: Visit, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(carriers, "_chosen", {"sms": carriers.LogCarrier()})
    root = visit("root")
    assert root.get("/desk/phone").status_code == 404
    assert "/desk/phone" not in said(root, "/desk/outbox")


@pytest.mark.usefixtures("gateway")
def test_the_phone_is_for_administrators(visit: Visit) -> None:
    assert visit("mei").get("/desk/phone").status_code == 403
    assert visit("mei").post("/desk/phone", {"act": "clear"}).status_code == 403
