"""What a content is follows from its bytes."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import pytest
from PIL import Image

from tuoban.runtime.files.kinds import KNOWN, MARKUP, UNKNOWN, type_of
from tuoban.runtime.files.names import LONGEST, plain_name


def picture(form: str) -> bytes:
    drawn = io.BytesIO()
    Image.new("RGB", (9, 9), "red").save(drawn, form)
    return drawn.getvalue()


def document(*names: str) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        for name in names:
            archive.writestr(name, "<xml/>")
    return packed.getvalue()


WORD = document("[Content_Types].xml", "_rels/.rels", "word/document.xml")
SHEET = document("[Content_Types].xml", "_rels/.rels", "xl/workbook.xml")


@pytest.mark.parametrize(
    ("content", "type_"),
    [
        (picture("JPEG"), "image/jpeg"),
        (picture("PNG"), "image/png"),
        (picture("GIF"), "image/gif"),
        (picture("WEBP"), "image/webp"),
        (picture("TIFF"), "image/tiff"),
        (picture("BMP"), "image/bmp"),
        (b"%PDF-1.7\n%%EOF", "application/pdf"),
        (WORD, "application/vnd.openxmlformats-officedocument.wordprocessingml.document"),
        (SHEET, "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
        (document("a.txt"), "application/zip"),
        ("逗号,分隔\n1,2\n".encode(), "text/plain"),
        ("国标编码的文字".encode("gb18030"), "text/plain"),
        (b"\xef\xbb\xbfwith a mark", "text/plain"),
    ],
)
def test_what_is_known_is_told(tmp_path: Path, content: bytes, type_: str) -> None:
    path = tmp_path / "content"
    path.write_bytes(content)
    assert type_of(path) == type_
    assert type_ in KNOWN


@pytest.mark.parametrize(
    "content",
    [
        b"<!DOCTYPE html><p>",
        b"  \n<svg xmlns='http://www.w3.org/2000/svg'/>",
        b"\xef\xbb\xbf<?xml version='1.0'?><svg/>",
        b"words first <script>alert(1)</script>",
    ],
)
def test_what_a_browser_would_run_is_none_of_them(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "content"
    path.write_bytes(content)
    assert type_of(path) == MARKUP
    assert MARKUP not in KNOWN


@pytest.mark.parametrize("content", [b"\0\1\2", b"text\0", b"\xff\xfe\x80\x81\x00"])
def test_what_cannot_be_told_is_none_of_them(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "content"
    path.write_bytes(content)
    assert type_of(path) == UNKNOWN


@pytest.mark.parametrize(
    ("written", "name"),
    [
        ("C:\\fakepath\\照片.jpg", "照片.jpg"),
        ("/etc/passwd", "passwd"),
        ("..", "file"),
        ("", "file"),
        ("a\0\nb\u202e.txt", "ab.txt"),
        ("x" * 300 + ".jpeg", "x" * (LONGEST - 5) + ".jpeg"),
    ],
)
def test_names_are_plain(written: str, name: str) -> None:
    assert plain_name(written) == name
