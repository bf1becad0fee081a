"""Documents on the desk: previewed, recorded as printed, reprinted."""

import pytest

from tests.faces.desk.conftest import Visit
from tests.faces.desk.page import Page
from tests.runtime.shop import NINE, PACK_FOLDER, Shop
from tuoban.runtime.cases import definitions, service
from tuoban.runtime.cases.audit import audit
from tuoban.runtime.cases.clock import now
from tuoban.runtime.cases.queries import case_page
from tuoban.runtime.cases.service import Outcome


@pytest.fixture
def case(shop: Shop) -> Outcome:
    text = PACK_FOLDER.joinpath("shop-papers.yaml").read_text(encoding="utf-8")
    definitions.publish("shop-papers", text, None, NINE)
    data = {
        "client": "<王>",
        "kind": "fresh",
        "children": [{"name": "小安", "young": "true"}, {"name": "小北"}],
    }
    return service.start_case(
        "shop-papers", "settle", by=shop["mei"], data=data, at=now(), key="start"
    )


def test_a_document_is_shown_recorded_and_reprinted(
    shop: Shop, case: Outcome, visit: Visit
) -> None:
    mei, here = visit("mei"), f"/desk/cases/{case.number}/documents/collect/slip"
    page = Page(mei.get(f"/desk/cases/{case.number}"))
    assert "还空着：收件 › 办理人 查看" in page.text
    assert here in [each.attributes.get("href") for each in page.all("a")]
    page = Page(mei.get(here))
    assert "今收到 <王> 办理落户的材料，类别：应届" in page.text
    assert "姓名：小安，未满月：是 姓名：小北 毕业证原件 0 份" in page.text
    assert "经办：—" in page.text
    assert "单上还空着：收件 › 办理人。" in page.text
    assert "预览，尚未打印" in page.text
    assert page.all("button", **{"data-print": ""}) == []
    assert mei.post(here, {"key": "a"})["Location"] == here
    page = Page(mei.get(here))
    assert "预览" not in page.text
    assert "重打" not in page.by_id("document-head").text  # type: ignore[union-attr]
    assert "打印人：陈小美" in page.text
    assert mei.post(here, {"key": "a"})["Location"] == here  # sent twice, printed once
    mei.post(here, {"key": "b"})
    assert "重打，第 2 次" in Page(mei.get(here)).text
    told = [each.sentence.zh for each in case_page(shop["mei"], case.case_id, now()).timeline]
    assert told[:2] == ["陈小美重打“收件单”（第 2 次）", "陈小美打印“收件单”"]
    assert audit([case.case_id]).is_clean


def test_others_do_not_find_it(shop: Shop, case: Outcome, visit: Visit) -> None:
    assert visit("sun").get(f"/desk/cases/{case.number}/documents/collect/slip").status_code == 404
    mei = visit("mei")
    assert mei.get(f"/desk/cases/{case.number}/documents/check/slip").status_code == 404
    assert mei.get(f"/desk/cases/{case.number}/documents/collect/bill").status_code == 404
