"""Lists on the desk: rows are added, edited and removed by posting the form, without any script."""

from decimal import Decimal

import pytest
from django.test import Client

from tests.faces.desk.conftest import Visit
from tests.faces.desk.page import Page
from tests.runtime.shop import NINE, PACK_FOLDER, Shop
from tuoban.kernel.expressions import Row
from tuoban.runtime.cases import definitions
from tuoban.runtime.cases.models import Case, WorkItem
from tuoban.runtime.cases.states import read

START = "/desk/new/shop-order/order"
TWO = {
    "f.buyer": "王建国",
    "f.lines": "",
    "f.lines.+1.what": "灯",
    "f.lines.+1.quantity": "2",
    "f.lines.+1.price": "",
    "f.lines.+1.kind": "new",
    "f.lines.+2.what": "线",
    "f.lines.+2.quantity": "1",
    "f.lines.+2.price": "3.5",
    "f.lines.+2.kind": "",
    "f.tags": "",
    "f.tags.+1.": "急",
    "key": "k1",
}


@pytest.fixture
def mei(shop: Shop, visit: Visit) -> Client:
    text = (PACK_FOLDER / "shop-order.yaml").read_text(encoding="utf-8")
    definitions.publish("shop-order", text, None, NINE)
    return visit("mei")


def rows() -> tuple[Row, ...]:
    case = Case.objects.select_related("definition").get()
    found = read(case, definitions.compiled(case.definition)).values["lines"]
    assert isinstance(found, tuple)
    return found


def item_of(step: str) -> int:
    return WorkItem.objects.get(node=step, status=WorkItem.OPEN).pk


def names(page: Page, prefix: str = "f.lines.") -> list[str]:
    found = (each.attributes.get("name", "") for each in page.root.walk())
    return [name for name in found if name.startswith(prefix)]


def value(page: Page, name: str) -> str:
    return page.value(name)


def begun_with(page: Page) -> list[str]:
    """The ids of what the keyboard goes on with."""
    found = [each for each in page.root.walk() if "autofocus" in each.attributes]
    return [each.attributes["id"] for each in found]


def test_a_list_begins_with_a_blank_row(mei: Client) -> None:
    page = Page(mei.get(START))
    assert names(page) == [f"f.lines.+1.{each}" for each in ("what", "quantity", "price", "kind")]
    assert names(page, "f.tags.") == ["f.tags.+1."]


def test_rows_are_taken_as_they_were_typed(mei: Client) -> None:
    assert mei.post(START, TWO).status_code == 302
    assert rows() == (
        Row(1, {"what": "灯", "quantity": Decimal(2), "price": None, "kind": "new"}),
        Row(2, {"what": "线", "quantity": Decimal(1), "price": Decimal("3.50"), "kind": None}),
    )


def test_a_row_is_added_and_all_that_was_typed_stays(mei: Client) -> None:
    answer = mei.post(f"{START}/rows", {**TWO, "f.lines.+2.quantity": "two", "rows": "lines"})
    page = Page(answer)
    assert answer.status_code == 200
    assert not Case.objects.exists()
    assert value(page, "f.buyer") == "王建国"
    assert value(page, "f.lines.+1.what") == "灯"
    assert value(page, "f.lines.+2.quantity") == "two"
    assert value(page, "f.tags.+1.") == "急"
    assert begun_with(page) == ["new-lines-+3-what"]


def test_a_row_is_removed_and_the_others_keep_their_names(mei: Client) -> None:
    page = Page(mei.post(f"{START}/rows", {**TWO, "rows": "lines.+1"}))
    assert {name.split(".")[2] for name in names(page)} == {"+2"}
    assert value(page, "f.lines.+2.what") == "线"
    assert begun_with(page) == ["new-lines-add"]


def test_no_more_rows_are_offered_than_the_list_takes(mei: Client) -> None:
    four = TWO | {f"f.lines.+{each}.what": "x" for each in (3, 4)}
    page = Page(mei.post(f"{START}/rows", {**four, "rows": "tags"}))
    assert "new-lines-add" not in {each.attributes.get("id") for each in page.root.walk()}
    assert page.by_id("new-tags-add")


def test_a_problem_stands_beside_its_cell(mei: Client) -> None:
    wrong = {**TWO, "f.lines.+1.what": "", "f.lines.+2.quantity": "two"}
    page = Page(mei.post(START, wrong))
    assert page.problem("new-lines-+1-what") == "请填写“物品”。"
    assert page.problem("new-lines-+2-quantity").startswith("请填写整数")
    assert value(page, "f.lines.+2.quantity") == "two"


def test_a_blank_row_does_not_move_the_problem_of_another(mei: Client) -> None:
    blank = {f"f.lines.+1.{each}": "" for each in ("what", "quantity", "price", "kind")}
    page = Page(mei.post(START, {**TWO, **blank, "f.lines.+2.quantity": "two"}))
    assert page.problem("new-lines-+2-quantity").startswith("请填写整数")


def test_a_list_without_rows_is_told_at_the_list(mei: Client) -> None:
    page = Page(mei.post(START, {"f.buyer": "王", "f.lines": "", "key": "k2"}))
    assert page.problem("new-lines") == "请填写“明细”。"
    assert names(page) == []


def test_stored_rows_are_edited_under_their_keys(mei: Client) -> None:
    mei.post(START, TWO)
    case, item = Case.objects.get(), item_of("check")
    mei.post(f"/desk/items/{item}/claim", {"key": "c"})
    page = Page(mei.get(f"/desk/cases/{case.number}"))
    assert {name.split(".")[2] for name in names(page)} == {"1", "2"}
    assert value(page, "f.lines.2.price") == "3.50"
    edited = {
        "f.lines": "",
        "f.lines.2.what": "长线",
        "f.lines.2.quantity": "5",
        "f.lines.+1.what": "壳",
        "f.lines.+1.quantity": "1",
    }
    page = Page(mei.post(f"/desk/items/{item}/rows", {**edited, "rows": "lines", "key": "d"}))
    assert value(page, "f.lines.2.what") == "长线"
    assert {name.split(".")[2] for name in names(page)} == {"2", "+1", "+2"}
    mei.post(f"/desk/items/{item}/complete", {**edited, "key": "d"})
    assert [(row.key, row["what"]) for row in rows()] == [(2, "长线"), (3, "壳")]


def test_with_a_script_a_row_comes_as_a_fragment_and_is_kept_as_a_draft(mei: Client) -> None:
    mei.post(START, TWO)
    item = item_of("check")
    mei.post(f"/desk/items/{item}/claim", {"key": "c"})
    posted = {"f.lines": "", "f.lines.1.what": "灯泡", "rows": "lines", "key": "d"}
    answer = mei.post(f"/desk/items/{item}/rows", posted, headers={"HX-Request": "true"})
    assert b"<html" not in answer.content
    again = Page(mei.get(f"/desk/cases/{Case.objects.get().number}"))
    assert value(again, "f.lines.1.what") == "灯泡"
    assert "f.lines.+1.what" in names(again)


def test_a_warning_stands_beside_its_cell(mei: Client) -> None:
    page = Page(mei.post(f"{START}/rows", {**TWO, "f.lines.+2.price": "2000", "rows": "tags"}))
    warning = page.by_id("new-lines-+2-price-warning")
    assert warning is not None
    assert warning.text == "单价偏高"


def test_a_list_is_read_as_a_table(mei: Client) -> None:
    mei.post(START, TWO)
    case = Case.objects.get()
    page = Page(mei.get(f"/desk/cases/{case.number}"))
    tables = page.all("table")
    facts = [each for each in tables if each.attributes.get("class", "").startswith("lines")]
    assert [cell.text for cell in facts[0].walk() if cell.tag == "td"] == [
        *("物品 灯", "数量 2", "单价 —", "小计 —", "类别 新件"),
        *("物品 线", "数量 1", "单价 ¥3.50", "小计 ¥3.50", "类别 —"),
    ]
    assert "标签 急" in page.text


def test_what_is_computed_is_shown_and_follows_what_is_typed(mei: Client) -> None:
    priced = {**TWO, "f.lines.+1.price": "10.25"}
    page = Page(mei.post(f"{START}/entries", priced))
    row = page.by_id("new-lines-row-+1")
    assert row is not None
    assert "小计 ¥20.50" in row.text
    total = page.by_id("new-total-field")
    assert total is not None
    assert total.text == "合计 ¥24.00"
    mei.post(START, priced)
    case = Case.objects.get()
    assert case.title == "王建国 ¥24.00"
    assert "合计 ¥24.00" in Page(mei.get(f"/desk/cases/{case.number}")).text


def test_what_is_computed_is_not_taken_from_a_form(mei: Client) -> None:
    page = Page(mei.post(START, {**TWO, "f.total": "1", "f.lines.+1.amount": "2"}))
    assert not Case.objects.exists()
    assert "“合计”只能查看" in page.text


def test_a_checklist_is_ticked_row_by_row(mei: Client) -> None:
    mei.post(START, TWO)
    number = Case.objects.get().number
    check = item_of("check")
    mei.post(f"/desk/items/{check}/claim", {"key": "c"})
    kept = {
        "f.lines": "",
        "f.lines.2.what": "线",
        "f.lines.2.quantity": "1",
        "f.lines.1.what": "灯",
        "f.lines.1.quantity": "2",
    }
    assert mei.post(f"/desk/items/{check}/complete", {**kept, "key": "d"}).status_code == 302
    send = item_of("send")
    mei.post(f"/desk/items/{send}/claim", {"key": "e"})
    page = Page(mei.get(f"/desk/cases/{number}"))
    assert names(page, "check.") == ["check.1.2", "check.1.1"]
    answer = mei.post(f"/desk/items/{send}/complete", {"check.1.2": "1", "key": "f"})
    page = Page(answer)
    assert page.problem(f"item-{send}-check-1.1") == "请确认“灯：已装箱”。"
    assert "checked" in page.all("input", name="check.1.2")[0].attributes
    both = {"check.1.2": "1", "check.1.1": "1", "key": "g"}
    assert mei.post(f"/desk/items/{send}/complete", both).status_code == 302
    assert "线：已装箱" in Page(mei.get(f"/desk/cases/{number}")).text
