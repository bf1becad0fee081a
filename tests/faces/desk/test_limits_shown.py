"""What pages tell around limits: the moments ahead, and the longest way through what they hold."""

from __future__ import annotations

from tests.faces.desk.conftest import Visit
from tests.faces.desk.page import Page
from tests.runtime.cases.test_clocks import bring
from tests.runtime.cases.test_outlook import PACK
from tests.runtime.shop import NINE, Shop
from tests.services.rehearsing import begin
from tuoban.runtime.cases import definitions, service


def test_the_sheet_of_a_case_tells_the_moments_ahead(visit: Visit, shop: Shop) -> None:
    case = bring(shop)
    page = visit("lei").get(f"/desk/cases/{case.number}/clocks").content.decode()
    assert "接下来：" in page
    assert "提醒办理人" in page
    page = visit("lei", "en").get(f"/desk/cases/{case.number}/clocks").content.decode()
    assert "reminds whoever has it" in page


def test_the_page_of_a_process_names_the_longest_way(visit: Visit) -> None:
    text = PACK.replace("settings.mend_takes}", "3 workdays}")
    text = text.replace("required: true", "default: 1 workday")
    definitions.publish("mending", text, None, NINE)
    page = visit("root").get("/desk/versions/mending").content.decode()
    assert "最长的一条路径：查明 → 修好" in page
    assert "（查明 → 修好），办不完。" in page


def test_the_page_of_a_case_says_for_whom_it_waits_and_that_its_limit_stands_still(
    visit: Visit, shop: Shop
) -> None:
    case = begin(
        shop,
        """
  - stage: whole
    zh: 全程
    en: Whole
    within: 2 hours
    steps:
      - {step: permit, zh: 准许, en: Permit, by: customer}
      - {step: mend, zh: 修理, en: Mend, by: mender}
  - {end: over}
""",
    )
    page = Page(visit("mei").get(f"/desk/cases/{case.number}"))
    assert "等客户" in page.text
    assert "已暂停 等客户" in " ".join(page.text.split())
    page = Page(visit("mei", "en").get(f"/desk/cases/{case.number}"))
    assert "waiting for Customer" in page.text
    service.complete(
        shop.item(case, "permit"), outcome=None, data={}, by=shop["mei"], at=NINE, key=shop.key()
    )
    assert "已暂停" not in Page(visit("mei").get(f"/desk/cases/{case.number}")).text
