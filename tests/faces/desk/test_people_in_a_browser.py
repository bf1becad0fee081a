"""People in a real browser: an organisation is built, somebody is away, a role goes."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Page, expect

from tests.faces.desk.demo_with import log_in
from tests.support.browser import Visitors, accessibility_violations
from tests.support.server import new_installation

PAGES = (
    "/desk/people",
    "/desk/people/new",
    "/desk/people/roles",
    "/desk/people/units",
    "/desk/people/units/east",
    "/desk/people/of/lilei",
    "/desk/people/of/lilei?ask=leave",
    "/desk/people/of/lilei?ask=password",
    "/desk/people/me",
)
LONG = "东区上门维修与设备保养第一工作小组"


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    installation = new_installation(tmp_path_factory.mktemp("home"))
    installation.load_demo()
    with installation.serving("demo") as address:
        yield address


def _build(page: Page, address: str, key: str, username: str, name: str) -> None:
    """Add a unit below the east, and a technician who heads it."""
    page.goto(f"{address}/desk/people/units")
    form = page.locator("form").filter(has=page.get_by_label("代码"))
    form.get_by_label("名称", exact=True).fill(LONG)
    form.get_by_label("代码").fill(key)
    form.get_by_label("上级部门").select_option("east")
    form.get_by_role("button", name="添加部门").click()
    expect(page.get_by_text("部门已添加")).to_be_visible()

    page.goto(f"{address}/desk/people")
    page.get_by_role("link", name="添加人员").click()
    page.get_by_label("姓名").fill(name)
    page.get_by_label("用户名").fill("lilei")
    page.get_by_label("密码").fill("Hao-Le-2026x")
    page.get_by_role("button", name="添加人员").click()
    expect(page.get_by_text("请再输入一次密码")).to_be_visible()
    page.get_by_label("用户名").fill(username)
    page.get_by_label("密码").fill("Hao-Le-2026x")
    page.get_by_role("button", name="添加人员").click()

    roles = page.locator("form").filter(has=page.get_by_role("button", name="给角色"))
    roles.get_by_label("角色").select_option("technician")
    roles.get_by_label("部门").select_option(key)
    roles.get_by_role("button", name="给角色").click()
    expect(page.get_by_text("角色已给")).to_be_visible()

    page.goto(f"{address}/desk/people/units/{key}")
    page.get_by_label("负责人").select_option(label=name)
    page.get_by_role("button", name="保存负责人").click()
    expect(page.get_by_text(f"负责人：{name} · 在办")).to_be_visible()


def _be_away(page: Page, address: str, username: str) -> None:
    page.goto(f"{address}/desk/people/of/{username}")
    form = page.locator("form").filter(has=page.get_by_role("button", name="登记请假"))
    form.get_by_role("button", name="登记请假").click()
    expect(page.get_by_text("请填写从什么时候开始")).to_be_visible()
    form.get_by_label("从", exact=True).fill("2030-03-04T09:00")
    form.get_by_label("到", exact=True).fill("2030-03-05T09:00")
    form.get_by_label("代理人", exact=True).select_option(label="韩梅")
    form.get_by_role("checkbox", name="技术员").check()
    form.get_by_role("button", name="登记请假").click()
    expect(page.get_by_text(re.compile("代理人：韩梅 .技术员."))).to_be_visible()


def _lose_the_role(page: Page) -> None:
    page.get_by_role("link", name="收回").click()
    expect(page.get_by_role("heading", name="收回这个角色？")).to_be_visible()
    page.get_by_role("button", name="收回", exact=True).click()
    expect(page.get_by_text("角色已收回")).to_be_visible()
    expect(page.get_by_text("没有角色。")).to_be_visible()


def test_an_organisation_is_built_and_changed(visitors: Visitors, address: str) -> None:
    visitors.expect("422")
    page = visitors.arrive()
    log_in(page, address, "admin")
    _build(page, address, "care-1", "qianjin", "钱进")
    _be_away(page, address, "qianjin")
    assert accessibility_violations(page) == []
    _lose_the_role(page)


@pytest.mark.long
def test_it_works_without_scripts(visitors: Visitors, address: str) -> None:
    visitors.expect("422")
    page = visitors.arrive(has_scripts=False)
    log_in(page, address, "admin")
    _build(page, address, "care-2", "sunjian", "孙健")
    _be_away(page, address, "sunjian")
    _lose_the_role(page)


def test_every_page_fits_a_telephone(visitors: Visitors, address: str) -> None:
    phone = visitors.arrive(width=360, height=740)
    log_in(phone, address, "admin")
    for path in PAGES:
        phone.goto(address + path)
        assert phone.evaluate("document.documentElement.scrollWidth") <= 360, path
        assert accessibility_violations(phone) == [], path


def test_every_place_is_two_taps_away_on_a_telephone(visitors: Visitors, address: str) -> None:
    phone = visitors.arrive(width=360, height=740)
    log_in(phone, address, "admin")
    for begin in ("/desk/", "/desk/people/of/lilei", "/desk/background"):
        for name, heading in (("人员", "人员"), ("后台任务", "后台任务")):
            phone.goto(address + begin)
            phone.evaluate("scrollTo(0, document.body.scrollHeight)")
            phone.locator(".nav-more summary").click()
            assert accessibility_violations(phone) == [], begin
            phone.locator(".nav-menu").get_by_role("link", name=name, exact=True).click()
            expect(phone.get_by_role("heading", name=heading, level=1)).to_be_visible()


def test_each_level_of_the_tree_stands_further_in(visitors: Visitors, address: str) -> None:
    for width in (1280, 360):
        page = visitors.arrive(width=width)
        log_in(page, address, "admin")
        page.goto(f"{address}/desk/people/units")
        titles = [page.get_by_role("link", name=name) for name in ("妥办演示公司", "城东服务点")]
        edges = [box["x"] for each in titles if (box := each.bounding_box())]
        assert edges[1] >= edges[0] + 20
