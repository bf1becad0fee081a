"""When a limit would run out, and the calendars it can count by."""

from typing import Any

import pytest
from django.test import Client

from tests.faces.api.conftest import Ask
from tests.runtime.shop import NINE, Shop
from tuoban.runtime.calendars.service import create_calendar
from tuoban.runtime.calendars.texts import CalendarText, WeekText
from tuoban.runtime.people.personal import PersonalText
from tuoban.runtime.people.service import deactivate_user, save_personal_hours

NIGHT = CalendarText((WeekText("", ("22:00-06:00",) * 7),), keeps_holidays=False)
MORNINGS = PersonalText((WeekText("", (*("09:00-10:00",) * 5, "", "")),))
FROM = "2026-03-02T09:05:00+08:00"


def due(client: Client, unit: str = "east", **asked: str | list[str]) -> Any:
    known = {"from": FROM, "length": "2 working hours", **asked}
    return client.get(f"/api/v1/units/{unit}/due", known)


def test_the_due_moment_comes_with_why(shop: Shop, ask: Ask) -> None:
    found = due(ask("lei")).json()
    assert found["due"] == "2026-03-02T11:05:00+08:00"
    assert found["calendar"] == "standard@1/Asia/Shanghai"
    assert found["calendar_name"] == {"zh": "标准工作时间", "en": "Standard hours"}
    assert found["explanation"]["zh"] == "09:05 + 2 工作小时，标准工作时间，无暂停 = 11:05"
    assert found["explanation"]["en"].endswith("no pauses = 11:05")
    assert [line["at"] for line in found["ledger"]] == [FROM, "2026-03-02T11:05:00+08:00"]
    assert found["doubts"] == []


def test_years_that_are_not_confirmed_are_doubted(shop: Shop, ask: Ask) -> None:
    found = due(ask("lei"), **{"from": "2031-01-06T09:00:00+08:00"}).json()
    assert [text["en"] for text in found["doubts"] if "2031" in text["en"]]


@pytest.mark.parametrize(
    ("asked", "moment"),
    [
        ({"calendar": "always", "from": "2026-03-02T23:30:00+08:00"}, "2026-03-03T01:30:00+08:00"),
        ({"calendar": "night"}, "2026-03-03T00:00:00+08:00"),
        ({"person": "lei"}, "2026-03-04T09:05:00+08:00"),
        ({"person": "han"}, "2026-03-02T11:05:00+08:00"),
        ({"length": "2 workdays"}, "2026-03-04T18:00:00+08:00"),
        ({"length": "1 month"}, "2026-04-02T09:05:00+08:00"),
        ({"from": "2026-03-02T01:05:00Z"}, "2026-03-02T11:05:00+08:00"),
        ({"from": "2026-03-02T09:05:00 08:00"}, "2026-03-02T11:05:00+08:00"),
        ({"from": "2026-03-02 09:05+08:00"}, "2026-03-02T11:05:00+08:00"),
    ],
)
def test_the_hours_that_are_asked_for_count(
    shop: Shop, ask: Ask, asked: dict[str, str], moment: str
) -> None:
    create_calendar("night", "夜班", "Night", NIGHT, at=NINE)
    save_personal_hours(shop["lei"], MORNINGS, expected=0, at=NINE, by="1")
    answer = due(ask("han"), **asked)
    assert answer.status_code == 200, answer.content
    assert answer.json()["due"] == moment


@pytest.mark.parametrize(
    ("asked", "wrong"),
    [
        ({"from": "soon"}, {"from": "bad-moment"}),
        ({"from": "2026-03-02T09:05:00"}, {"from": "moment-without-zone"}),
        ({"from": "1900-01-01T00:00:00Z"}, {"from": "out-of-reach"}),
        ({"from": "0001-01-01T00:00:00+23:59"}, {"from": "out-of-reach"}),
        ({"from": "9999-12-31T23:59:59-23:59"}, {"from": "out-of-reach"}),
        ({"length": "2"}, {"length": "limit-without-unit"}),
        ({"length": "soon", "from": "soon"}, {"length": "bad-length", "from": "bad-moment"}),
        ({"length": "1.5 workdays"}, {"length": "length-not-whole"}),
        ({"length": "0 hours"}, {"length": "length-not-above-zero"}),
        ({"length": "999999 years"}, {"length": "out-of-reach"}),
        ({"calendar": "none"}, {"calendar": "unknown-calendar"}),
        ({"calendar": "\0"}, {"calendar": "unknown-calendar"}),
        ({"person": "nobody"}, {"person": "unknown-person"}),
        ({"person": "\0"}, {"person": "unknown-person"}),
        ({"calender": "always"}, {"calender": "unknown-parameter"}),
    ],
)
def test_every_parameter_that_cannot_be_used_is_told_in_the_readers_language(
    ask: Ask, asked: dict[str, str], wrong: dict[str, str]
) -> None:
    texts = []
    for language in ("zh-CN", "en-GB"):
        answer = due(ask("lei", language), **asked)
        problem = answer.json()
        assert (answer.status_code, problem["code"]) == (422, "invalid")
        assert {each["parameter"]: each["code"] for each in problem["errors"]} == wrong
        texts.append((problem["title"], *(each["detail"] for each in problem["errors"])))
    assert not set(texts[0]) & set(texts[1])


@pytest.mark.parametrize(
    ("asks", "sees"), [("lei", True), ("han", True), ("gang", True), ("root", True), ("qi", False)]
)
def test_hours_of_ones_own_are_for_ones_units_and_those_above(
    shop: Shop, ask: Ask, asks: str, sees: bool
) -> None:
    save_personal_hours(shop["lei"], MORNINGS, expected=0, at=NINE, by="1")
    answer = due(ask(asks), person="lei")
    if sees:
        assert answer.json()["due"] == "2026-03-04T09:05:00+08:00"
    else:
        nobody = due(ask(asks), person="nobody")
        assert (answer.status_code, answer.json()) == (422, nobody.json())


def test_the_hours_of_somebody_who_left_are_not_asked_for(shop: Shop, ask: Ask) -> None:
    deactivate_user(shop["lei"])
    assert due(ask("root"), person="lei").json()["errors"][0]["code"] == "unknown-person"


def test_a_parameter_given_twice_is_refused(ask: Ask) -> None:
    problem = due(ask("lei"), length=["2 hours", "3 hours"]).json()
    assert [(e["parameter"], e["code"]) for e in problem["errors"]] == [
        ("length", "repeated-parameter")
    ]


def test_what_is_missing_is_told(ask: Ask) -> None:
    problem = ask("lei").get("/api/v1/units/east/due").json()
    assert {each["parameter"]: each["code"] for each in problem["errors"]} == {
        "from": "missing",
        "length": "missing",
    }


@pytest.mark.parametrize("unit", ["nowhere", "%00", "x" * 900])
def test_a_unit_that_is_not_there_has_no_limits(ask: Ask, unit: str) -> None:
    answer = due(ask("lei"), unit)
    assert (answer.status_code, answer.json()["code"]) == (404, "unknown-unit")


def test_calendars_are_listed_by_key(shop: Shop, ask: Ask) -> None:
    create_calendar("night", "夜班", "Night", NIGHT, at=NINE)
    assert ask("lei").get("/api/v1/calendars").json() == {
        "calendars": [
            {"key": "night", "name": {"zh": "夜班", "en": "Night"}, "version": 1},
            {
                "key": "standard",
                "name": {"zh": "标准工作时间", "en": "Standard hours"},
                "version": 1,
            },
        ],
        "next": None,
    }
