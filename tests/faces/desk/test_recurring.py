"""A case that nobody started, at the desk."""

from __future__ import annotations

import pytest

from tests.faces.desk.conftest import Visit
from tests.faces.desk.page import Page
from tests.runtime.cases.test_recurring import MARCH, PACK
from tests.runtime.shop import NINE, Shop
from tuoban.runtime.cases import definitions
from tuoban.runtime.cases.models import Case
from tuoban.runtime.cases.recurring import begin_due
from tuoban.runtime.people.service import set_level


@pytest.fixture
def case(shop: Shop) -> Case:
    set_level(shop.units["east"], "store")
    definitions.publish("shop-stock", PACK, None, NINE)
    begin_due(MARCH)
    return Case.objects.get()


@pytest.mark.parametrize(
    ("language", "told"),
    [
        ("zh-hans", "“Monthly stock taking”自动开始（2026-03）"),
        ("en", "“Monthly stock taking” began by itself, for 2026-03"),
    ],
)
def test_the_page_tells_that_it_began_by_itself(
    case: Case, visit: Visit, language: str, told: str
) -> None:
    page = Page(visit("mei", language).get(f"/desk/cases/{case.number}"))
    assert told in " ".join(each.text for each in page.all("main"))


def test_its_work_lies_in_the_pool_and_nobody_is_asked_to_start_it(
    case: Case, visit: Visit
) -> None:
    mei = visit("mei", "en")
    pool = Page(mei.get("/desk/?tab=pool"))
    assert case.number in " ".join(each.text for each in pool.all("main"))
    choices = " ".join(each.text for each in Page(mei.get("/desk/new")).all("main"))
    assert definitions.load("shop-repair", "2026.1").starts["repair"].label.en in choices
    assert "Monthly stock taking" not in choices
