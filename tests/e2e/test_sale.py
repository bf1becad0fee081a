"""Work with money, parts and papers, by three people: a quote, a consent, parts, a payment, what is
printed and handed over, and a call back; the whole at a desktop, the beginning on a phone."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.staff import choose, finish, sign_in, work
from tests.runtime.shop import PACK_FOLDER
from tests.support.browser import Visitors, accessibility_violations
from tests.support.server import Installation, new_installation

ROLES = {"xiaomei": "clerk", "lilei": "fixer", "hanmei": "cashier"}


@dataclass(frozen=True)
class Served:
    base: str
    installation: Installation


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """The demo with the watch repairs, people who do them, and three batteries in stock."""
    installation = new_installation(tmp_path_factory.mktemp("home"))
    pack = tmp_path_factory.mktemp("packs") / "shop-sales"
    pack.mkdir()
    text = (PACK_FOLDER / "shop-sales.yaml").read_text(encoding="utf-8")
    (pack / "pack.yaml").write_text(text, encoding="utf-8")
    with installation.serving("demo", "--cases", "0") as base:
        _run(installation, "publish", "--without-rehearsal", str(pack))
        for person, role in ROLES.items():
            _run(installation, "user", "grant", person, role, "east")
        _run(installation, "stock", "deliver", "B-377", "3")
        yield Served(base, installation)


def _run(installation: Installation, *arguments: str) -> None:
    done = installation.run(*arguments)
    assert done.returncode == 0, done.stdout + done.stderr


def begin(page: Page, base: str) -> str:
    """A watch is taken in; the address of the case, whose first step is claimed."""
    page.goto(f"{base}/desk/new/shop-sales/repair")
    page.get_by_label("客户").first.fill("+ 王建国 13800138000")
    page.get_by_label("手表").fill("浪琴")
    page.get_by_label("身份证号").fill("33010619800101123X")
    page.get_by_label("手机").fill("13911112222")
    page.get_by_role("button", name="发起工单").click()
    page.wait_for_url("**/desk/cases/*")
    page.get_by_role("button", name="领取").click()
    return page.url.partition("#")[0]


def quote(page: Page) -> None:
    """The parts and their price, and the invoice that the customer brought."""
    offer = work(page, "报价")
    offer.get_by_label("项目").fill("换电池")
    offer.get_by_label("配件号").fill("B-377")
    offer.get_by_label("数量").fill("2")
    offer.get_by_label("单价").fill("60")
    offer.get_by_role("button", name="办结").click()
    expect(page.get_by_text("购表发票：还缺原件 1 份")).to_be_visible()
    expect(offer.get_by_label("单价")).to_have_value("60")
    work(page, "报价").get_by_label("原件 · 购表发票").fill("1")
    finish(page, work(page, "报价"))


def claim(page: Page, case: str, step: str) -> None:
    """Open the case and take the step, unless it came to them by itself."""
    page.goto(case)
    found = work(page, step).get_by_role("button", name="领取")
    if found.is_visible():
        found.click()
    expect(work(page, step).get_by_role("button", name="办结")).to_be_visible()


def pay(page: Page, case: str) -> None:
    """What is due stands in the entry; less is refused beside it; the receipt waits for it."""
    claim(page, case, "收款")
    expect(page.get_by_text("还空着：收款 › 已收")).to_be_visible()
    till = work(page, "收款")
    expect(till.get_by_label("实收")).to_have_value("120.00")
    choose(till, "方式", "微信")
    till.get_by_label("实收").fill("100")
    till.get_by_role("button", name="办结").click()
    expect(till.get_by_text("这次应收 120.00，填的是 100")).to_be_visible()
    work(page, "收款").get_by_label("实收").fill("120")
    finish(page, work(page, "收款"))
    money = page.get_by_role("region", name="费用")
    expect(money).to_contain_text("未收款¥0.00")
    page.get_by_role("link", name="打印“收款凭证”").click()
    expect(page.get_by_text("今收到 王建国 修理 浪琴 的费用 ¥120.00，方式：微信")).to_be_visible()
    expect(page.get_by_text("项目：换电池，配件号：B-377，数量：2")).to_be_visible()
    page.get_by_role("button", name="登记打印").click()
    expect(page.get_by_text("打印人：韩梅")).to_be_visible()
    assert accessibility_violations(page) == []


def hand_over(page: Page, case: str) -> None:
    """Nothing is handed over before the invoice went back to the customer."""
    claim(page, case, "交表")
    work(page, "交表").get_by_role("button", name="办结").click()
    expect(page.get_by_text("请先把“购表发票”退还客户")).to_be_visible()
    page.locator("#papers").get_by_role("link", name="“购表发票”的登记").click()
    page.get_by_role("button", name="交出").click()
    expect(page.get_by_text("“购表发票”已交出。")).to_be_visible()
    claim(page, case, "交表")
    finish(page, work(page, "交表"))


def test_a_watch_is_quoted_mended_paid_for_and_handed_over(
    served: Served, visitors: Visitors
) -> None:
    visitors.expect("422")
    clerk = sign_in(visitors, served.base, "xiaomei")
    case = begin(clerk, served.base)
    quote(clerk)
    claim(clerk, case, "客户确认")
    consent = work(clerk, "客户确认")
    choose(consent, "结果", "同意")
    consent.get_by_label("签字人姓名").fill("王建国")
    finish(clerk, consent)
    fixer = sign_in(visitors, served.base, "lilei")
    claim(fixer, case, "领配件")
    expect(work(fixer, "领配件")).to_contain_text("领 2 件，库存 3 件")
    finish(fixer, work(fixer, "领配件"))
    pay(sign_in(visitors, served.base, "hanmei"), case)
    hand_over(clerk, case)
    claim(clerk, case, "回访")
    choose(work(clerk, "回访"), "结果", "已接通")
    work(clerk, "回访").get_by_label("满意度").fill("5")
    finish(clerk, work(clerk, "回访"))
    expect(clerk.get_by_text("已修好").first).to_be_visible()
    expect(clerk.get_by_role("region", name="领用与借出")).to_contain_text("2 件")
    assert accessibility_violations(clerk) == []
    audited = served.installation.run("audit", "--json")
    assert json.loads(audited.stdout)["findings"] == []


def test_a_quote_is_made_on_a_phone(served: Served, visitors: Visitors) -> None:
    visitors.expect("422")
    clerk = sign_in(visitors, served.base, "xiaomei", width=360)
    begin(clerk, served.base)
    quote(clerk)
    assert clerk.evaluate("document.documentElement.scrollWidth") == 360
    expect(clerk.get_by_role("region", name="费用")).to_contain_text("应收款")
    clerk.get_by_text("330****123X 显示").first.click()
    expect(clerk.get_by_text("33010619800101123X").first).to_be_visible()
    assert accessibility_violations(clerk) == []
