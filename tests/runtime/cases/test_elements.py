"""Work of an element says of which: in its row, in lists, and after a return into it."""

from tests.runtime.shop import NINE, PACK_FOLDER, Shop
from tuoban.kernel.definition import Text
from tuoban.runtime.cases import definitions, service
from tuoban.runtime.cases.audit import audit
from tuoban.runtime.cases.elements import names
from tuoban.runtime.cases.models import WorkItem
from tuoban.runtime.cases.queries import case_list
from tuoban.runtime.cases.service import Outcome


def begin(shop: Shop) -> Outcome:
    text = PACK_FOLDER.joinpath("shop-parts.yaml").read_text(encoding="utf-8")
    definitions.publish("shop-parts", text, None, NINE)
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
