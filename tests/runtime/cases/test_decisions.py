"""Tables decide in live cases: rows, journal, the case page and rehearsals tell the same."""

from datetime import timedelta
from typing import Any

import pytest

from tests.runtime.shop import NINE, PACK_FOLDER, Shop
from tuoban.kernel.events import DecisionMade
from tuoban.kernel.language import check_pack
from tuoban.runtime.cases import definitions, journal, service
from tuoban.runtime.cases.audit import audit
from tuoban.runtime.cases.models import JournalEntry, WorkItem
from tuoban.runtime.cases.queries import case_page
from tuoban.runtime.cases.service import Outcome
from tuoban.runtime.rehearsal import play, read_scenarios

TEXT = (PACK_FOLDER / "shop-desk.yaml").read_text("utf-8")


@pytest.fixture
def desk(shop: Shop) -> Shop:
    """The shop with its front desk."""
    definitions.publish("shop-desk", TEXT, None, NINE)
    return shop


def visit(shop: Shop, **data: Any) -> Outcome:
    entered = {"thing": "电脑", "owner": "王建国", **data}
    return service.start_case(
        "shop-desk", "ask", by=shop["mei"], data=entered, at=NINE, key=shop.key()
    )


def told(shop: Shop, case: Outcome, who: str = "lei") -> list[tuple[str, str, str]]:
    page = case_page(shop[who], case.case_id, NINE)
    lines = ((each.kind, each.sentence.zh, each.sentence.en) for each in reversed(page.timeline))
    return [line for line in lines if line[0] in ("decided", "undecided")]


def test_a_decision_sets_the_limit_of_the_work_behind_it(desk: Shop) -> None:
    case = visit(desk, level="high", member=True)

    item = WorkItem.objects.get(case=case.case_id)
    assert item.due_at == NINE + timedelta(minutes=15)
    assert audit().findings == ()


def test_the_case_page_tells_the_decision_in_a_sentence(desk: Shop) -> None:
    case = visit(desk, level="low", member=True)

    assert told(desk, case) == [
        (
            "decided",
            "按“答复时限”的规则 2 判定，时限：1 小时，受理台：门店，依据（级别：不急、会员：是）",
            "“Answer limit” decided by rule 2: Limit 1 hour, Desk Shop, "
            "given (Level relaxed, Member yes)",
        ),
        (
            "decided",
            "按“要带的材料”的规则 1、2 判定，要带的材料：发票、会员卡，依据（会员：是）",
            "“Papers to bring” decided by rules 1, 2: Papers to bring 发票, 会员卡, "
            "given (Member yes)",
        ),
    ]


def test_a_table_without_a_result_says_why(desk: Shop) -> None:
    case = visit(desk, level="low", owner="")

    assert told(desk, case) == [
        (
            "undecided",
            "“答复时限”没有判定结果：没有适用的规则，依据（级别：不急、会员：无）",
            "“Answer limit” gave no result (no rule fits): given (Level relaxed, Member none)",
        ),
        (
            "decided",
            "“要带的材料”没有适用的规则，依据（会员：无）",
            "No rule of “Papers to bring” fits: given (Member none)",
        ),
    ]
    assert WorkItem.objects.get(case=case.case_id).due_at is None


def test_work_tells_which_decision_its_moment_comes_from(desk: Shop) -> None:
    case = visit(desk, level="high")
    desk.complete(desk.item(case, "reply"), "lei")

    (clock,) = case_page(desk["lei"], case.case_id, NINE).clocks
    assert clock.due_at == NINE + timedelta(hours=1)
    assert [each.zh for each in clock.sources] == ["时限 15 分钟", "发起时间 09:00"]


def test_a_personal_value_that_was_looked_at_is_not_in_the_journal(desk: Shop) -> None:
    case = visit(desk, level="high")

    entries = JournalEntry.objects.filter(case=case.case_id)
    made = [each for entry in entries for each in journal.events_of(entry)]
    decisions = [each for each in made if isinstance(each, DecisionMade)]
    assert [each.inputs for each in decisions] == [
        {"level": "high", "member": None},
        {"member": None},
    ]
    assert not any("王建国" in entry.payload for entry in entries)


def test_the_compiler_warned_of_what_the_table_leaves_out() -> None:
    report = check_pack(TEXT)

    assert [each.read("zh") for each in report.warnings] == [
        'pack.yaml:20:3: 判定表“answer”没有规则适用于：level = "low", member = false。'
        "请补一条规则，或给输出写 default。"
    ]


SCENARIOS = """
- scenario: 会员不急
  cast: {mei: clerk, lei: mender}
  clock: 2026-03-02 09:00
  start: {by: mei, request: ask, thing: 电脑, level: low, member: true, owner: 王建国}
  play:
    - {values: {answer.limit: 1 hours, answer.desk: shop}}
    - {due: {reply: 10:00}}
    - {lei: reply}
    - {lei: hand_over}
  expect: {ended: done, values: {answer.desk: 门店}}
- scenario: 急件另有时限
  cast: {mei: clerk, lei: mender}
  clock: 2026-03-02 09:00
  start: {by: mei, request: ask, thing: 电脑, level: high}
  play:
    - {due: {reply: 09:15}}
    - {clock: 09:16}
    - {told: lei}
    - {lei: reply}
    - {lei: hand_over}
  expect: {ended: done, late: 1, values: {answer.limit: 1 hours}}
"""


@pytest.mark.django_db
def test_a_rehearsal_looks_at_what_a_table_decided() -> None:
    good, wrong = (play(each, TEXT, "") for each in read_scenarios(SCENARIOS))

    assert not [each.text.en for each in good.lines if each.failed]
    assert [each.text.en for each in wrong.lines if each.failed] == [
        "Limit: 15 minutes, expected 1 hour"
    ]


def with_paper(drawn: str, *keys: str) -> str:
    """The text of the front desk with another table of papers."""
    before, _, rest = TEXT.partition("    hit: collect\n")
    lines = "".join(f"    {line}\n" for line in keys)
    rows = "".join(f"      {line}\n" for line in drawn.splitlines())
    return f"{before}{lines}    rules: |\n{rows}\n{rest[rest.index('starts:') :]}"


def paper_told(shop: Shop, text: str) -> tuple[str, str, str]:
    definitions.publish("shop-desk", text, None, NINE)
    return told(shop, visit(shop, level="low", member=True))[1]


def test_people_that_a_table_looked_at_are_called_by_name(shop: Shop) -> None:
    drawn = '| start.by | => paper |\n| - | "票" |'

    _, zh, en = paper_told(shop, with_paper(drawn))

    assert zh.endswith("依据（发起 › 办理人：陈小美）")
    assert en.endswith("given (Start › performer 陈小美)")


def test_a_long_result_is_cut_short_in_the_sentence(shop: Shop) -> None:
    drawn = f'| member | => paper |\n| - | "{"长" * 41}" |'

    _, zh, en = paper_told(shop, with_paper(drawn))

    assert f"要带的材料：{'长' * 39}…，依据" in zh
    assert f"Papers to bring {'长' * 39}…, given" in en


def test_an_empty_text_is_told_as_such(shop: Shop) -> None:
    _, zh, en = paper_told(shop, with_paper('| member | => paper |\n| - | "" |'))

    assert "要带的材料：（空）" in zh
    assert "Papers to bring (empty)" in en


def test_a_default_that_is_no_or_nought_is_told_as_default(shop: Shop) -> None:
    drawn = '| level | => free |\n| "high" | true |'
    keys = "outputs: {free: {type: boolean, zh: 免费, en: Free, default: false}}"

    _, zh, en = paper_told(shop, with_paper(drawn, keys))

    assert zh == "“要带的材料”取默认值，免费：否，依据（级别：不急）"
    assert en == "“Papers to bring” decided by default: Free no, given (Level relaxed)"
