"""Work of an element says of which: in its row, in lists, and after a return into it."""

from datetime import timedelta

from tests.runtime.shop import NINE, PACK_FOLDER, Shop
from tuoban.kernel import events as e
from tuoban.kernel.definition import Text
from tuoban.kernel.language import compile_pack
from tuoban.runtime.cases import definitions, service
from tuoban.runtime.cases.audit import audit
from tuoban.runtime.cases.elements import Elements, names
from tuoban.runtime.cases.models import JournalEntry, PersonalValue, WorkItem
from tuoban.runtime.cases.queries import case_list, case_page, clock_sheet, notices
from tuoban.runtime.cases.queries.rows import ItemPanel
from tuoban.runtime.cases.service import Outcome, fire_due_timers
from tuoban.runtime.people.service import grant

PACK = PACK_FOLDER.joinpath("shop-parts.yaml").read_text(encoding="utf-8")


def open_of(case: Outcome) -> list[str]:
    rows = WorkItem.objects.filter(case=case.case_id, status=WorkItem.OPEN).order_by("number")
    return list(rows.values_list("element", flat=True))


def test_work_says_of_which_element_it_is(shop: Shop) -> None:
    case = shop.parts()
    assert open_of(case) == ["前门", "后门", "车顶"]
    steps = case_list(shop["mei"], NINE).rows[0].steps
    assert steps[0] == Text("检查（前门）", "Look (前门)")


def test_a_return_names_the_element_and_the_rows_stay_true(shop: Shop) -> None:
    case = shop.parts()
    for row in WorkItem.objects.filter(case=case.case_id, status=WorkItem.OPEN):
        shop.complete(row.pk, "lei", cost="5")
    shop.claim(case, "bill", "mei")
    go_back(shop, case, 2)
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
    case = shop.parts()
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
    case = shop.parts()
    for row in WorkItem.objects.filter(case=case.case_id, status=WorkItem.OPEN):
        shop.complete(row.pk, "lei", cost="5")
    shop.claim(case, "bill", "mei")
    go_back(shop, case, 2)
    assert sentences(shop, case)[0] == Text(
        "陈小美把“结算”退回到“检查（后门）”：重看",
        "陈小美 sent “Bill” back to “Look (后门)”: 重看",
    )


def looked_at(shop: Shop) -> Outcome:
    """A case in which every part has been looked at."""
    case = shop.parts()
    for element, cost in (("前门", "1"), ("后门", "2"), ("车顶", "3")):
        shop.look_at(case, element, cost=cost, keeper=f"{element}张", remark=f"{element}好")
    shop.claim(case, "bill", "mei")
    return case


def go_back(shop: Shop, case: Outcome, element: int) -> None:
    bill = shop.item(case, "bill")
    by, key = shop["mei"], shop.key()
    service.return_to(bill, to="look", of=(element,), reason="重看", by=by, at=NINE, key=key)


def entered(panel: ItemPanel) -> list[str]:
    return [entry.value for part in panel.form for entry in part.entries]


def test_the_panel_offers_to_go_back_into_each_element(shop: Shop) -> None:
    case = looked_at(shop)
    (bill,) = case_page(shop["mei"], case.case_id, NINE).items
    assert [(each.key, each.label.zh) for each in bill.returns_to] == [
        ("look:1", "检查（前门）"),
        ("look:2", "检查（后门）"),
        ("look:3", "检查（车顶）"),
    ]


def test_a_form_sent_back_shows_the_entries_of_its_own_element(shop: Shop) -> None:
    case = looked_at(shop)
    go_back(shop, case, 2)
    shop.claim(case, "look", "lei")
    (look,) = case_page(shop["lei"], case.case_id, NINE).items
    assert look.step == Text("检查（后门）", "Look (后门)")
    assert entered(look) == ["2.00", "后门张", "后门好"]
    assert look.sent_back is not None
    assert look.sent_back.step.zh == "结算"


def test_an_element_that_is_not_done_shows_nothing_of_another(shop: Shop) -> None:
    case = shop.parts()
    shop.look_at(case, "前门", cost="1", keeper="张", remark="好")
    row = WorkItem.objects.get(case=case.case_id, status=WorkItem.OPEN, element="后门")
    service.claim(row.pk, by=shop["lei"], at=NINE, key=shop.key())
    found = {each.item_id: each for each in case_page(shop["lei"], case.case_id, NINE).items}
    assert not found[row.pk].returned
    assert entered(found[row.pk]) == ["", "", ""]


def test_clocks_say_of_which_element_they_are_also_once_they_are_over(shop: Shop) -> None:
    case = shop.parts()
    shop.look_at(case, "前门", cost="1")
    sheet = clock_sheet(shop["mei"], case.case_id, NINE)
    assert [each.what.zh for each in sheet.open] == ["检查（后门）", "检查（车顶）"]
    assert [each.what.zh for each in sheet.over] == ["检查（前门）"]


def marks(shop: Shop, case: Outcome) -> dict[str, tuple[str, int, int]]:
    steps = case_page(shop["mei"], case.case_id, NINE).steps
    return {each.key: (each.state, each.elements_done, each.elements) for each in steps}


def test_the_strip_says_for_how_many_elements_a_step_is_done(shop: Shop) -> None:
    case = shop.parts()
    assert marks(shop, case)["look"] == ("current", 0, 3)
    shop.look_at(case, "后门", cost="1")
    assert marks(shop, case)["look"] == ("current", 1, 3)
    for element in ("前门", "车顶"):
        shop.look_at(case, element, cost="1")
    assert marks(shop, case) == {"look": ("done", 3, 3), "bill": ("current", 0, 0)}
    shop.claim(case, "bill", "mei")
    go_back(shop, case, 2)
    assert marks(shop, case)["look"] == ("current", 2, 3)


def recorded(shop: Shop, case: Outcome) -> list[tuple[str, dict[str, str]]]:
    places = case_page(shop["mei"], case.case_id, NINE).places
    return [
        (each.label.zh, {field.name: field.value.zh for field in each.fields}) for each in places
    ]


def test_fields_of_elements_stand_on_the_page_by_element(shop: Shop) -> None:
    case = shop.parts()
    shop.look_at(case, "前门", cost="1", keeper="张三")
    shop.look_at(case, "车顶", cost="3")
    assert recorded(shop, case) == [
        ("逐项（前门）", {"cost": "¥1.00", "keeper": "张三"}),
        ("逐项（车顶）", {"cost": "¥3.00"}),
    ]


def test_a_personal_field_of_an_element_is_sealed_and_can_be_erased(shop: Shop) -> None:
    case = looked_at(shop)
    journal = JournalEntry.objects.filter(case=case.case_id).values_list("payload", flat=True)
    assert not [text for text in journal if "前门张" in str(text)]
    root, key = shop["root"], shop.key()
    erase = service.erase_personal_values
    erase(case.case_id, field="keeper", reason="期满", by=root, at=NINE, key=key)
    kept = [fields["keeper"] for _, fields in recorded(shop, case)]
    assert kept == ["（已删除）"] * 3
    assert not PersonalValue.objects.filter(case=case.case_id, value__contains="张").exists()
    assert audit([case.case_id]).findings == ()


def test_a_notice_about_a_whole_element_says_which(shop: Shop) -> None:
    text = PACK.replace(
        "    fields:\n      cost:",
        "    within: 1 hours\n    late: {at the limit: escalate to clerk}\n"
        "    fields:\n      cost:",
        1,
    )
    assert text != PACK
    definitions.publish("shop-parts", text, None, NINE)
    case = service.start_case(
        "shop-parts", "check", by=shop["mei"], data={"thing": "车"}, at=NINE, key="s"
    )
    fire_due_timers(NINE + timedelta(hours=1))
    told = {each.sentence.zh for each in notices(shop["mei"]) if each.case_id == case.case_id}
    assert told == {f"“逐项（{part}）”已超时，升级到您处理" for part in ("前门", "后门", "车顶")}


RECORDS = """
pack: records
version: "1"
title: 检查
roles: {nurse: 护士}
records:
  test: {kind: {type: text, zh: 项目}, aim: {type: text, zh: 目的}}
fields:
  tests: {type: list, of: test, zh: 检查项目}
starts: [{request: ask, zh: 申请, by: [nurse], form: [tests]}]
process:
  - each: test
    in: tests
    steps: [{step: sample, zh: 采样, by: nurse}]
  - {end: done, zh: 完成}
"""


def test_a_record_is_called_by_its_first_column_also_by_whoever_reads_the_journal(
    shop: Shop,
) -> None:
    definitions.publish("records", RECORDS, "", NINE)
    grant(shop["mei"], "nurse", shop.units["east"])
    data = {"tests": [{"kind": "心电图", "aim": "胸痛"}, {"kind": "血常规", "aim": "发热"}]}
    case = service.start_case("records", "ask", by=shop["mei"], data=data, at=NINE, key=shop.key())
    assert open_of(case) == ["心电图", "血常规"]
    assert audit([case.case_id]).findings == ()
