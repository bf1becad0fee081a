"""The verbs, one by one, on a live case."""

from datetime import timedelta

import pytest

from tests.runtime.shop import NINE, REQUEST, SLUG, Shop, refusal, row
from tuoban.kernel.refusals import Refused
from tuoban.runtime.cases import service
from tuoban.runtime.cases.audit import audit
from tuoban.runtime.cases.models import Case, Draft, JournalEntry, WorkItem
from tuoban.runtime.cases.service import SignatureInput
from tuoban.runtime.people.service import create_unit, grant


def test_a_case_goes_from_request_to_its_end_and_verifies(shop: Shop) -> None:
    case = shop.start()
    shop.finish(case)

    kept = row(case)
    assert (kept.status, kept.outcome, kept.ended_at) == ("ended", "done", NINE)
    assert [entry.command for entry in JournalEntry.objects.order_by("seq")] == [
        "Start",
        "Complete",
        "Complete",
        "Complete",
        "Complete",
    ]
    assert not WorkItem.objects.filter(status=WorkItem.OPEN).exists()
    assert audit().is_clean


def test_numbers_count_per_month_and_unit_time(shop: Shop) -> None:
    late_on_the_last_day = NINE.replace(month=3, day=31, hour=15, minute=59)

    numbers = [
        shop.start(at=at).number
        for at in (NINE, NINE, late_on_the_last_day, late_on_the_last_day + timedelta(minutes=1))
    ]

    assert numbers == ["SR-2603-0001", "SR-2603-0002", "SR-2603-0003", "SR-2604-0001"]


def test_a_number_of_a_refused_request_is_given_to_the_next(shop: Shop) -> None:
    refusal(lambda: shop.start(phone="12"))

    assert shop.start().number == "SR-2603-0001"


def test_who_may_start_in_several_units_must_choose(shop: Shop) -> None:
    grant(shop["mei"], "clerk", shop.units["west"])

    refused = refusal(shop.start)

    assert refused.code == "unit-needed"
    assert refused.read("zh") == "您在多个部门都可发起，请选择部门：城东、城西。"
    chosen = service.start_case(
        SLUG, "repair", by=shop["mei"], unit="west", data=REQUEST, at=NINE, key="chosen"
    )
    assert Case.objects.get(pk=chosen.case_id).unit_id == "west"


def test_starting_needs_the_role_in_that_unit(shop: Shop) -> None:
    assert refusal(lambda: shop.start(by="lei")).code == "not-starter"
    elsewhere = refusal(
        lambda: service.start_case(
            SLUG, "repair", by=shop["mei"], unit="west", data=REQUEST, at=NINE, key="k"
        )
    )
    assert elsewhere.code == "not-starter"


@pytest.mark.parametrize(
    ("slug", "request_key", "unit", "code"),
    [
        ("no-such-process", "repair", "east", "unknown-process"),
        (SLUG, "no-such-request", "east", "unknown-request"),
        (SLUG, "no-such-request", None, "unknown-request"),
        (SLUG, "repair", "moon", "unknown-unit"),
    ],
)
def test_starting_something_unknown_is_refused(
    shop: Shop, slug: str, request_key: str, unit: str | None, code: str
) -> None:
    refused = refusal(
        lambda: service.start_case(
            slug, request_key, by=shop["mei"], unit=unit, data={}, at=NINE, key="k"
        )
    )
    assert refused.code == code


def test_claiming_takes_work_out_of_the_pool_and_releasing_puts_it_back(shop: Shop) -> None:
    case = shop.start()
    item = shop.item(case, "look")

    shop.claim(case, "look", "lei")
    taken = WorkItem.objects.get(pk=item)
    assert (taken.person, taken.pools.count()) == (shop["lei"], 0)
    refused = refusal(lambda: shop.claim(case, "look", "han"))
    assert (refused.code, refused.facts["by"]) == ("held-by-other", "李雷")

    service.release(item, by=shop["lei"], at=NINE, key="back")
    back = WorkItem.objects.get(pk=item)
    assert (back.person, back.pools.count()) == (None, 1)
    assert audit().is_clean


def test_claiming_what_one_holds_leaves_no_entry(shop: Shop) -> None:
    case = shop.start()
    first = shop.claim(case, "look", "lei")

    assert shop.claim(case, "look", "lei").seq == first.seq


def test_transferring_needs_a_reason_and_somebody_with_the_role(shop: Shop) -> None:
    case = shop.start()
    shop.claim(case, "look", "lei")
    item = shop.item(case, "look")

    def transfer(to: str, reason: str) -> None:
        service.transfer(item, to=shop[to], reason=reason, by=shop["lei"], at=NINE, key=shop.key())

    assert refusal(lambda: transfer("han", "  ")).code == "reason-missing"
    assert refusal(lambda: transfer("mei", "有事")).code == "not-performer"
    bad_reason = refusal(lambda: transfer("han", "不可见\x00字符"))
    assert [problem.place for problem in bad_reason.problems] == ["reason"]
    transfer("han", "有事先走")
    assert WorkItem.objects.get(pk=item).person == shop["han"]


def test_a_bad_form_is_refused_with_every_problem_and_its_place(shop: Shop) -> None:
    case = shop.start()

    refused = refusal(
        lambda: shop.complete(shop.item(case, "look"), "lei", price="八十", outcome="fine")
    )

    assert refused.code == "invalid"
    assert {problem.place: problem.code for problem in refused.problems} == {
        "price": "not-money",
        "outcome": "unknown-outcome",
        "check:1": "unchecked",
    }


def test_a_locked_item_is_refused_until_its_gate_opens(shop: Shop) -> None:
    case = shop.start()
    shop.look(case)
    mend = shop.item(case, "mend")
    assert WorkItem.objects.get(pk=mend).locked

    assert refusal(lambda: shop.complete(mend, "gang")).code == "locked"

    shop.agree(case)
    assert not WorkItem.objects.get(pk=mend).locked
    shop.complete(mend, "gang")


def test_a_missing_or_empty_signature_is_refused_beside_its_place(shop: Shop) -> None:
    case = shop.start()
    shop.look(case)

    refused = refusal(
        lambda: shop.complete(
            shop.item(case, "agree"), "lei", signatures={"client": SignatureInput(" ", [])}
        )
    )

    assert [problem.place for problem in refused.problems] == ["signature:client"]


def test_a_signature_as_large_as_a_photo_is_refused(shop: Shop) -> None:
    case = shop.start()
    shop.look(case)

    refused = refusal(
        lambda: shop.complete(
            shop.item(case, "agree"),
            "lei",
            signatures={"client": SignatureInput("王建国", [[0] * 100_000])},
        )
    )

    assert [problem.code for problem in refused.problems] == ["too-long"]


def test_sending_back_does_everything_again_by_the_same_people(shop: Shop) -> None:
    case = shop.start()
    shop.look(case)
    shop.agree(case)
    shop.complete(shop.item(case, "mend"), "gang")

    service.return_to(
        shop.item(case, "approve"), to="look", reason="没修好", by=shop["min"], at=NINE, key="r"
    )

    again = WorkItem.objects.get(pk=shop.item(case, "look"))
    assert again.person == shop["lei"]
    assert audit().is_clean


def test_a_step_that_cannot_be_returned_to_is_refused(shop: Shop) -> None:
    case = shop.start()
    shop.look(case)

    refused = refusal(
        lambda: service.return_to(
            shop.item(case, "agree"), to="approve", reason="?", by=shop["lei"], at=NINE, key="r"
        )
    )

    assert refused.code == "not-returnable"


def test_finished_work_names_who_did_it_and_when_in_local_time(shop: Shop) -> None:
    case = shop.start()
    item = shop.item(case, "look")
    shop.look(case)

    refused = refusal(lambda: shop.complete(item, "han", outcome="found"))

    assert refused.code == "item-done"
    assert refused.facts == {"by": "李雷", "at": "2026-03-02 09:00"}


def test_an_item_nobody_ever_had_is_refused(shop: Shop) -> None:
    assert refusal(lambda: service.claim(404, by=shop["lei"], at=NINE, key="k")).code == (
        "unknown-item"
    )


def test_a_draft_is_kept_until_the_work_is_done(shop: Shop) -> None:
    case = shop.start()
    item = shop.item(case, "look")

    service.save_draft(item, data={"price": "8"}, by=shop["lei"], at=NINE)
    service.save_draft(item, data={"price": "80"}, by=shop["lei"], at=NINE)
    assert [draft.data for draft in Draft.objects.all()] == ['{"price":"80"}']

    shop.look(case)
    assert not Draft.objects.exists()
    assert refusal(lambda: service.save_draft(item, data={}, by=shop["lei"], at=NINE)).code == (
        "unknown-item"
    )


def test_a_draft_is_only_for_who_may_do_the_work(shop: Shop) -> None:
    case = shop.start()
    item = shop.item(case, "look")
    shop.claim(case, "look", "lei")

    for stranger in ("han", "mei", "root"):
        with pytest.raises(Refused) as refused:
            service.save_draft(item, data={}, by=shop[stranger], at=NINE)
        assert refused.value.code == "not-held"


def test_a_draft_as_large_as_a_book_is_refused(shop: Shop) -> None:
    case = shop.start()

    refused = refusal(
        lambda: service.save_draft(
            shop.item(case, "look"), data={"remark": "长" * 200_000}, by=shop["lei"], at=NINE
        )
    )

    assert refused.code == "draft-too-large"
    assert "200000" in refused.read("en")


def test_a_case_belongs_to_the_zone_of_its_unit(shop: Shop) -> None:
    urumqi = create_unit("urumqi", "乌鲁木齐", "Urumqi", time_zone="Asia/Urumqi")
    grant(shop["sun"], "clerk", urumqi)
    last_hour_of_march_there = NINE.replace(month=3, day=31, hour=17, minute=30)

    case = service.start_case(
        SLUG,
        "repair",
        by=shop["sun"],
        unit="urumqi",
        data=REQUEST,
        at=last_hour_of_march_there,
        key="k",
    )

    assert case.number == "SR-2603-0001"
