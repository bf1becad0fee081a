"""The verbs that change units, by whoever knows them as they were before."""

from __future__ import annotations

from threading import Event

import pytest
from django.db import connection, transaction

from tests.runtime.shop import NINE, Shop, together
from tuoban.runtime.people.models import RoleHolding, Unit
from tuoban.runtime.people.service import ClosedUnit, create_unit, grant
from tuoban.runtime.people.tree import TreeError, close_unit, move_unit


def test_in_a_unit_that_somebody_has_closed_meanwhile_nothing_begins(shop: Shop) -> None:
    known = create_unit("north", "城北", "North", parent=shop.units["hq"])
    close_unit(Unit.objects.get(key="north"), NINE)
    with pytest.raises(ClosedUnit):
        grant(shop["lei"], "mender", known)
    with pytest.raises(ClosedUnit):
        create_unit("port", "港口", "Port", parent=known)
    assert not known.holdings.exists()
    assert not known.children.exists()


def test_a_unit_stands_below_where_the_one_above_it_is_now(shop: Shop) -> None:
    known = create_unit("north", "城北", "North", parent=shop.units["hq"])
    move_unit(Unit.objects.get(key="north"), shop.units["east"])
    assert create_unit("port", "港口", "Port", parent=known).path == "/hq/east/north/port/"


def test_a_role_that_is_given_while_the_unit_is_closed_comes_before_or_after(
    busy_shop: Shop,
) -> None:
    if connection.vendor != "postgresql":
        pytest.skip("there one writes after the other")
    unit = create_unit("north", "城北", "North", parent=busy_shop.units["hq"])
    given, go_on = Event(), Event()

    def give() -> str:
        with transaction.atomic():
            grant(busy_shop["lei"], "mender", unit)
            given.set()
            go_on.wait(1)  # for as long as the other waits
        return "given"

    def close() -> str:
        given.wait(30)
        close_unit(Unit.objects.get(key="north"), NINE)
        go_on.set()
        return "closed"

    first, second = together(give, close)
    assert first == "given"
    assert isinstance(second, TreeError)
    assert RoleHolding.objects.filter(unit=unit, unit__closed_at=None).exists()
