"""Files in a real browser: chosen, shown, taken out and handed in, on a desktop and on a phone."""

import io
from collections.abc import Iterator
from pathlib import Path

import pytest
from PIL import Image
from playwright.sync_api import FilePayload, Page, expect

from tests.faces.desk.demo_with import demo_with, log_in
from tests.support.browser import Visitors, accessibility_violations

ROLES = {"xiaomei": "clerk", "lilei": "mender"}


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with demo_with("shop-photos", ROLES, tmp_path_factory) as address:
        yield address


def picture(name: str, colour: str) -> FilePayload:
    drawn = io.BytesIO()
    Image.new("RGB", (640, 480), colour).save(drawn, "JPEG")
    return {"name": name, "mimeType": "image/jpeg", "buffer": drawn.getvalue()}


def fits(page: Page) -> bool:
    return bool(page.evaluate("document.documentElement.scrollWidth <= innerWidth"))


def begun(visitors: Visitors, address: str, width: int) -> Page:
    """A case in which the work with pictures is in somebody's hands."""
    mei = visitors.arrive(width=width)
    log_in(mei, address, "xiaomei")
    mei.goto(f"{address}/desk/new/shop-photos/visit")
    mei.get_by_label("物品").fill("锅炉")
    mei.get_by_role("button", name="发起工单").click()
    mei.wait_for_url("**/desk/cases/*")
    lei = visitors.arrive(width=width)
    log_in(lei, address, "lilei")
    lei.goto(mei.url)
    lei.get_by_role("button", name="领取").click()
    expect(lei.get_by_role("group", name="现场照片")).to_be_visible()
    return lei


@pytest.mark.parametrize("width", [pytest.param(1280, marks=pytest.mark.long), 360])
def test_pictures_are_chosen_shown_and_handed_in(
    visitors: Visitors, address: str, width: int, tmp_path: Path
) -> None:
    visitors.expect("422")
    lei = begun(visitors, address, width)
    photos = lei.get_by_role("group", name="现场照片")
    photos.get_by_label("选择文件").set_input_files(
        [picture("正面.jpg", "firebrick"), picture("背面.jpg", "steelblue")]
    )
    expect(photos.get_by_role("link", name="正面.jpg")).to_be_visible()
    expect(photos.get_by_role("link", name="背面.jpg")).to_be_visible()
    expect(photos.locator("img").nth(1)).to_have_js_property("complete", True)  # noqa: FBT003
    assert photos.locator("img").nth(1).evaluate("image => image.naturalWidth") > 0
    expect(lei.get_by_text("草稿已存")).to_be_visible()
    lei.screenshot(path=tmp_path / f"chosen-{width}.png", full_page=True)
    assert accessibility_violations(lei) == []
    assert fits(lei)

    # What is refused loses none of them, and neither does coming back.
    lei.get_by_role("button", name="办结").click()
    expect(lei.get_by_text("请选择结果").first).to_be_visible()
    expect(photos.get_by_role("link", name="正面.jpg")).to_be_visible()
    lei.reload()
    expect(photos.get_by_role("link", name="背面.jpg")).to_be_visible()

    photos.get_by_role("button", name="删除 背面.jpg").click()
    expect(photos.get_by_role("link", name="背面.jpg")).to_have_count(0)
    photos.get_by_label("选择文件").set_input_files(
        {"name": "坏.jpg", "mimeType": "image/jpeg", "buffer": b"<html>no picture"}
    )
    expect(photos.get_by_text("“坏.jpg”不是可以上传的文件类型")).to_be_visible()
    assert accessibility_violations(lei) == []
    lei.get_by_label("没问题").check()
    lei.get_by_role("button", name="办结").click()
    expect(lei.get_by_text("“检查”已办结。")).to_be_visible()
    files = lei.locator("#files")
    expect(files.get_by_role("link", name="正面.jpg")).to_be_visible()
    expect(files.get_by_role("link", name="背面.jpg")).to_have_count(0)
    lei.screenshot(path=tmp_path / f"case-{width}.png", full_page=True)
    assert fits(lei)


@pytest.mark.parametrize("width", [1280, pytest.param(360, marks=pytest.mark.long)])
def test_files_are_attached_and_said_something_about(
    visitors: Visitors, address: str, width: int, tmp_path: Path
) -> None:
    visitors.expect("422")
    lei = begun(visitors, address, width)
    files = lei.locator("#files")
    files.get_by_text("添加附件").click()
    files.get_by_label("选择文件").set_input_files(picture("附图.jpg", "olive"))
    expect(files.get_by_text("附图.jpg", exact=True)).to_be_visible()
    files.get_by_role("button", name="添加", exact=True).click()
    expect(lei.get_by_text("已添加 1 个附件。")).to_be_visible()
    with lei.expect_popup() as opened:
        files.get_by_role("link", name="附图.jpg").click()
    opened.value.wait_for_load_state()
    assert opened.value.locator("img").evaluate("image => image.naturalWidth") == 640
    opened.value.close()

    comments = lei.locator("#comments")
    comments.get_by_label("写给能看到这张工单的人").fill("客户要求周五前修好\n@xiaomei 请回电")
    comments.get_by_label("选择文件").set_input_files(picture("便条.jpg", "teal"))
    expect(comments.get_by_text("便条.jpg", exact=True)).to_be_visible()
    comments.get_by_role("button", name="评论").click()
    expect(lei.get_by_text("评论已记入工单。")).to_be_visible()
    expect(comments.locator(".comment-text").first).to_be_visible()
    expect(comments.get_by_role("link", name="便条.jpg")).to_be_visible()
    assert accessibility_violations(lei) == []
    assert fits(lei)
    lei.screenshot(path=tmp_path / f"said-{width}.png", full_page=True)

    mei = visitors.arrive(width=width)
    log_in(mei, address, "xiaomei")
    mei.goto(f"{address}/desk/notices")
    expect(mei.get_by_text("评论提到了您").first).to_be_visible()
