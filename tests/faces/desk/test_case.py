"""The case page and the verbs on it: what is done, and what is refused and how it is shown."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from tests.faces.desk.conftest import Visit
from tests.faces.desk.page import Page
from tests.runtime.cases.test_locks import quote
from tests.runtime.shop import Shop, row
from tuoban.runtime.cases import service
from tuoban.runtime.cases.clock import now
from tuoban.runtime.cases.models import WorkItem
from tuoban.runtime.cases.service import Outcome

LOOK = {"f.price": "80", "check.1": "1", "outcome": "found", "key": "look-1"}
HTMX = {"HX-Request": "true"}


@pytest.fixture
def case(shop: Shop) -> Outcome:
    return shop.start(at=now())


@pytest.fixture
def claimed(shop: Shop, case: Outcome) -> int:
    """The first step in the hands of lei."""
    shop.claim(case, "look", "lei", at=now())
    return shop.item(case, "look")


def at(case: Outcome) -> str:
    return f"/desk/cases/{case.number}"


def test_a_case_shows_what_it_is_and_what_to_do(shop: Shop, case: Outcome, visit: Visit) -> None:
    page = Page(visit("lei").get(at(case)))
    assert page.all("h1")[0].text == "王建国 不开机"
    current = page.all("li", **{"aria-current": "step"})
    assert [each.text for each in current] == ["检查 进行中"]
    assert [each.text for each in page.all("button") if each.text == "领取"] == ["领取"]
    assert "为什么是" in page.text
    assert "陈小美 发起" in page.text


def test_a_claim_opens_the_form(case: Outcome, shop: Shop, visit: Visit) -> None:
    lei = visit("lei")
    item = shop.item(case, "look")
    assert lei.post(f"/desk/items/{item}/claim", {"key": "c1"})["Location"] == at(case)
    page = Page(lei.get(at(case)))
    assert page.has_entry("f.price")
    assert "已领取" in page.text


def test_completing_moves_the_case_on(
    case: Outcome, claimed: int, shop: Shop, visit: Visit
) -> None:
    lei = visit("lei")
    assert lei.post(f"/desk/items/{claimed}/complete", LOOK)["Location"] == at(case)
    page = Page(lei.get(at(case)))
    assert "客户同意" in [each.text for each in page.all("h2")]
    assert "¥80.00" in page.text


def test_to_htmx_success_is_another_page(case: Outcome, claimed: int, visit: Visit) -> None:
    answer = visit("lei").post(f"/desk/items/{claimed}/complete", LOOK, headers=HTMX)
    assert answer.headers["HX-Redirect"] == at(case)


@pytest.mark.parametrize("name", ["qi", "sun"])
def test_a_stranger_learns_nothing_of_a_case(
    shop: Shop, case: Outcome, visit: Visit, name: str
) -> None:
    stranger = visit(name)
    item = shop.item(case, "look")
    answers = [stranger.get(at(case))]
    for verb in (
        "claim",
        "release",
        "transfer",
        "return",
        "complete",
        "draft",
        "withdraw",
        "urge",
        "delegate",
        "get-back",
    ):
        for headers in ({}, HTMX):
            answers.append(
                stranger.post(f"/desk/items/{item}/{verb}", {"key": verb}, headers=headers)
            )
    assert {each.status_code for each in answers} == {404}
    assert all("王建国" not in each.content.decode() for each in answers)
    assert row(case).seq == 1


@pytest.mark.parametrize(
    ("language", "general", "price", "check", "outcome"),
    [
        ("zh-hans", "有 3 处需要改正", "请填写金额", "请确认“外壳已查看”", "请选择结果"),
        (
            "en",
            "Entries that need attention: 3",
            "Please enter an amount",
            "Please confirm",
            "outcome",
        ),
    ],
)
@pytest.mark.parametrize("headers", [{}, HTMX])
def test_every_problem_stands_beside_its_entry_and_what_was_typed_is_kept(
    case: Outcome,
    claimed: int,
    visit: Visit,
    headers: dict[str, str],
    language: str,
    general: str,
    price: str,
    check: str,
    outcome: str,
) -> None:
    typed = {"f.price": "八十", "f.remark": "螺丝 <生锈>", "key": "k"}
    answer = visit("lei", language).post(f"/desk/items/{claimed}/complete", typed, headers=headers)
    page = Page(answer)
    assert answer.status_code == 422
    assert general in page.refusal
    assert price in page.problem(f"item-{claimed}-price")
    assert check in page.problem(f"item-{claimed}-check-1")
    assert outcome in page.problem(f"item-{claimed}-outcome")
    assert page.value("f.price") == "八十"
    assert page.value("f.remark") == "螺丝 <生锈>"
    assert page.value("key", within=f"item-{claimed}") == "k"
    assert row(case).seq == 2


def test_an_outcome_may_ask_for_more(claimed: int, visit: Visit) -> None:
    typed = LOOK | {"outcome": "unclear"}
    page = Page(visit("lei").post(f"/desk/items/{claimed}/complete", typed))
    assert "请填写“备注”" in page.problem(f"item-{claimed}-remark")
    assert page.value("outcome") == "unclear"
    assert page.value("check.1") == "1"


def test_an_unknown_outcome_is_refused_beside_the_outcomes(claimed: int, visit: Visit) -> None:
    page = Page(visit("lei").post(f"/desk/items/{claimed}/complete", LOOK | {"outcome": "x"}))
    assert "没有“x”这个结果" in page.problem(f"item-{claimed}-outcome")


@pytest.mark.parametrize(
    ("language", "said"), [("zh-hans", "请客户签字"), ("en", "signature of client is missing")]
)
def test_a_missing_signature_is_asked_for_where_it_is_given(
    shop: Shop, case: Outcome, visit: Visit, language: str, said: str
) -> None:
    shop.claim(case, "look", "lei", at=now())
    shop.look(case, at=now())
    item = shop.item(case, "agree")
    page = Page(visit("lei", language).post(f"/desk/items/{item}/complete", {"key": "a"}))
    assert said in page.problem(f"item-{item}-sign-client")


@pytest.mark.parametrize(
    "signature",
    [{"sign.client.name": "王建国"}, {"sign.client.strokes": "[[[1,2,0],[3,4,9]]]"}],
)
def test_a_name_or_a_drawing_is_a_signature(
    shop: Shop, case: Outcome, visit: Visit, signature: dict[str, str]
) -> None:
    shop.claim(case, "look", "lei", at=now())
    shop.look(case, at=now())
    item = shop.item(case, "agree")
    answer = visit("lei").post(f"/desk/items/{item}/complete", {"key": "a", **signature})
    assert answer.status_code == 302
    assert WorkItem.objects.get(pk=item).status == WorkItem.DONE


@pytest.mark.parametrize(
    ("language", "proof", "gone"),
    [
        ("zh-hans", "办理凭证 客户签字 王建国", "客户的签字已删除"),
        ("en", "Proof Signature of client 王建国", "The signature of client was erased"),
    ],
)
def test_a_signature_is_drawn_again_on_the_timeline_until_it_is_erased(
    shop: Shop, case: Outcome, visit: Visit, language: str, proof: str, gone: str
) -> None:
    shop.look(case, at=now())
    shop.agree(case, at=now())
    lei = visit("lei", language)
    page = Page(lei.get(at(case)))
    assert proof in page.text
    (ink,) = page.all("svg", **{"class": "ink"})
    assert ink.attributes["viewbox"] == "-4 -4 13 13"
    assert [each.attributes["d"] for each in ink.walk() if each.tag == "path"] == ["M0 0 L5 5"]
    service.erase_personal_values(
        case.case_id, by=shop["root"], reason="客户要求", at=now(), key=shop.key()
    )
    erased = Page(lei.get(at(case)))
    assert gone in erased.text
    assert erased.all("svg", **{"class": "ink"}) == []


def test_a_signature_that_was_drawn_is_still_there_after_a_refusal(
    shop: Shop, case: Outcome, visit: Visit
) -> None:
    shop.claim(case, "look", "lei", at=now())
    shop.look(case, at=now())
    item = shop.item(case, "agree")
    strokes = "[[[1,2,0],[3,4,9]]]"
    typed = {"f.unknown": "x", "sign.client.strokes": strokes, "key": "a"}
    page = Page(visit("lei").post(f"/desk/items/{item}/complete", typed))
    assert page.refusal
    assert page.value("sign.client.strokes") == strokes


@pytest.mark.parametrize(
    ("language", "said"),
    [("zh-hans", "现在还不能办结"), ("en", "This cannot be completed yet")],
)
def test_locked_work_says_what_it_waits_for(
    shop: Shop, case: Outcome, visit: Visit, language: str, said: str
) -> None:
    shop.claim(case, "look", "lei", at=now())
    shop.look(case, at=now())
    shop.claim(case, "mend", "gang", at=now())
    item = shop.item(case, "mend")
    gang = visit("gang", language)
    page = Page(gang.get(at(case)))
    panel = page.by_id(f"item-{item}")
    assert panel is not None
    assert said in panel.text
    answer = gang.post(f"/desk/items/{item}/complete", {"key": "m"})
    assert answer.status_code == 422
    assert Page(answer).refusal


@pytest.mark.parametrize(
    ("language", "said"),
    [
        (
            "zh-hans",
            "超过免批上限 以下满足一项即可：“价格”为 ¥800.00，应不超过 “免批上限”（¥500.00）",
        ),
        (
            "en",
            "Above the limit one of these is enough: “Price” is ¥800.00, it must be at most",
        ),
    ],
)
def test_a_condition_that_locks_work_says_which_value_made_it_fail(
    shop: Shop, visit: Visit, language: str, said: str
) -> None:
    case = quote(shop)
    shop.complete(shop.item(case, "check"), "mei", outcome="good", fit="true")
    panel = Page(visit("mei", language).get(at(case))).by_id(f"item-{shop.item(case, 'send')}")
    assert panel is not None
    assert said in panel.text


def test_what_somebody_else_has_claimed_is_told(claimed: int, visit: Visit) -> None:
    han = visit("han")
    plain = han.post(f"/desk/items/{claimed}/claim", {"key": "h"})
    assert plain.status_code == 409
    assert "已由李雷领取" in Page(plain).refusal


def test_in_a_conflict_htmx_leaves_the_form_as_it_stands(
    shop: Shop, case: Outcome, claimed: int, visit: Visit
) -> None:
    shop.look(case, at=now())
    answer = visit("lei").post(f"/desk/items/{claimed}/complete", LOOK, headers=HTMX)
    assert answer.status_code == 409
    assert answer.headers["HX-Retarget"] == answer.headers["HX-Reselect"] == "#refusal"
    page = Page(answer)
    assert "已由李雷于" in page.refusal
    assert page.all("form") == []


def test_in_a_conflict_a_plain_post_gets_back_what_was_typed(
    shop: Shop, case: Outcome, claimed: int, visit: Visit
) -> None:
    shop.look(case, at=now())
    typed = LOOK | {"f.remark": "换了电容", "key": "another"}
    answer = visit("lei").post(f"/desk/items/{claimed}/complete", typed)
    assert answer.status_code == 409
    assert "备注 换了电容" in Page(answer).refusal


def test_a_double_post_does_it_once(case: Outcome, claimed: int, visit: Visit) -> None:
    lei = visit("lei")
    first, second = (lei.post(f"/desk/items/{claimed}/complete", LOOK) for _ in range(2))
    assert first["Location"] == second["Location"] == at(case)
    assert row(case).seq == 3


def test_a_key_that_served_something_else_is_refused(claimed: int, visit: Visit) -> None:
    lei = visit("lei")
    lei.post(f"/desk/items/{claimed}/complete", LOOK)
    answer = lei.post(f"/desk/items/{claimed}/complete", LOOK | {"f.price": "90"})
    assert answer.status_code == 409
    assert "刷新页面后重试" in Page(answer).refusal


def test_work_goes_back_with_a_reason(shop: Shop, case: Outcome, visit: Visit) -> None:
    shop.claim(case, "look", "lei", at=now())
    shop.look(case, at=now())
    item = shop.item(case, "agree")
    lei = visit("lei")
    bare = lei.post(f"/desk/items/{item}/return", {"to": "look", "reason": " ", "key": "r1"})
    page = Page(bare)
    assert bare.status_code == 422
    assert "请写明原因" in page.problem(f"item-{item}-return-reason")
    wrong = lei.post(f"/desk/items/{item}/return", {"to": "mend", "reason": "x", "key": "r2"})
    assert wrong.status_code == 422
    assert "不能退回" in Page(wrong).refusal
    sent = lei.post(f"/desk/items/{item}/return", {"to": "look", "reason": "价格不对", "key": "r3"})
    assert sent["Location"] == at(case)
    page = Page(lei.get(at(case)))
    assert "价格不对" in page.text
    assert page.value("f.price") == "80.00"


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("zh-hans", "退回：李雷 在“客户同意”退回：价格不对"),
        ("en", "Sent back by 李雷 at “The client agrees”: 价格不对"),
    ],
)
def test_the_reason_of_a_return_stands_at_the_step_to_redo(
    shop: Shop, case: Outcome, visit: Visit, language: str, said: str
) -> None:
    shop.look(case, at=now())
    item = shop.item(case, "agree")
    sent = {"to": "look", "reason": "价格不对", "key": "r"}
    visit("lei").post(f"/desk/items/{item}/return", sent)
    page = Page(visit("lei", language).get(at(case)))
    panel = page.by_id(f"item-{shop.item(case, 'look')}")
    assert panel is not None
    assert said in panel.text


@pytest.mark.parametrize(
    ("language", "agreed", "computed"),
    [
        ("zh-hans", "约定送达时间", "依据： 送达时限 30 分钟"),
        ("en", "Agreed time", "Read from: Time to bring 30 minutes"),
    ],
)
def test_a_due_moment_is_told_from_a_limit(
    shop: Shop, case: Outcome, visit: Visit, language: str, agreed: str, computed: str
) -> None:
    of_limit = "按自然时间，无暂停" if language == "zh-hans" else "in elapsed time, no pauses"
    lei = visit("lei", language)
    assert of_limit in Page(lei.get(at(case))).text
    day = timezone.localtime(now()) + timedelta(days=3)
    moment = Page(lei.get(at(shop.deliver(now(), f"{day:%Y-%m-%dT15:00}"))))
    assert agreed in moment.text
    assert of_limit not in moment.text
    clock = moment.all("div", **{"class": "case-clock"})[0].text
    assert clock.count("15:00") == 1
    assert computed in Page(lei.get(at(shop.deliver(now())))).text


def test_work_is_handed_over_with_a_reason(
    shop: Shop, case: Outcome, claimed: int, visit: Visit
) -> None:
    lei = visit("lei")
    page = Page(lei.get(at(case)))
    offered = [each.text for each in page.all("option")]
    assert "韩梅" in offered
    assert "李雷" not in offered
    to = {"to": str(shop["han"].pk)}
    bare = Page(lei.post(f"/desk/items/{claimed}/transfer", {**to, "key": "t1"}))
    assert "请写明原因" in bare.problem(f"item-{claimed}-transfer-reason")
    assert bare.value("to", within=f"item-{claimed}-transfer-to") == str(shop["han"].pk)
    done = lei.post(f"/desk/items/{claimed}/transfer", {**to, "reason": "外出", "key": "t2"})
    assert done["Location"] == at(case)
    assert WorkItem.objects.get(pk=claimed).person == shop["han"]


@pytest.mark.parametrize("to", ["0", "99999999", "9" * 5000, "abc", "²"])
def test_a_person_who_does_not_exist_is_refused(claimed: int, visit: Visit, to: str) -> None:
    answer = visit("lei").post(
        f"/desk/items/{claimed}/transfer", {"to": to, "reason": "外出", "key": "t"}
    )
    assert answer.status_code == 422
    assert "没有这位在职人员" in Page(answer).refusal


def test_released_work_lies_in_the_pool_again(claimed: int, visit: Visit) -> None:
    lei = visit("lei")
    assert lei.post(f"/desk/items/{claimed}/release", {"key": "r"}).status_code == 302
    assert WorkItem.objects.get(pk=claimed).person is None
    again = lei.post(f"/desk/items/{claimed}/release", {"key": "r2"})
    assert again.status_code == 409
    assert "没有领取" in Page(again).refusal


def test_what_is_typed_is_kept_as_a_draft(case: Outcome, claimed: int, visit: Visit) -> None:
    lei = visit("lei")
    typed = {"f.price": "八", "f.remark": "外壳有裂纹", "check.1": "1"}
    answer = lei.post(f"/desk/items/{claimed}/draft", typed, headers=HTMX)
    assert answer.status_code == 200
    assert "草稿已存" in Page(answer).text
    page = Page(lei.get(at(case)))
    assert page.value("f.price") == "八"
    assert page.value("f.remark") == "外壳有裂纹"
    assert page.value("check.1") == "1"
    other = Page(visit("han").get(at(case)))
    assert "外壳有裂纹" not in other.text


def test_a_draft_of_work_that_is_gone_tells_so(
    shop: Shop, case: Outcome, claimed: int, visit: Visit
) -> None:
    shop.look(case, at=now())
    answer = visit("lei").post(f"/desk/items/{claimed}/draft", {"f.price": "1"}, headers=HTMX)
    assert answer.status_code == 409
    assert Page(answer).refusal


def test_an_address_of_a_verb_leads_to_the_case(case: Outcome, claimed: int, visit: Visit) -> None:
    assert visit("lei").get(f"/desk/items/{claimed}/complete")["Location"] == at(case)


def test_the_head_of_a_page_that_stays_open_is_brought_up_to_date(
    case: Outcome, visit: Visit
) -> None:
    headers = {"HX-Request": "true", "HX-Target": "case-head"}
    page = Page(visit("lei").get(at(case), headers=headers))
    assert page.all("html") == []
    assert page.by_id("case-head") is not None
    assert page.by_id("timeline") is not None
    assert page.all("form") == []


def test_a_case_that_is_over_says_how_it_ended(shop: Shop, case: Outcome, visit: Visit) -> None:
    shop.finish(case, at=now())
    page = Page(visit("lei").get(at(case)))
    assert [each.text for each in page.all("p", **{"class": "stamp"})] == ["已修好"]


@pytest.mark.parametrize("number", ["SR-0", "%00"])
def test_a_case_that_does_not_exist_is_not_found(visit: Visit, number: str) -> None:
    answer = visit("lei").get(f"/desk/cases/{number}")
    assert answer.status_code == 404
    assert "没有找到" in Page(answer).text


def test_typed_text_is_never_taken_for_markup(shop: Shop, visit: Visit, client: Client) -> None:
    case = shop.start(at=now(), fault="<script>alert(1)</script>", owner="<b>王</b>")
    content = visit("lei").get(at(case)).content.decode()
    assert "<script>alert" not in content
    assert "<b>王</b>" not in content
