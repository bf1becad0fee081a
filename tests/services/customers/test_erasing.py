"""Erasing who a customer is: gone wherever it is read, and every case stays whole."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from tests.services.customers.test_cases import Garage
from tuoban.kernel.refusals import Refused
from tuoban.runtime.cases import audit, queries, service
from tuoban.runtime.cases.models import Draft, Notice, WorkItem
from tuoban.runtime.people.service import create_user
from tuoban.services.customers.erasing import erase
from tuoban.services.customers.files import CustomerFiles
from tuoban.services.customers.models import Customer
from tuoban.services.customers.queries import file_list
from tuoban.services.customers.service import save

pytestmark = pytest.mark.django_db

NINE = datetime(2026, 3, 2, 1, 0, tzinfo=UTC)


def test_who_is_erased_is_named_nowhere_and_the_case_is_whole_and_goes_on() -> None:
    garage = Garage()
    case = garage.start(vehicle="+浙A12345", owner="+李小雷 13800138000", complaint="异响")
    item = WorkItem.objects.get(case=case.case_id, node="look")
    service.claim(item.pk, by=garage.lei, at=NINE, key="claim")
    service.save_draft(item.pk, data={"mileage": "问李小雷"}, by=garage.lei, at=NINE)
    service.urge(item.pk, message="李小雷在等", by=garage.mei, at=NINE, key="urge")
    assert Notice.objects.filter(facts__contains="在等").exists()
    root = create_user("root", "管理员", at=NINE, is_staff=True)
    person = Customer.objects.get()
    person.mail = "xiaolei@example.com"
    person.save()
    erase(person.ref, reason="本人要求", by=root, at=NINE)
    erase(person.ref, reason="再来一次", by=root, at=NINE)
    person.refresh_from_db()
    assert (person.name, person.phone, person.mail, person.note) == ("", "", "", "")
    assert (person.erased_at, person.erased_by, person.erased_why) == (NINE, root, "本人要求")
    page = queries.case_page(garage.mei, case.case_id, NINE)
    assert page.title == "浙A12345 （已删除） 异响"
    shown = {field.name: field.value.en for field in page.fields}
    assert shown["owner"] == "(erased)"
    assert not any("李小雷" in each.sentence.zh for each in page.timeline if each.kind == "started")
    assert not Draft.objects.exists()
    assert not Notice.objects.filter(facts__contains="李小雷").exists()
    assert file_list("customer").rows == ()
    assert CustomerFiles().find("customer", "13800138000") is None
    garage.do(case, "look", garage.lei, mileage="42000")
    garage.do(case, "hand_over", garage.mei)
    assert audit.audit().is_clean


def test_it_takes_staff_and_a_reason_and_nothing_is_written_into_it_afterwards() -> None:
    garage = Garage()
    person = Customer.objects.create(name="王芳", entered_at=NINE)
    root = create_user("root", "管理员", at=NINE, is_staff=True)
    for by, reason, code in ((garage.mei, "本人要求", "not-staff"), (root, " ", "reason-missing")):
        with pytest.raises(Refused, match=code):
            erase(person.ref, reason=reason, by=by, at=NINE)
    erase(person.ref, reason="本人要求", by=root, at=NINE)
    with pytest.raises(Refused, match="file-erased"):
        save("customer", {"its-name": "王芳"}, ref=person.ref, by=root, at=NINE, zone=UTC)
