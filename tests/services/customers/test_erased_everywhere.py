"""Who is erased stands nowhere in the database, whichever cases name them or did before."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from importlib import import_module
from itertools import count
from pathlib import Path
from typing import Any

import pytest
from django.apps import apps
from django.db import connection

from tuoban.kernel.definition import SMS
from tuoban.kernel.text import Text
from tuoban.runtime.cases import definitions, service, states
from tuoban.runtime.cases.audit import audit
from tuoban.runtime.cases.filing.uploading import upload
from tuoban.runtime.cases.messaging.receiving import receive
from tuoban.runtime.cases.models import (
    Case,
    Draft,
    FormerReference,
    JournalEntry,
    Notice,
    Outgoing,
    PersonalValue,
    WorkItem,
)
from tuoban.runtime.cases.outbox import carriers
from tuoban.runtime.cases.outbox.sending import send_due
from tuoban.runtime.cases.service import Outcome, SignatureInput
from tuoban.runtime.jobs.models import Job
from tuoban.runtime.jobs.retry import keeps
from tuoban.runtime.jobs.service import drop, enqueue
from tuoban.runtime.people.service import create_unit, create_user, grant
from tuoban.services.channels.models import SimulatedText
from tuoban.services.channels.service import Address, write
from tuoban.services.channels.simulated import Gateway
from tuoban.services.customers.erasing import erase
from tuoban.services.customers.models import Customer

pytestmark = pytest.mark.django_db

NINE = datetime(2026, 3, 2, 1, 0, tzinfo=UTC)
NAME, PHONE, MAIL = "李小雷", "13800138000", "xiaolei@customer.example"
OTHER = "王建国"
PACK = """
pack: visits
version: 1
title: 上门
case: {number: SM, title: "{owner} {fault}"}
roles: {clerk: 前台, mender: 维修工, client: {zh: 客户, recorded-by: mender}}
kinds: {customer: {zh: 客户, facts: {level: {type: choice, zh: 等级, options: {gold: 金卡}}}}}
messages:
  called:
    zh: 来电
    fields: {who: {type: text, zh: 谁, personal: true}, fault: {type: text, zh: 故障}}
fields:
  owner: {type: customer, zh: 客户, required: true}
  reach: {type: phone, zh: 电话, personal: true}
  words: {type: text, zh: 原话, personal: true, long: true}
  place: {type: text, zh: 地址, personal: true}
  fault: {type: text, zh: 故障}
starts: [{request: ask, zh: 申请, by: clerk, form: [owner, reach, words, place, fault]}]
process:
  - tell: {client: sms}
    text: {zh: "{words}", en: "{words}"}
  - step: look
    zh: 检查
    by: mender
    form: [owner, words]
    signed-by: [client]
  - {wait: heard, zh: 等来电, message: called, matching: fault = message.fault}
  - {step: close, zh: 回访, by: clerk}
  - {end: done, zh: 完成}
"""


@pytest.fixture(autouse=True)
def blobs(tmp_path: Path, settings: Any) -> None:
    settings.TUOBAN_FILES = {**settings.TUOBAN_FILES, "folder": tmp_path, "scanner": ""}


class House:
    def __init__(self) -> None:
        unit = create_unit("hq", "总部", "HQ")
        self.mei, self.lei = (create_user(each, each, at=NINE) for each in ("mei", "lei"))
        self.root = create_user("root", "管理员", at=NINE, is_staff=True)
        grant(self.mei, "clerk", unit)
        grant(self.lei, "mender", unit)
        definitions.publish("visits", PACK, None, NINE)
        self._keys = count()

    def key(self) -> str:
        return f"key-{next(self._keys)}"

    def start(self, **data: Any) -> Outcome:
        given = {"reach": PHONE, "words": f"{NAME}：不开机", "place": "城东路 1 号", **data}
        return service.start_case("visits", "ask", by=self.mei, data=given, at=NINE, key=self.key())

    def item(self, case: Outcome, step: str) -> int:
        return WorkItem.objects.get(case=case.case_id, node=step, status=WorkItem.OPEN).pk

    def draft(self, case: Outcome, **data: Any) -> None:
        service.save_draft(self.item(case, "look"), data=data, by=self.lei, at=NINE)

    def correct(self, case: Outcome, field: str, value: str) -> Outcome:
        return service.correct_field(
            case.case_id, field, value, reason="弄错了", by=self.mei, at=NINE, key=self.key()
        )


def dump() -> str:
    """Everything in every table, as text."""
    with connection.cursor() as cursor:
        found = []
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f"SELECT * FROM {connection.ops.quote_name(table)}")  # noqa: S608
            found += [f"{table}: {row}" for row in cursor.fetchall()]
    return "\n".join(found)


def standing(*texts: str) -> list[str]:
    """The rows in which one of the texts stands."""
    return [row for row in dump().splitlines() if any(text in row for text in texts)]


def look_whole() -> None:
    """The audit is clean, and every case's journal folds to its state."""
    assert audit().findings == ()
    for row in Case.objects.all():
        definition = definitions.compiled(row.definition)
        entries = JournalEntry.objects.filter(case=row).order_by("seq")
        assert states.fold(definition, entries) == states.read(row, definition)


def test_who_is_erased_stands_in_no_row_of_the_database(monkeypatch: pytest.MonkeyPatch) -> None:
    house = House()

    class Down:
        name = "down"

        def carry(self, letter: carriers.Letter) -> None:
            words = f"no line to {letter.address} ({letter.text})"
            raise carriers.CarrierError(Text(words, words))

    monkeypatch.setattr(carriers, "_chosen", {SMS: Down()})
    named = house.start(owner=f"+{NAME} {PHONE}", fault="打印机")
    person = Customer.objects.get()
    Customer.objects.filter(pk=person.pk).update(mail=MAIL, note=f"{NAME}常在")
    signatures = {"client": SignatureInput(NAME, [[[0, 0], [5, 5]]])}
    service.complete(
        house.item(named, "look"),
        outcome=None,
        data={},
        signatures=signatures,
        by=house.lei,
        at=NINE,
        key=house.key(),
    )
    service.comment(named.case_id, f"{NAME}说明天来", by=house.mei, at=NINE, key=house.key())
    scan = upload([b"scanned"], f"{NAME}身份证.txt", by=house.mei, at=NINE).ref
    service.attach_files(named.case_id, [scan], by=house.mei, at=NINE, key=house.key())
    upload([b"for a draft"], f"{NAME}户口本.txt", by=house.mei, at=NINE)
    receive("called", {"who": NAME, "fault": "打印机"}, at=NINE)  # waits to be taken
    receive("called", {"who": f"{NAME} {PHONE}", "fault": "没有这张工单"}, at=NINE)

    once = house.start(owner=f"{NAME} #{person.pk}", fault="电脑")
    house.draft(once, words=f"问{NAME}")
    house.correct(once, "owner", f"+{OTHER} 13900139000")
    house.draft(once, words=f"还是问{NAME}")

    unrelated = house.start(
        owner=OTHER, fault="网络", reach="13900139000", words="断网", place="城西路"
    )
    house.draft(unrelated, words=f"是不是{NAME} {PHONE}？")
    Notice.objects.create(
        user=house.lei, code="not-begun", facts=f'{{"why":["{NAME}","x"]}}', at=NINE
    )
    to, what = Address("sms", PHONE), {"what": NAME, "number": "SM-1", "where": "城东路"}
    write("ready-to-collect", to, what, language="zh", key="ready-1", at=NINE)
    send_due(NINE)
    Gateway().carry(carriers.Letter("key", "13900139000", "", f"{NAME}的车好了", NINE))
    Gateway().carry(carriers.Letter("more", PHONE, "", "您的车好了", NINE))
    Gateway().carry(carriers.Letter("other", "13900139000", "", f"{OTHER}的车好了", NINE))

    held = standing(NAME, PHONE, MAIL)
    tables = {row.partition(":")[0] for row in held}
    assert tables >= {
        "cases_draft",
        "cases_message",
        "cases_notice",
        "cases_outgoing",
        "cases_outgoingattempt",
        "cases_personalvalue",
        "cases_written",
        "channels_simulatedtext",
        "customers_customer",
        "files_storedfile",
    }
    look_whole()

    erase(person.ref, reason="本人要求", by=house.root, at=NINE)

    assert standing(NAME, PHONE, MAIL) == []
    assert FormerReference.objects.get().case_id == once.case_id
    # What says nothing of who it is stays, and so does what is of others.
    kept = PersonalValue.objects.filter(field="place", erased_at=None)
    assert kept.count() == 3
    assert standing(OTHER)
    assert SimulatedText.objects.get().key == "other"
    assert PersonalValue.objects.filter(case=unrelated.case_id, erased_at=None).count() == 3
    look_whole()
    service.complete(
        house.item(once, "look"),
        outcome=None,
        data={},
        signatures={"client": SignatureInput(OTHER, [[[0, 0], [5, 5]]])},
        by=house.lei,
        at=NINE,
        key=house.key(),
    )
    look_whole()
    assert not Outgoing.objects.filter(error__contains=NAME).exists()


def test_a_name_of_one_character_takes_nothing_of_others_with_it() -> None:
    house = House()
    named = house.start(owner="+王", reach="", words="王", place="王家路 1 号")
    other = house.start(owner=f"+{OTHER}", words="王建国：不开机")
    house.draft(other, words="问王建国")
    erase(Customer.objects.get(name="王").ref, reason="本人要求", by=house.root, at=NINE)
    left = PersonalValue.objects.filter(case=named.case_id, erased_at=None)
    assert list(left.values_list("field", flat=True)) == ["place"]
    assert Draft.objects.filter(item__case=other.case_id).exists()
    look_whole()


def test_cases_that_named_somebody_before_this_version_are_found_in_their_journals() -> None:
    house = House()
    case = house.start(owner=f"+{NAME} {PHONE}")
    house.correct(case, "owner", f"+{OTHER}")
    look_whole()
    FormerReference.objects.all().delete()
    ref = Customer.objects.get(name=NAME).ref
    [found] = audit().findings
    assert (found.case, found.kind) == (case.case_id, "rows-differ")
    assert found.detail == f"that {ref} was named before is in the journal only"
    FormerReference.objects.create(case_id=case.case_id, ref="customer-999")
    assert "customer-999 was named before is in the rows only" in str(audit().findings)
    FormerReference.objects.all().delete()
    look: Callable[..., None] = import_module(
        "tuoban.runtime.cases.migrations.0025_former_references"
    ).look_through_journals
    look(apps, None)
    assert list(FormerReference.objects.values_list("case", "ref")) == [(case.case_id, ref)]


def test_what_a_field_held_is_forgotten_with_its_own_case_alone() -> None:
    house = House()
    case, other = (house.start(owner=f"+{NAME}{at}", words="好的") for at in "一二")
    for each in (case, other):
        house.draft(each, words="好的")
    service.erase_personal_values(
        case.case_id, field="words", reason="客户要求", by=house.root, at=NINE, key=house.key()
    )
    assert list(Draft.objects.values_list("item__case", flat=True)) == [other.case_id]


def test_why_a_job_failed_and_was_given_up_is_erased_with_the_customer() -> None:
    house = House()
    case = house.start(owner=f"+{NAME} {PHONE}")
    person = Customer.objects.get(name=NAME)
    for key, of in (("of the case", case.case_id), ("of none", None)):
        enqueue("unknown", {}, key=key, run_at=NINE, case=of)
        job = Job.objects.get(key=key)
        job.error, job.dead_at = keeps(Text(f"{NAME} 不在", f"{PHONE} is away")), NINE
        job.save()
        assert drop(job.pk, reason=f"{NAME} 已经电话联系", at=NINE, by=house.root)
    erase(person.ref, reason="客户要求", by=house.root, at=NINE)
    assert not standing(NAME, PHONE)
    look_whole()
