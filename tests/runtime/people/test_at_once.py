"""What several people change of people and units at the same moment."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import partial

from tests.runtime.shop import NINE, Shop, together
from tuoban.runtime.cases import staffing
from tuoban.runtime.people import leave, rates, service, tree
from tuoban.runtime.people.exclusions import set_exclusions
from tuoban.runtime.people.models import RoleHolding, Unit, User
from tuoban.runtime.people.particulars import set_password
from tuoban.runtime.people.personal import AbsenceText
from tuoban.runtime.people.recording import Act
from tuoban.runtime.people.unfit import Unfit

ACT = Act(NINE, "")
AWAY = AbsenceText("2030-03-04T09:00", "2030-03-05T09:00")
ROUNDS = 5


def failures(done: Sequence[object]) -> list[Exception]:
    return [each for each in done if isinstance(each, Exception)]


def check_paths() -> None:
    for each in Unit.objects.select_related("parent"):
        assert each.path == f"{each.parent.path if each.parent else '/'}{each.key}/"


def test_roles_that_exclude_one_another_given_at_once_leave_one(busy_shop: Shop) -> None:
    set_exclusions("p", [("cashier", "auditor")])
    for name in ("mei", "lei", "han", "qi", "sun"):
        user, units = busy_shop[name], busy_shop.units
        done = together(
            partial(service.grant, user, "cashier", units["east"], act=ACT),
            partial(service.grant, user, "auditor", units["west"], act=ACT),
        )
        held = RoleHolding.objects.filter(user=user, role__in=("cashier", "auditor"))
        assert held.count() == 1, done


def test_a_role_is_given_and_taken_at_once_and_nobody_is_refused(busy_shop: Shop) -> None:
    lei, east = busy_shop["lei"], busy_shop.units["east"]
    give = partial(service.grant, lei, "chief", east, act=ACT)
    take = partial(service.revoke, lei, "chief", east, act=ACT)
    for _ in range(ROUNDS):
        assert not failures(together(*[give] * 3, *[take] * 3))


def test_an_absence_entered_twice_at_once_stands_once_and_others_beside_it(busy_shop: Shop) -> None:
    lei = busy_shop["lei"]
    others = [replace(AWAY, end=f"2030-03-0{n}T10:00") for n in (6, 7, 8)]
    each_enters = [partial(leave.be_away, lei, each, ACT) for each in (AWAY, AWAY, *others)]
    assert not failures(together(*each_enters))
    assert len(leave.text_of(lei).absences) == 4


def test_units_put_below_one_another_at_once_make_no_ring(busy_shop: Shop) -> None:
    shop = busy_shop
    for _ in range(ROUNDS):
        for key in ("east", "west"):
            tree.move_unit(Unit.objects.get(key=key), shop.units["hq"])
        done = together(
            lambda: tree.move_unit(Unit.objects.get(key="east"), Unit.objects.get(key="west")),
            lambda: tree.move_unit(Unit.objects.get(key="west"), Unit.objects.get(key="east")),
        )
        assert [type(each) for each in failures(done)] == [tree.TreeError]
        check_paths()


def test_a_closed_unit_gets_neither_roles_nor_units(busy_shop: Shop) -> None:
    shop = busy_shop
    for n in range(ROUNDS):
        unit = service.create_unit(f"u{n}", "新", "New", parent=shop.units["hq"])
        together(
            partial(staffing.close, Unit.objects.get(pk=unit.pk), at=NINE, act=ACT),
            partial(service.grant, shop["lei"], "mender", unit, act=ACT),
            partial(service.create_unit, f"v{n}", "下", "Below", parent=unit),
        )
        unit.refresh_from_db()
        is_used = RoleHolding.objects.filter(unit=unit).exists() or unit.children.exists()
        assert is_used == (unit.closed_at is None)


def test_a_unit_that_is_added_below_one_under_way_goes_along(busy_shop: Shop) -> None:
    units = busy_shop.units
    for n in range(ROUNDS):
        above = service.create_unit(f"a{n}", "新", "New", parent=units["east"])
        done = together(
            partial(tree.move_unit, Unit.objects.get(pk=above.pk), units["west"]),
            partial(service.create_unit, f"b{n}", "下", "Below", parent=above),
        )
        assert not failures(done)
        check_paths()


def test_somebody_leaves_and_returns_at_once_and_nobody_is_refused(busy_shop: Shop) -> None:
    lei = busy_shop["lei"].pk

    def leaves() -> None:
        service.deactivate_user(User.objects.get(pk=lei), act=ACT)

    def returns() -> None:
        service.return_user(User.objects.get(pk=lei), act=ACT)

    for _ in range(ROUNDS):
        assert not failures(together(leaves, leaves, returns, returns))


def test_two_who_stand_in_for_one_another_enter_that_at_once(busy_shop: Shop) -> None:
    lei, han = busy_shop["lei"], busy_shop["han"]
    for n in range(ROUNDS):
        absence = replace(AWAY, end=f"2030-03-1{n}T09:00")
        done = together(
            partial(leave.be_away, lei, replace(absence, deputy=han.person_id), ACT),
            partial(leave.be_away, han, replace(absence, deputy=lei.person_id), ACT),
        )
        assert done == [None, None]


def test_two_administrators_who_let_one_another_go_leave_one(busy_shop: Shop) -> None:
    """By leaving, and by being administrators no more."""
    dismiss = partial(service.set_administrator, is_administrator=False)
    one, password = busy_shop["root"], "a long enough password"
    set_password(one, password)
    for n in range(ROUNDS):
        other = service.create_user(f"root{n}", "管理员", password=password, is_staff=True, at=NINE)
        first, second = ((service.deactivate_user, dismiss), (dismiss, dismiss))[n % 2]
        done = together(
            partial(first, User.objects.get(pk=one.pk), act=ACT),
            partial(second, User.objects.get(pk=other.pk), act=ACT),
        )
        assert [type(each) for each in failures(done)] == [Unfit]
        one = User.objects.get(is_staff=True, is_active=True)


def test_processes_that_draw_requests_at_once_get_no_more_than_there_is(busy_shop: Shop) -> None:
    given = together(*[lambda: rates._given_with("a key", 1, 10, 45)] * 6)
    lots = [10 - max(int(each) - 45, 0) for each in given if not isinstance(each, Exception)]
    assert sorted(lots) == [0, 5, 10, 10, 10, 10]
