"""Running cases are taken to another version of their process, over a real database."""

from datetime import timedelta

import pytest

from tests.runtime.shop import NINE, PACK, SLUG, Shop, refusal, row
from tuoban.kernel.refusals import Refused
from tuoban.runtime.cases import definitions, migrating, service, states
from tuoban.runtime.cases.audit import audit
from tuoban.runtime.cases.migrating import Result, Wish, migrate_open_cases, versions_of
from tuoban.runtime.cases.models import Case, JournalEntry, WorkItem
from tuoban.runtime.cases.queries import case_page, notices
from tuoban.runtime.cases.queries.clocks import clock_sheet

LATER = NINE + timedelta(minutes=10)
RENAMED = PACK.replace("version: 2026.1", "version: 2026.2").replace("look", "inspect")
WITHOUT = (
    PACK.replace("version: 2026.1", "version: 2026.3")
    .replace("step: mend\n", "step: fix\n")
    .replace("within: 2 hours", "within: 3 hours")
)


def publish() -> None:
    for number, text in enumerate((RENAMED, WITHOUT), start=1):
        definitions.publish(SLUG, text, None, NINE + timedelta(seconds=number))


def codes(results: list[Result]) -> dict[str, str]:
    return {each.number: each.refused.code if each.refused else "" for each in results}


def test_a_case_goes_on_by_another_version_and_its_past_is_told_as_it_was(shop: Shop) -> None:
    case = shop.start()
    shop.claim(case, "look", "lei")
    publish()

    service.migrate_case(
        case.case_id,
        to="2026.2",
        reason="新规定",
        renames={"look": "inspect"},
        by=shop["root"],
        at=LATER,
        key="m",
    )

    assert row(case).definition.version == "2026.2"
    item = WorkItem.objects.get(case=case.case_id, node="inspect")
    assert (item.person, item.due_at) == (shop["lei"], NINE + timedelta(minutes=30))
    page = case_page(shop["root"], case.case_id, LATER)
    told = [each.sentence.zh for each in page.timeline]
    assert told[0] == "管理员让工单从版本 2026.1 改按版本 2026.2 办理：新规定"
    assert told[1] == "李雷领取“检查”"
    assert page.version == "2026.2"
    item_id = shop.item(case, "inspect")
    shop.complete(item_id, "lei", LATER, outcome="found", checked=["1"], price="80")
    assert audit().findings == ()
    shop.agree(case, at=LATER)
    assert len(clock_sheet(shop["root"], case.case_id, LATER).over) == 1
    shop.complete(shop.item(case, "mend"), "gang", LATER)
    shop.complete(shop.item(case, "approve"), "min", LATER)
    assert row(case).outcome == "done"
    assert audit().findings == ()


def test_the_state_is_made_anew_from_a_journal_of_several_versions(shop: Shop) -> None:
    case = shop.start()
    shop.look(case)
    publish()
    migrating.migrate_one(case.case_id, Wish("2026.2", renames={"look": "inspect"}), LATER)
    found = row(case)
    kept = found.state

    found.state = "{}"

    assert states.is_kept(kept, states.read(found, definitions.compiled(found.definition)))


def test_only_administrators_may_and_a_refusal_changes_nothing(shop: Shop) -> None:
    case = shop.start()
    publish()
    before = (row(case).state, JournalEntry.objects.count())

    def move(by: str, to: str = "2026.2") -> str:
        return refusal(
            lambda: service.migrate_case(case.case_id, to=to, by=shop[by], at=NINE, key=shop.key())
        ).code

    assert move("min") == "not-to-migrate"
    assert move("root") == "not-migratable"
    assert move("root", "3000") == "unknown-version"
    assert move("root", "2026.1") == "same-version"
    assert (row(case).state, JournalEntry.objects.count()) == before


def test_all_running_cases_are_tried_first_and_then_moved_as_far_as_they_can_be(
    shop: Shop,
) -> None:
    over, early, late = shop.start(), shop.start(), shop.start()
    shop.finish(over)
    shop.look(late)
    publish()
    wish, entries = Wish("2026.3"), JournalEntry.objects.count()

    tried = list(migrate_open_cases(SLUG, wish, LATER, dry_run=True))

    assert codes(tried) == {early.number: "", late.number: "not-migratable"}
    refused = tried[1].refused
    assert refused is not None
    assert "修理" in refused.read("zh")
    assert JournalEntry.objects.count() == entries
    assert [each.running for each in versions_of(SLUG)] == [0, 0, 2]
    assert codes(list(migrate_open_cases(SLUG, wish, LATER))) == codes(tried)
    assert [each.running for each in versions_of(SLUG)] == [1, 0, 1]
    again = Wish("2026.3", renames={"mend": "fix"})
    assert codes(list(migrate_open_cases(SLUG, again, LATER, before="2026.1"))) == {late.number: ""}
    assert list(migrate_open_cases(SLUG, again, LATER)) == []
    with pytest.raises(Refused) as unpublished:
        list(migrate_open_cases(SLUG, Wish("3000"), LATER))
    assert unpublished.value.code == "unknown-version"
    assert not Case.objects.filter(status="running").exclude(definition__version="2026.3").exists()
    assert row(over).definition.version == "2026.1"
    assert audit().findings == ()


def test_a_case_that_names_another_version_than_its_journal_is_found(shop: Shop) -> None:
    case = shop.start()
    publish()
    other = definitions.latest(SLUG)

    Case.objects.filter(pk=case.case_id).update(definition=other)

    assert audit().findings[0].kind == "tampered"


def test_notices_about_a_step_that_is_gone_are_still_read(shop: Shop) -> None:
    case = shop.start()
    shop.claim(case, "look", "lei")
    service.fire_due_timers(NINE + timedelta(minutes=20))
    shop.look(case)
    publish()
    migrating.migrate_one(
        case.case_id, Wish("2026.2", renames={"look": "inspect"}), NINE + timedelta(minutes=21)
    )

    told = [each.sentence.zh for each in notices(shop["lei"])]
    assert "“检查”快到时限了" in told
