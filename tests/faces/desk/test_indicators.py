"""The pages of indicators: what a process does across its cases, and which those are."""

from __future__ import annotations

import pytest

from tests.faces.desk.conftest import Visit
from tests.runtime.cases.test_indicators import publish
from tests.runtime.shop import SLUG, Shop
from tuoban.runtime.cases import definitions
from tuoban.runtime.cases.clock import now
from tuoban.runtime.cases.indicators import rounds
from tuoban.runtime.cases.models import MeasuringRound, Notice
from tuoban.runtime.people.models import RoleHolding

LIST = f"/desk/indicators/{SLUG}"
CHECKED = f"{LIST}/of/checked"


@pytest.fixture
def measured(shop: Shop) -> Shop:
    """The shop with two cases, of which the cause of one was found; nothing is measured yet."""
    publish()
    at = now()
    shop.look(shop.start(at=at, fault="不响"), at=at)
    other = shop.start(by="sun", at=at, fault="=不亮")
    shop.complete(
        shop.item(other, "look"),
        "qi",
        at,
        outcome="unclear",
        checked=["1"],
        price="5",
        remark="?",
    )
    return shop


def measure(*names: str) -> None:
    at = now()
    published = definitions.latest(SLUG)
    rounds.measure_to_its_end(rounds.ask(published, names or ("checked", "open"), at), at)


def test_indicators_are_measured_on_demand_and_shown(visit: Visit, measured: Shop) -> None:
    staff = visit("min", "en")
    before = staff.get(LIST).content.decode()
    assert "not measured yet" in before
    answer = staff.post(f"{LIST}/measure", follow=True).content.decode()
    assert "The indicators were measured." in answer
    assert "50 %" in answer
    assert "missed" in answer
    assert "target ≥ 90 %" in answer
    row = MeasuringRound.objects.get()
    assert row.asked_by == measured["min"]
    assert "calculated: takings / done" in answer


def test_what_takes_long_goes_on_by_the_worker(
    visit: Visit, measured: Shop, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(rounds, "CHUNK", 1)
    monkeypatch.setattr("tuoban.faces.desk.views.indicators.AT_ONCE", 1)
    staff = visit("min", "en")
    answer = staff.post(f"{LIST}/measure", follow=True).content.decode()
    assert "They are being measured" in answer
    assert "Cases are being gone through" in answer
    staff.post(f"{LIST}/measure")
    assert MeasuringRound.objects.count() == 1


def test_the_cases_behind_a_number_are_told_apart(visit: Visit, measured: Shop) -> None:
    measure()
    staff = visit("root", "en")
    page = staff.get(CHECKED).content.decode()
    assert "不响" in page
    assert "不亮" in page
    assert "It does not hold" in page
    failing = staff.get(f"{CHECKED}?which=miss").content.decode()
    assert "不响" not in failing
    assert "不亮" in failing
    east = staff.get(f"{CHECKED}?unit=east").content.decode()
    assert "不亮" not in east
    assert "100 % · 1 case" in east
    assert "No case that you may see" in staff.get(f"{CHECKED}?which=foreign").content.decode()


def test_the_cases_go_on_on_further_pages(visit: Visit, measured: Shop) -> None:
    at = now()
    for number in range(30):
        measured.start(at=at, fault=f"fault-{number:02}")
    measure()
    staff = visit("root", "en")
    first = staff.get(f"{LIST}/of/open").content.decode()
    assert "fault-29" in first
    assert "fault-04" not in first
    address = first.rpartition('class="paging"')[2].partition('href="')[2].partition('"')[0]
    assert "fault-04" in staff.get(address.replace("&amp;", "&")).content.decode()


def test_the_cases_are_saved_for_a_spreadsheet(visit: Visit, measured: Shop) -> None:
    measure()
    answer = visit("root", "en").get(f"{LIST}/cases/checked?which=miss")
    text = answer.content.decode("utf-8-sig")
    head, line = text.strip().splitlines()
    assert head == "Case,Title,Unit,Group,Value,How it counts"
    assert line.endswith("West,West,no,missed")
    assert "不响" not in text


def test_a_cell_that_a_spreadsheet_would_calculate_is_quoted(visit: Visit, shop: Shop) -> None:
    publish()
    shop.start(at=now(), owner="=1+1")
    measure("open")
    answer = visit("root", "en").get(f"{LIST}/cases/open")
    text = answer.content.decode()
    assert ",'=1+1" in text


def test_trends_and_groups_are_tables(visit: Visit, measured: Shop) -> None:
    measure()
    measure()
    page = visit("root").get(CHECKED).content.decode()
    assert "最近几次测量" in page
    assert "城东" in page
    assert "达标" in page
    assert "未达标" in page


def test_who_holds_no_role_of_a_process_does_not_see_its_indicators(
    visit: Visit, measured: Shop
) -> None:
    RoleHolding.objects.filter(user=measured["qi"]).delete()
    stranger = visit("qi", "en")
    assert "Indicators" not in stranger.get("/desk/").content.decode()
    assert "No indicators" in stranger.get("/desk/indicators").content.decode()
    for address in (LIST, CHECKED, f"{LIST}/cases/checked"):
        assert stranger.get(address).status_code == 404
    assert stranger.post(f"{LIST}/measure").status_code == 404
    assert not MeasuringRound.objects.exists()


def test_who_sees_the_numbers_sees_the_cases_that_they_may(visit: Visit, measured: Shop) -> None:
    measure()
    page = visit("sun", "en").get(CHECKED).content.decode()
    assert "50 %" in page
    assert "不亮" in page
    assert "不响" not in page


def test_indicators_are_behind_a_door_where_there_are_any(visit: Visit, shop: Shop) -> None:
    assert "/desk/indicators" not in visit("mei").get("/desk/").content.decode()
    publish()
    assert "/desk/indicators" in visit("mei").get("/desk/").content.decode()
    page = visit("mei", "en").get("/desk/indicators").content.decode()
    assert "6 indicators" in page


def test_a_notice_leads_to_the_indicators(visit: Visit, measured: Shop) -> None:
    measure()
    assert Notice.objects.filter(case=None).exists()
    page = visit("gang", "en").get("/desk/notices").content.decode()
    assert f'href="{LIST}"' in page
    assert "misses its target" in page


def test_what_there_is_not_is_not_found(visit: Visit, measured: Shop) -> None:
    staff = visit("root")
    for address in ("/desk/indicators/nothing", f"{LIST}/of/nothing", f"{LIST}/cases/nothing"):
        assert staff.get(address).status_code == 404


def test_a_process_without_cases_says_so(visit: Visit, shop: Shop) -> None:
    publish()
    measure()
    page = visit("root", "en").get(CHECKED).content.decode()
    assert "cannot be told" in page
