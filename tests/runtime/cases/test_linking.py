"""A case that calls another pack: the worker goes between the two, once and for certain."""

from __future__ import annotations

import logging
from collections.abc import Callable
from datetime import timedelta
from decimal import Decimal

import pytest

from tests.runtime.shop import NINE, PACK_FOLDER, Shop, refusal, row, together
from tuoban.kernel.language import PackText
from tuoban.kernel.refusals import Refused
from tuoban.runtime.cases import definitions, queries, service, states, worker
from tuoban.runtime.cases.audit import audit
from tuoban.runtime.cases.errands import run_errands
from tuoban.runtime.cases.models import CalledCase, Case, JournalEntry, Notice, WorkItem
from tuoban.runtime.cases.personal import open_values
from tuoban.runtime.cases.service import Outcome
from tuoban.runtime.jobs.retry import why
from tuoban.runtime.people.models import User
from tuoban.runtime.people.service import create_user, set_head

HELP = (PACK_FOLDER / "shop-help.yaml").read_text(encoding="utf-8")
VISIT = (PACK_FOLDER / "shop-visit.yaml").read_text(encoding="utf-8")
LATER = NINE + timedelta(hours=1)


def publish(desk: str = HELP, visit: str = VISIT) -> None:
    definitions.publish("shop-visit", visit, None, NINE)
    definitions.publish("shop-help", desk, None, NINE)


def heard(shop: Shop, **data: str) -> Outcome:
    """A case that has come to its call."""
    data = {"what": "屏幕坏了", "name": "王建国", **data}
    case = service.start_case(
        "shop-help", "ask", by=shop["mei"], data=data, at=NINE, key=shop.key()
    )
    shop.complete(shop.item(case, "hear"), "mei")
    return case


def begun(shop: Shop) -> tuple[Outcome, Case]:
    """The same, with the case that it called."""
    case = heard(shop)
    assert run_errands(NINE) == 1
    child = CalledCase.objects.get(parent=case.case_id).case
    assert child is not None
    return case, child


def repaired(shop: Shop, child: Case, cost: str = "12.50") -> None:
    item = WorkItem.objects.get(case=child, node="repair", status=WorkItem.OPEN)
    shop.complete(item.pk, "lei", cost=cost, secret="1234")


def open_steps(case: Outcome | Case) -> set[str]:
    pk = case.case_id if isinstance(case, Outcome) else case.pk
    return set(
        WorkItem.objects.filter(case=pk, status=WorkItem.OPEN).values_list("node", flat=True)
    )


def test_the_worker_begins_what_is_called_and_brings_back_its_end(shop: Shop) -> None:
    publish()
    case, child = begun(shop)
    assert (child.unit_id, child.definition.slug) == ("east", "shop-visit")
    state = states.read(child, definitions.compiled(child.definition))
    assert (state.by, state.channel, state.values["place"]) == (
        shop["mei"].person_id,
        "call",
        "屏幕坏了",
    )
    assert list(open_values([child.pk]).values()) == ["王建国"]
    assert open_steps(case) == set()
    repaired(shop, child)
    assert worker.run_once(NINE)
    assert open_steps(case) == {"bill"}
    state = states.read(row(case), definitions.compiled(row(case).definition))
    assert state.completions["visit"][0].data == {"cost": Decimal("12.50")}
    assert state.completions["visit"][0].outcome == "fixed"
    assert run_errands(NINE) == 0
    assert audit().is_clean


def test_personal_values_are_sealed_anew_and_stand_nowhere_in_the_clear(shop: Shop) -> None:
    publish()
    case, child = begun(shop)
    repaired(shop, child)
    run_errands(NINE)
    written = [each.payload for each in JournalEntry.objects.all()]
    written += CalledCase.objects.values_list("given", flat=True)
    assert not any("王建国" in each or "1234" in each for each in written)
    refs = [set(open_values([each])) for each in (case.case_id, child.pk)]
    assert not refs[0] & refs[1]


def test_a_case_that_ends_takes_back_what_it_called(shop: Shop) -> None:
    publish()
    case, child = begun(shop)
    service.cancel_case(case.case_id, reason="搬走了", by=shop["min"], at=NINE, key=shop.key())
    assert open_steps(child) == {"repair"}
    assert run_errands(NINE) == 1
    child.refresh_from_db()
    assert (child.status, child.outcome) == ("ended", "cancelled")
    assert run_errands(LATER) == 0
    assert audit().is_clean


def test_what_has_not_begun_does_not_begin_when_it_is_taken_back(shop: Shop) -> None:
    publish()
    case = heard(shop)
    service.react(
        case.case_id, "drop", activation=None, data={}, by=shop["mei"], at=NINE, key=shop.key()
    )
    assert run_errands(NINE) == 0
    assert Case.objects.count() == 1
    assert open_steps(case) == {"say"}


def test_its_own_people_may_cancel_what_was_called(shop: Shop) -> None:
    publish()
    case, child = begun(shop)
    service.cancel_case(child.pk, reason="没有配件", by=shop["min"], at=NINE, key=shop.key())
    run_errands(NINE)
    assert open_steps(case) == {"sorry"}


def test_an_end_that_comes_while_the_call_is_taken_back_is_not_told(shop: Shop) -> None:
    publish()
    case, child = begun(shop)
    repaired(shop, child)
    service.cancel_case(case.case_id, reason="搬走了", by=shop["min"], at=NINE, key=shop.key())
    run_errands(NINE)
    child.refresh_from_db()
    assert child.outcome == "fixed"
    assert row(case).outcome == "cancelled"
    assert not CalledCase.objects.exclude(errand="").exists()


def test_what_cannot_begin_is_told_tried_again_and_may_be_given_up(
    shop: Shop, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.CRITICAL)
    publish()
    case = heard(shop, name="")
    other = heard(shop)
    assert run_errands(NINE) == 1, "the other one begins"
    call = CalledCase.objects.get(parent=case.case_id)
    assert call.case is None
    told = why(call.error)
    assert told is not None
    assert "客户" in told.zh or "client" in told.zh
    assert Notice.objects.get(code="call-failed").user == shop["min"]
    assert run_errands(NINE + timedelta(seconds=5)) == 0
    assert run_errands(NINE + timedelta(seconds=10)) == 0
    assert CalledCase.objects.get(pk=call.pk).attempts == 2
    assert Notice.objects.filter(code="call-failed").count() == 1

    def retry(by: str, of: CalledCase) -> Outcome:
        return service.retry_call(of.parent_id, of.number, by=shop[by], at=LATER, key=shop.key())

    assert refusal(lambda: retry("mei", call)).code == "not-in-charge"
    retry("min", call)
    assert CalledCase.objects.get(pk=call.pk).next_try_at == LATER
    running = CalledCase.objects.get(parent=other.case_id)
    assert refusal(lambda: retry("min", running)).code == "not-to-retry"
    service.give_up_call(
        case.case_id, call.number, reason="缺姓名", by=shop["min"], at=LATER, key=shop.key()
    )
    assert open_steps(case) == {"sorry"}
    assert run_errands(LATER + timedelta(hours=2)) == 0
    assert audit().is_clean


def test_a_call_that_runs_may_be_given_up_and_ends_what_it_called(shop: Shop) -> None:
    publish()
    case, child = begun(shop)
    number = CalledCase.objects.get(parent=case.case_id).number
    service.give_up_call(
        case.case_id, number, reason="太久", by=shop["min"], at=NINE, key=shop.key()
    )
    run_errands(NINE)
    child.refresh_from_db()
    assert child.outcome == "cancelled"


def test_without_waiting_both_go_their_way(shop: Shop, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.CRITICAL)
    text = HELP.replace("    returns:", "    without-waiting: true\n    #").replace(
        "    during:\n      -", "    #\n    #"
    )
    text = text.replace("when: visit.cost > 10", "when: visit.at != null")
    text = text.replace(', when: visit.outcome = "cancelled"', "")
    publish(text)
    case, child = begun(shop)
    assert open_steps(case) == {"bill"}
    service.cancel_case(case.case_id, reason="搬走了", by=shop["min"], at=NINE, key=shop.key())
    assert run_errands(NINE) == 0
    repaired(shop, child)
    assert run_errands(NINE) == 0
    failing = heard(shop, name="")
    run_errands(NINE)
    call = CalledCase.objects.get(parent=failing.case_id)
    assert call.error
    service.give_up_call(
        failing.case_id, call.number, reason="缺姓名", by=shop["min"], at=NINE, key=shop.key()
    )
    assert run_errands(LATER) == 0
    assert audit().is_clean


def test_a_process_that_is_not_published_is_waited_for(
    shop: Shop, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.CRITICAL)
    bases = {"shop-visit@1": PackText(VISIT)}
    published = definitions.publish("shop-help", HELP, None, NINE, bases)
    assert definitions.missing_called(published) == {"shop-visit"}
    case = heard(shop)
    assert run_errands(NINE) == 0
    definitions.publish("shop-visit", VISIT, None, NINE)
    assert run_errands(LATER) == 1
    assert CalledCase.objects.get(parent=case.case_id).case is not None
    assert definitions.missing_called(published) == frozenset()


def test_what_dies_in_between_is_done_once(shop: Shop, monkeypatch: pytest.MonkeyPatch) -> None:
    publish()
    case = heard(shop)

    def die(*args: object, **more: object) -> None:
        raise KeyboardInterrupt

    def fails_then_works(errand: str) -> None:
        with monkeypatch.context() as patch:
            patch.setattr(CalledCase, "save", die)
            with pytest.raises(KeyboardInterrupt):
                run_errands(NINE)
        assert CalledCase.objects.get(parent=case.case_id).errand == errand
        assert run_errands(NINE) == 1

    fails_then_works("begin")
    assert Case.objects.count() == 2
    repaired(shop, Case.objects.get(definition__slug="shop-visit"))
    fails_then_works("answer")
    assert open_steps(case) == {"bill"}
    assert audit().is_clean


def test_two_workers_do_each_errand_once(busy_shop: Shop) -> None:
    publish()
    cases = [heard(busy_shop) for _ in range(4)]
    for _ in range(3):
        together(lambda: run_errands(NINE), lambda: run_errands(NINE))
    while run_errands(LATER):
        pass
    assert Case.objects.count() == 2 * len(cases)
    for each in CalledCase.objects.all():
        assert each.case is not None
        repaired(busy_shop, each.case)
    for _ in range(3):
        together(lambda: run_errands(LATER), lambda: run_errands(LATER))
    while run_errands(LATER + timedelta(hours=1)):
        pass
    assert all(open_steps(case) == {"bill"} for case in cases)
    assert audit().is_clean


def test_a_head_without_a_role_may_open_the_cases_of_their_units_and_no_others(
    shop: Shop, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.CRITICAL)
    publish()
    boss = create_user("boss", "王总", at=NINE)
    set_head(shop.units["hq"], boss)
    set_head(shop.units["east"], None)
    case, other = heard(shop, name=""), heard(shop)
    run_errands(NINE)
    assert Notice.objects.get(code="call-failed").user == boss
    assert queries.case_page(boss, case.case_id, NINE).called
    assert queries.case_page(boss, other.case_id, NINE).number
    set_head(shop.units["hq"], None)
    set_head(shop.units["west"], boss)
    with pytest.raises(Refused, match="not-visible"):
        queries.case_page(boss, other.case_id, NINE)


def lose_the_call(case: Case, child: Case) -> None:
    CalledCase.objects.filter(parent=case).delete()


def invent_a_call(case: Case, child: Case) -> None:
    row = CalledCase.objects.get(parent=case)
    row.pk, row.number, row.case = None, 77, None
    row.save()


def hand_in_something_else(case: Case, child: Case) -> None:
    CalledCase.objects.filter(parent=case).update(given="{}")


def let_somebody_else_have_called(case: Case, child: Case) -> None:
    CalledCase.objects.filter(parent=case).update(by=User.objects.get(display_name="李雷"))


def forget_the_answer(case: Case, child: Case) -> None:
    CalledCase.objects.filter(parent=case).update(errand="")


def take_it_back(case: Case, child: Case) -> None:
    CalledCase.objects.filter(parent=case).update(errand=CalledCase.RECALL)


Fault = Callable[[Case, Case], None]


@pytest.mark.parametrize(
    ("plant", "where"),
    [
        (lose_the_call, {"caller", "called"}),
        (invent_a_call, {"caller"}),
        (hand_in_something_else, {"caller"}),
        (let_somebody_else_have_called, {"caller"}),
        (forget_the_answer, {"caller"}),
        (take_it_back, {"caller"}),
    ],
)
def test_the_audit_finds_what_is_wrong_with_a_call(
    shop: Shop, plant: Fault, where: set[str]
) -> None:
    publish()
    case, child = begun(shop)
    repaired(shop, child)
    assert audit().is_clean
    plant(row(case), child)
    findings = audit().findings
    assert {each.kind for each in findings} == {"rows-differ"}
    sides = {case.number: "caller", child.number: "called"}
    assert {sides[each.number] for each in findings} == where


def test_the_audit_finds_an_answer_of_another_case(shop: Shop) -> None:
    publish()
    case, child = begun(shop)
    other, its_child = begun(shop)
    for each in (child, its_child):
        repaired(shop, each)
    run_errands(NINE)
    assert audit().is_clean
    rows = {each.parent_id: each for each in CalledCase.objects.all()}
    CalledCase.objects.update(case=None)
    CalledCase.objects.filter(pk=rows[case.case_id].pk).update(case=its_child)
    CalledCase.objects.filter(pk=rows[other.case_id].pk).update(case=child)
    told = {(each.number, each.detail) for each in audit().findings}
    assert (case.number, "call 2: case") in told
    assert (child.number, "the case that called it") in told
