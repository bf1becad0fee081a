"""A repair visit, from the call to the signed completion, by three people in a real browser."""

from __future__ import annotations

import json
from collections.abc import Iterator

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.staff import choose, finish, keep_picture, sign_by_hand, sign_in, tick_all, work
from tests.support.browser import Visitors, accessibility_violations
from tests.support.server import Installation


@pytest.fixture
def base(installation: Installation) -> Iterator[str]:
    installation.load_demo()
    with installation.serving("demo") as address:
        yield address


def take_call(page: Page, base: str) -> str:
    """The dispatcher takes a call; returns the address of the case."""
    page.goto(f"{base}/desk/new/it-technician-visit/visit")
    page.get_by_label("客户", exact=False).first.fill("王建国")
    page.get_by_label("电话").fill("1380013800")
    page.get_by_label("上门地址").fill("城东路 8 号 302")
    page.get_by_label("客户原话").fill("开机黑屏，风扇在转")
    page.get_by_label("紧急").check()
    page.get_by_role("button", name="发起工单").click()
    expect(page.get_by_text("请填写 11 位手机号")).to_be_visible()
    expect(page.get_by_label("客户原话")).to_have_value("开机黑屏，风扇在转")
    page.get_by_label("电话").fill("13800138000")
    page.get_by_role("button", name="发起工单").click()
    expect(page.get_by_role("heading", name="王建国 开机黑屏")).to_be_visible()
    return page.url


def visit(page: Page) -> None:
    """The technician arrives, looks, quotes, and gets the customer's signature."""
    work(page, "到达现场").get_by_role("button", name="领取").click()
    arrive = work(page, "到达现场")
    expect(arrive.get_by_role("button", name="办结")).to_be_visible()
    choose(arrive, "结果", "已到达")
    tick_all(arrive)
    finish(page, arrive)
    inquire = work(page, "了解情况")
    inquire.get_by_label("设备位置").fill("书房")
    inquire.get_by_label("故障现象").fill("通电后黑屏，键盘灯亮")
    choose(inquire, "品牌机", "是")
    choose(inquire, "自带一键还原", "否")
    tick_all(inquire)
    finish(page, inquire)
    quote = work(page, "判断与报价")
    quote.get_by_label("初步原因").fill("主板供电故障")
    choose(quote, "故障归类", "硬件")
    choose(quote, "处理方式", "检修调试")
    quote.get_by_label("价格").fill("300")
    tick_all(quote)
    finish(page, quote)
    consent = work(page, "客户确认价格")
    choose(consent, "结果", "同意")
    consent.get_by_role("button", name="办结").click()
    expect(consent.get_by_text("请客户签字")).to_be_visible()
    sign_by_hand(page, work(page, "客户确认价格"), "王建国")
    keep_picture(page, "consent")
    finish(page, work(page, "客户确认价格"))


def take_back(page: Page) -> None:
    """It cannot be fixed on site, so the device goes to the workshop with a promised date."""
    repair = work(page, "检修")
    choose(repair, "现场已修好", "否")
    repair.get_by_label("现场修不好的原因").fill("现场没有焊接设备")
    tick_all(repair)
    finish(page, repair)
    register = work(page, "带回登记")
    register.get_by_label("带回的设备").fill("笔记本电脑")
    register.get_by_label("序列号").fill("SN-20260302")
    register.get_by_label("现场做过的检查与处理").fill("换过电源")
    register.get_by_label("随机附件与外观").fill("电源一个，外壳无划痕")
    register.get_by_label("答应送回的时间").fill("2031-01-10T17:00")
    tick_all(register)
    sign_by_hand(page, register, "王建国")
    finish(page, register)


def mend(page: Page, base: str, case: str) -> None:
    """The workshop finds the device in its pool and repairs it."""
    page.goto(f"{base}/desk/?tab=pool")
    expect(page.get_by_text("维修间修理").first).to_be_visible()
    page.goto(case)
    bench = work(page, "维修间修理")
    if bench.get_by_role("button", name="领取", exact=True).is_visible():
        bench.get_by_role("button", name="领取", exact=True).click()
        expect(work(page, "维修间修理").get_by_role("button", name="办结")).to_be_visible()
    keep_picture(page, "case")
    bench = work(page, "维修间修理")
    bench.locator('[name="f.labour.+1.what"]').fill("换供电芯片")
    bench.locator('[name="f.labour.+1.hours"]').fill("1.5")
    bench.get_by_label("维修记录").fill("更换供电芯片，老化测试四小时")
    choose(bench, "结果", "已修好")
    finish(page, bench)


def hand_over(page: Page, case: str) -> None:
    """The technician brings the device back, and the customer signs off."""
    page.goto(case)
    back = work(page, "送回客户")
    tick_all(back)
    finish(page, back)
    tuning = work(page, "收尾调试")
    choose(tuning, "遇到难题请教过别人", "否")
    tick_all(tuning)
    finish(page, tuning)
    sign_off = work(page, "客户签收")
    sign_by_hand(page, sign_off, "王建国")
    finish(page, sign_off)


@pytest.mark.long
def test_a_visit_goes_from_the_call_to_the_signed_completion(
    installation: Installation, base: str, visitors: Visitors
) -> None:
    visitors.expect("422")
    dispatcher = sign_in(visitors, base, "xiaomei")
    case = take_call(dispatcher, base)
    technician = sign_in(visitors, base, "lilei")
    technician.goto(f"{base}/desk/?tab=pool")
    expect(technician.get_by_text("王建国 开机黑屏").first).to_be_visible()
    keep_picture(technician, "work")
    technician.goto(case)
    visit(technician)
    take_back(technician)
    workshop = sign_in(visitors, base, "wugang")
    mend(workshop, base, case)
    hand_over(technician, case)
    dispatcher.goto(case)
    expect(dispatcher.get_by_text("已修好签收").first).to_be_visible()
    expect(dispatcher.get_by_text("李雷").first).to_be_visible()
    assert accessibility_violations(dispatcher) == []
    audited = installation.run("audit", "--json")
    assert audited.returncode == 0, audited.stdout + audited.stderr
    assert json.loads(audited.stdout)["findings"] == []
