"""Work that is given to somebody by turn, or by how much they hold."""

from __future__ import annotations

import pytest

from tests.runtime.shop import NINE, PACK_FOLDER, Shop
from tuoban.runtime.cases import definitions, service
from tuoban.runtime.cases.audit import audit
from tuoban.runtime.cases.models import WorkItem
from tuoban.runtime.people.service import grant

CARRIERS = ("lei", "han", "gang")


@pytest.fixture(params=["round-robin", "least-loaded"])
def pick(request: pytest.FixtureRequest, shop: Shop) -> str:
    word = str(request.param)
    text = (PACK_FOLDER / "shop-queue.yaml").read_text("utf-8").replace("PICK", word)
    definitions.publish("shop-queue", text, None, NINE)
    grant(shop["mei"], "dispatcher", shop.units["east"])
    for name in CARRIERS:
        grant(shop[name], "carrier", shop.units["east"])
    return word


def start(shop: Shop) -> str:
    """Whoever is given the work of a new case."""
    case = service.start_case(
        "shop-queue", "carry", by=shop["mei"], data={}, at=NINE, key=shop.key()
    )
    person = WorkItem.objects.get(case=case.case_id).person
    assert person is not None
    return person.username


def test_everybody_is_given_some_before_anybody_is_given_more(shop: Shop, pick: str) -> None:
    first = [start(shop) for _ in CARRIERS]
    assert sorted(first) == sorted(CARRIERS)
    assert [start(shop) for _ in CARRIERS] == first
    assert audit().is_clean


def test_whoever_is_done_is_next_by_load_but_not_by_turn(shop: Shop, pick: str) -> None:
    first, _, third = (start(shop) for _ in CARRIERS)
    item = WorkItem.objects.get(person=shop[third])
    shop.complete(item.pk, third)
    assert start(shop) == (third if pick == "least-loaded" else first)
