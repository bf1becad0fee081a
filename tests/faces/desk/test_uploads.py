"""Files on the desk: uploaded with a form, kept when it is refused, had by those who may."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from PIL import Image

from tests.faces.desk.conftest import Visit
from tests.faces.desk.page import Page
from tests.runtime.shop import NINE, PACK_FOLDER, Shop
from tuoban.faces.desk.pages import new_key
from tuoban.runtime.cases import definitions, service
from tuoban.runtime.cases.clock import now
from tuoban.runtime.cases.filing.uploading import queue_scan, upload
from tuoban.runtime.cases.models import CaseComment, CaseFile
from tuoban.runtime.cases.service import Outcome
from tuoban.runtime.files import store
from tuoban.runtime.files.models import Blob, StoredFile
from tuoban.runtime.jobs.models import Job

SVG = b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'
HTML = b"<!DOCTYPE html><script>alert(1)</script>"
PDF = b"%PDF-1.4\n1 0 obj<<>>endobj\ntrailer<<>>\n%%EOF"


@pytest.fixture(autouse=True)
def blobs(tmp_path: Path, settings: Any) -> None:
    folder = tmp_path / "blobs"
    settings.TUOBAN_FILES = {**settings.TUOBAN_FILES, "folder": folder, "scanner": ""}


@pytest.fixture
def case(shop: Shop) -> Outcome:
    text = PACK_FOLDER.joinpath("shop-photos.yaml").read_text(encoding="utf-8")
    definitions.publish("shop-photos", text, None, NINE)
    case = service.start_case(
        "shop-photos", "visit", by=shop["mei"], data={"thing": "锅炉"}, at=now(), key="start"
    )
    shop.claim(case, "look", "lei", at=now())
    return case


def png(colour: str = "red", side: int = 40) -> bytes:
    drawn = io.BytesIO()
    Image.new("RGB", (side, side), colour).save(drawn, "PNG")
    return drawn.getvalue()


def sent(content: bytes, name: str = "1.png") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content)


def ref_of(name: str) -> str:
    return StoredFile.objects.get(name=name).ref


def attached(client: Client, case: Outcome, content: bytes, name: str) -> str:
    posted = {"key": new_key(), "up.file": sent(content, name)}
    answer = client.post(f"/desk/cases/{case.number}/files", posted)
    assert answer.status_code == 302
    return StoredFile.objects.latest("id").ref


def test_pictures_come_with_the_form(shop: Shop, case: Outcome, visit: Visit) -> None:
    lei, item = visit("lei"), shop.item(case, "look")
    page = Page(lei.get(f"/desk/cases/{case.number}"))
    form = next(
        each for each in page.all("form") if each.attributes["action"].endswith("/complete")
    )
    assert form.attributes["enctype"] == "multipart/form-data"
    posted = {
        "key": "k",
        "outcome": "fine",
        "f.photos": "",
        "up.photos": [sent(png()), sent(png("blue"), "2.png")],
    }
    assert lei.post(f"/desk/items/{item}/complete", posted).status_code == 302
    assert sorted(CaseFile.objects.values_list("file__name", flat=True)) == ["1.png", "2.png"]


def test_a_refused_form_keeps_what_was_uploaded(shop: Shop, case: Outcome, visit: Visit) -> None:
    lei, item = visit("lei"), shop.item(case, "look")
    address = f"/desk/items/{item}/complete"
    answer = lei.post(address, {"key": "k", "f.photos": "", "up.photos": [sent(png())]})
    assert answer.status_code == 422  # no outcome was chosen
    page, ref = Page(answer), ref_of("1.png")
    assert page.value(f"f.photos.{ref}.") == ref
    assert "1.png" in page.text
    again = {"key": "k", "f.photos": "", f"f.photos.{ref}.": ref, "outcome": "fine"}
    assert lei.post(address, again).status_code == 302
    assert CaseFile.objects.get().file.ref == ref


def test_what_is_not_taken_is_told_and_the_rest_is_kept(
    shop: Shop, case: Outcome, visit: Visit
) -> None:
    lei, item = visit("lei"), shop.item(case, "look")
    posted = {
        "key": "k",
        "outcome": "fine",
        "f.photos": "",
        "up.photos": [sent(png()), sent(HTML, "evil.png")],
    }
    answer = lei.post(f"/desk/items/{item}/complete", posted)
    assert answer.status_code == 422
    page = Page(answer)
    assert "“evil.png”不是可以上传的文件类型" in page.problem(f"item-{item}-photos")
    assert page.value(f"f.photos.{ref_of('1.png')}.")
    assert not CaseFile.objects.exists()


def test_a_file_is_taken_out_without_scripts(shop: Shop, case: Outcome, visit: Visit) -> None:
    lei, item = visit("lei"), shop.item(case, "look")
    one, two = (upload([png(c)], f"{c}.png", by=shop["lei"], at=now()).ref for c in ("red", "blue"))
    posted = {"key": "k", "f.photos": "", f"f.photos.{one}.": one, f"f.photos.{two}.": two}
    answer = lei.post(f"/desk/items/{item}/rows", {**posted, "rows": f"photos.{one}"})
    page = Page(answer)
    assert not page.has_entry(f"f.photos.{one}.")
    assert page.value(f"f.photos.{two}.") == two


def test_a_draft_keeps_uploads(shop: Shop, case: Outcome, visit: Visit) -> None:
    lei, item = visit("lei"), shop.item(case, "look")
    ref = upload([png()], "1.png", by=shop["lei"], at=now()).ref
    lei.post(
        f"/desk/items/{item}/draft",
        {"f.photos": "", f"f.photos.{ref}.": ref},
        headers={"HX-Request": "true"},
    )
    page = Page(lei.get(f"/desk/cases/{case.number}"))
    assert page.value(f"f.photos.{ref}.") == ref


def test_a_new_case_begins_with_a_file(shop: Shop, case: Outcome, visit: Visit) -> None:
    posted = {"key": "new", "f.sheet": "", "up.sheet": sent(PDF, "报修单.pdf")}
    mei = visit("mei")
    answer = mei.post("/desk/new/shop-photos/visit", posted)
    assert answer.status_code == 422
    page, ref = Page(answer), ref_of("报修单.pdf")
    assert page.value(f"f.sheet.{ref}.") == ref
    again = {"key": "new", "f.sheet": "", f"f.sheet.{ref}.": ref, "f.thing": "锅炉"}
    assert mei.post("/desk/new/shop-photos/visit", again).status_code == 302
    assert CaseFile.objects.get().name == "sheet"


def test_a_page_uploads_before_its_form(shop: Shop, case: Outcome, visit: Visit) -> None:
    answer = visit("lei").post("/desk/uploads", {"up.photos": sent(png())})
    assert answer.json() == {"files": [{"ref": ref_of("1.png"), "name": "1.png"}], "problems": []}
    refused = visit("lei", "en").post("/desk/uploads", {"up.photos": sent(SVG, "x.svg")})
    assert refused.status_code == 422
    assert refused.json()["files"] == []
    assert "is of a type that is not taken" in refused.json()["problems"][0]


def test_a_known_reference_tells_no_name_of_what_others_uploaded(
    shop: Shop, case: Outcome, visit: Visit
) -> None:
    ref = upload([png()], "secret.png", by=shop["qi"], at=now()).ref
    lei, item = visit("lei"), shop.item(case, "look")
    entry = {"key": "k", f"f.photos.{ref}.": ref, "f.photos": "", "outcome": ""}
    answers = [
        lei.post("/desk/uploads", {"f.photos": "", f"f.photos.{ref}.": ref}),
        lei.post(f"/desk/items/{item}/complete", entry),
        lei.post(f"/desk/items/{item}/rows", {**entry, "rows": "photos.x"}),
        lei.post(
            f"/desk/cases/{case.number}/files", {"key": "k", "f.file": "", f"f.file.{ref}.": ref}
        ),
    ]
    assert [answer.status_code for answer in answers] == [422, 422, 200, 422]
    for answer in answers:
        assert "secret.png" not in answer.content.decode()


def test_nobody_uploads_who_is_not_logged_in(case: Outcome) -> None:
    answer = Client().post("/desk/uploads", {"up.photos": sent(png())})
    assert answer.status_code == 401
    assert not StoredFile.objects.exists()


@pytest.mark.parametrize(
    "name",
    ["../../etc/passwd.png", "..\\..\\boot.png", "a\0b.png", "x" * 5000 + ".png", "\u202egnp.exe"],
)
def test_a_name_is_never_a_path(case: Outcome, visit: Visit, name: str) -> None:
    before = {path.name for path in store.root().parent.iterdir()}
    ref = attached(visit("lei"), case, png(), name)
    kept = StoredFile.objects.get(ref=ref).name
    assert not set("/\\\0\u202e") & set(kept)
    assert 0 < len(kept) <= 120
    assert {path.name for path in store.root().parent.iterdir()} - before <= {"blobs"}
    answer = visit("lei").get(f"/desk/attachments/{ref}")
    assert "\n" not in answer["Content-Disposition"]


@pytest.mark.parametrize(
    ("content", "name"),
    [(SVG, "x.svg"), (HTML, "x.txt"), (b"\0\1\2\3 what", "x.pdf"), (b"MZ\x90\0" * 9, "x.jpg")],
)
def test_what_could_run_is_not_kept(case: Outcome, visit: Visit, content: bytes, name: str) -> None:
    answer = visit("lei").post("/desk/uploads", {"up.file": sent(content, name)})
    assert answer.status_code == 422
    assert not Blob.objects.exists()


def test_a_picture_that_is_a_page_too_is_sent_as_a_picture(case: Outcome, visit: Visit) -> None:
    polyglot = png() + HTML
    lei = visit("lei")
    answer = lei.get(f"/desk/attachments/{attached(lei, case, polyglot, 'x.html')}")
    assert answer["Content-Type"] == "image/png"
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert "sandbox" in answer["Content-Security-Policy"]


def test_only_pictures_and_pdf_are_shown(case: Outcome, visit: Visit) -> None:
    lei = visit("lei")
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("bomb", b"\0" * 50_000_000)
    for content, name, how in (
        (png(), "1.png", "inline"),
        (PDF, "1.pdf", "inline"),
        (b"some words", "1.txt", "attachment"),
        (packed.getvalue(), "1.zip", "attachment"),
    ):
        answer = lei.get(f"/desk/attachments/{attached(lei, case, content, name)}")
        assert answer["Content-Disposition"].startswith(f"{how};")
        assert b"".join(answer) == content
        assert "default-src 'none'" in answer["Content-Security-Policy"]


def test_a_small_picture_carries_nothing_but_what_is_seen(case: Outcome, visit: Visit) -> None:
    drawn, exif = io.BytesIO(), Image.Exif()
    exif.get_ifd(0x8825)[1] = "N"
    exif[0x010E] = "secret words"
    Image.new("RGB", (900, 600), "red").save(drawn, "JPEG", exif=exif)
    lei = visit("lei")
    ref = attached(lei, case, drawn.getvalue(), "where.jpg")
    answer = lei.get(f"/desk/attachments/{ref}/small")
    assert answer["Content-Type"] == "image/jpeg"
    small = Image.open(io.BytesIO(answer.content))
    assert max(small.size) == 320
    assert not small.getexif()
    assert b"secret" not in answer.content
    assert "含拍摄地点" in Page(lei.get(f"/desk/cases/{case.number}")).text


def test_a_picture_that_would_unfold_too_far_is_not_opened(case: Outcome, visit: Visit) -> None:
    drawn = io.BytesIO()
    Image.new("1", (20_000, 20_000)).save(drawn, "PNG")
    lei = visit("lei")
    ref = attached(lei, case, drawn.getvalue(), "bomb.png")
    assert lei.get(f"/desk/attachments/{ref}/small").status_code == 404


def test_a_picture_that_breaks_its_reader_is_kept_and_has_no_small_one(
    case: Outcome, visit: Visit
) -> None:
    drawn, exif = io.BytesIO(), Image.Exif()
    exif[0x0112], exif[0x8825] = 6, {1: "N", 2: (1.0, 2.0, 3.0)}
    Image.new("RGB", (40, 30)).save(drawn, "JPEG", exif=exif)
    whole = drawn.getvalue()
    place = whole.index(bytes.fromhex("000200010002")) + 1
    broken = whole[:place] + b"\x2e" + whole[place + 1 :]  # more entries than there are
    lei = visit("lei")
    ref = attached(lei, case, broken, "broken.jpg")
    assert lei.get(f"/desk/attachments/{ref}/small").status_code == 404
    assert b"".join(lei.get(f"/desk/attachments/{ref}")) == broken


def test_who_does_not_see_the_case_has_none_of_its_files(
    shop: Shop, case: Outcome, visit: Visit
) -> None:
    ref = attached(visit("lei"), case, png(), "1.png")
    for address in (f"/desk/attachments/{ref}", f"/desk/attachments/{ref}/small"):
        assert visit("mei").get(address).status_code == 200
        assert visit("sun").get(address).status_code == 404
        assert Client().get(address).status_code == 302
    own = upload([b"mine"], "mine.txt", by=shop["sun"], at=now()).ref
    assert visit("sun").get(f"/desk/attachments/{own}").status_code == 200
    assert visit("lei").get(f"/desk/attachments/{own}").status_code == 404


def test_what_waits_or_is_infected_is_not_had(case: Outcome, visit: Visit) -> None:
    lei = visit("lei")
    ref = attached(lei, case, png(), "1.png")
    for state, words in (("waiting", "正在查毒"), ("infected", "查出病毒")):
        Blob.objects.update(scan=state, found="Eicar")
        answer = lei.get(f"/desk/attachments/{ref}")
        assert answer.status_code == 409
        assert words in Page(answer).text
        assert lei.get(f"/desk/attachments/{ref}/small").status_code == 404


def test_an_attachment_is_withdrawn_on_the_page(case: Outcome, visit: Visit) -> None:
    lei = visit("lei")
    ref = attached(lei, case, png(), "1.png")
    number = CaseFile.objects.get().number
    address = f"/desk/cases/{case.number}/files/{number}/withdraw"
    answer = lei.post(address, {"key": "w", "reason": ""})
    assert answer.status_code == 422
    assert lei.post(address, {"key": "w", "reason": "传错了"}).status_code == 302
    page = Page(lei.get(f"/desk/cases/{case.number}"))
    files = page.by_id("files")
    assert files is not None
    assert "1.png" in files.text
    assert "李雷撤回" in files.text
    assert lei.get(f"/desk/attachments/{ref}").status_code == 404
    assert visit("root").get(f"/desk/attachments/{ref}").status_code == 200


def test_comments_are_made_read_in_pages_edited_and_erased(case: Outcome, visit: Visit) -> None:
    lei = visit("lei")
    address = f"/desk/cases/{case.number}/comments"
    refused = lei.post(address, {"key": "0", "text": " ", "up.file": sent(png())})
    assert refused.status_code == 422
    page, ref = Page(refused), ref_of("1.png")
    assert page.problem("comment")
    assert page.value(f"f.file.{ref}.") == ref
    posted = {"key": "1", "text": "第一条\n<b>不是标记</b>", f"f.file.{ref}.": ref, "f.file": ""}
    assert lei.post(address, posted).status_code == 302
    for number in range(30):
        lei.post(address, {"key": f"more {number}", "text": f"其余 {number}"})
    page = Page(lei.get(f"/desk/cases/{case.number}"))
    comments = page.by_id("comments")
    assert comments is not None
    assert "其余 29" in comments.text
    assert "全部 31 条" in comments.text
    first = Page(lei.get(address))
    assert "其余 29" in first.text
    assert "第一条" not in first.text
    following = first.all("a", **{"class": "btn"})[-1].attributes["href"]
    second = lei.get(following)
    assert "&lt;b&gt;不是标记&lt;/b&gt;" in second.content.decode()
    assert "1.png" in Page(second).text
    latest = CaseComment.objects.latest("number").number
    assert lei.post(f"{address}/{latest}/edit", {"key": "e", "text": "改了"}).status_code == 302
    erased = visit("root").post(f"{address}/{latest}/erase", {"key": "x", "reason": "客户要求"})
    assert erased.status_code == 302
    assert "改了" not in Page(lei.get(address)).text
    assert visit("sun").get(address).status_code == 404
    assert visit("sun").post(address, {"key": "s", "text": "?"}).status_code == 404


def test_a_scan_of_a_paper_says_so(shop: Shop, visit: Visit) -> None:
    """A scan is told to be one of a paper."""
    text = PACK_FOLDER.joinpath("shop-papers.yaml").read_text(encoding="utf-8")
    definitions.publish("shop-papers", text, None, NINE)
    case = service.start_case(
        "shop-papers",
        "settle",
        by=shop["mei"],
        data={"client": "王", "kind": "fresh"},
        at=now(),
        key="p",
    )
    posted = {"key": "a", "paper": "diploma", "up.file": sent(PDF, "d.pdf")}
    mei = visit("mei")
    assert mei.post(f"/desk/cases/{case.number}/files", posted).status_code == 302
    assert "添加“毕业证”的扫描件：d.pdf" in Page(mei.get(f"/desk/cases/{case.number}")).text


def test_all_files_are_found_page_by_page_and_by_name(
    shop: Shop, case: Outcome, visit: Visit
) -> None:
    lei = visit("lei")
    for number in range(27):
        name = f"附件{number:02}.txt"
        ref = upload([name.encode()], name, by=shop["lei"], at=now()).ref
        service.attach_files(case.case_id, [ref], by=shop["lei"], at=now(), key=name)
    address = f"/desk/cases/{case.number}/files"
    files = Page(lei.get(f"/desk/cases/{case.number}")).by_id("files")
    assert files is not None
    assert "全部文件" in files.text
    first = Page(lei.get(address))
    assert "附件26" in first.text
    assert "附件01" not in first.text
    older = first.all("a", **{"class": "btn"})[-1].attributes["href"]
    assert "附件00" in Page(lei.get(older)).text
    sought = Page(lei.get(address, {"q": "件07"})).text
    assert "附件07" in sought
    assert "附件08" not in sought
    assert visit("sun").get(address).status_code == 404


def test_an_erasure_that_is_refused_keeps_its_form_open_with_what_is_wrong(
    shop: Shop, case: Outcome, visit: Visit
) -> None:
    one, other = (
        attached(visit("lei"), case, png(each), f"{each}.png") for each in ("red", "blue")
    )
    posted = {"key": new_key(), "file": one, "reason": " "}
    answer = visit("root").post(f"/desk/cases/{case.number}/files/erase", posted)
    assert answer.status_code == 422
    page = Page(answer)
    assert page.by_id(f"erase-{one}-reason-problem") is not None
    assert page.by_id(f"erase-{other}-reason-problem") is None
    opened = [each for each in page.all("details") if "open" in each.attributes]
    assert [
        each for details in opened for each in details.walk() if each.attributes.get("value") == one
    ]


def test_a_scan_is_called_by_the_name_of_its_file_for_those_who_may_see_that(
    shop: Shop, case: Outcome, visit: Visit
) -> None:
    lei, root = visit("lei"), visit("root", "en")
    attached(lei, case, png("red"), "仪表.png")
    lei.post("/desk/uploads", {"up.file": sent(png("blue"), "自己的.png"), "field": "file"})
    Blob.objects.update(scan=Blob.WAITING)
    for each in Blob.objects.all():
        queue_scan(each, now())
    page = root.get("/desk/background?which=all").content.decode()
    assert page.count("Looking for viruses in a file") >= 2
    assert "仪表.png" in page
    assert f'href="/desk/cases/{case.number}"' in page
    assert "自己的" not in page
    assert not any(each.digest in page for each in Blob.objects.all())
    assert "仪表.png" in root.get("/desk/background?which=all&q=仪表").content.decode()
    for each in Blob.objects.all():
        # Whoever has a file must not learn by it whether somebody else uploaded the same.
        sought = root.get(f"/desk/background?which=all&q={each.digest}").content.decode()
        assert "Looking for viruses in a file" not in sought
    assert "仪表" not in "".join(Job.objects.values_list("payload", "key").first() or ())
    job = Job.objects.filter(kind="scan-file").latest("id")
    drop = root.post("/desk/background/drop", {"which": "all", "only": job.pk}).content.decode()
    assert job.key not in drop
