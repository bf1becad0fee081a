"""Work of an element says of which: in its row, in lists, and after a return into it."""

from tests.runtime.shop import NINE, PACK_FOLDER, Shop
from tuoban.kernel import events as e
from tuoban.kernel.definition import Text
from tuoban.kernel.language import compile_pack
from tuoban.runtime.cases import definitions, service
from tuoban.runtime.cases.audit import audit
from tuoban.runtime.cases.elements import Elements, names
from tuoban.runtime.cases.models import WorkItem
from tuoban.runtime.cases.queries import case_list, case_page
from tuoban.runtime.cases.service import Outcome

PACK = PACK_FOLDER.joinpath("shop-parts.yaml").read_text(encoding="utf-8")


def begin(shop: Shop) -> Outcome:
    definitions.publish("shop-parts", PACK, None, NINE)
    return service.start_case(
        "shop-parts", "check", by=shop["mei"], data={"thing": "车"}, at=NINE, key=shop.key()
    )


def open_of(case: Outcome) -> list[str]:
    rows = WorkItem.objects.filter(case=case.case_id, status=WorkItem.OPEN).order_by("number")
    return list(rows.values_list("element", flat=True))


def test_work_says_of_which_element_it_is(shop: Shop) -> None:
    case = begin(shop)
    assert open_of(case) == ["前门", "后门", "车顶"]
    steps = case_list(shop["mei"], NINE).rows[0].steps
    assert steps[0] == Text("检查（前门）", "Look (前门)")


def test_a_return_names_the_element_and_the_rows_stay_true(shop: Shop) -> None:
    case = begin(shop)
    for row in WorkItem.objects.filter(case=case.case_id, status=WorkItem.OPEN):
        shop.complete(row.pk, "lei", cost="5")
    bill = shop.item(case, "bill")
    shop.claim(case, "bill", "mei")
    service.return_to(
        bill, to="look", of=(2,), reason="重看", by=shop["mei"], at=NINE, key=shop.key()
    )
    assert open_of(case) == ["后门"]
    assert audit([case.case_id]).findings == ()


def test_elements_that_are_called_alike_are_told_apart_by_their_place() -> None:
    assert names(["门", "门", None, {"n": 1, "what": "顶"}]) == ("门 1", "门 2", "3", "顶")


def test_an_element_that_is_begun_keeps_its_name_when_the_list_is_read_anew() -> None:
    definition = compile_pack(PACK)
    (body,) = definition.nodes["part"].regions
    found = Elements(definition)
    for number, values in enumerate((("a", "b"), ("b",)), start=1):
        found.take(e.ElementsListed("part", 0, values))
        found.take(e.RegionEntered(number, body, 0, 0, None, NINE, 1))
    assert [found.around(each).label for each in (1, 2)] == ["a", "b"]


def sentences(shop: Shop, case: Outcome) -> list[Text]:
    return [each.sentence for each in case_page(shop["mei"], case.case_id, NINE).timeline]


def test_the_timeline_names_the_elements_and_what_was_done_for_each(shop: Shop) -> None:
    case = begin(shop)
    row = WorkItem.objects.get(case=case.case_id, status=WorkItem.OPEN, element="后门")
    shop.complete(row.pk, "lei", cost="5")
    told = sentences(shop, case)
    assert told[0] == Text(
        "李雷办结“检查（后门）”，费用：¥5.00", "李雷 completed “Look (后门)”: Cost ¥5.00"
    )
    assert told[1] == Text(
        "“逐项”共 3 项：前门、后门、车顶", "“Part by part” has 3 items: 前门, 后门, 车顶"
    )


def test_the_timeline_says_into_which_element_work_went_back(shop: Shop) -> None:
    case = begin(shop)
    for row in WorkItem.objects.filter(case=case.case_id, status=WorkItem.OPEN):
        shop.complete(row.pk, "lei", cost="5")
    shop.claim(case, "bill", "mei")
    bill = shop.item(case, "bill")
    service.return_to(
        bill, to="look", of=(2,), reason="重看", by=shop["mei"], at=NINE, key=shop.key()
    )
    assert sentences(shop, case)[0] == Text(
        "陈小美把“结算”退回到“检查（后门）”：重看",
        "陈小美 sent “Bill” back to “Look (后门)”: 重看",
    )
