"""Programs upload files, hand them in, attach them and say something."""

from __future__ import annotations

import io
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from PIL import Image

from tests.faces.api.conftest import Ask
from tests.faces.api.test_operations import do, items, post
from tests.runtime.shop import NINE, PACK_FOLDER, Shop, row
from tuoban.runtime.cases import definitions, service
from tuoban.runtime.files.models import StoredFile


@pytest.fixture(autouse=True)
def blobs(tmp_path: Path, settings: Any) -> None:
    folder = tmp_path / "blobs"
    settings.TUOBAN_FILES = {**settings.TUOBAN_FILES, "folder": folder, "scanner": ""}


def send(client: Client, content: bytes, name: str) -> Any:
    return client.post(
        f"/api/v1/files?name={name}",
        content,
        content_type="application/octet-stream",
        headers={"Idempotency-Key": name},
    )


def uploaded(client: Client, content: bytes, name: str) -> str:
    answer = send(client, content, name)
    assert answer.status_code == 200, answer.content.decode()
    return str(answer.json()["file"])


def picture() -> bytes:
    drawn = io.BytesIO()
    Image.new("RGB", (20, 20), "red").save(drawn, "PNG")
    return drawn.getvalue()


def test_a_program_hands_in_pictures(shop: Shop, ask: Ask) -> None:
    text = PACK_FOLDER.joinpath("shop-photos.yaml").read_text(encoding="utf-8")
    definitions.publish("shop-photos", text, None, NINE)
    case = service.start_case(
        "shop-photos", "visit", by=shop["mei"], data={"thing": "锅炉"}, at=NINE, key="start"
    )
    lei, number = ask("lei"), row(case).number
    ref = uploaded(lei, picture(), "1.png")
    item = items(lei, number)["look"]["item"]
    do(lei, f"{number}/items/{item}/claim")
    do(lei, f"{number}/items/{item}/complete", outcome="fine", values={"photos": [ref]})
    (told,) = lei.get(f"/api/v1/cases/{number}/files").json()["files"]
    assert (told["file"], told["name"], told["type"]) == (ref, "1.png", "image/png")
    assert told["of"]["en"] == "Photographs"
    answer = lei.get(f"/api/v1/files/{ref}")
    assert b"".join(answer) == picture()
    assert answer["Content-Disposition"].startswith("attachment;")
    assert ask("sun").get(f"/api/v1/files/{ref}").status_code == 404
    assert ask("sun").get(f"/api/v1/cases/{number}/files").status_code == 404


def test_files_are_attached_withdrawn_and_said_something_about(shop: Shop, ask: Ask) -> None:
    number, mei = row(shop.start(at=NINE)).number, ask("mei")
    one, two = (uploaded(mei, name.encode(), f"{name}.txt") for name in ("one", "two"))
    do(mei, f"{number}/attach", files=[one])
    (told,) = mei.get(f"/api/v1/cases/{number}/files").json()["files"]
    do(mei, f"{number}/withdraw-file", number=told["number"], reason="wrong")
    (told,) = mei.get(f"/api/v1/cases/{number}/files").json()["files"]
    assert told["withdrawn"]
    do(mei, f"{number}/comment", text="look here", files=[two])
    (said,) = mei.get(f"/api/v1/cases/{number}/comments").json()["comments"]
    assert (said["text"], said["by"]) == ("look here", "陈小美")
    assert [each["file"] for each in said["files"]] == [two]
    do(mei, f"{number}/edit-comment", number=said["number"], text="look there")
    (said,) = mei.get(f"/api/v1/cases/{number}/comments").json()["comments"]
    assert said["text"] == "look there"
    assert post(ask("sun"), f"{number}/comment", text="?").status_code == 404


@pytest.mark.parametrize(
    ("content", "code"), [(b"", "file-empty"), (b"<html>", "file-type-unknown")]
)
def test_what_is_not_kept_is_told(shop: Shop, ask: Ask, content: bytes, code: str) -> None:
    answer = send(ask("mei"), content, "a.txt")
    assert answer.status_code == 422
    assert [each["code"] for each in answer.json()["errors"]] == [code]
    assert not StoredFile.objects.exists()


def test_what_is_sent_again_under_its_key_is_one_file(shop: Shop, ask: Ask) -> None:
    ref = uploaded(ask("lei"), b"one", "one.txt")
    assert uploaded(ask("lei"), b"one", "one.txt") == ref
    assert uploaded(ask("mei"), b"one", "one.txt") != ref
    assert StoredFile.objects.count() == 2
    answer = send(ask("lei"), b"two", "one.txt")
    assert (answer.status_code, answer.json()["code"]) == (409, "key-reused")


def test_nobody_uploads_who_is_not_logged_in(db: None) -> None:
    assert send(Client(), b"words", "a.txt").status_code == 401
    assert not StoredFile.objects.exists()
