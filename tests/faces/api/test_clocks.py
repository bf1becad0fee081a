"""The clocks of a case: how each stands, in words and counted, and its ledger."""

from datetime import datetime, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tests.faces.api.conftest import Ask
from tests.runtime.cases.test_reactions import overhaul, press
from tests.runtime.shop import NINE, Shop, row
from tuoban.kernel.clocks import ClockError
from tuoban.runtime.cases.clock import now
from tuoban.runtime.cases.queries import case_clocks, clocks
from tuoban.runtime.cases.service import Outcome

QUERIES_AT_MOST = 12
MINUTE = 60_000_000


def address(number: str) -> str:
    return f"/api/v1/cases/{number}/clocks"


def read(client: Client, case: Outcome) -> dict[str, Any]:
    answer = client.get(address(row(case).number))
    assert answer.status_code == 200, answer.content
    found: dict[str, Any] = answer.json()
    return found


def test_a_clock_that_goes_on_is_told_in_words_and_counted(shop: Shop, ask: Ask) -> None:
    case = shop.start(at=now() - timedelta(minutes=10))
    found = read(ask("lei"), case)
    (clock,) = found["open"]
    assert (found["case"], found["over"]) == (row(case).number, [])
    assert clock["subject"] == {"key": "look", "label": {"zh": "检查", "en": "Look at it"}}
    assert (clock["state"], clock["late"], clock["opens"]) == ("running", False, False)
    assert clock["elapsed"]["measure"] == "elapsed"
    assert clock["elapsed"]["workdays"] is None
    assert clock["elapsed"]["microseconds"] + clock["remaining"]["microseconds"] == 30 * MINUTE
    assert 10 * MINUTE <= clock["elapsed"]["microseconds"] < 15 * MINUTE
    assert "10 分钟" in clock["elapsed"]["text"]["zh"]
    assert "10 min" in clock["elapsed"]["text"]["en"]
    assert "30 分钟" in clock["explanation"]["zh"]
    assert "30 minutes" in clock["explanation"]["en"]
    assert [line["what"]["en"] for line in clock["ledger"]][-1] == "due"


def test_a_late_clock_has_less_than_nothing_left(shop: Shop, ask: Ask) -> None:
    (clock,) = read(ask("lei"), shop.start(at=NINE))["open"]
    assert clock["late"] is True
    assert clock["remaining"]["microseconds"] < 0


def test_a_clock_that_was_stopped_is_told_with_those_that_are_over(shop: Shop, ask: Ask) -> None:
    case = shop.start(at=NINE)
    shop.look(case, at=NINE + timedelta(minutes=20))
    found = read(ask("lei"), case)
    (clock,) = found["over"]
    assert found["open"] == []
    assert (clock["state"], clock["late"]) == ("stopped", False)
    assert clock["elapsed"]["microseconds"] == 20 * MINUTE
    assert clock["remaining"]["microseconds"] == 10 * MINUTE
    assert [line["what"]["zh"] for line in clock["ledger"]][1:] == ["完成", "到期"]
    assert [line["total"]["en"] for line in clock["ledger"]][1] == "20 min"


def test_instants_have_the_offset_of_the_unit(shop: Shop, ask: Ask) -> None:
    east = shop.units["east"]
    east.time_zone = "Europe/Berlin"
    east.save()
    found = read(ask("lei"), shop.start(at=NINE))
    (clock,) = found["open"]
    assert clock["begins"] == "2026-03-02T02:00:00+01:00"
    assert clock["due"] == "2026-03-02T02:30:00+01:00"
    assert clock["ledger"][0]["at"] == "2026-03-02T02:00:00+01:00"
    assert datetime.fromisoformat(found["at"]).utcoffset() in (
        timedelta(hours=1),
        timedelta(hours=2),
    )


def test_a_limit_until_a_moment_has_its_clock_too(shop: Shop, ask: Ask) -> None:
    found = read(ask("root"), shop.deliver(agreed_at="2026-03-04 10:00"))
    assert found["open"]
    assert {clock["elapsed"]["measure"] for clock in found["open"]} <= {"elapsed", "working"}


def test_a_clock_that_no_calendar_can_compute_is_told_all_the_same(
    shop: Shop, ask: Ask, monkeypatch: pytest.MonkeyPatch
) -> None:
    case = shop.start(at=NINE)

    def gone(*_: object) -> None:
        raise ClockError("unknown-calendar", calendar="gone")

    monkeypatch.setattr(clocks, "standing", gone)
    (clock,) = read(ask("lei"), case)["open"]
    assert (clock["elapsed"], clock["remaining"], clock["ledger"]) == (None, None, [])
    assert "gone" in clock["explanation"]["en"]


@pytest.mark.parametrize("stranger", ["sun", "qi"])
def test_a_case_of_others_cannot_be_told_from_one_that_is_not_there(
    shop: Shop, ask: Ask, stranger: str
) -> None:
    case = shop.start()
    assert case_clocks(shop["lei"], row(case).number, NINE) is not None
    client = ask(stranger)
    answers = [
        client.get(address(number))
        for number in (row(case).number, "SR-1999-0001", "\0", "x" * 900)
    ]
    assert {(answer.status_code, answer.content) for answer in answers} == {
        (404, answers[0].content)
    }
    assert answers[0].json()["code"] == "unknown-case"


def test_more_clocks_cost_no_more_questions_to_the_database(shop: Shop, ask: Ask) -> None:
    case = shop.start(at=NINE)
    client = ask("root")
    read(client, case)
    with CaptureQueriesContext(connection) as few:
        read(client, case)
    shop.finish(case)
    with CaptureQueriesContext(connection) as many:
        read(client, case)
    assert len(few) == len(many) <= QUERIES_AT_MOST


def test_a_clock_of_a_reaction_names_what_happened(shop: Shop, ask: Ask) -> None:
    case = overhaul(shop, at=now())
    press(shop, case, "extra_work", at=now(), what="皮带", price="20")
    found = read(ask("lei"), case)["open"]
    told = [
        (each["subject"]["label"]["zh"], each["occurrence"] and each["occurrence"]["zh"])
        for each in found
    ]
    assert told == [
        ("客户同意增项", "发现增项 · 皮带"),
        ("发现增项 · 皮带", None),
        ("修得太久", None),
    ]
    assert [each["happens"] for each in found] == [False, False, True]
