"""What services did, when a case goes by another version of its process."""

import pytest

from tests.runtime.shop import NINE, Shop
from tests.services.rehearsing import HEAD, begin, finish
from tuoban.runtime.cases import definitions
from tuoban.runtime.cases.migrating import Wish, migrate_open_cases
from tuoban.services.billing import service as billing

pytestmark = pytest.mark.django_db

OFFER = "  - {step: offer, en: Offer, by: clerk, do: quote}\n"
REST = "  - {step: look, en: Look, by: clerk}\n  - {end: over}\n"


@pytest.mark.parametrize(("first", "refused"), [("", "not-migratable"), (OFFER, None)])
def test_what_was_done_must_stay_undoable(shop: Shop, first: str, refused: str | None) -> None:
    case = begin(shop, OFFER + REST)
    lines = [{"item": "灯", "quantity": "2", "price": "20"}]
    finish(shop, case, "offer", "mei", lines=lines)()
    later = HEAD.replace("version: 1", "version: 2") + first + REST
    definitions.publish("shop-services", later, None, NINE)
    wish = Wish("2", "new rules", {}, str(shop["root"].pk))
    (result,) = migrate_open_cases("shop-services", wish, NINE)
    assert (result.refused.code if result.refused else None) == refused
    if result.refused is not None:
        assert [each.code for each in result.refused.problems] == ["service-gone"]
    assert str(billing.due(case.case_id)) == "40.00"
