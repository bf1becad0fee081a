"""The audit finds each planted fault, names it, and finds nothing else."""

import json
from collections.abc import Callable
from datetime import timedelta

import pytest
from django.db.models import F, QuerySet

from tests.runtime.shop import NINE, Shop
from tuoban.runtime.cases import journal, service
from tuoban.runtime.cases.audit import audit
from tuoban.runtime.cases.definitions import publish
from tuoban.runtime.cases.models import (
    Case,
    JournalEntry,
    NumberSequence,
    PersonalValue,
    PoolEntry,
    PublishedDefinition,
    Timer,
    WorkItem,
)
from tuoban.runtime.cases.personal import commitment
from tuoban.runtime.people.models import User

Fault = Callable[[Case], object]


@pytest.fixture
def case(shop: Shop) -> Case:
    """A case with four entries and open work, beside another that nobody touches."""
    shop.finish(shop.start())
    started = shop.start()
    shop.claim(started, "look", "lei")
    shop.look(started)
    shop.agree(started)
    return Case.objects.get(pk=started.case_id)


def entry(case: Case, seq: int) -> JournalEntry:
    return JournalEntry.objects.get(case=case, seq=seq)


def found(case: Case) -> set[tuple[int | None, str]]:
    report = audit()
    assert {finding.number for finding in report.findings} <= {case.number}
    return {(finding.seq, finding.kind) for finding in report.findings}


def change_payload(case: Case) -> None:
    changed = entry(case, 3)
    changed.payload = changed.payload.replace('"80.00"', '"8.00"')
    changed.save()


def change_actor(case: Case) -> None:
    JournalEntry.objects.filter(case=case, seq=3).update(actor="999")


def change_and_sign_anew(case: Case) -> None:
    """A forger who knows how digests are made, but changes one entry only."""
    changed = entry(case, 3)
    changed.payload = changed.payload.replace('"80.00"', '"8.00"')
    changed.digest = journal.digest(case.number, changed)
    changed.save()


def cut_from_the_middle(case: Case) -> None:
    entry(case, 2).delete()


def cut_the_tail(case: Case) -> None:
    entry(case, 4).delete()


def empty_the_journal(case: Case) -> None:
    JournalEntry.objects.filter(case=case).delete()


def swap(case: Case) -> None:
    JournalEntry.objects.filter(case=case, seq=2).update(seq=99)
    JournalEntry.objects.filter(case=case, seq=3).update(seq=2)
    JournalEntry.objects.filter(case=case, seq=99).update(seq=3)


def cut_the_case_back(case: Case) -> None:
    """A case that pretends its last entry never happened."""
    before = entry(case, 3)
    Case.objects.filter(pk=case.pk).update(seq=before.seq, head=before.digest)


def change_the_head(case: Case) -> None:
    Case.objects.filter(pk=case.pk).update(head="0" * 64)


@pytest.mark.parametrize(
    ("plant", "findings"),
    [
        (change_payload, {(3, "tampered")}),
        (change_actor, {(3, "tampered")}),
        (change_and_sign_anew, {(4, "tampered")}),
        (cut_from_the_middle, {(2, "missing")}),
        (cut_the_tail, {(4, "missing")}),
        (empty_the_journal, {(1, "missing")}),
        (cut_the_case_back, {(4, "tampered")}),
        (change_the_head, {(4, "tampered")}),
    ],
)
def test_a_fault_in_the_journal_is_found_where_it_is(
    case: Case, plant: Fault, findings: set[tuple[int | None, str]]
) -> None:
    assert audit().is_clean

    plant(case)

    assert found(case) == findings


def test_entries_that_changed_places_are_found(case: Case) -> None:
    swap(case)

    assert {(2, "re-ordered"), (3, "re-ordered")} <= found(case)


def test_an_entry_moved_to_another_case_is_found(case: Case) -> None:
    other = Case.objects.exclude(pk=case.pk).get()
    moved = JournalEntry.objects.get(case=other, seq=4)
    entry(case, 4).delete()
    JournalEntry.objects.filter(pk=moved.pk).update(case=case)

    kinds = {(finding.number, finding.kind) for finding in audit([case.pk, other.pk]).findings}

    assert (case.number, "tampered") in kinds
    assert (other.number, "missing") in kinds


def change_state(case: Case) -> None:
    state = json.loads(case.state)
    state["state"]["values"]["price"] = {"$n": "8.00"}
    Case.objects.filter(pk=case.pk).update(
        state=json.dumps(state, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    )


def garble_state(case: Case) -> None:
    Case.objects.filter(pk=case.pk).update(state="nonsense")


def close_an_item(case: Case) -> None:
    WorkItem.objects.filter(case=case, node="mend").update(status=WorkItem.DONE)


def invent_an_item(case: Case) -> None:
    copied = WorkItem.objects.get(case=case, node="mend")
    copied.pk, copied.number = None, 77
    copied.save()


def hand_an_item_over(case: Case) -> None:
    lei = WorkItem.objects.get(case=case, node="look").person
    WorkItem.objects.filter(case=case, node="mend").update(person=lei)


def put_an_item_off(case: Case) -> None:
    rows = WorkItem.objects.filter(case=case, node="mend")
    rows.update(due_at=F("due_at") + timedelta(days=1))


def empty_a_pool(case: Case) -> None:
    PoolEntry.objects.filter(item__case=case).delete()


def lose_a_timer(case: Case) -> None:
    Timer.objects.filter(case=case).delete()


def invent_a_timer(case: Case) -> None:
    Timer.objects.create(case=case, timer="77", clock=1, due_at=NINE, next_try_at=NINE)


def end_the_case(case: Case) -> None:
    Case.objects.filter(pk=case.pk).update(status="ended")


def rename_the_case(case: Case) -> None:
    Case.objects.filter(pk=case.pk).update(title="别的标题")


def move_the_case(case: Case) -> None:
    Case.objects.filter(pk=case.pk).update(unit="west")


def date_the_end(case: Case) -> None:
    Case.objects.filter(pk=case.pk).update(ended_at=NINE)


def finished(case: Case) -> QuerySet[WorkItem]:
    return WorkItem.objects.filter(case=case, node="look")


def let_somebody_else_have_done_it(case: Case) -> None:
    finished(case).update(person=User.objects.get(username="han"))


def withdraw_what_was_done(case: Case) -> None:
    finished(case).update(status=WorkItem.WITHDRAWN)


def date_what_was_done(case: Case) -> None:
    finished(case).update(closed_at=NINE - timedelta(days=1))


def delete_what_was_done(case: Case) -> None:
    finished(case).delete()


def invent_what_was_done(case: Case) -> None:
    copied = finished(case).get()
    copied.pk, copied.number = None, 77
    copied.save()


def put_a_timer_off(case: Case) -> None:
    later = F("next_try_at") + timedelta(days=1)
    Timer.objects.filter(case=case).update(next_try_at=later)


@pytest.mark.parametrize("plant", [change_state, garble_state])
def test_a_state_that_is_not_the_fold_is_found(case: Case, plant: Fault) -> None:
    plant(case)

    assert found(case) == {(None, "state-differs")}


@pytest.mark.parametrize(
    "plant",
    [
        close_an_item,
        invent_an_item,
        hand_an_item_over,
        put_an_item_off,
        empty_a_pool,
        lose_a_timer,
        invent_a_timer,
        end_the_case,
        rename_the_case,
        move_the_case,
        date_the_end,
        let_somebody_else_have_done_it,
        withdraw_what_was_done,
        date_what_was_done,
        delete_what_was_done,
        invent_what_was_done,
        put_a_timer_off,
    ],
)
def test_rows_that_are_not_the_states_are_found(case: Case, plant: Fault) -> None:
    plant(case)

    assert found(case) == {(None, "rows-differ")}


def test_a_changed_personal_value_is_found(case: Case) -> None:
    PersonalValue.objects.filter(case=case, field="owner").update(value='"别人"')

    assert found(case) == {(None, "commitment-broken")}


def test_a_personal_value_changed_with_its_commitment_is_found(case: Case) -> None:
    forged = commitment("salt", '"别人"')
    PersonalValue.objects.filter(case=case, field="owner").update(
        salt="salt", value='"别人"', commitment=forged
    )

    assert found(case) == {(1, "commitment-broken")}


def test_a_deleted_personal_value_is_found(case: Case) -> None:
    PersonalValue.objects.filter(case=case, field="owner").delete()

    assert found(case) == {(1, "commitment-broken")}


def mark_as_erased(case: Case) -> None:
    rows = PersonalValue.objects.filter(case=case, field="owner")
    rows.update(value="", salt="", erased_at=NINE)


def undo_an_erasure(case: Case) -> None:
    kept = PersonalValue.objects.get(case=case, field="owner")
    erase_owner(case)
    kept.save()


def keep_what_was_erased(case: Case) -> None:
    kept = PersonalValue.objects.get(case=case, field="owner")
    erase_owner(case)
    PersonalValue.objects.filter(pk=kept.pk).update(value=kept.value)


def date_an_erasure(case: Case) -> None:
    erase_owner(case)
    PersonalValue.objects.filter(case=case, field="owner").update(erased_at=NINE)


def invent_a_value(case: Case) -> None:
    PersonalValue.objects.create(
        ref="0" * 32, case=case, field="owner", value='"x"', commitment=commitment("", '"x"')
    )


def erase_owner(case: Case) -> None:
    service.erase_personal_values(
        case.pk,
        by=User.objects.get(username="root"),
        reason="客户要求",
        at=NINE + timedelta(days=1),
        key="erase",
        field="owner",
    )


@pytest.mark.parametrize(
    "plant",
    [mark_as_erased, undo_an_erasure, keep_what_was_erased, date_an_erasure, invent_a_value],
)
def test_an_erasure_that_is_not_the_journals_is_found(case: Case, plant: Fault) -> None:
    plant(case)

    assert found(case) == {(None, "commitment-broken")}


def test_a_case_that_ended_at_another_time_is_found(case: Case) -> None:
    over = Case.objects.exclude(pk=case.pk)
    over.update(ended_at=NINE + timedelta(days=1))

    assert {(each.number, each.kind) for each in audit().findings} == {
        (over.get().number, "rows-differ")
    }


def test_roles_that_are_not_the_definitions_are_found(case: Case) -> None:
    PublishedDefinition.objects.update(roles='["clerk"]')

    assert {(each.seq, each.kind) for each in audit([case.pk]).findings} == {(None, "rows-differ")}


def delete_a_whole_case() -> None:
    victim = Case.objects.order_by("pk")[0]
    JournalEntry.objects.filter(case=victim).delete()
    victim.delete()


def count_on() -> None:
    NumberSequence.objects.update(next=F("next") + 1)


def count_back() -> None:
    NumberSequence.objects.update(next=F("next") - 1)


def forget_the_series() -> None:
    NumberSequence.objects.all().delete()


@pytest.mark.usefixtures("case")
@pytest.mark.parametrize(
    ("plant", "finding"),
    [
        (delete_a_whole_case, ("SR-2603-0001", "missing")),
        (count_on, ("SR-2603-0003", "missing")),
        (count_back, ("SR-2603-0002", "rows-differ")),
        (forget_the_series, ("SR-2603", "missing")),
    ],
)
def test_numbers_that_do_not_add_up_are_found(
    plant: Callable[[], None], finding: tuple[str, str]
) -> None:
    plant()

    (found,) = audit().findings
    assert (found.case, found.number, found.kind) == (None, *finding)


def test_a_definition_changed_under_its_cases_is_found(case: Case) -> None:
    row = PublishedDefinition.objects.get()
    row.text = row.text.replace("30 minutes", "90 minutes")
    row.save()

    assert {finding.kind for finding in audit().findings} == {"tampered"}


def test_a_case_put_on_another_definition_is_found(case: Case) -> None:
    row = PublishedDefinition.objects.get()
    other = publish(row.slug, row.text.replace("version: 2026.1", "version: 2026.2"), None, NINE)
    Case.objects.filter(pk=case.pk).update(definition=other)

    assert found(case) == {(1, "tampered")}


def test_an_audit_can_be_limited_to_some_cases(case: Case) -> None:
    change_actor(case)
    other = Case.objects.exclude(pk=case.pk).get()

    report = audit([other.pk])

    assert (report.cases, report.entries, report.is_clean) == (1, 5, True)
