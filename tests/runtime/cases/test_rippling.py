"""Open work follows changes of people by itself: the worker looks at it again."""

from __future__ import annotations

from datetime import datetime, timedelta
from threading import Event

import pytest
from django.db import connection

from tests.runtime.shop import NINE, Shop, together
from tuoban.kernel.refusals import Refused
from tuoban.runtime.cases import carrying, service, store, worker
from tuoban.runtime.cases.audit import audit
from tuoban.runtime.cases.models import Draft, JournalEntry, Notice, WorkItem
from tuoban.runtime.cases.queries import case_page, my_work
from tuoban.runtime.cases.rippling import follow_some
from tuoban.runtime.cases.service import Outcome, starting
from tuoban.runtime.people import leave
from tuoban.runtime.people.away import UnfitDeputy
from tuoban.runtime.people.exclusions import set_exclusions
from tuoban.runtime.people.models import PeopleChange
from tuoban.runtime.people.personal import AbsenceText
from tuoban.runtime.people.recording import Act
from tuoban.runtime.people.service import (
    deactivate_user,
    grant,
    return_user,
    revoke,
    set_head,
    set_skills,
)

HOUR = timedelta(hours=1)
ACT = Act(NINE)
TEN = NINE + HOUR
NOON = NINE + 3 * HOUR


def work(at: datetime = NINE) -> None:
    """Let the worker do all there is."""
    while worker.run_once(at):
        pass


def holder(shop: Shop, case: Outcome, step: str = "look") -> str | None:
    person = WorkItem.objects.get(case=case.case_id, node=step, status=WorkItem.OPEN).person
    return person.username if person is not None else None


def codes(shop: Shop, name: str) -> list[str]:
    return list(
        Notice.objects.filter(user=shop[name]).order_by("pk").values_list("code", flat=True)
    )


def entries(case: Outcome) -> int:
    return JournalEntry.objects.filter(case=case.case_id).count()


def held(shop: Shop, by: str = "lei") -> Outcome:
    case = shop.start()
    shop.claim(case, "look", by)
    return case


# -- losing the right -----------------------------------------------------------------------------


def test_who_loses_the_role_loses_open_work_and_they_and_the_head_hear_of_it(shop: Shop) -> None:
    set_head(shop.units["east"], shop["min"])
    case = held(shop)
    item = shop.item(case, "look")
    service.save_draft(item, data={"remark": "half"}, by=shop["lei"], at=NINE)
    revoke(shop["lei"], "mender", shop.units["east"], act=ACT)
    work()
    assert holder(shop, case) is None
    assert "lost" in codes(shop, "lei")
    assert "offered-anew" in codes(shop, "min")
    assert Draft.objects.filter(item=item, user=shop["lei"]).exists()
    shop.claim(case, "look", "han")
    assert audit().is_clean


def test_who_leaves_loses_open_work_and_what_they_did_stays(shop: Shop) -> None:
    done, case = shop.start(), held(shop)
    shop.look(done)
    deactivate_user(shop["lei"], act=ACT)
    work()
    assert holder(shop, case) is None
    assert WorkItem.objects.get(case=done.case_id, node="look").person == shop["lei"]
    return_user(shop["lei"], act=ACT)
    shop.claim(case, "look", "lei")


def test_cases_that_have_nothing_to_do_with_it_are_left_alone(shop: Shop) -> None:
    case, other = held(shop, "han"), shop.start("sun")
    before = entries(case), entries(other)
    revoke(shop["lei"], "mender", shop.units["east"], act=ACT)
    work()
    assert (entries(case), entries(other)) == before


def test_when_the_last_one_leaves_the_head_is_told_and_again_after_somebody_was_there(
    shop: Shop,
) -> None:
    set_head(shop.units["hq"], shop["gang"])
    case = shop.start("sun")
    for _ in range(2):
        revoke(shop["qi"], "mender", shop.units["west"], act=ACT)
        work()
        grant(shop["qi"], "mender", shop.units["west"], act=ACT)
        work()
    assert codes(shop, "gang").count("nobody") == 2
    shop.claim(case, "look", "qi")
    assert audit().is_clean


def test_a_skill_that_is_lost_takes_nothing_that_does_not_ask_for_it(shop: Shop) -> None:
    case = held(shop)
    set_skills(shop["lei"], [], act=ACT)
    work()
    assert holder(shop, case) == "lei"


# -- absences -------------------------------------------------------------------------------------


def away(start: str = "10:00", end: str = "12:00", **more: object) -> AbsenceText:
    return AbsenceText(f"2026-03-02T{start}", f"2026-03-02T{end}", **more)  # type: ignore[arg-type]


def test_the_deputy_has_the_work_from_the_moment_it_begins_until_it_ends(shop: Shop) -> None:
    case = held(shop)
    leave.be_away(shop["lei"], away(deputy=shop["han"].person_id), ACT)
    work()
    assert holder(shop, case) == "lei"
    work(TEN)
    assert holder(shop, case) == "han"
    assert codes(shop, "han") == ["stood-in"]
    with pytest.raises(Refused) as refused:
        shop.look(case, "lei", at=TEN)
    assert refused.value.code == "deputised"
    work(NOON)
    assert holder(shop, case) == "lei"
    shop.look(case, "lei", at=NOON)
    assert audit().is_clean


def test_what_the_deputy_did_stays_and_what_follows_is_of_whoever_was_away(shop: Shop) -> None:
    case = held(shop)
    leave.be_away(shop["lei"], away(deputy=shop["han"].person_id), ACT)
    work(TEN)
    shop.look(case, "han", at=TEN)
    assert holder(shop, case, "agree") == "han"
    work(NOON)
    assert holder(shop, case, "agree") == "lei"
    told = [each.sentence.en for each in case_page(shop["lei"], case.case_id, NOON).timeline]
    assert any("韩梅, for 李雷, completed" in each for each in told)
    assert any("While 李雷 is away, 韩梅 does" in each for each in told)
    assert audit().is_clean


def test_the_deputy_sees_in_whose_place_they_work_and_what_was_typed(shop: Shop) -> None:
    case = held(shop)
    item = shop.item(case, "look")
    service.save_draft(item, data={"price": "66"}, by=shop["lei"], at=NINE)
    leave.be_away(shop["lei"], away(deputy=shop["han"].person_id), ACT)
    work(TEN)
    [row] = my_work(shop["han"], TEN).rows
    assert row.in_place_of == "李雷"
    panel = case_page(shop["han"], case.case_id, TEN).items[0]
    assert panel.in_place_of == "李雷"
    assert panel.form[0].entries[0].value == "66"
    assert my_work(shop["lei"], TEN).rows == ()


def test_an_absence_that_is_struck_out_gives_the_work_back_at_once(shop: Shop) -> None:
    case, absence = held(shop), away(deputy=shop["han"].person_id)
    leave.be_away(shop["lei"], absence, ACT)
    work(TEN)
    assert leave.be_back(shop["lei"], absence, Act(TEN + HOUR / 2))
    work(TEN + HOUR / 2)
    assert holder(shop, case) == "lei"
    [kept] = leave.text_of(shop["lei"]).absences
    assert kept.end == "2026-03-02T10:30"


def test_another_deputy_takes_over_from_the_first(shop: Shop) -> None:
    case, absence = held(shop), away(deputy=shop["han"].person_id)
    grant(shop["min"], "mender", shop.units["east"])
    leave.be_away(shop["lei"], absence, ACT)
    work(TEN)
    assert leave.be_back(shop["lei"], absence, Act(TEN))
    leave.be_away(shop["lei"], away(deputy=shop["min"].person_id), Act(TEN))
    work(TEN)
    assert holder(shop, case) == "min"


def test_where_the_deputy_is_away_too_theirs_has_it_and_it_goes_home_all_the_same(
    shop: Shop,
) -> None:
    case = held(shop)
    grant(shop["min"], "mender", shop.units["east"])
    leave.be_away(shop["lei"], away(deputy=shop["han"].person_id), ACT)
    leave.be_away(shop["han"], away(end="14:00", deputy=shop["min"].person_id), ACT)
    work(TEN)
    assert holder(shop, case) == "min"
    work(NOON)
    assert holder(shop, case) == "lei"


def test_a_deputy_without_the_role_needs_it_from_the_absence(shop: Shop) -> None:
    case = held(shop)
    leave.be_away(shop["lei"], away(deputy=shop["gang"].person_id), ACT)
    work(TEN)
    assert holder(shop, case) == "lei"
    leave.be_away(shop["lei"], away(end="13:00", deputy=shop["gang"].person_id), Act(TEN))
    lent = away("10:30", "11:30", deputy=shop["gang"].person_id, empowered=True)
    for each in leave.text_of(shop["lei"]).absences:
        leave.be_back(shop["lei"], each, Act(TEN))
    leave.be_away(shop["lei"], lent, Act(TEN))
    work(TEN + HOUR / 2)
    assert holder(shop, case) == "gang"
    shop.look(case, "gang", at=TEN + HOUR / 2)


def test_four_eyes_hold_for_deputies(shop: Shop) -> None:
    set_head(shop.units["hq"], shop["gang"])
    case = shop.start()
    shop.look(case, "lei")
    shop.agree(case, "lei")
    shop.complete(shop.item(case, "mend"), "gang")
    shop.claim(case, "approve", "min")
    lent = away(deputy=shop["lei"].person_id, empowered=True)
    leave.be_away(shop["min"], lent, ACT)
    work(TEN)
    assert holder(shop, case, "approve") == "min"
    assert "nobody" in codes(shop, "gang")


def test_who_cannot_stand_in_is_refused_and_nothing_is_kept(shop: Shop) -> None:
    with pytest.raises(UnfitDeputy):
        leave.be_away(shop["lei"], away(deputy=shop["lei"].person_id), ACT)
    deactivate_user(shop["han"])
    with pytest.raises(UnfitDeputy):
        leave.be_away(shop["lei"], away(deputy=shop["han"].person_id), ACT)
    set_exclusions("any", [("mender", "workshop")])
    with pytest.raises(UnfitDeputy) as unfit:
        leave.be_away(shop["lei"], away(deputy=shop["gang"].person_id, empowered=True), ACT)
    assert unfit.value.field == "empowered"
    assert leave.text_of(shop["lei"]).absences == ()


def test_every_change_is_recorded_with_who_and_when(shop: Shop) -> None:
    by = Act(NINE, shop["min"].person_id)
    grant(shop["lei"], "chief", shop.units["east"], act=by)
    revoke(shop["lei"], "chief", shop.units["east"], act=by)
    leave.be_away(shop["lei"], away(deputy=shop["han"].person_id), by)
    deactivate_user(shop["lei"], act=by)
    rows = PeopleChange.objects.filter(user=shop["lei"]).order_by("pk")
    assert [row.what for row in rows] == ["role-given", "role-taken", "absence-added", "left"]
    assert {(row.by, row.at) for row in rows} == {(by.by, NINE)}


def test_work_that_is_offered_while_people_change_follows_the_change(
    busy_shop: Shop, monkeypatch: pytest.MonkeyPatch
) -> None:
    """On PostgreSQL a command under way goes by the people whom it has read before."""
    if connection.vendor != "postgresql":
        pytest.skip("there nobody changes people while a command is under way")
    work()
    read, go_on = Event(), Event()
    lay_out = carrying.lay_out

    def lay_out_and_wait(case: store.Loaded, at: datetime) -> carrying.Desk:
        desk = lay_out(case, at)
        read.set()
        go_on.wait(30)
        return desk

    monkeypatch.setattr(starting, "lay_out", lay_out_and_wait)

    def take_away() -> int:
        read.wait(30)
        for each in ("lei", "han"):
            revoke(busy_shop[each], "mender", busy_shop.units["east"], act=ACT)
        followed = follow_some(NINE)
        go_on.set()
        return followed

    results = together(lambda: busy_shop.start().seq, take_away)
    assert results == [1, 0]
    monkeypatch.undo()
    work()
    assert codes(busy_shop, "min") == ["nobody"]
    assert audit().is_clean
