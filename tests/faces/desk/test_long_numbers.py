"""Numbers by which people are known: told in part, and in full where the reader wishes it."""

from __future__ import annotations

import pytest

from tests.faces.desk.conftest import Visit
from tests.faces.desk.page import Page
from tests.runtime.shop import NINE, PACK_FOLDER, Shop
from tuoban.runtime.cases import definitions, service
from tuoban.runtime.cases.wording import masked

IDENTITY, MOBILE = "33010619800101123X", "13911112222"


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        (IDENTITY, "330****123X"),
        ("+86 139 1111 2222", "+86****2222"),
        ("王建国", "王建国"),
        ("户口本 330106198001011234，护照 E12345678", "户口本 330****1234，护照 E1****78"),
        ("文三路 391 号 1 幢 2024 室", "文三路 391 号 1 幢 2024 室"),
        ("城东路 8 号 302", "城东路 8 号 302"),
        (True, True),
    ],
)
def test_of_a_long_number_its_ends_are_shown(value: object, shown: object) -> None:
    assert masked(value) == shown


def test_the_timeline_tells_no_number_in_full_and_the_values_do_on_demand(
    shop: Shop, visit: Visit
) -> None:
    text = PACK_FOLDER.joinpath("shop-sales.yaml").read_text(encoding="utf-8")
    definitions.publish("shop-sales", text, None, NINE)
    data = {
        "client": "+ 王建国 13800138000",
        "watch": "L2",
        "identity": IDENTITY,
        "mobile": MOBILE,
        "wears": "4",
    }
    case = service.start_case(
        "shop-sales", "repair", by=shop["mei"], data=data, at=NINE, key=shop.key()
    )
    page = Page(visit("mei").get(f"/desk/cases/{case.number}"))
    told = page.by_id("timeline")
    assert told is not None
    assert "身份证号：330****123X" in told.text
    assert IDENTITY not in told.text
    assert MOBILE not in told.text
    shown = [each.text for each in page.all("details", **{"class": "in-full"})]
    assert set(shown) == {f"330****123X 显示 {IDENTITY}"}
    assert page.all("a", href=f"tel:{MOBILE}")
    assert "走时误差 4 分钟" in page.text
