"""Coming in by a one-time code."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client

from tests.faces.desk.page import Page
from tests.faces.portal.conftest import Counter, page_of
from tuoban.faces.portal.views.code import CODES_ALLOWED, TRIES_ALLOWED
from tuoban.runtime.cases import service
from tuoban.runtime.cases.clock import now
from tuoban.runtime.cases.models import Outgoing, Written
from tuoban.services.portal.models import PortalCode, PortalLink

NUMBER = "13900139000"


@pytest.fixture
def case(counter: Counter) -> service.Outcome:
    return counter.asked()


def sent_code() -> str:
    """The six digits of the letter that was written last."""
    text = str(Written.objects.latest("pk").__dict__)
    found = re.search(r"(?<!\d)\d{6}(?!\d)", text)
    assert found is not None
    return found[0]


def ask(client: Client, to: str = NUMBER) -> Any:
    return client.post("/portal/code", {"to": to})


def enter(client: Client, code: str, to: str = NUMBER) -> Any:
    return client.post("/portal/code/enter", {"to": to, "code": code})


def other_than(code: str) -> str:
    return f"{(int(code) + 1) % 1_000_000:06}"


def test_a_code_opens_all_cases_of_whoever_has_the_telephone_and_no_others(
    counter: Counter, case: service.Outcome
) -> None:
    second = counter.begin()
    strange = counter.begin(phone="13800138001")
    client = Client()
    assert ask(client, "139 0013 9000").status_code == 200
    assert enter(client, sent_code())["Location"] == "/portal/"
    door = page_of(client, "/portal/").text
    assert case.number in door
    assert second.number in door
    assert strange.number not in door
    for mine in (case, second):
        assert client.get(f"/portal/cases/{mine.number}").status_code == 200
    assert client.get(f"/portal/cases/{strange.number}").status_code == 404


def test_a_code_is_used_up_and_leads_straight_to_the_only_case(
    counter: Counter, case: service.Outcome
) -> None:
    client = Client()
    ask(client)
    code = sent_code()
    assert enter(client, code)["Location"] == f"/portal/cases/{case.number}"
    assert enter(Client(), code).status_code == 422


def test_the_answer_is_the_same_whether_the_number_is_known_or_not(
    counter: Counter, case: service.Outcome
) -> None:
    known, unknown = Page(ask(Client())), Page(ask(Client(), "13700137009"))
    assert known.text.replace(NUMBER, "") == unknown.text.replace("13700137009", "")
    assert Outgoing.objects.filter(written__isnull=False).count() == 1
    assert PortalCode.objects.count() == 1


def test_neither_number_nor_code_is_kept_in_clear(counter: Counter, case: service.Outcome) -> None:
    ask(Client())
    row = PortalCode.objects.get()
    assert NUMBER not in f"{row.address}{row.code}"
    assert sent_code() not in f"{row.address} {row.code}"


def test_a_wrong_or_expired_code_opens_nothing(counter: Counter, case: service.Outcome) -> None:
    client = Client()
    ask(client)
    code = sent_code()
    assert enter(client, other_than(code)).status_code == 422
    assert enter(client, code, "13700137009").status_code == 422
    PortalCode.objects.update(expires_at=now() - timedelta(seconds=1))
    assert enter(client, code).status_code == 422
    assert not PortalLink.objects.exists()


def test_guessing_and_sending_are_slowed_down(counter: Counter, case: service.Outcome) -> None:
    client = Client()
    ask(client)
    code = sent_code()
    for _ in range(TRIES_ALLOWED):
        assert enter(client, other_than(code)).status_code == 422
    assert enter(client, code).status_code == 429
    for _ in range(CODES_ALLOWED - 1):
        assert ask(client).status_code == 200
    assert ask(client).status_code == 429


def test_a_case_whose_personal_values_are_erased_is_found_no_more(
    counter: Counter, case: service.Outcome
) -> None:
    root = counter.shop["root"]
    service.erase_personal_values(
        case.case_id, field="phone", reason="要求", by=root, at=now(), key="e"
    )
    ask(Client())
    assert not PortalCode.objects.exists()


def test_the_number_opens_the_customer_s_side_alone(
    counter: Counter, case: service.Outcome
) -> None:
    ask(Client())
    enter(Client(), sent_code())
    assert [each.role for each in PortalLink.objects.all()] == ["customer"]


def test_what_is_no_number_is_refused(counter: Counter) -> None:
    for typed in ("", "abc", "12", "a@"):
        assert ask(Client(), typed).status_code == 422
