"""Defaults that follow from what is typed above them, on pages without any script."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from tests.faces.desk.page import Page
from tests.runtime.shop import NINE, PACK_FOLDER
from tuoban.kernel.expressions import Row
from tuoban.runtime.cases import definitions
from tuoban.runtime.cases.models import Case, WorkItem
from tuoban.runtime.cases.states import read
from tuoban.runtime.people.service import create_unit, create_user, grant
from tuoban.services.customers.files import write_facts
from tuoban.services.customers.models import Asset

pytestmark = pytest.mark.django_db

START = "/desk/new/rentals/rent"


@pytest.fixture
def desk() -> Client:
    unit = create_unit("east", "东店", "East")
    mei = create_user("mei", "陈小美", at=NINE)
    grant(mei, "advisor", unit)
    text = (PACK_FOLDER / "rentals.yaml").read_text(encoding="utf-8")
    definitions.publish("rentals", text, None, NINE)
    car = Asset.objects.create(kind="car", name="浙A1", entered_at=NINE)
    write_facts(car.ref, {"damages": (Row(0, {"what": "左门", "hours": None}),)}, NINE)
    client = Client()
    client.force_login(mei)
    return client


def form_of(page: Page, **typed: str) -> dict[str, str]:
    """What a browser sends: every entry as it stands, and what was typed over it; but for the files
    of the case, which have forms of their own."""
    found = {}
    for each in page.root.walk():
        name = each.attributes.get("name", "")
        if each.tag == "input" and name != "f.file" and name.startswith(("f.", "default.", "key")):
            found[name] = each.attributes.get("value", "")
    return found | {f"f.{name}": text for name, text in typed.items()}


def values() -> dict[str, Any]:
    case = Case.objects.select_related("definition").get()
    return dict(read(case, definitions.compiled(case.definition)).values)


def test_what_follows_from_what_was_typed_is_shown_before_it_is_taken(desk: Client) -> None:
    sent = form_of(Page(desk.get(START)), car="浙A1", starts_on="2026-03-05")
    answer = desk.post(START, sent)
    page = Page(answer)
    assert (answer.status_code, Case.objects.count()) == (422, 0)
    assert page.value("f.car") == "浙A1"
    assert page.value("f.ends_on") == "2026-03-05"
    assert page.value("f.seen.+1.what") == "左门"
    assert "请核对" in page.problem("new-ends_on")
    assert desk.post(START, form_of(page)).status_code == 302
    assert str(values()["ends_on"]) == "2026-03-05"
    assert [row["what"] for row in values()["seen"]] == ["左门"]


def test_what_was_typed_over_a_default_stays(desk: Client) -> None:
    page = Page(desk.get(START))
    typed = {"car": "浙A1", "starts_on": "2026-03-05", "ends_on": "2026-03-09"}
    page = Page(desk.post(START, form_of(page, **typed)))
    sent = form_of(page, **{"seen.+1.what": "右门"})
    assert desk.post(START, sent).status_code == 302
    assert str(values()["ends_on"]) == "2026-03-09"
    assert [row["what"] for row in values()["seen"]] == ["右门"]


def test_a_row_may_be_added_to_rows_that_follow(desk: Client) -> None:
    page = Page(desk.post(START, form_of(Page(desk.get(START)), car="浙A1")))
    answer = desk.post(f"{START}/rows", form_of(page) | {"rows": "seen"})
    assert Page(answer).value("f.seen.+1.what") == "左门"
    assert Page(answer).value("f.seen.+2.what") == ""
    sent = form_of(Page(answer), **{"seen.+2.what": "尾灯"})
    assert desk.post(START, sent).status_code == 302
    assert [row["what"] for row in values()["seen"]] == ["左门", "尾灯"]


def test_the_form_of_a_step_shows_what_follows_too(desk: Client) -> None:
    desk.post(START, {"f.car": "浙A1", "key": "k1"})
    case, item = Case.objects.get(), WorkItem.objects.get()
    desk.post(f"/desk/items/{item.pk}/claim", {"key": "k2"})
    page = Page(desk.get(f"/desk/cases/{case.number}"))
    address = f"/desk/items/{item.pk}/complete"
    answer = desk.post(address, form_of(page, back_on="2026-03-08"))
    assert answer.status_code == 422
    assert Page(answer).value("f.paid_on") == "2026-03-08"
    assert Page(answer).value("f.back_on") == "2026-03-08"
    desk.post(address, form_of(Page(answer)))
    assert str(values()["paid_on"]) == "2026-03-08"
