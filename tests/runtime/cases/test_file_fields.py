"""Fields that hold files: what is taken, read by expressions, told, and erased."""

from __future__ import annotations

import io
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from PIL import Image

from tests.runtime.shop import NINE, PACK_FOLDER, Shop, refusal, row
from tuoban.runtime.cases import definitions, service
from tuoban.runtime.cases.audit import audit
from tuoban.runtime.cases.filing.tidying import tidy
from tuoban.runtime.cases.filing.uploading import upload
from tuoban.runtime.cases.models import CaseFile, JournalEntry, Notice, WorkItem
from tuoban.runtime.cases.queries import case_page
from tuoban.runtime.cases.rippling import follow_some
from tuoban.runtime.cases.service import Outcome
from tuoban.runtime.files.models import Blob, StoredFile
from tuoban.runtime.people import leave
from tuoban.runtime.people.personal import AbsenceText
from tuoban.runtime.people.recording import Act

LATER = NINE + timedelta(days=3)


@pytest.fixture(autouse=True)
def blobs(tmp_path: Path, settings: Any) -> None:
    folder = tmp_path / "blobs"
    settings.TUOBAN_FILES = {**settings.TUOBAN_FILES, "folder": folder, "scanner": ""}


@pytest.fixture
def case(shop: Shop) -> Outcome:
    text = PACK_FOLDER.joinpath("shop-photos.yaml").read_text(encoding="utf-8")
    definitions.publish("shop-photos", text, None, NINE)
    sheet = upload([b"please come"], "sheet.txt", by=shop["mei"], at=NINE).ref
    case = service.start_case(
        "shop-photos",
        "visit",
        by=shop["mei"],
        data={"thing": "锅炉", "sheet": sheet},
        at=NINE,
        key="start",
    )
    shop.claim(case, "look", "lei")
    return case


def picture(shop: Shop, name: str, colour: str = "red", by: str = "lei") -> str:
    drawn = io.BytesIO()
    Image.new("RGB", (40, 30), colour).save(drawn, "PNG")
    return upload([drawn.getvalue()], name, by=shop[by], at=NINE).ref


def look(shop: Shop, case: Outcome, **data: Any) -> Outcome:
    return shop.complete(shop.item(case, "look"), "lei", outcome="mend", **data)


def test_files_stand_in_the_case_with_the_step_they_came_with(shop: Shop, case: Outcome) -> None:
    look(shop, case, photos=[picture(shop, "1.png"), picture(shop, "2.png", "blue")])
    page = case_page(shop["mei"], case.case_id, NINE)
    shown = {field.name: field for field in page.fields}
    assert shown["photos"].value.zh == "1.png、2.png"
    assert [each.is_picture for each in shown["photos"].files] == [True, True]
    told = {each.file.name: each for each in page.files.rows}
    assert set(told) == {"sheet.txt", "1.png", "2.png"}
    assert told["1.png"].step is not None
    assert told["1.png"].step.zh == "检查"
    assert told["1.png"].what is not None
    assert told["1.png"].what.zh == "现场照片"
    assert audit().is_clean


def test_expressions_read_files(shop: Shop, case: Outcome) -> None:
    look(shop, case, photos=[picture(shop, "1.png"), picture(shop, "2.png", "blue")])
    assert WorkItem.objects.filter(case=case.case_id, node="mend").exists()


def test_one_picture_takes_the_other_way(shop: Shop, case: Outcome) -> None:
    look(shop, case, photos=[picture(shop, "1.png")])
    assert row(case).status == "ended"


@pytest.mark.parametrize("missing", [[], ""])
def test_pictures_that_are_needed_are_asked_for(shop: Shop, case: Outcome, missing: Any) -> None:
    refused = refusal(lambda: look(shop, case, photos=missing))
    assert [(each.code, each.place) for each in refused.problems] == [("required", "photos")]


def test_what_is_not_taken_is_told_beside_the_field(shop: Shop, case: Outcome) -> None:
    text = upload([b"no picture"], "x.png", by=shop["lei"], at=NINE).ref
    refused = refusal(lambda: look(shop, case, photos=[text, picture(shop, "1.png")]))
    assert [(each.code, each.place) for each in refused.problems] == [
        ("file-not-accepted", "photos[1]")
    ]
    many = [picture(shop, f"{n}.png", colour) for n, colour in enumerate(("red", "blue", "lime"))]
    refused = refusal(lambda: look(shop, case, photos=[*many, picture(shop, "4.png", "gold")]))
    assert [each.code for each in refused.problems] == ["too-many-rows"]
    refused = refusal(lambda: look(shop, case, photos=["file-" + "0" * 24]))
    assert [each.code for each in refused.problems] == ["not-file"]


def test_a_file_larger_than_its_field_takes_is_refused(shop: Shop, case: Outcome) -> None:
    large = upload([b"x" * 200_001], "large.txt", by=shop["mei"], at=NINE).ref
    refused = refusal(
        lambda: service.start_case(
            "shop-photos",
            "visit",
            by=shop["mei"],
            data={"thing": "锅炉", "sheet": large},
            at=NINE,
            key="again",
        )
    )
    assert [(each.code, each.place) for each in refused.problems] == [("file-too-large", "sheet")]


def test_a_personal_file_is_erased_with_its_content(shop: Shop, case: Outcome) -> None:
    proofs = [
        upload([f"proof {n}".encode()], f"王建国-{n}.txt", by=shop["lei"], at=NINE).ref
        for n in range(2)
    ]
    card = picture(shop, "王建国身份证.png", "green")
    look(shop, case, photos=[picture(shop, "1.png")], card=card, papers=proofs)
    payloads = "".join(JournalEntry.objects.values_list("payload", flat=True))
    assert "王建国" not in payloads
    assert "王建国" not in row(case).state
    page = case_page(shop["mei"], case.case_id, NINE)
    shown = {field.name: field.value.zh for field in page.fields}
    assert shown["papers"] == "王建国-0.txt、王建国-1.txt"

    before = Blob.objects.count()
    service.erase_personal_values(
        case.case_id, by=shop["root"], reason="客户要求", at=NINE, key=shop.key()
    )
    tidy(LATER)
    assert Blob.objects.count() == before - 3
    assert not StoredFile.objects.filter(name__contains="王建国").exists()
    page = case_page(shop["mei"], case.case_id, NINE)
    assert {field.name: field.value.zh for field in page.fields}["papers"] == "（已删除）"
    assert audit().is_clean


def test_erasing_takes_notices_that_repeat_the_name_of_a_file_along(
    shop: Shop, case: Outcome
) -> None:
    proof = upload([b"proof"], "王建国.txt", by=shop["lei"], at=NINE).ref
    look(shop, case, photos=[picture(shop, n) for n in ("1.png", "2.png")], papers=[proof])
    item, reason = shop.item(case, "mend"), "见王建国.txt"
    shop.claim(case, "mend", "lei")
    service.transfer(item, to=shop["han"], reason=reason, by=shop["lei"], at=NINE, key=shop.key())
    service.erase_personal_values(
        case.case_id, by=shop["root"], reason="客户要求", at=NINE, key=shop.key()
    )
    assert not Notice.objects.filter(facts__contains="王建国").exists()


def test_what_a_draft_holds_is_not_tidied_away(shop: Shop, case: Outcome) -> None:
    ref = picture(shop, "1.png")
    service.save_draft(shop.item(case, "look"), data={"photos": ref}, by=shop["lei"], at=NINE)
    tidy(LATER)
    look(shop, case, photos=[ref])
    assert CaseFile.objects.filter(file__ref=ref).exists()


def test_a_draft_or_a_form_takes_no_file_of_somebody_else(shop: Shop, case: Outcome) -> None:
    theirs = [picture(shop, "1.png", by="sun"), picture(shop, "2.png", "blue", by="sun")]
    item = shop.item(case, "look")
    service.save_draft(item, data={"photos": theirs}, by=shop["lei"], at=NINE)
    for scan in (Blob.INFECTED, Blob.UNSCANNED):
        Blob.objects.update(scan=scan)
        assert refusal(lambda: look(shop, case, photos=theirs)).code == "file-gone"
    look(shop, case, photos=[picture(shop, "1.png"), picture(shop, "2.png", "blue")])


def test_a_deputy_goes_on_with_the_files_that_whoever_is_away_had_uploaded(
    shop: Shop, case: Outcome
) -> None:
    ref = picture(shop, "1.png")
    service.save_draft(shop.item(case, "look"), data={"photos": ref}, by=shop["lei"], at=NINE)
    absence = AbsenceText("2026-03-02T09:00", "2026-03-02T12:00", deputy=shop["han"].person_id)
    leave.be_away(shop["lei"], absence, Act(NINE))
    while follow_some(NINE):
        pass
    shop.complete(shop.item(case, "look"), "han", outcome="mend", photos=[ref])
    assert CaseFile.objects.filter(file__ref=ref).exists()


def test_a_field_of_files_is_corrected(shop: Shop, case: Outcome) -> None:
    look(shop, case, photos=[picture(shop, "1.png"), picture(shop, "2.png", "blue")])
    service.correct_field(
        case.case_id,
        "photos",
        [picture(shop, "3.png", "gold", by="min")],
        reason="拍错了",
        by=shop["min"],
        at=NINE,
        key=shop.key(),
    )
    page = case_page(shop["mei"], case.case_id, NINE)
    assert {field.name: field.value.zh for field in page.fields}["photos"] == "3.png"
    assert audit().is_clean
