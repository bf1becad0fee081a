"""Letters that belong to no step of a case: written once, sent like the others, and forgotten."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.db import connection, transaction

from tests.runtime.cases.test_outbox import Line
from tests.runtime.cases.test_outbox import start as start_telling
from tests.runtime.shop import NINE, Shop, refusal, together
from tuoban.kernel.text import Text
from tuoban.runtime.cases import service as cases
from tuoban.runtime.cases.models import MOST_ATTEMPTS, Notice, Outgoing, Written
from tuoban.runtime.cases.outbox import carriers, deciding, sending
from tuoban.runtime.cases.outbox.sending import send_due
from tuoban.runtime.cases.queries.outbox import OutgoingRow, outbox
from tuoban.services.channels.service import Address, write

CODE = "482913"
PHONE = Address("sms", "138 0013-8000")
TEXT = f"【东区】验证码 {CODE}，10 分钟内有效。请不要告诉他人。"
SECONDS = timedelta(seconds=1)


@pytest.fixture
def line(monkeypatch: pytest.MonkeyPatch) -> Line:
    line = Line()
    monkeypatch.setattr(sending, "carrier_of", {"sms": line, "mail": line}.get)
    monkeypatch.setattr(sending, "_resting", {})
    return line


@pytest.fixture(autouse=True)
def name(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(
        "tuoban.services.channels.service.organisation", lambda: Text("东区", "East")
    )


def code(key: str = "code-1", **more: Any) -> int:
    given = {"language": "zh", "at": NINE, "to": PHONE, **more}
    return write("one-time-code", values={"code": CODE}, key=key, **given)


def shown(shop: Shop, pk: int) -> OutgoingRow:
    return next(each for each in outbox(shop["root"]).rows if each.outgoing_id == pk)


def dump() -> str:
    """Everything that the tables of the outbox hold."""
    found = []
    with connection.cursor() as cursor:
        for table in ("cases_outgoing", "cases_written", "cases_outgoingattempt"):
            cursor.execute(f"SELECT * FROM {table}")  # noqa: S608
            found += [str(row) for row in cursor.fetchall()]
    return "\n".join(found)


def test_it_goes_out_whole_and_its_secret_is_forgotten(shop: Shop, line: Line) -> None:
    pk = code()
    assert CODE in dump()
    row = shown(shop, pk)
    assert row.text.zh == TEXT.replace(CODE, "••••••")
    assert (row.to.zh, row.number, row.state) == ("…8000", "", "waiting")
    assert send_due(NINE) == 1
    assert line.taken == [("13800138000", TEXT)]
    assert CODE not in dump()
    assert "13800138000" not in dump()
    row = shown(shop, pk)
    assert (row.state, [each.result for each in row.log]) == ("sent", ["sent"])
    assert row.text.zh == TEXT.replace(CODE, "••••••")
    assert not row.can_send_again


def test_one_key_writes_one_letter_even_after_it_went_out(shop: Shop, line: Line) -> None:
    first = code()
    assert code() == first
    send_due(NINE)
    assert code() == first
    assert code("code-2") != first
    assert Written.objects.count() == Outgoing.objects.count() == 2


def test_written_by_two_at_once_it_is_one_letter(busy_shop: Shop) -> None:
    first, second = together(code, code)
    assert first == second == Outgoing.objects.get().pk
    assert Written.objects.count() == 1


def test_what_is_taken_back_was_never_written(shop: Shop) -> None:
    with transaction.atomic():
        code()
        transaction.set_rollback(True)
    assert not Outgoing.objects.exists()
    assert not Written.objects.exists()


def test_a_code_that_nobody_can_use_any_more_does_not_go_out(shop: Shop, line: Line) -> None:
    line.is_down = True
    pk = code()
    assert send_due(NINE) == 0
    line.is_down = False
    assert send_due(NINE + timedelta(minutes=10)) == 0
    row = shown(shop, pk)
    assert (row.state, line.taken, row.can_send_again, row.can_drop) == ("stale", [], False, False)
    assert [each.result for each in row.log] == ["stale", "put-off"]
    assert CODE not in dump()
    assert [each.outgoing_id for each in outbox(shop["root"], which="stuck").rows] == [pk]


def test_a_pause_ends_at_the_latest_when_it_becomes_stale(shop: Shop, line: Line) -> None:
    pk, stale_at = code(), NINE + timedelta(minutes=10)
    line.is_down, at = True, NINE
    for _ in range(MOST_ATTEMPTS):
        send_due(at)
        due = Outgoing.objects.get(pk=pk).next_try_at
        if due is None:
            break
        assert due <= stale_at
        at = due
    assert (at, shown(shop, pk).state) == (stale_at, "stale")


class Talking:
    """A carrier that turns everything away and repeats what it was given."""

    name = "talking"

    def carry(self, letter: carriers.Letter) -> None:
        raise carriers.TurnedAwayError(Text(f"不收：{letter.text}", f"spam: {letter.text}"))


def test_what_was_turned_away_keeps_no_secret_in_its_reason(
    shop: Shop, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sending, "carrier_of", {"sms": Talking()}.get)
    pk = code()
    send_due(NINE)
    row = shown(shop, pk)
    assert row.state == "failed"
    assert row.why is not None
    assert "spam: 【东区】验证码 ••••••" in row.why.en
    assert CODE not in dump()
    assert not row.can_send_again


def test_what_holds_no_secret_is_sent_again_under_its_key(
    shop: Shop, monkeypatch: pytest.MonkeyPatch, line: Line
) -> None:
    monkeypatch.setattr(sending, "carrier_of", {}.get)
    values = {"what": "您的车", "number": "SM-1", "where": "城东路 1 号"}
    pk = write("ready-to-collect", PHONE, values, language="zh", key="ready-1", at=NINE)
    send_due(NINE)
    assert (shown(shop, pk).state, shown(shop, pk).can_send_again) == ("no-gateway", True)
    monkeypatch.setattr(sending, "carrier_of", {"sms": line}.get)
    deciding.send_again(pk, by=shop["root"], at=NINE)
    assert send_due(NINE) == 1
    assert line.taken == [
        ("13800138000", "【东区】您的车已办好，请到城东路 1 号来取，请报工单号 SM-1。")
    ]


def test_what_was_dropped_is_gone(shop: Shop, line: Line) -> None:
    pk = code()
    deciding.drop(pk, by=shop["root"], at=NINE)
    assert CODE not in dump()
    refused = refusal(lambda: deciding.send_again(pk, by=shop["root"], at=NINE))
    assert refused.code == "outgoing-moved"
    assert send_due(NINE) == 0


def test_what_has_to_do_with_no_case_administrators_alone_see_and_decide(
    shop: Shop, line: Line
) -> None:
    pk = code()
    assert outbox(shop["mei"]).rows == ()
    assert refusal(lambda: deciding.drop(pk, by=shop["mei"], at=NINE)).code == "unknown-outgoing"
    assert outbox(shop["root"], q="8000").rows[0].outgoing_id == pk


def test_people_of_a_case_see_what_was_written_about_it_and_hear_that_it_failed(
    shop: Shop, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sending, "carrier_of", {"sms": Talking()}.get)
    case = start_telling(shop)
    pk = code(case=case.case_id)
    page = outbox(shop["mei"], number=case.number)
    assert page.rows[0].text.zh == TEXT.replace(CODE, "••••••")
    before = Notice.objects.filter(code="unsent", user=shop["mei"]).count()
    send_due(NINE)
    assert Outgoing.objects.get(pk=pk).state == Outgoing.FAILED
    told = Notice.objects.filter(code="unsent", user=shop["mei"]).count()
    assert told == before + Outgoing.objects.filter(state=Outgoing.FAILED).count()


def test_erasing_a_case_empties_its_letters_and_stops_what_waits(shop: Shop, line: Line) -> None:
    case = start_telling(shop)
    send_due(NINE)
    line.taken.clear()
    pk = code(case=case.case_id)
    cases.erase_personal_values(
        case.case_id, reason="客户要求", by=shop["root"], at=NINE, key=shop.key()
    )
    assert send_due(NINE) == 0
    row = shown(shop, pk)
    assert (row.state, row.text.en, row.to.en) == ("dropped", "(erased)", "(erased)")
    assert "8000" not in dump()


def test_to_a_mailbox_it_has_a_subject(shop: Shop, monkeypatch: pytest.MonkeyPatch) -> None:
    taken: list[carriers.Letter] = []

    class Mailbox:
        name = "mailbox"

        def carry(self, letter: carriers.Letter) -> None:
            taken.append(letter)

    monkeypatch.setattr(sending, "carrier_of", {"mail": Mailbox()}.get)
    pk = code(to=Address("mail", "lei@customer.example"), language="en")
    send_due(NINE)
    [letter] = taken
    assert letter.subject == "Your code for East"
    assert letter.text.startswith(f"East: your code is {CODE}. It is valid for 10 minutes.")
    assert shown(shop, pk).to.zh == "…@customer.example"


@pytest.mark.parametrize("to", [Address("sms", "12"), Address("mail", "nobody")])
def test_what_is_no_address_is_told_beside_it(shop: Shop, to: Address) -> None:
    refused = refusal(lambda: code(to=to))
    assert [each.place for each in refused.problems] == ["to"]


@pytest.mark.parametrize("values", [{}, {"code": " "}, {"code": "1", "more": "2"}])
def test_whoever_writes_gives_every_value(shop: Shop, values: dict[str, str]) -> None:
    with pytest.raises(ValueError, match="needs code"):
        write("one-time-code", PHONE, values, language="zh", key="a", at=NINE)


def test_what_stands_in_a_value_is_no_place_holder(shop: Shop, line: Line) -> None:
    values = {"what": "{where}\n", "when": "{when}", "where": "城东路"}
    write("booking-confirmed", PHONE, values, language="zh", key="a", at=NINE)
    send_due(NINE)
    assert line.taken[0][1].startswith("【东区】您已预约{where}：{when}，城东路。")
