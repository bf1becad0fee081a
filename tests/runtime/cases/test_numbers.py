"""Case numbers: counted without gaps by what of the date stands in them."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest

from tests.runtime.killing import begun_to_be_killed_at, is_killed, statements_of
from tests.runtime.shop import NINE, Shop, together
from tuoban.kernel.refusals import Refused
from tuoban.runtime.cases import definitions, service
from tuoban.runtime.cases.audit import audit
from tuoban.runtime.cases.models import Case
from tuoban.runtime.cases.number_check import check_numbers
from tuoban.runtime.people.service import create_unit, grant

PACK = """
pack: contracts
version: 1
title: 合同
case: {number: "NUMBER"}
roles: {clerk: 文员}
starts: [{request: sign, zh: 签, by: clerk}]
process: [{step: read_it, zh: 看, by: clerk}, {end: over, zh: 完}]
"""
NIGHT = datetime(2026, 12, 31, 16, 30, tzinfo=UTC)
"""Half past midnight of the new year in Shanghai."""


EVENING = datetime(2026, 12, 31, 15, 30, tzinfo=UTC)
"""Half past eleven at night there, and past midnight in Tokyo."""
PER_UNIT = PACK.replace("NUMBER", "HT{year}-{unit}-{serial:6}").replace(
    "by: clerk}]", "by: clerk, form: [about]}]\nfields: {about: {type: integer, zh: 数, max: 9}}"
)


OF_ALL = PER_UNIT.replace("pack: contracts", "pack: offers").replace(
    "HT{year}-{unit}-{serial:6}", "BJ{year}-{serial:6}"
)
"""Counted by a pattern of its own, through all units."""


def sign(shop: Shop, by: str, at: datetime = NINE, about: str = "", pack: str = "contracts") -> str:
    data = {"about": about} if about else {}
    return service.start_case(pack, "sign", by=shop[by], data=data, at=at, key=uuid4().hex).number


def test_each_unit_counts_its_own_and_turns_the_year_at_its_own_midnight(shop: Shop) -> None:
    definitions.publish("contracts", PER_UNIT, None, NINE)
    tokyo = create_unit("tokyo-2", "东京", "Tokyo", parent=shop.units["hq"], time_zone="Asia/Tokyo")
    grant(shop["gang"], "clerk", tokyo)
    numbers = [sign(shop, by, EVENING) for by in ("mei", "sun", "gang", "mei")]
    assert numbers == [
        "HT2026-EAST-000001",
        "HT2026-WEST-000001",
        "HT2027-TOKYO-2-000001",
        "HT2026-EAST-000002",
    ]
    assert sign(shop, "mei", NIGHT) == "HT2027-EAST-000001"
    assert not list(check_numbers())
    Case.objects.filter(number="HT2026-EAST-000002").update(number="HT2026-EAST-000007")
    assert {(each.number, each.kind) for each in check_numbers()} == {
        ("HT2026-EAST-000002", "missing"),
        ("HT2026-EAST-000007", "rows-differ"),
    }


@pytest.mark.parametrize("starts", [8, pytest.param(50, marks=pytest.mark.long)])
def test_no_gap_whoever_begins_at_once_is_refused_or_killed(busy_shop: Shop, starts: int) -> None:
    """Eight clients in two units and by two patterns, a third of whose cases are refused after they
    were numbered, beside processes that are killed in the midst of theirs."""
    shop = busy_shop
    definitions.publish("contracts", PER_UNIT, None, NINE)
    definitions.publish("offers", OF_ALL, None, NINE)
    sign(shop, "mei")
    most = statements_of(lambda: sign(shop, "mei"))

    def client(name: str, pack: str = "contracts") -> Callable[[], int]:
        def begin() -> int:
            refused = 0
            for number in range(starts):
                try:
                    sign(shop, name, about="10" if number % 3 == 2 else "9", pack=pack)
                except Refused:
                    refused += 1
            return refused

        return begin

    # Each dies in its second case, one a little later than the other.
    victims = [
        begun_to_be_killed_at(most + at, client(("mei", "sun")[at % 2])) for at in range(2, most, 5)
    ]
    kinds = [(name, pack) for pack in ("contracts", "offers") for name in ("mei", "sun")]
    results = together(*(client(*kinds[at % 4]) for at in range(8)))
    assert all(is_killed(victim) for victim in victims)
    assert not [each for each in results if isinstance(each, Exception)], results
    for series in ("HT2026-EAST-", "HT2026-WEST-", "BJ2026-"):
        rows = Case.objects.filter(number__startswith=series)
        numbers = rows.values_list("number", flat=True)
        counted = sorted(int(each.removeprefix(series)) for each in numbers)
        assert len(counted) >= 2 * (starts - starts // 3)
        assert counted == list(range(1, len(counted) + 1))
    assert not list(check_numbers())
    assert audit().is_clean


@pytest.mark.parametrize(
    ("number", "found"),
    [
        ("HT{year}-{serial}", ["HT2026-0001", "HT2026-0002", "HT2026-0003", "HT2027-0001"]),
        (
            "{today}-{serial}",
            ["20260302-0001", "20260302-0002", "20260303-0001", "20270101-0001"],
        ),
        ("合同-{serial}", ["合同-0001", "合同-0002", "合同-0003", "合同-0004"]),
        ("HT", ["HT-2603-0001", "HT-2603-0002", "HT-2603-0003", "HT-2701-0001"]),
    ],
)
def test_a_series_begins_anew_with_the_date_in_it(
    shop: Shop, number: str, found: list[str]
) -> None:
    definitions.publish("contracts", PACK.replace("NUMBER", number), None, NINE)
    moments = (NINE, NINE, NINE + timedelta(days=1), NIGHT)
    made = [
        service.start_case(
            "contracts", "sign", by=shop["mei"], data={}, at=at, key=shop.key()
        ).number
        for at in moments
    ]
    assert made == found
    assert not list(check_numbers())
    assert audit().is_clean
