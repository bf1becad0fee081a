"""The verbs that change people."""

from zoneinfo import ZoneInfoNotFoundError

import pytest
from django.contrib.auth import authenticate

from tests.runtime.shop import NINE
from tuoban.runtime.people import directory
from tuoban.runtime.people.demo_loading import load_demo_organisation
from tuoban.runtime.people.exclusions import ExclusiveRoles
from tuoban.runtime.people.models import RoleHolding, Unit, User
from tuoban.runtime.people.service import (
    create_unit,
    create_user,
    grant,
    hire,
    revoke,
)

pytestmark = pytest.mark.django_db


def test_a_units_path_holds_the_keys_from_the_root() -> None:
    root = create_unit("hq", "总部", "Head office")
    shop = create_unit("shop-1", "一店", "Shop 1", parent=root)

    assert shop.path == "/hq/shop-1/"
    assert (shop.name.zh, shop.name.en) == ("一店", "Shop 1")


def test_a_unit_key_that_would_break_a_path_is_refused() -> None:
    with pytest.raises(ValueError, match="letters, digits"):
        create_unit("a/b", "甲", "A")


def test_an_unknown_time_zone_is_refused() -> None:
    with pytest.raises(ZoneInfoNotFoundError):
        create_unit("moon", "月球", "Moon", time_zone="Moon/Base")


def test_granting_twice_and_revoking_what_is_not_held_change_nothing() -> None:
    unit = create_unit("hq", "总部", "Head office")
    user = create_user("lei", "李雷", at=NINE)

    grant(user, "mender", unit)
    grant(user, "mender", unit)
    assert RoleHolding.objects.count() == 1

    revoke(user, "chief", unit)
    assert RoleHolding.objects.count() == 1


def test_a_user_without_a_password_cannot_sign_in() -> None:
    create_user("lei", "李雷", at=NINE)

    assert authenticate(username="lei", password="") is None


def test_the_demo_people_can_sign_in_and_hold_their_roles() -> None:
    load_demo_organisation(NINE)

    assert authenticate(username="lilei", password="tuoban") is not None
    lilei = User.objects.get(username="lilei")
    assert directory.snapshot().holds(lilei.person_id, ["technician"], "east")
    assert User.objects.get(username="admin").is_staff


def test_loading_the_demo_organisation_again_changes_nothing() -> None:
    load_demo_organisation(NINE)
    before = (User.objects.count(), Unit.objects.count(), RoleHolding.objects.count())

    load_demo_organisation(NINE)

    assert (User.objects.count(), Unit.objects.count(), RoleHolding.objects.count()) == before


def test_whoever_is_hired_has_roles_and_skills_and_never_signs_in() -> None:
    unit = create_unit("garage", "车间", "Garage")
    before = directory.snapshot()
    han = hire(
        "han",
        "韩",
        [("fitter", unit), ("driver", unit)],
        skills=["brakes"],
        excluded=APART,
        at=NINE,
    )
    known = directory.snapshot()
    assert known is not before
    assert known.holders["driver", "garage"] == {han.person_id}
    assert known.skills[han.person_id] == {"brakes"}
    assert not han.has_usable_password()


def test_nobody_is_hired_with_roles_that_exclude_one_another() -> None:
    unit = create_unit("garage", "车间", "Garage")
    with pytest.raises(ExclusiveRoles, match="韩 holds the role fitter, which excludes tester"):
        hire("han", "韩", [("fitter", unit), ("tester", unit)], excluded=APART, at=NINE)
    assert not User.objects.exists()


APART = frozenset({("fitter", "tester")})
