"""A locked step explains itself: the pack's reason, and what made the condition fail."""

from tests.runtime.cases.test_case_page import page_of, panel
from tests.runtime.shop import NINE, PACK_FOLDER, Shop
from tuoban.kernel.definition import Text
from tuoban.runtime.cases import definitions, service
from tuoban.runtime.cases.service import Outcome


def quote(shop: Shop, **data: str) -> Outcome:
    text = PACK_FOLDER.joinpath("shop-quote.yaml").read_text(encoding="utf-8")
    definitions.publish("shop-quote", text, None, NINE)
    given = {"thing": "主板", "price": "800", "kind": "plain", "buyer": "李四", **data}
    return service.start_case(
        "shop-quote", "quote", by=shop["mei"], data=given, at=NINE, key=shop.key()
    )


def because(shop: Shop, case: Outcome) -> dict[str, list[Text]]:
    locked = panel(page_of(shop, case, "mei"), "send").locked
    return {reason.text.zh: list(reason.because) for reason in locked}


def test_every_failing_condition_says_which_value_made_it_fail(shop: Shop) -> None:
    case = quote(shop)
    shop.complete(shop.item(case, "check"), "mei", outcome="high", fit="false")

    assert because(shop, case) == {
        "超过免批上限": [
            Text(
                "以下满足一项即可：“价格”为 ¥800.00，应不超过 “免批上限”（¥500.00）；"
                "或者 “老客户”还没有值",
                "one of these is enough: “Price” is ¥800.00, it must be at most "
                "“Limit without approval” (¥500.00); or “Regular” has no value yet",
            )
        ],
        "核价没有通过": [
            Text(
                "“核价 › 结果”为 偏高，应为 合理",
                "“Check the price › outcome” is too high, it must be fair",
            )
        ],
        "不能供货": [
            Text(
                "“核价 › 可供”为否，应为是",
                "“Check the price › Can be supplied” is no, it must be yes",
            ),
        ],
        "只做加急": [Text("“类别”为 普通，应为 加急", "“Kind” is normal, it must be express")],
        "只供老王": [Text("“买方”为 李四，应为 王建国", "“Buyer” is 李四, it must be 王建国")],
    }


def test_what_was_not_entered_is_said_to_have_no_value(shop: Shop) -> None:
    case = quote(shop, price="", vip="true", kind="fast")
    shop.complete(shop.item(case, "check"), "mei", outcome="good")

    assert because(shop, case) == {
        "不能供货": [
            Text("“核价 › 可供”还没有值", "“Check the price › Can be supplied” has no value yet")
        ],
        "只供老王": [Text("“买方”为 李四，应为 王建国", "“Buyer” is 李四, it must be 王建国")],
    }


def test_what_was_erased_is_said_to_be_erased(shop: Shop) -> None:
    case = quote(shop, vip="true", kind="fast")
    shop.complete(shop.item(case, "check"), "mei", outcome="good", fit="true")
    service.erase_personal_values(
        case.case_id, by=shop["root"], reason="要求", at=NINE, key=shop.key()
    )

    assert because(shop, case)["只供老王"][0].zh == "“买方（已删除）”还没有值，应为 王建国"


def test_who_did_a_step_is_called_by_name(shop: Shop) -> None:
    pack = PACK_FOLDER.joinpath("shop-quote.yaml").read_text(encoding="utf-8")
    gate = "      - {that: check.by != start.by, else: {zh: 须另一人核价, en: By somebody else}}\n"
    text = pack.replace("    needs:\n", "    needs:\n" + gate)
    definitions.publish("shop-quote", text, None, NINE)
    case = service.start_case(
        "shop-quote", "quote", by=shop["mei"], data={"thing": "主板"}, at=NINE, key=shop.key()
    )
    shop.complete(shop.item(case, "check"), "mei", outcome="good", fit="true")

    said = because(shop, case)["须另一人核价"][0].zh
    assert said == "“核价 › 办理人”为 陈小美，不应为 “发起 › 办理人”（陈小美）"
