"""The pages on which staff set what processes leave to the organisation."""

from __future__ import annotations

from datetime import timedelta

import pytest

from tests.faces.desk.conftest import Visit
from tests.runtime.cases.test_settings import PACK, TEXT
from tests.runtime.shop import NINE, Shop
from tuoban.runtime.cases import definitions, settings

ADDRESS = "/desk/settings/triage"


@pytest.fixture
def triage(shop: Shop) -> None:
    settings.change(PACK, {"see_within.i": "10 minutes", "see_within.ii": "2 hours"}, at=NINE)
    definitions.publish("triage", TEXT, None, NINE)


@pytest.mark.usefixtures("triage")
def test_staff_set_a_value_and_keep_what_others_set(visit: Visit, shop: Shop) -> None:
    staff = visit("root", "en")
    assert "2 of 4 values set here" in staff.get("/desk/settings").content.decode()
    page = staff.get(ADDRESS).content.decode()
    assert 'value="10 minutes"' in page
    assert "own value: 10.00" in page
    posted = {"see_within.i": "20 minutes", "was.see_within.i": "10 minutes", "fee": "12"}
    posted |= {"see_within.ii": "2 hours", "was.see_within.ii": "2 hours"}
    settings.change(PACK, {"see_within.ii": "3 hours"}, at=NINE)
    done = staff.post(ADDRESS, posted, follow=True)
    assert "take the new values" in done.content.decode()
    given = settings.given("triage")
    assert given["see_within.i"] == timedelta(minutes=20)
    assert given["see_within.ii"] == timedelta(hours=3)
    assert given["fee"] == 12


@pytest.mark.usefixtures("triage")
def test_what_is_wrong_stands_beside_its_entry_and_nothing_typed_is_lost(visit: Visit) -> None:
    answer = visit("root").post(ADDRESS, {"fee": "许多", "see_within.i": "一会儿"})
    page = answer.content.decode()
    assert answer.status_code == 422
    assert 'value="许多"' in page
    assert 'value="一会儿"' in page
    assert 'id="setting-fee-problem"' in page
    assert 'id="setting-see_within-i-problem"' in page
    assert settings.given("triage")["see_within.i"] == timedelta(minutes=10)


@pytest.mark.usefixtures("triage")
def test_only_staff_set_values(visit: Visit) -> None:
    person = visit("mei", "en")
    page = person.get(ADDRESS).content.decode()
    assert "readonly" in page
    assert "Save the settings" not in page
    assert person.post(ADDRESS, {"fee": "12"}).status_code == 403
    assert "fee" not in settings.given("triage")


def test_a_process_that_is_not_published_has_no_page(visit: Visit) -> None:
    assert visit("root").get("/desk/settings/nothing").status_code == 404
