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
    assert "2 of 6 values set here" in staff.get("/desk/settings").content.decode()
    page = staff.get(ADDRESS).content.decode()
    assert 'value="10 minutes"' in page
    assert "own value: 10.00" in page
    posted = {"see_within.i": "20 minutes", "was.see_within.i": "10 minutes", "fee": "12"}
    posted |= {"see_within.ii": "2 hours", "was.see_within.ii": "2 hours"}
    posted |= {"way": "hand", "shares": "70, 30"}
    assert '<option value="hand">' in page
    assert "own value: By post" in page
    settings.change(PACK, {"see_within.ii": "3 hours"}, at=NINE)
    done = staff.post(ADDRESS, posted, follow=True)
    assert "take the new values" in done.content.decode()
    given = settings.given("triage")
    assert given["see_within.i"] == timedelta(minutes=20)
    assert given["see_within.ii"] == timedelta(hours=3)
    assert given["fee"] == 12
    assert (given["way"], given["shares"]) == ("hand", (70, 30))


@pytest.mark.usefixtures("triage")
@pytest.mark.parametrize(
    ("language", "shown", "own", "typed"),
    [
        ("zh", "10 分钟", "流程自带的值：1 小时", ["20 分钟", "20分", "20 minutes"]),
        ("en", "10 minutes", "own value: 1 hour", ["20 minutes", "20 分钟"]),
    ],
)
def test_a_length_is_shown_and_taken_in_the_language_of_the_page(
    visit: Visit, language: str, shown: str, own: str, typed: list[str]
) -> None:
    staff = visit("root", language)
    page = staff.get(ADDRESS).content.decode()
    assert f'name="see_within.i" value="{shown}"' in page
    assert f"{own}</p>" in page
    for each in typed:
        settings.change(PACK, {"see_within.i": "10 minutes"}, at=NINE)
        staff.post(ADDRESS, {"see_within.i": each, "was.see_within.i": shown})
        assert settings.given("triage")["see_within.i"] == timedelta(minutes=20)


@pytest.mark.usefixtures("triage")
def test_what_is_wrong_stands_beside_its_entry_and_nothing_typed_is_lost(visit: Visit) -> None:
    answer = visit("root").post(ADDRESS, {"fee": "许多", "see_within.i": "一会儿", "way": "hand"})
    page = answer.content.decode()
    assert answer.status_code == 422
    assert 'value="许多"' in page
    assert 'value="一会儿"' in page
    assert 'id="setting-fee-problem"' in page
    assert '<option value="hand" selected>' in page
    assert 'id="setting-see_within-i-problem"' in page
    assert settings.given("triage")["see_within.i"] == timedelta(minutes=10)


@pytest.mark.usefixtures("triage")
def test_a_value_that_breaks_a_rule_is_told_beside_it(visit: Visit) -> None:
    answer = visit("root", "en").post(ADDRESS, {"shares": "50, 30"})
    assert answer.status_code == 422
    page = answer.content.decode()
    assert 'value="50, 30"' in page
    assert 'id="setting-shares-problem">They must make 100 %' in page


@pytest.mark.usefixtures("triage")
def test_only_staff_see_and_set_values(visit: Visit) -> None:
    person = visit("mei", "en")
    for address in ("/desk/settings", ADDRESS):
        assert person.get(address).status_code == 403
    assert person.post(ADDRESS, {"fee": "12"}).status_code == 403
    assert "fee" not in settings.given("triage")


def test_a_process_that_is_not_published_has_no_page(visit: Visit) -> None:
    assert visit("root").get("/desk/settings/nothing").status_code == 404
