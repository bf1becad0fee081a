"""Work goes back to a whole block, from the page to the journal."""

from __future__ import annotations

from tests.runtime.shop import NINE, PACK_FOLDER, Shop
from tuoban.runtime.cases import definitions, service
from tuoban.runtime.cases.audit import audit
from tuoban.runtime.cases.models import WorkItem
from tuoban.runtime.cases.queries import case_page

TEXT = (
    PACK_FOLDER.joinpath("shop-parts.yaml")
    .read_text("utf-8")
    .replace("pack: shop-parts", "pack: shop-whole")
    .replace("returns-to: [look]", "returns-to: [part, look]")
)


def test_the_whole_list_is_looked_at_again(shop: Shop) -> None:
    definitions.publish("shop-whole", TEXT, None, NINE)
    case = service.start_case(
        "shop-whole", "check", by=shop["mei"], data={"thing": "车"}, at=NINE, key=shop.key()
    )
    for element in ("前门", "后门", "车顶"):
        shop.look_at(case, element, cost="1")
    shop.claim(case, "bill", "mei")
    (bill,) = case_page(shop["mei"], case.case_id, NINE).items
    assert next((each.key, each.label.zh) for each in bill.returns_to) == ("part", "逐项")
    item, by, key = shop.item(case, "bill"), shop["mei"], shop.key()
    service.return_to(item, to="part", of=(), reason="重看", by=by, at=NINE, key=key)
    rows = WorkItem.objects.filter(case=case.case_id, status=WorkItem.OPEN).order_by("number")
    assert list(rows.values_list("element", flat=True)) == ["前门", "后门", "车顶"]
    assert any("逐项" in each.sentence.zh for each in case_page(by, case.case_id, NINE).timeline)
    assert audit([case.case_id]).findings == ()
