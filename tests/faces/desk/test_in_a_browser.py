"""What only a browser can show: weight, focus, keys, typing that survives, small screens."""

from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.faces.desk.demo_with import log_in
from tests.support.browser import Visitors, accessibility_violations
from tests.support.server import serving_demo

ENOUGH_BYTES = 80_000
ENOUGH_REQUESTS = 8


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The demo, served by the real program."""
    with serving_demo(tmp_path_factory.mktemp("home")) as address:
        yield address


def start_case(page: Page, address: str, customer: str) -> str:
    """Begin a visit; the address of its case."""
    page.goto(f"{address}/desk/new/it-technician-visit/visit")
    fill_in(page, customer)
    page.get_by_role("button", name="发起工单").click()
    page.wait_for_url("**/desk/cases/*")
    return page.url


def fill_in(page: Page, customer: str) -> None:
    page.get_by_label("客户 个人信息").fill(customer)
    page.get_by_label("电话").fill("13800138000")
    page.get_by_label("上门地址").fill("解放路 18 号")
    page.get_by_label("客户原话").fill("开机黑屏")
    page.get_by_text("一般", exact=True).check()


def test_the_first_load_of_my_work_is_light(visitors: Visitors, address: str) -> None:
    page = visitors.arrive()
    log_in(page, address, "lilei")
    browser = page.context.browser
    assert browser is not None
    fresh = browser.new_context(storage_state=page.context.storage_state())
    sizes: list[int] = []
    first = fresh.new_page()
    network = fresh.new_cdp_session(first)
    network.on("Network.loadingFinished", lambda each: sizes.append(each["encodedDataLength"]))
    network.send("Network.enable")
    first.goto(f"{address}/desk/", wait_until="networkidle")
    fresh.close()
    assert 3 <= len(sizes) <= ENOUGH_REQUESTS
    assert sum(sizes) <= ENOUGH_BYTES


def test_a_list_that_is_brought_up_to_date_keeps_the_focus(
    visitors: Visitors, address: str
) -> None:
    mei, lei = visitors.arrive(), visitors.arrive()
    log_in(mei, address, "xiaomei")
    start_case(mei, address, "焦点一")
    log_in(lei, address, "lilei")
    lei.clock.install()
    lei.goto(f"{address}/desk/?tab=pool")
    lei.keyboard.press("j")
    focused = lei.evaluate("document.activeElement.id")
    assert focused.startswith("open-")
    start_case(mei, address, "焦点二")
    lei.clock.run_for(31_000)
    expect(lei.get_by_role("link", name="焦点二")).to_be_visible()
    assert lei.evaluate("document.activeElement.id") == focused


def test_keys_walk_the_rows_and_open_one(visitors: Visitors, address: str) -> None:
    mei, lei = visitors.arrive(), visitors.arrive()
    log_in(mei, address, "xiaomei")
    start_case(mei, address, "按键")
    log_in(lei, address, "lilei")
    lei.goto(f"{address}/desk/?tab=pool")
    lei.keyboard.press("?")
    keys = lei.get_by_role("dialog", name="快捷键")
    expect(keys).to_be_visible()
    # The browser moves the focus out of a closed dialog only with its next frame; keys are faster.
    lei.evaluate("""() => {
        document.querySelector("dialog#keys").close();
        document.activeElement.dispatchEvent(
            new KeyboardEvent("keydown", {key: "/", bubbles: true, cancelable: true}));
    }""")
    expect(keys).to_be_hidden()
    expect(lei.get_by_label("搜索工单")).to_be_focused(timeout=2000)
    lei.keyboard.press("Tab")
    lei.keyboard.press("j")
    lei.keyboard.press("j")
    lei.keyboard.press("k")
    lei.keyboard.press("Enter")
    lei.wait_for_url("**/desk/cases/**")
    lei.keyboard.press("g")
    lei.wait_for_url("**/desk/")


def test_a_double_click_begins_one_case(visitors: Visitors, address: str) -> None:
    page = visitors.arrive()
    log_in(page, address, "xiaomei")
    page.goto(f"{address}/desk/new/it-technician-visit/visit")
    fill_in(page, "双击")
    page.get_by_role("button", name="发起工单").dblclick()
    page.wait_for_url("**/desk/cases/*")
    page.goto(f"{address}/desk/cases?state=all")
    assert page.get_by_role("link", name="双击").count() == 1


def test_what_is_typed_survives_the_end_of_the_session(visitors: Visitors, address: str) -> None:
    visitors.expect("401")
    page = visitors.arrive()
    log_in(page, address, "xiaomei")
    page.goto(f"{address}/desk/new/it-technician-visit/visit")
    fill_in(page, "断线")
    page.context.clear_cookies(name="sessionid")
    page.get_by_role("button", name="发起工单").click()
    expect(page.get_by_role("alert")).to_contain_text("登录已失效")
    with page.context.expect_page() as opened:
        page.get_by_role("link", name="在新标签页重新登录").click()
    again = opened.value
    again.get_by_label("用户名").fill("xiaomei")
    again.get_by_label("密码").fill("tuoban")
    again.get_by_role("button", name="登录").click()
    expect(again.get_by_role("heading", name="已重新登录")).to_be_visible()
    again.close()
    page.evaluate("dispatchEvent(new Event('focus'))")
    expect(page.get_by_role("alert")).to_be_hidden()
    page.get_by_role("button", name="发起工单").click()
    page.wait_for_url("**/desk/cases/*")
    expect(page.get_by_role("heading", level=1)).to_contain_text("断线")


def test_a_form_with_an_old_token_is_sent_again_by_itself(visitors: Visitors, address: str) -> None:
    visitors.expect("403")
    page = visitors.arrive()
    log_in(page, address, "xiaomei")
    page.goto(f"{address}/desk/new/it-technician-visit/visit")
    fill_in(page, "旧令牌")
    page.evaluate(
        "document.querySelector('form [name=csrfmiddlewaretoken]').value = 'x'.repeat(64)"
    )
    page.get_by_role("button", name="发起工单").click()
    page.wait_for_url("**/desk/cases/*")
    expect(page.get_by_role("heading", level=1)).to_contain_text("旧令牌")


def test_what_is_said_of_a_server_that_does_not_answer_goes_when_it_is_back(
    visitors: Visitors, address: str
) -> None:
    visitors.expect("ERR_INTERNET_DISCONNECTED")
    visitors.expect("htmx:sendError")
    page = visitors.arrive()
    log_in(page, address, "xiaomei")
    page.clock.install()
    page.goto(f"{address}/desk/new/it-technician-visit/visit")
    fill_in(page, "断网")
    page.context.set_offline(True)
    page.get_by_role("button", name="发起工单").click()
    expect(page.get_by_role("alert")).to_contain_text("服务器没有应答")
    page.context.set_offline(False)
    page.clock.run_for(6_000)
    expect(page.get_by_role("alert")).to_be_hidden()
    expect(page.get_by_label("上门地址")).to_have_value("解放路 18 号")


def test_a_call_being_taken_survives_leaving_the_page_until_it_is_sent_or_dropped(
    visitors: Visitors, address: str
) -> None:
    page = visitors.arrive()
    log_in(page, address, "xiaomei")
    page.goto(f"{address}/desk/new/it-technician-visit/visit")
    customer = page.get_by_label("客户 个人信息")
    expect(customer).to_be_focused()
    fill_in(page, "半截电话")
    page.get_by_label("紧急").check()
    page.goto(f"{address}/desk/cases")
    page.goto(f"{address}/desk/new/it-technician-visit/visit")
    expect(customer).to_have_value("半截电话")
    expect(page.get_by_label("紧急")).to_be_checked()
    page.get_by_role("button", name="重新填写").click()
    expect(customer).to_have_value("")
    start_case(page, address, "打完的电话")
    page.goto(f"{address}/desk/new/it-technician-visit/visit")
    expect(customer).to_have_value("")


def test_nothing_typed_stays_after_logging_out(visitors: Visitors, address: str) -> None:
    # The form may still ask which entries follow from what was typed, when nobody is logged in.
    visitors.expect("401")
    page = visitors.arrive()
    log_in(page, address, "xiaomei")
    page.goto(f"{address}/desk/new/it-technician-visit/visit")
    fill_in(page, "不留痕迹")
    assert "不留痕迹" in page.evaluate("JSON.stringify(sessionStorage)")
    page.locator("summary", has_text="陈小美").click()
    page.get_by_role("button", name="退出登录").click()
    page.wait_for_url("**/desk/login")
    assert "typed:" not in page.evaluate("JSON.stringify(sessionStorage)")


def test_on_a_phone_whom_to_call_stands_before_the_work(visitors: Visitors, address: str) -> None:
    mei, lei = visitors.arrive(), visitors.arrive(width=360, height=780)
    log_in(mei, address, "xiaomei")
    case = start_case(mei, address, "路上")
    log_in(lei, address, "lilei")
    lei.goto(f"{address}/desk/?tab=pool")
    lei.get_by_role("link", name="路上").click()
    lei.wait_for_url(f"{case}#item-*")
    call = lei.get_by_role("link", name="13800138000")
    expect(call).to_have_count(1)
    expect(call).to_have_attribute("href", "tel:13800138000")
    expect(call).to_be_in_viewport()
    work = lei.locator("section.item")
    expect(work).to_be_focused()
    expect(work).to_be_in_viewport()
    above, below = call.bounding_box(), work.bounding_box()
    assert above is not None
    assert below is not None
    assert above["y"] + above["height"] <= below["y"]


def test_the_focus_goes_to_the_first_problem_and_the_entry_s_change_takes_it_away(
    visitors: Visitors, address: str
) -> None:
    visitors.expect("422")
    page = visitors.arrive()
    log_in(page, address, "xiaomei")
    page.goto(f"{address}/desk/new/it-technician-visit/visit")
    fill_in(page, "有误")
    page.get_by_label("电话").fill("12")
    page.get_by_label("上门地址").fill("")
    page.get_by_role("button", name="发起工单").click()
    expect(page.get_by_label("电话")).to_be_focused()
    expect(page.get_by_text("请填写 11 位手机号")).to_be_visible()
    page.get_by_label("电话").fill("13800138000")
    expect(page.get_by_text("请填写 11 位手机号")).to_be_hidden()
    expect(page.get_by_text("请填写“上门地址”")).to_be_visible()


def test_a_form_shows_what_follows_from_what_is_typed_and_keeps_it(
    visitors: Visitors, address: str
) -> None:
    mei, lei = visitors.arrive(), visitors.arrive()
    log_in(mei, address, "xiaomei")
    case = start_case(mei, address, "追问")
    log_in(lei, address, "lilei")
    lei.goto(case)
    lei.get_by_role("button", name="领取").click()
    lei.get_by_label("已到达").check()
    for line in lei.get_by_role("group", name="核对表").get_by_role("checkbox").all():
        line.check()
    lei.get_by_role("button", name="办结").click()
    expect(lei.get_by_role("heading", name="了解情况")).to_be_visible()
    lei.get_by_label("设备位置").fill("书房")
    lines = lei.get_by_role("group", name="核对表").get_by_role("checkbox")
    before = lines.count()
    lei.get_by_role("radiogroup", name="自带一键还原").get_by_label("是").check()
    expect(lines).to_have_count(before + 1)
    expect(lei.get_by_label("设备位置")).to_have_value("书房")
    expect(lei.get_by_text("草稿已存")).to_be_visible()
    lei.reload()
    expect(lei.get_by_label("设备位置")).to_have_value("书房")
    expect(lines).to_have_count(before + 1)


@pytest.mark.parametrize(("language", "name"), [("中文", "xiaomei"), ("English", "sunli")])
def test_pages_fit_a_small_phone_and_are_accessible(
    visitors: Visitors, address: str, language: str, name: str
) -> None:
    page = visitors.arrive(width=360, height=780)
    log_in(page, address, name)
    case = start_case(page, address, f"小屏幕 {language}")
    if language == "English":
        page.locator("summary", has_text="孙丽").click()
        page.get_by_role("button", name="English").click()
    for path in (
        "/desk/",
        "/desk/new",
        "/desk/new/it-technician-visit/visit",
        "/desk/cases",
        "/desk/notices",
        case,
    ):
        page.goto(path if path == case else address + path)
        assert page.evaluate("document.documentElement.scrollWidth") <= 360
        assert accessibility_violations(page) == []
    page.context.clear_cookies()
    page.goto(f"{address}/desk/login")
    assert page.evaluate("document.documentElement.scrollWidth") <= 360
    assert accessibility_violations(page) == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_colours_are_legible_by_day_and_by_night(
    visitors: Visitors, address: str, scheme: Any
) -> None:
    page = visitors.arrive()
    page.emulate_media(color_scheme=scheme)
    log_in(page, address, "xiaomei")
    case = start_case(page, address, f"颜色 {scheme}")
    for path in (f"{address}/desk/cases", case):
        page.goto(path)
        assert accessibility_violations(page) == []
