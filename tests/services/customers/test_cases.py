"""Cases that name customers and assets: entering, reading, writing and looking again."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import UTC, date, datetime, timedelta
from itertools import count
from threading import Event
from typing import Any

import pytest
from django.db import connection

from tests.runtime.shop import together
from tests.services.customers.cars import CARS
from tuoban.kernel import events as e
from tuoban.kernel.refusals import Refused
from tuoban.runtime.cases import audit, definitions, journal, outside, queries, service, states
from tuoban.runtime.cases.migrating import Wish, migrate_one
from tuoban.runtime.cases.models import Case, CaseReference, JournalEntry, WorkItem
from tuoban.runtime.cases.service import Outcome
from tuoban.runtime.jobs.carriers.rows import run_due
from tuoban.runtime.people.models import User
from tuoban.runtime.people.service import create_unit, create_user, grant
from tuoban.services.customers.files import write_facts
from tuoban.services.customers.models import Asset, Customer, Fact

pytestmark = pytest.mark.django_db(transaction=True)

NINE = datetime(2026, 3, 2, 1, 0, tzinfo=UTC)


class Garage:
    def __init__(self) -> None:
        self.keys: Iterator[int] = count()
        unit = create_unit("garage", "汽修", "Garage")
        self.mei = create_user("mei", "陈小美", at=NINE)
        self.lei = create_user("lei", "李雷", at=NINE)
        grant(self.mei, "advisor", unit)
        grant(self.lei, "technician", unit)
        definitions.publish("garage", CARS, None, NINE)

    def start(self, **data: Any) -> Outcome:
        return service.start_case(
            "garage", "repair", by=self.mei, data=data, at=NINE, key=f"k{next(self.keys)}"
        )

    def do(self, case: Outcome, step: str, by: User, **data: Any) -> Outcome:
        item = WorkItem.objects.get(case=case.case_id, node=step, status=WorkItem.OPEN)
        return service.complete(
            item.pk, outcome=None, by=by, data=data, at=NINE, key=f"k{next(self.keys)}"
        )

    def state(self, case: Outcome) -> Any:
        row = Case.objects.get(pk=case.case_id)
        return states.read(row, definitions.compiled(row.definition))


@pytest.fixture
def garage() -> Garage:
    return Garage()


def test_who_is_new_is_entered_with_the_case_and_known_by_name_afterwards(garage: Garage) -> None:
    first = garage.start(vehicle="+ 浙A12345", owner="+李雷 13800138000")
    asset, customer = Asset.objects.get(), Customer.objects.get()
    assert (asset.kind, asset.name) == ("vehicle", "浙A12345")
    assert (customer.name, customer.phone) == ("李雷", "13800138000")
    again = garage.start(vehicle="浙a12345", owner="138-0013-8000")
    for case in (first, again):
        assert garage.state(case).values["vehicle"] == asset.ref
        assert garage.state(case).values["owner"] == customer.ref
    assert Asset.objects.count() == Customer.objects.count() == 1


def test_a_refused_start_enters_nobody(garage: Garage) -> None:
    with pytest.raises(Refused):
        garage.start(vehicle="+浙A1", owner="谁也不是")
    assert not Asset.objects.exists()


def test_names_stand_in_no_journal_state_or_stored_title(garage: Garage) -> None:
    case = garage.start(vehicle="+浙A12345", owner="+李雷 13800138000", complaint="异响")
    row = Case.objects.get(pk=case.case_id)
    texts = [row.state, row.title, row.title_words]
    texts += JournalEntry.objects.values_list("payload", flat=True)
    assert not any("李雷" in text or "13800138000" in text for text in texts)
    assert row.title_words == "浙A12345  异响"
    page = queries.case_page(garage.mei, case.case_id, NINE)
    assert page.title == "浙A12345 李雷 异响"
    assert queries.case_list(garage.mei, NINE).rows[0].title == "浙A12345 李雷 异响"
    shown = {field.name: field.value.zh for field in page.fields}
    assert (shown["vehicle"], shown["owner"]) == ("浙A12345", "李雷")


def test_two_of_one_name_must_be_told_apart(garage: Garage) -> None:
    one, two = (Customer.objects.create(name="王芳", entered_at=NINE) for _ in range(2))
    with pytest.raises(Refused) as refused:
        garage.start(vehicle="+浙A1", owner="王芳")
    assert [(each.place, each.code) for each in refused.value.problems] == [
        ("owner", "not-customer")
    ]
    form = queries.start_form(garage.mei, "garage", "repair", NINE, {"owner": "王芳"})
    field = next(each for each in form.form[0].entries if each.name == "owner")
    keys = [each.key for each in field.options]
    assert keys == [f"王芳 #{one.pk}", f"王芳 #{two.pk}", "+ 王芳"]
    case = garage.start(vehicle="+浙A1", owner=f"王芳 #{two.pk}")
    assert garage.state(case).values["owner"] == two.ref


def test_facts_are_read_and_what_a_set_gives_is_written(garage: Garage) -> None:
    asset = Asset.objects.create(kind="vehicle", name="浙A1", entered_at=NINE)
    write_facts(asset.ref, {"warranty_until": date(2026, 12, 31)}, NINE)
    case = garage.start(vehicle="浙A1")
    garage.do(case, "look", garage.lei, mileage="42000")
    state = garage.state(case)
    assert state.values["free"] is True
    written = Fact.objects.filter(case=case.case_id).order_by("name")
    assert [(each.name, each.value) for each in written] == [
        ("mileage", '{"$n":"42000"}'),
        ("next_service", '{"$d":"2026-09-01"}'),
    ]
    story = queries.case_page(garage.mei, case.case_id, NINE).timeline
    assert any("车辆的里程：42,000 km" in each.sentence.zh for each in story)
    assert audit.audit().is_clean


def test_a_changed_fact_queues_that_the_cases_which_read_it_are_looked_at(garage: Garage) -> None:
    case, other = garage.start(vehicle="+浙A1"), garage.start(vehicle="+浙A2")
    asset = Asset.objects.get(name="浙A1")
    before = garage.state(other)
    write_facts(asset.ref, {"next_service": date(2026, 3, 1)}, NINE)
    assert not WorkItem.objects.get(case=case.case_id).locked
    run_due(NINE + timedelta(seconds=1))
    assert WorkItem.objects.get(case=case.case_id).locked
    newest = JournalEntry.objects.filter(case=case.case_id).latest("seq")
    assert [type(each) for each in journal.events_of(newest)] == [e.FactsLearned, e.ItemLocked]
    assert garage.state(other) == before
    assert audit.audit().is_clean


def test_a_case_that_begins_while_a_fact_changes_is_looked_at_when_it_has_begun(
    garage: Garage, monkeypatch: pytest.MonkeyPatch
) -> None:
    """On PostgreSQL it goes by what it has read before."""
    if connection.vendor != "postgresql":
        pytest.skip("there nobody changes facts while a command is under way")
    asset = Asset.objects.create(kind="vehicle", name="浙A1", entered_at=NINE)
    read, go_on = Event(), Event()
    known = outside.known

    def know_and_wait(*args: Any) -> dict[str, Mapping[str, Any]]:
        found = known(*args)
        if found:
            read.set()
            go_on.wait(30)
        return found

    def change() -> int:
        read.wait(30)
        write_facts(asset.ref, {"next_service": date(2026, 3, 1)}, NINE)
        run_due(NINE)
        go_on.set()
        return 0

    monkeypatch.setattr(outside, "known", know_and_wait)
    assert together(lambda: garage.start(vehicle="浙A1").seq, change) == [1, 0]
    monkeypatch.undo()
    assert not WorkItem.objects.get().locked
    run_due(NINE)
    assert WorkItem.objects.get().locked
    assert audit.audit().is_clean


def test_a_fact_that_no_case_reads_leaves_no_entry(garage: Garage) -> None:
    case = garage.start(vehicle="+浙A1")
    write_facts(Asset.objects.get().ref, {"mileage": 5}, NINE)
    run_due(NINE + timedelta(seconds=1))
    assert JournalEntry.objects.filter(case=case.case_id).count() == 1


def test_the_rows_of_what_a_case_names_are_audited(garage: Garage) -> None:
    case = garage.start(vehicle="+浙A1")
    assert CaseReference.objects.filter(case=case.case_id).count() == 1
    CaseReference.objects.all().delete()
    assert [each.kind for each in audit.audit().findings] == ["rows-differ"]


def test_an_asset_of_another_kind_is_not_found(garage: Garage) -> None:
    Asset.objects.create(kind="boiler", name="B1", entered_at=NINE)
    with pytest.raises(Refused):
        garage.start(vehicle="B1")


def test_what_a_case_names_follows_its_fields_to_another_version_and_back(garage: Garage) -> None:
    case = garage.start(vehicle="+ 浙A12345", owner="+李雷 13800138000")
    for version, old, new in (("2", "owner", "client"), ("3", "client", "owner")):
        text = CARS if new == "owner" else re.sub(r"\bowner\b", "client", CARS)
        text = re.sub(r"(?m)^version: .*$", f'version: "{version}"', text)
        definitions.publish("garage", text, None, NINE)
        migrate_one(case.case_id, Wish(version, renames={old: new}), NINE)
        named = CaseReference.objects.filter(case=case.case_id).values_list("field", flat=True)
        assert set(named) == {"vehicle", new}
        assert audit.audit([case.case_id]).findings == ()
