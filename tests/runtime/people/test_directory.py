"""The directory: what the kernel sees of people, and when it is read afresh."""

from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from tests.runtime.shop import NINE, Shop
from tuoban.runtime.people import directory
from tuoban.runtime.people.service import create_user, deactivate_user, grant, revoke, set_head


def test_a_role_is_held_in_exactly_the_unit_it_was_granted_in(shop: Shop) -> None:
    people = directory.snapshot()

    assert people.holds(shop["lei"].person_id, ["mender"], "east")
    assert not people.holds(shop["lei"].person_id, ["mender"], "hq")
    assert people.nearest(["workshop"], "east") == "hq"
    assert people.head("east") == shop["min"].person_id


def test_an_unchanged_directory_costs_one_query(shop: Shop) -> None:
    first = directory.snapshot()

    with CaptureQueriesContext(connection) as queries:
        second = directory.snapshot()

    assert second is first
    assert len(queries) == 1


def test_every_change_of_people_shows_at_once(shop: Shop) -> None:
    directory.snapshot()
    revoke(shop["lei"], "mender", shop.units["east"])
    assert not directory.snapshot().holds(shop["lei"].person_id, ["mender"], "east")

    grant(shop["lei"], "mender", shop.units["west"])
    assert directory.snapshot().holds(shop["lei"].person_id, ["mender"], "west")

    newcomer = create_user("new", "新来的", at=NINE)
    assert newcomer.person_id in directory.snapshot().people

    set_head(shop.units["west"], newcomer)
    assert directory.snapshot().head("west") == newcomer.person_id


def test_somebody_who_left_holds_nothing(shop: Shop) -> None:
    deactivate_user(shop["min"])
    people = directory.snapshot()

    assert shop["min"].person_id not in people.people
    assert not people.holds(shop["min"].person_id, ["chief"], "east")
    assert people.head("east") is None


def test_a_change_that_was_rolled_back_is_forgotten(shop: Shop) -> None:
    with transaction.atomic():
        grant(shop["mei"], "chief", shop.units["hq"])
        assert directory.snapshot().holds(shop["mei"].person_id, ["chief"], "hq")
        transaction.set_rollback(True)

    assert not directory.snapshot().holds(shop["mei"].person_id, ["chief"], "hq")
