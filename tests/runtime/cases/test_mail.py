"""Mail goes to a real SMTP server: taken, turned away, put off, repeated under one key."""

from __future__ import annotations

from datetime import datetime, timedelta
from email.headerregistry import Address
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest
from django.db import connection

from tests.runtime.killing import killed_at
from tests.runtime.shop import NINE, Shop, refusal
from tests.support.mail import (
    PASSWORD,
    USER,
    Mailbox,
    certificate,
    endless_server,
    mail_server,
    slow_server,
)
from tuoban.runtime.cases import definitions, service
from tuoban.runtime.cases.models import Case, Notice, Outgoing, OutgoingAttempt
from tuoban.runtime.cases.outbox import carriers, deciding, sending
from tuoban.runtime.cases.outbox.carriers import Letter, TurnedAwayError
from tuoban.runtime.cases.outbox.mail import KEY_HEADER, MailCarrier, MailServer, message_of
from tuoban.runtime.cases.outbox.sending import LEASE, REST, send_due
from tuoban.runtime.cases.queries.outbox import OutgoingRow, outbox
from tuoban.runtime.people.service import set_reach
from tuoban.site.mail_url import parse_mail_url

PACK = """
pack: telling-by-mail
version: 2026.1
title: 上门维修
case: {title: "{fault}", owner: clerk}
roles: {clerk: 前台, mender: 维修工}
fields:
  fault: {type: text, zh: 故障}
starts: [{request: ask, zh: 申请, by: [clerk], form: [fault]}]
process:
  - tell: {mender: mail}
    text: {zh: "请查：{fault}", en: "Look at: {fault}"}
  - {step: look, zh: 检查, by: mender}
  - {end: done, zh: 完成}
"""
SENDER = Address("妥办", addr_spec="desk@tuoban.example")
ADDRESS = "lei@customer.example"
LATER = NINE + timedelta(hours=2)


@pytest.fixture(autouse=True)
def carriers_as_before(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(carriers, "_chosen", {})
    monkeypatch.setattr(sending, "_resting", {})


def use(port: int, **more: Any) -> None:
    server = MailServer("127.0.0.1", port, SENDER, **{"tls": "none", "answer_s": 1.0, **more})
    carriers.choose({"mail": MailCarrier(server)})


def start(shop: Shop, fault: str = "不开机\r\nBcc: all@customer.example") -> Outgoing:
    """A case of which Lei alone is told by mail."""
    definitions.publish("telling-by-mail", PACK, None, NINE)
    set_reach(shop["lei"], mail=ADDRESS)
    service.start_case(
        "telling-by-mail", "ask", by=shop["mei"], data={"fault": fault}, at=NINE, key=shop.key()
    )
    return Outgoing.objects.get(user=shop["lei"])


def results() -> list[str]:
    return list(OutgoingAttempt.objects.order_by("pk").values_list("result", flat=True))


def shown(shop: Shop) -> OutgoingRow:
    return next(each for each in outbox(shop["root"]).rows if each.to.zh == str(shop["lei"]))


def test_it_is_taken_whole_with_its_key_and_nothing_in_it_makes_a_header(shop: Shop) -> None:
    row = start(shop)
    with mail_server() as mailbox:
        use(mailbox.port)
        assert send_due(NINE) == 1
        assert send_due(NINE) == 0
    [(address, mail)] = mailbox.taken
    number = Case.objects.get().number
    assert (address, mail["To"], mail["From"]) == (ADDRESS, ADDRESS, str(SENDER))
    assert mail["Subject"] == f"上门维修 {number}"
    assert mail["Message-ID"] == f"<{row.key}@tuoban.example>"
    assert mail[KEY_HEADER] == row.key
    assert mail["Bcc"] is None
    assert mail.get_content_type() == "text/plain"
    assert mail.get_content().split() == ["请查：不开机", "Bcc:", "all@customer.example"]
    row.refresh_from_db()
    assert (row.state, row.carrier, row.sent_at) == (Outgoing.SENT, "smtp 127.0.0.1", NINE)
    assert results() == [OutgoingAttempt.SENT]


@pytest.mark.parametrize("stage", ["rcpt", "data"])
def test_what_is_refused_for_good_fails_at_once_in_words_without_the_address(
    shop: Shop, stage: str
) -> None:
    row = start(shop)
    with mail_server() as mailbox:
        mailbox.answers[stage] = [f"550 5.1.1 <{ADDRESS}>: no such user lei"]
        use(mailbox.port)
        send_due(NINE)
        assert send_due(LATER) == 0
    row.refresh_from_db()
    assert (row.state, row.next_try_at, mailbox.taken) == (Outgoing.FAILED, None, [])
    assert "550 5.1.1 <…>: no such user …" in row.error
    assert ADDRESS not in row.error
    assert results() == [OutgoingAttempt.TURNED_AWAY]
    assert Notice.objects.filter(code="unsent", user=shop["mei"]).count() == 1
    [line] = shown(shop).log
    assert line.why is not None
    assert line.why.zh.startswith("邮件服务器")


def test_what_is_put_off_comes_again_under_the_same_id(shop: Shop) -> None:
    row = start(shop)
    with mail_server() as mailbox:
        mailbox.answers = {"rcpt": ["451 4.7.1 greylisted"], "data": ["452 full"]}
        mailbox.breaks_off = 1
        use(mailbox.port)
        for hour in range(4):
            send_due(NINE + timedelta(hours=hour))
    row.refresh_from_db()
    put_off = [OutgoingAttempt.PUT_OFF] * 3
    assert results() == [*put_off, OutgoingAttempt.SENT]
    assert (row.state, row.attempts) == (Outgoing.SENT, 4)
    [(_, mail)] = mailbox.taken
    assert mail[KEY_HEADER] == row.key
    said = [line.why.en for line in reversed(shown(shop).log) if line.why is not None]
    assert "451 4.7.1 greylisted" in said[0]
    assert "broke off" in said[1]
    assert "452 full" in said[2]


def test_a_server_that_hangs_is_left_and_the_channel_rests(shop: Shop) -> None:
    first = start(shop)
    with slow_server(b"") as port:
        use(port, answer_s=0.2)
        assert send_due(NINE) == 0
    first.refresh_from_db()
    assert first.state == Outgoing.WAITING
    assert "did not answer in time" in first.error
    with mail_server() as mailbox:
        use(mailbox.port)
        assert send_due(NINE + timedelta(seconds=30)) == 0  # the channel rests
        assert send_due(NINE + REST + timedelta(seconds=1)) == 1
    assert len(mailbox.taken) == 1


def test_a_server_that_answers_byte_by_byte_is_cut_off(shop: Shop) -> None:
    row = start(shop)
    with slow_server(b"220-" + b"x" * 10_000, pause_s=0.05) as port:
        use(port, whole_s=0.5)
        assert send_due(NINE) == 0
    row.refresh_from_db()
    assert "broke off" in row.error


def test_a_server_whose_answer_has_no_end_is_left(shop: Shop) -> None:
    row = start(shop)
    with endless_server(b"220-" + b"x" * 1000 + b"\r\n") as (port, heard):
        use(port)
        assert send_due(NINE) == 0
    row.refresh_from_db()
    assert row.state == Outgoing.WAITING
    assert "broke off" in row.error
    assert len(row.error) < 1000
    assert heard[0] < 30_000_000


def test_while_it_is_carried_no_transaction_is_open_and_nobody_else_takes_it(
    busy_shop: Shop, monkeypatch: pytest.MonkeyPatch
) -> None:
    row = start(busy_shop)
    seen: list[tuple[bool, int, datetime | None]] = []

    class Watching:
        name = "watching"

        def carry(self, letter: Letter) -> None:
            moved = Outgoing.objects.get(pk=row.pk).next_try_at
            seen.append((connection.in_atomic_block, send_due(NINE), moved))

    carriers.choose({"mail": Watching()})
    assert send_due(NINE) == 1
    assert seen == [(False, 0, NINE + LEASE)]


def test_killed_between_carrying_and_keeping_it_comes_twice_under_one_id(busy_shop: Shop) -> None:
    row = start(busy_shop)
    with mail_server() as mailbox:
        use(mailbox.port)
        number = 1
        while not mailbox.taken:
            assert killed_at(number, lambda: send_due(NINE))
            Outgoing.objects.filter(pk=row.pk).update(next_try_at=NINE)  # the lease has ended
            number += 1
        assert shown(busy_shop).log[0].result == OutgoingAttempt.BEGUN
        assert send_due(NINE) == 1
    row.refresh_from_db()
    assert row.state == Outgoing.SENT
    assert {mail["Message-ID"] for _, mail in mailbox.taken} == {f"<{row.key}@tuoban.example>"}
    assert len(mailbox.taken) == 2


def test_where_one_process_works_it_carries_again_at_once_what_a_killed_one_had_in_hand(
    busy_shop: Shop,
) -> None:
    row = start(busy_shop)
    with mail_server() as mailbox:
        use(mailbox.port)
        number = 1
        while not mailbox.taken:
            Outgoing.objects.filter(pk=row.pk).update(next_try_at=NINE)
            assert killed_at(number, lambda: send_due(NINE))
            number += 1
        at = NINE + timedelta(seconds=1)
        assert send_due(at) == 0
        sending.take_over(at)
        assert send_due(at) == 1
        sending.take_over(at)
        assert send_due(at + LEASE) == 0
    assert {mail["Message-ID"] for _, mail in mailbox.taken} == {f"<{row.key}@tuoban.example>"}


def test_what_is_put_off_is_not_taken_over(shop: Shop) -> None:
    row = start(shop)
    with mail_server() as mailbox:
        mailbox.answers["rcpt"] = ["450 later"]
        use(mailbox.port)
        send_due(NINE)
    before = Outgoing.objects.get(pk=row.pk).next_try_at
    sending.take_over(NINE)
    assert Outgoing.objects.get(pk=row.pk).next_try_at == before


def test_what_breaks_off_every_time_fails_in_the_end(busy_shop: Shop) -> None:
    row = start(busy_shop)
    Outgoing.objects.filter(pk=row.pk).update(attempts=row.last_attempt)
    send_due(NINE)
    row.refresh_from_db()
    assert (row.state, row.next_try_at) == (Outgoing.FAILED, None)
    assert "nobody knows whether it went out" in row.error
    assert Notice.objects.filter(code="unsent").count() == 1


def test_it_is_encrypted_and_logged_in_where_that_is_set_up(shop: Shop, tmp_path: Path) -> None:
    made = certificate(tmp_path)
    user = f"{quote(USER, safe='')}:{quote(PASSWORD, safe='')}"
    for scheme, more in (("smtp", {"starttls": made.context}), ("smtps", {"whole": made.context})):
        Outgoing.objects.all().delete()
        start(shop)
        with mail_server(log_in=True, **more) as mailbox:
            url = f"{scheme}://{user}@127.0.0.1:{mailbox.port}?ca={made.path}"
            carriers.choose({"mail": MailCarrier(parse_mail_url(url, SENDER))})
            assert send_due(NINE) == 1, shown(shop).why
        assert mailbox.came_by == [(True, True)]


def test_what_is_wrong_with_the_set_up_is_said_and_tried_again(shop: Shop, tmp_path: Path) -> None:
    made = certificate(tmp_path)
    said = []

    def attempt(mailbox: Mailbox, **more: Any) -> None:
        sending._resting.clear()
        Outgoing.objects.all().delete()
        row = start(shop)
        use(mailbox.port, **more)
        assert send_due(NINE) == 0
        row.refresh_from_db()
        assert row.state == Outgoing.WAITING
        said.append(row.error)

    with mail_server(starttls=made.context, log_in=True) as mailbox:
        attempt(mailbox, tls="start")
        attempt(mailbox, tls="start", authorities=str(made.path), user=USER, password="wrong")
    with mail_server() as mailbox:
        attempt(mailbox, tls="start")
    attempt(mailbox)  # which is gone by now
    assert "cannot be trusted" in said[0]
    assert "see to TUOBAN_MAIL (535" in said[1]
    assert "STARTTLS" in said[2]
    assert "cannot be reached" in said[3]
    assert not mailbox.taken


def test_people_with_the_right_send_it_again_or_drop_it(shop: Shop) -> None:
    row = start(shop)
    with mail_server() as mailbox:
        mailbox.answers["rcpt"] = ["550 no"] * 2
        use(mailbox.port)
        send_due(NINE)
        refused = refusal(lambda: deciding.send_again(row.pk, by=shop["lei"], at=NINE))
        assert refused.code == "not-to-decide"
        for by, code in ((shop["qi"], "unknown-outgoing"), (shop["root"], "unknown-outgoing")):
            pk = row.pk if by is shop["qi"] else row.pk + 1000
            refused = refusal(lambda by=by, pk=pk: deciding.drop(pk, by=by, at=NINE))  # type: ignore[misc]
            assert refused.code == code
        deciding.send_again(row.pk, by=shop["min"], at=LATER)  # heads the unit
        send_due(LATER)
        deciding.drop(row.pk, by=shop["root"], at=LATER)
        assert send_due(LATER + timedelta(days=1)) == 0
        dropped = shown(shop)
        assert (dropped.state, dropped.can_send_again, dropped.can_drop) == ("dropped", True, False)
        deciding.send_again(row.pk, by=shop["root"], at=LATER)
        assert send_due(LATER) == 1
    refused = refusal(lambda: deciding.send_again(row.pk, by=shop["root"], at=LATER))
    assert refused.code == "outgoing-moved"
    assert [(each.result, each.by) for each in reversed(shown(shop).log)] == [
        ("turned-away", ""),
        ("again", str(shop["min"])),
        ("turned-away", ""),
        ("dropped", str(shop["root"])),
        ("again", str(shop["root"])),
        ("sent", ""),
    ]
    assert [mail[KEY_HEADER] for _, mail in mailbox.taken] == [row.key]


@pytest.mark.parametrize(
    "address", ["lei@exa\r\nBcc: all", "lei\nBcc: all@exa.example", "@", "lei@"]
)
def test_what_is_no_address_is_turned_away(address: str) -> None:
    with pytest.raises(TurnedAwayError):
        message_of(Letter("key", address, "Subject", "text", NINE), SENDER)


def test_a_mailbox_of_another_script_is_written_as_the_mail_system_writes_it() -> None:
    letter = Letter("key", "lei@例子.cn", "一行\r\nBcc: all@customer.example", "text", NINE)
    mail = message_of(letter, SENDER)
    assert mail["To"] == "lei@xn--fsqu00a.cn"
    assert (mail["Bcc"], mail["Subject"]) == (None, "一行 Bcc: all@customer.example")
