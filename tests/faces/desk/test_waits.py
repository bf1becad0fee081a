"""What a case waits for by itself, as its page shows it."""

from __future__ import annotations

from datetime import timedelta

import pytest

from tests.faces.desk.conftest import Visit
from tests.faces.desk.page import Page
from tests.runtime.cases.test_waits import PACK
from tests.runtime.shop import Shop
from tuoban.runtime.cases import definitions, service
from tuoban.runtime.cases.clock import now
from tuoban.runtime.cases.service import Outcome


@pytest.fixture
def case(shop: Shop) -> Outcome:
    definitions.publish("waiting", PACK, None, now())
    return service.start_case("waiting", "ask", by=shop["mei"], data={}, at=now(), key=shop.key())


def shown(case: Outcome, visit: Visit, language: str) -> str:
    page = Page(visit("lei", language).get(f"/desk/cases/{case.number}"))
    return " ".join(each.text for each in page.all("main"))


def test_the_page_says_until_when_and_that_nothing_is_to_do(case: Outcome, visit: Visit) -> None:
    text = shown(case, visit, "zh-hans")
    assert "工单在等什么 在此之前没有要办的事，到时自动继续。 冷静期 等待至 " in text
    assert "+ 2 小时，按自然时间，无暂停 =" in text
    assert "冷静期 waits until" in shown(case, visit, "en")


def test_a_condition_stands_beside_the_work_with_what_is_missing(
    case: Outcome, visit: Visit
) -> None:
    service.fire_due_timers(now() + timedelta(hours=3))
    text = shown(case, visit, "zh-hans")
    assert "等合格 等待条件成立" in text
    assert "还不成立： “合格”还没有值，应为 是" in text
    assert "没有要办的事" not in text
