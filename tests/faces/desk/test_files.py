"""The pages of customers and assets, and their entry on forms."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from typing import Any

import pytest
from django.test import Client

from tests.services.customers.cars import CARS
from tuoban.runtime.cases import definitions
from tuoban.runtime.cases.models import Case
from tuoban.runtime.people.service import create_unit, create_user, grant
from tuoban.services.customers.models import Asset, Customer, Fact

pytestmark = pytest.mark.django_db

NINE = datetime(2026, 3, 2, 1, 0, tzinfo=UTC)


@pytest.fixture
def desk() -> Client:
    """An advisor of a garage at her desk."""
    unit = create_unit("garage", "汽修", "Garage")
    mei = create_user("mei", "陈小美", at=NINE)
    grant(mei, "advisor", unit)
    definitions.publish("garage", CARS, None, NINE)
    client = Client()
    client.force_login(mei)
    return client


def body(response: Any) -> str:
    return str(response.content.decode())


def test_a_customer_is_entered_found_and_changed(desk: Client) -> None:
    answer = desk.post(
        "/desk/files/new/customer",
        {"f.its-name": " 李  雷", "f.its-phone": "138-0013-8000", "f.level": "gold"},
        follow=True,
    )
    person = Customer.objects.get()
    assert answer.redirect_chain == [(f"/desk/files/{person.ref}", 302)]
    assert (person.name, person.phone) == ("李 雷", "13800138000")
    assert "李 雷" in body(desk.get("/desk/files", {"words": "0013"}))
    assert "没有找到" in body(desk.get("/desk/files", {"words": "韩"}))
    desk.post(f"/desk/files/{person.ref}", {"f.its-name": "李雷", "f.level": "plain"})
    assert Customer.objects.get().name == "李雷"
    assert [each.value for each in Fact.objects.order_by("pk")] == ['"gold"', '"plain"']
    page = body(desk.get(f"/desk/files/{person.ref}"))
    assert page.index("普通") < page.rindex("金卡")


def test_problems_stand_beside_their_entries_and_nothing_typed_is_lost(desk: Client) -> None:
    Asset.objects.create(kind="vehicle", name="浙A1", entered_at=NINE)
    answer = desk.post(
        "/desk/files/new/vehicle",
        {"f.its-name": "浙a1", "f.its-owner": "无此人", "f.mileage": "-4"},
    )
    assert answer.status_code == 422
    for name, typed in (("its-name", "浙a1"), ("its-owner", "无此人"), ("mileage", "-4")):
        assert f'id="file-{name}-problem"' in body(answer)
        assert re.search(rf'name="f\.{name}" value="{typed}"', body(answer))
    assert Asset.objects.count() == 1


def test_an_asset_has_an_owner_and_dated_facts(desk: Client) -> None:
    person = Customer.objects.create(name="王芳", entered_at=NINE)
    typed = {"f.its-name": "浙A1", "f.its-owner": "王芳", "f.warranty_until": "2026-12-31"}
    desk.post("/desk/files/new/vehicle", typed)
    asset = Asset.objects.get()
    assert asset.owner == person
    assert "浙A1" in body(desk.get(f"/desk/files/{person.ref}"))
    page = body(desk.get(f"/desk/files/{asset.ref}"))
    assert f'href="/desk/files/{person.ref}"' in page
    assert 'value="2026-12-31"' in page
    desk.post(f"/desk/files/{asset.ref}", {"f.its-name": "浙A1", "f.its-owner": ""})
    assert Asset.objects.get().owner is None
    assert Fact.objects.count() == 1


def test_who_is_meant_can_be_chosen_on_a_form_that_was_sent_back(desk: Client) -> None:
    one, two = (Customer.objects.create(name="王芳", entered_at=NINE) for _ in range(2))
    typed = {"f.vehicle": "浙A1", "f.owner": "王芳", "f.complaint": "异响", "key": "k1"}
    answer = desk.post("/desk/new/garage/repair", typed)
    assert answer.status_code == 422
    for key in (f"王芳 #{one.pk}", f"王芳 #{two.pk}", "+ 浙A1"):
        assert f'type="radio" name="f.{"vehicle" if "浙" in key else "owner"}" value="{key}"' in (
            body(answer)
        )
    chosen = {
        "f.vehicle": ["浙A1", "+ 浙A1"],
        "f.owner": ["王芳", f"王芳 #{two.pk}"],
        "f.complaint": "异响",
        "key": "k1",
    }
    assert desk.post("/desk/new/garage/repair", chosen).status_code == 302
    case = Case.objects.get()
    page = body(desk.get(f"/desk/cases/{case.number}"))
    assert f'<a href="/desk/files/{two.ref}">王芳</a>' in page
    assert case.number in body(desk.get(f"/desk/files/{two.ref}"))
    assert "工单：1" in body(desk.get("/desk/files", {"kind": "vehicle"}))


@pytest.mark.parametrize(
    "address",
    [
        "/desk/files/customer-9",
        "/desk/files/asset-9",
        "/desk/files/boat-1",
        "/desk/files/customer-x",
        "/desk/files/new/boat",
        "/desk/files?kind=boat",
    ],
)
def test_what_is_not_on_file_is_not_found(desk: Client, address: str) -> None:
    assert desk.get(address).status_code == 404
    assert desk.post(address).status_code in {404, 405}


def test_the_list_has_pages(desk: Client) -> None:
    Customer.objects.bulk_create(
        Customer(name=f"客户{number:03}", entered_at=NINE) for number in range(30)
    )
    first = body(desk.get("/desk/files"))
    following = re.search(r'href="([^"]*page=[^"]*)"', first)
    assert following is not None
    second = body(desk.get(following[1].replace("&amp;", "&")))
    assert "客户024" in first
    assert "客户025" not in first
    assert "客户029" in second


def test_what_somebody_else_changed_meanwhile_is_not_overwritten_unseen(desk: Client) -> None:
    person = Customer.objects.create(name="王芳", phone="13800138000", entered_at=NINE)
    was = {"was.its-name": "王芳", "was.its-phone": "13800138000", "was.its-note": ""}
    Customer.objects.update(phone="13911112222", note="周末不接电话")
    mine = {"f.its-name": "王芳芳", "f.its-phone": "13700137000", "f.its-note": ""}
    answer = desk.post(f"/desk/files/{person.ref}", {**was, **mine})
    assert answer.status_code == 422
    assert "现在是“13911112222”" in body(answer)
    for name, shown in (("name", "王芳芳"), ("phone", "13700137000"), ("note", "周末不接电话")):
        assert re.search(rf'name="f\.its-{name}" value="{shown}"', body(answer))
    assert Customer.objects.get().phone == "13911112222"
    seen = {
        f"was.its-{key}": re.search(rf'name="was\.its-{key}" value="(.*?)"', body(answer))[1]  # type: ignore[index]
        for key in ("name", "phone", "note")
    }
    again = desk.post(f"/desk/files/{person.ref}", {**seen, **mine, "f.its-note": "周末不接电话"})
    assert again.status_code == 302
    found = Customer.objects.get()
    assert (found.name, found.phone, found.note) == ("王芳芳", "13700137000", "周末不接电话")


def test_only_who_works_by_a_process_that_names_customers_sees_them(desk: Client) -> None:
    han = create_user("han", "韩梅", at=NINE)
    grant(han, "porter", create_unit("depot", "仓库", "Depot"))
    person = Customer.objects.create(name="王芳", entered_at=NINE)
    client = Client()
    client.force_login(han)
    for where in ("/desk/files", "/desk/files/new/customer", f"/desk/files/{person.ref}"):
        assert client.get(where).status_code == 403
        assert desk.get(where).status_code == 200
    assert 'href="/desk/files"' not in body(client.get("/desk/"))
    assert 'href="/desk/files"' in body(desk.get("/desk/"))


def test_staff_erase_who_a_customer_is_with_a_reason(desk: Client) -> None:
    person = Customer.objects.create(name="王芳", phone="13800138000", entered_at=NINE)
    where = f"/desk/files/{person.ref}"
    assert "删除姓名和电话" not in body(desk.get(where))
    assert desk.post(f"{where}/erase", {"reason": "本人要求"}).status_code == 422
    client = Client()
    client.force_login(create_user("root", "管理员", at=NINE, is_staff=True))
    refused = client.post(f"{where}/erase", {"reason": ""})
    assert refused.status_code == 422
    assert 'id="erase-reason-problem"' in body(refused)
    done = body(client.post(f"{where}/erase", {"reason": "本人要求"}, follow=True))
    assert "管理员删除了姓名、电话、邮箱和备注：本人要求" in done
    assert "王芳" not in done
    assert 'name="f.its-name"' not in done
