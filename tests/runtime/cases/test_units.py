"""Work that lies in a unit of its own: who sees it, and who does it."""

from __future__ import annotations

import pytest

from tests.runtime.shop import NINE, PACK_FOLDER, Shop, refusal
from tuoban.runtime.cases import audit, definitions, service
from tuoban.runtime.cases.models import Case
from tuoban.runtime.cases.queries import case_list
from tuoban.runtime.people.service import grant, set_level


@pytest.fixture
def transport(shop: Shop) -> service.Outcome:
    text = (PACK_FOLDER / "shop-transport.yaml").read_text("utf-8")
    definitions.publish("shop-transport", text, None, NINE)
    set_level(shop.units["hq"], "area")
    grant(shop["mei"], "dispatcher", shop.units["east"])
    grant(shop["gang"], "carrier", shop.units["hq"])
    grant(shop["lei"], "carrier", shop.units["east"])
    grant(shop["qi"], "carrier", shop.units["west"])
    return service.start_case(
        "shop-transport", "carry", by=shop["mei"], unit="east", data={}, at=NINE, key=shop.key()
    )


def test_work_is_done_in_the_unit_that_the_step_names(
    shop: Shop, transport: service.Outcome
) -> None:
    fetch = shop.item(transport, "fetch")
    assert refusal(lambda: shop.complete(fetch, "lei")).code == "not-performer"
    shop.complete(fetch, "gang")
    shop.complete(shop.item(transport, "bring"), "qi")


def test_whoever_finds_work_of_a_case_in_their_pool_sees_the_case(
    shop: Shop, transport: service.Outcome
) -> None:
    assert not case_list(shop["qi"], NINE).rows
    shop.complete(shop.item(transport, "fetch"), "gang")
    assert [row.number for row in case_list(shop["qi"], NINE).rows] == [transport.number]


FAULTS = """
pack: shop-faults
version: 1
language: en
title: Faults
case: {unit: root()}
roles: {clerk: Clerk, workshop: Workshop}
fields: {what: {type: text, en: What}}
starts: [{request: fault, en: Fault, by: clerk, form: [what]}]
process:
  - {step: mend, en: Mend it, by: workshop}
  - {end: done, en: Done}
"""


def test_a_case_may_belong_to_another_unit_than_it_was_asked_for_in(shop: Shop) -> None:
    definitions.publish("shop-faults", FAULTS, None, NINE)
    case = service.start_case(
        "shop-faults", "fault", by=shop["mei"], data={}, at=NINE, key=shop.key()
    )
    row = Case.objects.get(pk=case.case_id)
    assert row.unit == shop.units["hq"]
    assert row.number == case.number
    assert [each.number for each in case_list(shop["mei"], NINE).rows] == [case.number]
    assert not case_list(shop["lei"], NINE).rows
    shop.complete(shop.item(case, "mend"), "gang")
    assert audit.audit().is_clean
