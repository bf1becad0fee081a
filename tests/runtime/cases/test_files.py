"""Attachments and comments: proved by the journal, erased on request, seen by those who may."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.db import transaction

from tests.runtime.shop import NINE, Shop, refusal, row, together
from tuoban.runtime.cases import service
from tuoban.runtime.cases.audit import audit
from tuoban.runtime.cases.filing.tidying import tidy
from tuoban.runtime.cases.filing.uploading import upload
from tuoban.runtime.cases.models import CaseComment, CaseFile, JournalEntry, Notice, PersonalValue
from tuoban.runtime.cases.queries import case_page, file_for
from tuoban.runtime.files import store
from tuoban.runtime.files.models import Blob, StoredFile

LATER = NINE + timedelta(days=3)


@pytest.fixture(autouse=True)
def blobs(tmp_path: Path, settings: Any) -> None:
    folder = tmp_path / "blobs"
    settings.TUOBAN_FILES = {**settings.TUOBAN_FILES, "folder": folder, "scanner": ""}


def uploaded(shop: Shop, name: str = "身份证.txt", by: str = "mei", text: bytes = b"hi") -> str:
    return upload([text], name, by=shop[by], at=NINE).ref


def attach(shop: Shop, case: int, ref: str, by: str = "mei", key: str = "") -> service.Outcome:
    return service.attach_files(case, [ref], by=shop[by], at=NINE, key=key or shop.key())


def comment(shop: Shop, case: int, text: str, by: str = "mei", *refs: str) -> service.Outcome:
    return service.comment(case, text, refs, by=shop[by], at=NINE, key=shop.key())


def sentences(shop: Shop, case: int) -> list[str]:
    return [each.sentence.zh for each in case_page(shop["mei"], case, NINE).timeline]


def test_an_attachment_stands_in_the_journal_without_its_name(shop: Shop) -> None:
    case = shop.start().case_id
    before = row(shop.start()).seq
    attach(shop, case, uploaded(shop))

    entry = JournalEntry.objects.filter(case=case).latest("seq")
    assert entry.command == "AttachFile"
    assert "身份证" not in entry.payload
    assert before
    assert "陈小美添加附件：身份证.txt" in sentences(shop, case)
    assert audit().is_clean


def test_an_attached_file_is_not_tidied_away(shop: Shop) -> None:
    case = shop.start().case_id
    ref = uploaded(shop)
    attach(shop, case, ref)
    tidy(LATER)
    assert StoredFile.objects.get().ref == ref
    assert Blob.objects.count() == 1


def test_the_same_request_attaches_once(shop: Shop) -> None:
    case, ref = shop.start().case_id, uploaded(shop)
    first = attach(shop, case, ref, key="one")
    again = attach(shop, case, ref, key="one")
    assert again.replayed
    assert again.seq == first.seq
    assert CaseFile.objects.count() == 1


def test_whoever_does_not_act_on_the_case_attaches_nothing(shop: Shop) -> None:
    case = shop.start().case_id
    ref = uploaded(shop, by="sun")
    assert refusal(lambda: attach(shop, case, ref, by="sun")).code == "not-visible"
    root = uploaded(shop, by="root")
    assert refusal(lambda: attach(shop, case, root, by="root")).code == "not-to-attach"
    assert not CaseFile.objects.exists()


def test_whoever_knows_the_reference_of_a_file_does_not_get_at_it_by_a_case_of_their_own(
    shop: Shop,
) -> None:
    theirs, case = uploaded(shop, by="sun"), shop.start().case_id
    # Nor its name, which would be told to whoever uploaded it.
    for scan in (Blob.UNSCANNED, Blob.INFECTED):
        Blob.objects.update(scan=scan)
        assert refusal(lambda: attach(shop, case, theirs)).code == "file-gone"
        assert refusal(lambda: comment(shop, case, "看", "mei", theirs)).code == "file-gone"
    assert refusal(lambda: file_for(shop["mei"], theirs)).code == "unknown-attachment"
    assert not CaseFile.objects.exists()


def test_what_was_not_uploaded_is_not_attached(shop: Shop) -> None:
    case = shop.start().case_id
    refused = refusal(lambda: attach(shop, case, "file-000000000000000000000000"))
    assert [each.code for each in refused.problems] == ["not-file"]


def test_an_attachment_is_withdrawn_with_a_reason_and_leaves_a_trace(shop: Shop) -> None:
    case, ref = shop.start().case_id, uploaded(shop)
    attach(shop, case, ref)
    number = CaseFile.objects.get().number

    def withdraw(by: str, reason: str) -> service.Outcome:
        return service.withdraw_file(
            case, number, reason=reason, by=shop[by], at=NINE, key=shop.key()
        )

    assert refusal(lambda: withdraw("lei", "错")).code == "not-to-withdraw"
    assert refusal(lambda: withdraw("mei", " ")).code == "reason-missing"
    withdraw("mei", "传错了")
    assert refusal(lambda: withdraw("mei", "再来")).code == "unknown-attachment"
    kept = CaseFile.objects.get()
    assert kept.withdrawn_by == shop["mei"]
    assert "陈小美撤回附件：传错了" in sentences(shop, case)
    assert audit().is_clean


def test_an_erased_attachment_is_gone_and_the_audit_stays_clean(shop: Shop) -> None:
    case, ref = shop.start().case_id, uploaded(shop)
    attach(shop, case, ref)
    service.erase_file(case, ref, reason="客户要求", by=shop["root"], at=NINE, key=shop.key())
    tidy(LATER)

    assert StoredFile.objects.get().name == ""
    assert not Blob.objects.exists()
    assert not PersonalValue.objects.exclude(value="").filter(field="attachment").exists()
    assert "陈小美添加附件：（已删除）" in sentences(shop, case)
    assert audit().is_clean


def test_erasing_lets_a_content_stay_that_others_have(shop: Shop) -> None:
    case, ref, other = shop.start().case_id, uploaded(shop), uploaded(shop, "other.txt")
    attach(shop, case, ref)
    attach(shop, case, other)
    service.erase_file(case, ref, reason="客户要求", by=shop["root"], at=NINE, key=shop.key())
    tidy(LATER)
    assert Blob.objects.count() == 1


def test_erasing_from_one_case_lets_another_keep_the_same_file(shop: Shop) -> None:
    ref = uploaded(shop)
    cases = [shop.start().case_id for _ in range(2)]
    for case in cases:
        attach(shop, case, ref)

    def erase(case: int) -> None:
        service.erase_file(case, ref, reason="客户要求", by=shop["root"], at=NINE, key=shop.key())
        tidy(LATER)

    erase(cases[0])
    assert list(CaseFile.objects.values_list("case", flat=True)) == cases[1:]
    assert store.path_of(StoredFile.objects.get().blob_id or "").exists()
    assert "陈小美添加附件：（已删除）" in sentences(shop, cases[0])
    assert "陈小美添加附件：身份证.txt" in sentences(shop, cases[1])
    assert audit().is_clean
    erase(cases[1])
    assert not Blob.objects.exists()
    assert audit().is_clean


@pytest.mark.django_db(transaction=True)
def test_attaching_while_tidying_keeps_the_file_or_refuses(busy_shop: Shop) -> None:
    case = busy_shop.start().case_id
    for turn in range(5):
        ref = uploaded(busy_shop, f"{turn}.txt", text=f"content {turn}".encode())
        done, _ = together(
            lambda ref=ref: attach(busy_shop, case, ref),  # type: ignore[misc]
            lambda: tidy(LATER),
        )
        kept = StoredFile.objects.filter(ref=ref).exists()
        assert kept == isinstance(done, service.Outcome)
    tidy(LATER)
    held = StoredFile.objects.count()
    assert held == CaseFile.objects.count() == Blob.objects.count()
    assert audit().is_clean


def test_a_comment_moves_nothing_and_stands_in_the_timeline(shop: Shop) -> None:
    case = shop.start().case_id
    work = case_page(shop["mei"], case, NINE).items
    comment(shop, case, "客户很急\n请今天处理")
    assert case_page(shop["mei"], case, NINE).items == work
    assert "陈小美评论：客户很急 请今天处理" in sentences(shop, case)
    entry = JournalEntry.objects.filter(case=case).latest("seq")
    assert "客户" not in entry.payload
    assert audit().is_clean


def test_an_empty_comment_is_refused(shop: Shop) -> None:
    case = shop.start().case_id
    refused = refusal(lambda: comment(shop, case, "  \n "))
    assert [each.place for each in refused.problems] == ["text"]


def test_who_does_not_see_the_case_says_nothing_about_it(shop: Shop) -> None:
    case = shop.start().case_id
    assert refusal(lambda: comment(shop, case, "?", "sun")).code == "not-visible"
    assert not CaseComment.objects.exists()


def test_who_is_mentioned_is_told_if_they_see_the_case(shop: Shop) -> None:
    case = shop.start().case_id
    comment(shop, case, "@lei, 请看；@sun 看不到；@mei 是自己；mail@lei.example 不算")
    told = Notice.objects.filter(code="mentioned")
    assert [each.user for each in told] == [shop["lei"]]


def test_a_comment_is_edited_by_its_author_for_ten_minutes(shop: Shop) -> None:
    case = shop.start().case_id
    comment(shop, case, "初稿 @lei")
    number = CaseComment.objects.get().number

    def edit(text: str, by: str = "mei", minutes: int = 5) -> service.Outcome:
        at = NINE + timedelta(minutes=minutes)
        return service.edit_comment(case, number, text, by=shop[by], at=at, key=shop.key())

    assert refusal(lambda: edit("别人改", by="lei")).code == "comment-stands"
    edit("改好 @lei @han")
    assert refusal(lambda: edit("太晚", minutes=11)).code == "comment-stands"
    told = Notice.objects.filter(code="mentioned").order_by("id")
    assert [each.user for each in told] == [shop["lei"], shop["han"]]
    assert "陈小美修改了评论：改好 @lei @han" in sentences(shop, case)
    assert audit().is_clean


def test_an_erased_comment_says_nothing_any_more_not_even_what_it_said_before(shop: Shop) -> None:
    case = shop.start().case_id
    comment(shop, case, "王建国住三楼")
    number = CaseComment.objects.get().number
    service.edit_comment(case, number, "王建国住四楼", by=shop["mei"], at=NINE, key=shop.key())
    service.erase_comment(case, number, reason="客户要求", by=shop["root"], at=NINE, key=shop.key())
    assert not any("王建国住" in each for each in sentences(shop, case))
    assert not PersonalValue.objects.filter(field="comment").exclude(value="").exists()
    assert audit().is_clean


def test_files_come_with_a_comment(shop: Shop) -> None:
    case = shop.start().case_id
    comment(shop, case, "见附图", "mei", uploaded(shop), uploaded(shop, "2.txt"))
    assert CaseFile.objects.filter(kind=CaseFile.COMMENT).count() == 2


def test_only_what_may_be_edited_is_kept_in_the_state(shop: Shop) -> None:
    case = shop.start()
    for minute in range(0, 60, 6):
        at = NINE + timedelta(minutes=minute)
        service.comment(case.case_id, "hm", by=shop["mei"], at=at, key=shop.key())
    assert row(case).state.count('"Remark"') == 2


def test_a_refused_attachment_leaves_nothing(shop: Shop) -> None:
    case = shop.start().case_id
    ref = uploaded(shop)
    with transaction.atomic():
        assert (
            refusal(
                lambda: service.attach_files(
                    case, [ref], paper="none", by=shop["mei"], at=NINE, key=shop.key()
                )
            ).code
            == "unknown-paper"
        )
    assert not PersonalValue.objects.filter(field="attachment").exists()


def test_the_audit_finds_what_is_gone_or_another(shop: Shop) -> None:
    case, ref = shop.start().case_id, uploaded(shop)
    attach(shop, case, ref)
    comment(shop, case, "客户很急")
    assert audit().is_clean
    path = store.path_of(Blob.objects.get().digest)
    content = path.read_bytes()
    path.unlink()
    assert "the content of the file" in str(audit().findings)
    path.write_bytes(b"HI")
    assert audit().is_clean
    [found] = audit(contents=True).findings
    assert (found.case, found.kind) == (case, "rows-differ")
    assert found.detail == f"the content of the file {ref} on disk is another"
    path.write_bytes(content)
    assert audit(contents=True).is_clean
    other = uploaded(shop, "other.txt", text=b"another content")
    StoredFile.objects.filter(ref=ref).update(blob=StoredFile.objects.get(ref=other).blob)
    assert "has another content" in str(audit().findings)
    CaseFile.objects.all().delete()
    assert "is in the journal only" in str(audit().findings)
    CaseComment.objects.all().delete()
    assert "the comment" in str(audit().findings)
