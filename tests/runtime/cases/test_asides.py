"""A process that is called without waiting: its rows, its clocks and its pages, through the end."""

from datetime import timedelta

from tests.runtime.shop import NINE, PACK_FOLDER, Shop
from tuoban.kernel.definition import Text
from tuoban.runtime.cases import definitions, service
from tuoban.runtime.cases.audit import audit
from tuoban.runtime.cases.models import Case, WorkItem
from tuoban.runtime.cases.queries import case_list, case_page, clock_sheet
from tuoban.runtime.cases.service import Outcome, fire_due_timers

PACK = PACK_FOLDER.joinpath("shop-towing.yaml").read_text(encoding="utf-8")


def begun(shop: Shop) -> Outcome:
    """A case that has called the process for both cars, and gone on."""
    definitions.publish("shop-towing", PACK, None, NINE)
    case = service.start_case(
        "shop-towing", "tow", by=shop["mei"], data={"thing": "两辆车"}, at=NINE, key=shop.key()
    )
    for element in ("红车", "蓝车"):
        shop.look_at(case, element)
    return case


def open_of(case: Outcome) -> list[tuple[str, str]]:
    rows = WorkItem.objects.filter(case=case.case_id, status=WorkItem.OPEN).order_by("number")
    return list(rows.values_list("node", "element"))


def test_work_of_what_runs_on_says_of_which_element_it_is_though_that_was_left(shop: Shop) -> None:
    case = begun(shop)
    orders = [("towing.order", "红车"), ("towing.order", "蓝车")]
    assert open_of(case) == [*orders, ("bill", "")]
    assert Text("叫车（红车）", "Order (红车)") in case_list(shop["mei"], NINE).rows[0].steps
    page = case_page(shop["mei"], case.case_id, NINE)
    about = [each.occurrence.zh for each in page.items if each.occurrence is not None]
    assert about == ["拖运 · 红车", "拖运 · 蓝车"]
    assert audit([case.case_id]).findings == ()


def test_the_case_goes_through_a_late_process_to_its_end(shop: Shop) -> None:
    case = begun(shop)
    late = NINE + timedelta(hours=3)
    assert len(clock_sheet(shop["min"], case.case_id, NINE).open) == 2
    fire_due_timers(at=late)
    for element in ("红车", "蓝车"):
        shop.look_at(case, element, by="mei", at=late)
        assert audit([case.case_id]).findings == ()
        shop.look_at(case, element, by="lei", at=late)
    shop.complete(shop.item(case, "bill"), "mei", at=late)
    row = Case.objects.get(pk=case.case_id)
    assert row.outcome == "closed"
    assert audit([case.case_id]).findings == ()
    assert case_page(shop["mei"], case.case_id, late).timeline


def test_the_end_of_the_case_withdraws_it_from_the_lists(shop: Shop) -> None:
    case = begun(shop)
    service.cancel_case(case.case_id, reason="不拖了", by=shop["min"], at=NINE, key=shop.key())
    assert open_of(case) == []
    assert audit([case.case_id]).findings == ()
