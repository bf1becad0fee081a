"""Erasing what a case holds of people, on its page."""

from __future__ import annotations

import pytest
from django.test import Client

from tests.faces.desk.page import Page
from tests.runtime.shop import Shop
from tuoban.runtime.cases.audit import audit
from tuoban.runtime.cases.personal import fields_held


@pytest.fixture
def root(shop: Shop) -> Client:
    client = Client()
    client.force_login(shop["root"])
    return client


def test_an_administrator_erases_a_field_or_all_and_the_case_stays_whole(
    shop: Shop, root: Client
) -> None:
    case = shop.start()
    shop.look(case, remark="碎屏险已过期")
    where = f"/desk/cases/{case.number}"
    page = Page(root.get(where))
    offered = [each.text for each in page.all("option") if each.text in ("全部", "机主", "备注")]
    assert len(offered) >= 2

    refused = root.post(f"{where}/erase", {"key": shop.key(), "what": "remark", "reason": ""})
    assert refused.status_code == 422
    again = Page(refused)
    assert again.by_id("erase-reason-problem") is not None
    assert again.all("option", value="remark", selected="")

    one = {"key": shop.key(), "what": "remark", "reason": "本人要求"}
    told = Page(root.post(f"{where}/erase", one, follow=True)).text
    assert "碎屏险已过期" not in told
    assert "删除了 1 项个人信息：本人要求" in told
    assert fields_held(case.case_id) == ("owner", "phone")

    root.post(f"{where}/erase", {"key": shop.key(), "what": "", "reason": "本人要求"})
    assert fields_held(case.case_id) == ()
    done = Page(root.get(where))
    assert done.by_id("erase-head") is None
    assert "王建国" not in done.text
    assert audit().findings == ()


def test_nobody_else_is_offered_it_or_may_do_it(shop: Shop, root: Client) -> None:
    case = shop.start()
    client = Client()
    client.force_login(shop["mei"])
    where = f"/desk/cases/{case.number}"
    assert Page(client.get(where)).by_id("erase-head") is None
    sent = {"key": shop.key(), "what": "", "reason": "本人要求"}
    assert client.post(f"{where}/erase", sent).status_code == 422
    assert client.get(f"{where}/erase").status_code == 302
    assert fields_held(case.case_id) == ("owner", "phone")
