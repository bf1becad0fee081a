"""My work and pools: who sees what, in which order, page by page."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.runtime.shop import NINE, Shop
from tuoban.kernel.definition import Text
from tuoban.runtime.cases.queries import WorkPage, WorkTab, my_work
from tuoban.runtime.cases.service import fire_due_timers, mark_notices_read
from tuoban.runtime.people.service import grant, revoke, set_head

MOST_QUERIES = 15


def faults(page: WorkPage) -> list[str]:
    """The second word of every title, which the tests choose."""
    return [row.title.split(" ", 1)[1] for row in page.rows]


def test_work_lies_in_the_pool_of_the_nearest_unit_that_has_the_role(shop: Shop) -> None:
    east = shop.start("mei", fault="东")
    shop.start("sun", fault="西")

    assert faults(my_work(shop["lei"], NINE, tab="pool")) == ["东"]
    assert faults(my_work(shop["qi"], NINE, tab="pool")) == ["西"]
    assert faults(my_work(shop["gang"], NINE, tab="pool")) == []

    shop.look(east)
    assert faults(my_work(shop["gang"], NINE, tab="pool")) == ["东"]


def test_a_pool_row_tells_what_is_needed_to_choose(shop: Shop) -> None:
    case = shop.start(level="high")

    row = my_work(shop["lei"], NINE, tab="pool").rows[0]

    assert (row.number, row.title, row.step.zh) == (case.number, "王建国 不开机", "检查")
    assert row.due_at == NINE + timedelta(minutes=30)
    assert row.priority == Text("紧急", "urgent")
    assert row.pool_role == Text("修理员", "mender")
    assert row.unit == Text("城东", "East")
    assert (row.held_by_me, row.locked, row.waiting_for) == (False, False, None)


def test_locked_work_tells_what_it_waits_for(shop: Shop) -> None:
    case = shop.start()
    shop.look(case)

    row = my_work(shop["gang"], NINE, tab="pool").rows[0]

    assert row.locked
    assert row.waiting_for == Text("“客户同意”还没有完成", "“The client agrees” is not done yet")


def test_a_pool_is_a_triaged_queue(shop: Shop) -> None:
    shop.start(fault="一般，先到", level="low")
    shop.start(fault="紧急，后到", level="high", at=NINE + timedelta(minutes=2))
    shop.start(fault="紧急，先到", level="high", at=NINE + timedelta(minutes=1))

    assert faults(my_work(shop["lei"], NINE, tab="pool")) == [
        "紧急，先到",
        "紧急，后到",
        "一般，先到",
    ]


def test_own_work_comes_overdue_first_then_by_time_left_then_without_a_limit(shop: Shop) -> None:
    for name, minutes in (("乙", 10), ("甲", 0), ("丙", 60)):
        case = shop.start(fault=name, at=NINE + timedelta(minutes=minutes))
        shop.claim(case, "look", "lei")
    agreeing = shop.start(fault="无时限")
    shop.look(agreeing)

    page = my_work(shop["lei"], NINE + timedelta(minutes=35))

    assert faults(page) == ["甲", "乙", "丙", "无时限"]
    assert [row.due_at is None for row in page.rows] == [False, False, False, True]


@pytest.mark.parametrize(
    ("tab", "expected"),
    [("all", ["迟", "今", "后"]), ("late", ["迟"]), ("today", ["今"]), ("later", ["后"])],
)
def test_the_tabs_divide_own_work_by_time(shop: Shop, tab: WorkTab, expected: list[str]) -> None:
    for name, hours in (("迟", 0), ("今", 10), ("后", 15)):  # 24:00 in Shanghai is 15 hours on
        case = shop.start(fault=name, at=NINE + timedelta(hours=hours))
        shop.claim(case, "look", "lei")

    page = my_work(shop["lei"], NINE + timedelta(hours=1), tab=tab)

    assert faults(page) == expected
    counts = page.counts
    assert (counts.all, counts.late, counts.today, counts.later) == (3, 1, 1, 1)


def test_pools_are_counted_and_can_be_looked_into_one_by_one(shop: Shop) -> None:
    grant(shop["lei"], "mender", shop.units["west"])
    shop.start("mei", fault="东")
    shop.start("sun", fault="西")

    page = my_work(shop["lei"], NINE, tab="pool")
    assert {(pool.key, pool.role.zh, pool.unit.zh, pool.count) for pool in page.pools} == {
        ("mender@east", "修理员", "城东", 1),
        ("mender@west", "修理员", "城西", 1),
    }
    assert page.counts.pool == 2
    assert faults(my_work(shop["lei"], NINE, tab="pool", pool="mender@west")) == ["西"]


def test_a_pool_that_is_not_mine_stays_closed(shop: Shop) -> None:
    shop.start("sun")

    assert my_work(shop["lei"], NINE, tab="pool", pool="mender@west").rows == ()


def test_work_escalated_to_me_stays_in_sight_until_it_is_done(shop: Shop) -> None:
    case = shop.start()
    assert my_work(shop["min"], NINE).counts.escalated == 0
    late = NINE + timedelta(minutes=31)
    fire_due_timers(late)

    pooled = my_work(shop["min"], late)
    assert [(row.pool_role, row.holder, row.can_claim) for row in pooled.escalated] == [
        (Text("修理员", "mender"), None, False)
    ]
    assert (pooled.rows, pooled.counts.all, pooled.counts.escalated) == ((), 0, 1)

    shop.claim(case, "look", "lei", at=late)
    mark_notices_read(shop["min"], late)
    assert [row.holder for row in my_work(shop["min"], late).escalated] == ["李雷"]
    assert my_work(shop["min"], late, tab="late").escalated == ()
    assert my_work(shop["mei"], late).escalated == ()

    shop.look(case, at=late)
    assert my_work(shop["min"], late).counts.escalated == 0


def test_who_lost_sight_of_a_case_has_nothing_escalated_from_it(shop: Shop) -> None:
    shop.start()
    late = NINE + timedelta(minutes=31)
    fire_due_timers(late)
    revoke(shop["min"], "chief", shop.units["east"])
    assert my_work(shop["min"], late).counts.escalated == 1  # as the head of the unit

    set_head(shop.units["east"], shop["lei"])

    assert my_work(shop["min"], late).counts.escalated == 0


def test_late_work_in_the_pools_is_counted(shop: Shop) -> None:
    shop.start()
    shop.start(at=NINE + timedelta(minutes=20))

    counts = my_work(shop["lei"], NINE + timedelta(minutes=31)).counts

    assert (counts.pool, counts.pool_late, counts.late) == (2, 1, 0)


def test_who_holds_no_role_sees_no_work(shop: Shop) -> None:
    shop.start()

    page = my_work(shop["root"], NINE, tab="pool")

    assert (page.rows, page.pools, page.counts.pool) == ((), (), 0)


@pytest.mark.parametrize(
    "typed", ["SR-2603-0002", "0002", "蓝屏", "李先生", "13900139000", "139 0013 9000"]
)
def test_work_is_found_by_number_title_name_and_whole_phone(shop: Shop, typed: str) -> None:
    shop.start()
    shop.start(fault="蓝屏", owner="李先生", phone="13900139000")

    assert faults(my_work(shop["lei"], NINE, tab="pool", q=typed)) == ["蓝屏"]


@pytest.mark.parametrize("typed", ["1390013", "%", "_", "pv", "张", '"'])
def test_work_is_not_found_by_what_is_not_there(shop: Shop, typed: str) -> None:
    shop.start(fault="蓝屏", owner="李先生", phone="13900139000")

    assert my_work(shop["lei"], NINE, tab="pool", q=typed).rows == ()


def test_pages_follow_one_another_without_gap_or_twin(shop: Shop) -> None:
    for number in range(5):
        shop.start(fault=f"故障{number}", level="high" if number % 2 else "low")

    seen: list[str] = []
    cursor = ""
    for _ in range(3):
        page = my_work(shop["lei"], NINE, tab="pool", page=cursor, most=2)
        seen += faults(page)
        cursor = page.next

    assert seen == ["故障1", "故障3", "故障0", "故障2", "故障4"]
    assert cursor == ""


@pytest.mark.parametrize("cursor", ["nonsense", "AAAA", "WzFd", "eyJhIjoxfQ==", "äöü", "bnVsbA=="])
def test_an_unreadable_cursor_means_the_first_page(shop: Shop, cursor: str) -> None:
    shop.start()

    assert len(my_work(shop["lei"], NINE, tab="pool", page=cursor).rows) == 1


@pytest.mark.parametrize("tab", ["all", "pool"])
def test_the_page_costs_the_same_few_queries_whatever_its_length(shop: Shop, tab: WorkTab) -> None:
    for number in range(12):
        case = shop.start(fault=f"故障{number}")
        if number % 2:
            shop.claim(case, "look", "lei")

    with CaptureQueriesContext(connection) as queries:
        assert len(my_work(shop["lei"], NINE, tab=tab).rows) == 6

    assert len(queries) <= MOST_QUERIES
