"""Case numbers: counted without gaps by what of the date stands in them."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from tests.runtime.shop import NINE, Shop
from tuoban.runtime.cases import definitions, service
from tuoban.runtime.cases.audit import audit
from tuoban.runtime.cases.number_check import check_numbers

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
