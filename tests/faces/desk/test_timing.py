"""Start, pause and finish on the case page of work that is timed."""

from __future__ import annotations

from typing import Any

import pytest

from tests.faces.desk.conftest import Visit
from tests.faces.desk.page import Page
from tests.runtime.shop import Shop
from tests.services.rehearsing import begin
from tuoban.runtime.cases import service
from tuoban.runtime.cases.clock import now
from tuoban.runtime.cases.models import Draft, WorkItem
from tuoban.runtime.cases.service import Outcome
from tuoban.services.labour.models import Stretch

MENDED = """
  - {step: mend, en: Mend, zh: 维修, by: mender, do: work}
  - {step: look, en: Look, by: clerk}
  - {end: over}
"""
HTMX = {"HX-Request": "true"}


@pytest.fixture
def case(shop: Shop) -> Outcome:
    return begin(shop, MENDED)


def rows(case: Outcome) -> list[dict[str, str]]:
    return list(service.data.draft_of(item(case), Draft.objects.get().user)["labour"])


def item(case: Outcome) -> int:
    return WorkItem.objects.get(case=case.case_id, node="mend").pk


def press(who: Any, case: Outcome, act: str, **typed: str) -> Any:
    sent = {"key": "form", "time": act, "f.labour": "", **typed}
    return who.post(f"/desk/items/{item(case)}/time", sent, headers=HTMX)


def test_whoever_starts_takes_the_work_and_it_runs(shop: Shop, case: Outcome, visit: Visit) -> None:
    lei = visit("lei")
    assert "领取并开工" in Page(lei.get(f"/desk/cases/{case.number}")).text
    answer = press(lei, case, "start")
    assert answer["HX-Redirect"] == f"/desk/cases/{case.number}"
    assert WorkItem.objects.get(pk=item(case)).person == shop["lei"]
    (row,) = rows(case)
    assert row["begun"]
    page = Page(lei.get(f"/desk/cases/{case.number}"))
    assert f"{row['begun'].replace('T', ' ')[:16]} 起作业中。" in page.text
    assert page.value("f.labour.+1.begun") == row["begun"]


def test_a_double_click_starts_and_ends_once(case: Outcome, visit: Visit) -> None:
    lei = visit("lei")
    press(lei, case, "start")
    press(lei, case, "start")
    (row,) = rows(case)
    typed = {"f.labour.+1.what": "换泵", "f.labour.+1.begun": row["begun"], "why": "等配件"}
    press(lei, case, "pause", **typed)
    ended = rows(case)[0]["ended"]
    press(lei, case, "pause", **typed)
    (row,) = rows(case)
    assert (row["what"], row["ended"], row["paused"]) == ("换泵", ended, "等配件")


def test_a_pause_has_a_reason_and_nothing_that_was_typed_is_lost(
    case: Outcome, visit: Visit
) -> None:
    lei = visit("lei")
    press(lei, case, "start")
    begun = rows(case)[0]["begun"]
    typed = {"f.labour.+1.what": "换泵", "f.labour.+1.begun": begun, "why": " "}
    answer = press(lei, case, "pause", **typed)
    assert answer.status_code == 422
    page = Page(answer)
    assert page.problem(f"item-{item(case)}-time-why") == "请写明原因。"
    assert page.value("f.labour.+1.what") == "换泵"
    assert not rows(case)[0].get("ended")


def test_what_was_timed_is_kept_as_labour_once_the_work_is_completed(
    shop: Shop, case: Outcome, visit: Visit
) -> None:
    lei = visit("lei")
    press(lei, case, "start")
    typed = {"f.labour.+1.what": "换泵", "f.labour.+1.begun": rows(case)[0]["begun"]}
    complete = f"/desk/items/{item(case)}/complete"
    refused = Page(lei.post(complete, {"key": "a", "f.labour": "", **typed}))
    assert "还在计时：请先完工，或填结束时间。" in refused.text
    page = Page(press(lei, case, "finish", **typed))
    assert "继续开工" in page.text
    (row,) = rows(case)
    sent = {f"f.labour.+1.{name}": row[name] for name in ("what", "begun", "ended")}
    assert lei.post(complete, {"key": "b", "f.labour": "", **sent}).status_code == 302
    stretch = Stretch.objects.get(case=case.case_id)
    assert (stretch.by, stretch.begun_at is not None) == (shop["lei"], True)


def test_what_was_timed_goes_along_when_the_work_is_handed_on(
    shop: Shop, case: Outcome, visit: Visit
) -> None:
    lei, han = visit("lei"), visit("han")
    press(lei, case, "start")
    begun = rows(case)[0]["begun"]
    typed = {"f.labour.+1.what": "换泵", "f.labour.+1.begun": begun, "why": "下班"}
    press(lei, case, "pause", **typed, **{"f.labour.+1.who": lei_id(shop)})
    service.transfer(
        item(case), to=shop["han"], reason="下班", by=shop["lei"], at=now(), key=shop.key()
    )
    page = Page(han.get(f"/desk/cases/{case.number}"))
    assert page.value("f.labour.+1.what") == "换泵"
    assert page.value("f.labour.+1.who") == lei_id(shop)
    press(han, case, "start")
    draft = service.data.draft_of(item(case), shop["han"])["labour"]
    assert [each["who"] for each in draft] == [lei_id(shop), shop["han"].person_id]
    sent = {
        f"f.labour.{row['#']}.{name}": row.get(name, "")
        for row in draft
        for name in ("what", "begun", "ended", "who")
    }
    sent["f.labour.+2.hours"] = "0.5"
    complete = f"/desk/items/{item(case)}/complete"
    assert han.post(complete, {"key": "z", "f.labour": "", **sent}).status_code == 302
    by = Stretch.objects.filter(case=case.case_id).order_by("line")
    assert [each.by for each in by] == [shop["lei"], shop["han"]]


def lei_id(shop: Shop) -> str:
    return shop["lei"].person_id


def test_without_scripts_the_page_comes_back(case: Outcome, visit: Visit) -> None:
    lei = visit("lei")
    sent = {"key": "form", "time": "start", "f.labour": ""}
    answer = lei.post(f"/desk/items/{item(case)}/time", sent)
    assert answer["Location"] == f"/desk/cases/{case.number}"
    refused = lei.post(f"/desk/items/{item(case)}/time", {**sent, "time": "pause"})
    assert refused.status_code == 422
    assert "请写明原因。" in Page(refused).text


def test_what_is_not_timed_and_whoever_may_not_do_it_is_refused(
    shop: Shop, case: Outcome, visit: Visit
) -> None:
    answer = press(visit("mei"), case, "start")
    assert answer.status_code == 422
    assert not Draft.objects.exists()
    press(visit("lei"), case, "start")
    assert press(visit("han"), case, "start").status_code == 409
    data = {"labour": [{"#": "+1", "what": "Pump", "hours": "1"}]}
    service.complete(item(case), outcome=None, data=data, by=shop["lei"], at=now(), key=shop.key())
    look = WorkItem.objects.get(case=case.case_id, node="look").pk
    sent = {"key": "form", "time": "start"}
    answer = visit("mei").post(f"/desk/items/{look}/time", sent, headers=HTMX)
    assert "不按开工、完工计时" in Page(answer).text
    assert WorkItem.objects.get(pk=look).person is None
