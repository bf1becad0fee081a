"""A refused command leaves no row behind, and a repeated one changes nothing."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.apps import apps

from tests.runtime.shop import NINE, REQUEST, SLUG, Shop, refusal
from tuoban.runtime.cases import idempotency, service
from tuoban.runtime.cases.models import CommandKey, JournalEntry
from tuoban.runtime.cases.service import Outcome, SignatureInput


def all_rows() -> dict[str, list[dict[str, object]]]:
    """Every row of the runtime's tables."""
    return {
        model.__name__: list(model._default_manager.order_by("pk").values())
        for model in apps.get_app_config("cases").get_models()
    }


def bad_start(shop: Shop) -> Outcome:
    return shop.start(phone="not a phone")


def unfinished_look(shop: Shop) -> Outcome:
    case = Outcome(case_id=first_case(), number="", seq=0)
    return shop.complete(shop.item(case, "look"), "lei", outcome="found", remark="私密备注")


def stolen_claim(shop: Shop) -> Outcome:
    case = Outcome(case_id=first_case(), number="", seq=0)
    return shop.claim(case, "look", "mei")


def unknown_return(shop: Shop) -> Outcome:
    case = Outcome(case_id=first_case(), number="", seq=0)
    return service.return_to(
        shop.item(case, "look"), to="look", reason="?", by=shop["lei"], at=NINE, key=shop.key()
    )


def unwanted_signature(shop: Shop) -> Outcome:
    case = Outcome(case_id=first_case(), number="", seq=0)
    return shop.complete(
        shop.item(case, "look"),
        "lei",
        outcome="found",
        checked=["1"],
        signatures={"client": SignatureInput("王建国", [[1, 2]])},
        price="80",
    )


def first_case() -> int:
    return JournalEntry.objects.order_by("pk")[0].case_id


@pytest.mark.parametrize(
    "act", [bad_start, unfinished_look, stolen_claim, unknown_return, unwanted_signature]
)
def test_a_refused_command_leaves_no_row_behind(shop: Shop, act: Callable[[Shop], Outcome]) -> None:
    shop.start()
    before = all_rows()

    refusal(lambda: act(shop))

    assert all_rows() == before


def test_a_double_click_answers_the_first_result_and_changes_nothing(shop: Shop) -> None:
    def click() -> Outcome:
        return service.start_case(
            SLUG, "repair", by=shop["mei"], data=REQUEST, at=NINE, key="one form"
        )

    first = click()
    before = all_rows()
    second = click()

    assert (first.replayed, second.replayed) == (False, True)
    assert (second.case_id, second.number, second.seq) == (
        first.case_id,
        first.number,
        first.seq,
    )
    assert all_rows() == before


def test_a_repetition_is_recognised_however_much_later_it_comes(shop: Shop) -> None:
    case = shop.start()
    item = shop.item(case, "look")

    def claim(minutes: int) -> Outcome:
        at = NINE + timedelta(minutes=minutes)
        return service.claim(item, by=shop["lei"], at=at, key="again")

    claim(0)
    shop.look(case)

    assert claim(60).replayed


def test_one_key_cannot_carry_two_requests(shop: Shop) -> None:
    case = shop.start()
    item = shop.item(case, "look")
    service.claim(item, by=shop["lei"], at=NINE, key="one")

    refused = refusal(lambda: service.release(item, by=shop["lei"], at=NINE, key="one"))

    assert refused.code == "key-reused"
    assert refused.read("zh").startswith("这次提交的编号")


def test_two_people_may_use_the_same_key(shop: Shop) -> None:
    case = shop.start()
    item = shop.item(case, "look")
    service.claim(item, by=shop["lei"], at=NINE, key="one")

    other = refusal(lambda: service.claim(item, by=shop["han"], at=NINE, key="one"))

    assert other.code == "held-by-other"


def test_after_a_refusal_the_same_key_may_be_used_for_the_corrected_form(shop: Shop) -> None:
    def submit(phone: str) -> Outcome:
        return service.start_case(
            SLUG, "repair", by=shop["mei"], data={**REQUEST, "phone": phone}, at=NINE, key="form"
        )

    refusal(lambda: submit("12"))

    assert not submit("13800138000").replayed


@pytest.mark.parametrize("key", ["", "x" * 101, "line\nbreak", "nul\x00"])
def test_a_key_that_cannot_be_kept_is_refused(shop: Shop, key: str) -> None:
    refused = refusal(
        lambda: service.start_case(SLUG, "repair", by=shop["mei"], data=REQUEST, at=NINE, key=key)
    )
    assert refused.code == "key-malformed"


def test_what_is_kept_of_a_request_does_not_give_personal_values_away(shop: Shop) -> None:
    service.start_case(SLUG, "repair", by=shop["mei"], data=REQUEST, at=NINE, key="form")

    kept = CommandKey.objects.get(key="form")
    assert "13800138000" not in kept.answer + kept.request_digest
    assert idempotency.begin("somebody", "other", ("x",), NINE) is None


@pytest.mark.parametrize(
    ("entered", "problem"),
    [
        ({"fault": "半个字 \ud800"}, ("fault", "not-text")),
        ({"$n": "x"}, ("$n", "unknown-field")),
        ({"fault": {"$n": "x"}}, ("fault", "not-text")),
    ],
)
def test_whatever_is_sent_is_refused_by_the_process_and_not_by_the_key(
    shop: Shop, entered: dict[str, Any], problem: tuple[str, str]
) -> None:
    before = all_rows()

    refused = refusal(lambda: shop.start(**entered))

    assert [(each.place, each.code) for each in refused.problems] == [problem]
    assert all_rows() == before


@pytest.mark.parametrize("entered", [{"remark": "\ud800"}, {"$n": "x"}])
def test_a_draft_that_cannot_be_kept_is_refused(shop: Shop, entered: dict[str, str]) -> None:
    item = shop.item(shop.start(), "look")

    refused = refusal(lambda: service.save_draft(item, data=entered, by=shop["lei"], at=NINE))

    assert refused.code == "draft-unreadable"


def test_answers_are_forgotten_after_thirty_days(shop: Shop) -> None:
    shop.start()
    kept = set(CommandKey.objects.values_list("key", flat=True))
    shop.start(at=NINE + timedelta(seconds=1))

    assert idempotency.forget(NINE + timedelta(days=30)) == 0
    assert idempotency.forget(NINE + timedelta(days=30, seconds=1)) == 1
    assert not CommandKey.objects.filter(key__in=kept).exists()
    assert CommandKey.objects.count() == 1
