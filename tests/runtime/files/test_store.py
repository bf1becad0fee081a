"""Contents on disk: whole or not at all, once, and gone when nobody needs them."""

from __future__ import annotations

import hashlib
import os
import signal
from collections.abc import Iterator
from datetime import timedelta
from functools import partial
from pathlib import Path

import pytest

from tests.runtime.killing import killed_at, statements_of
from tests.runtime.shop import NINE, Shop, together
from tuoban.runtime.cases.clock import now
from tuoban.runtime.cases.filing.tidying import tidy
from tuoban.runtime.cases.filing.uploading import upload
from tuoban.runtime.files import store
from tuoban.runtime.files.models import Blob, StoredFile
from tuoban.runtime.files.service import NotTaken

CHUNK = b"a line of plain text\n" * 3000


def chunks(count: int) -> Iterator[bytes]:
    for _ in range(count):
        yield CHUNK


def on_disk() -> list[Path]:
    return list(store.placed())


def incoming() -> list[Path]:
    return list(store.incoming_folder().iterdir())


def test_a_content_lies_under_its_digest(shop: Shop) -> None:
    stored = upload([b"hello ", b"world"], "a.txt", by=shop["mei"], at=NINE)
    digest = hashlib.sha256(b"hello world").hexdigest()
    assert stored.blob_id == digest
    assert store.path_of(digest).read_bytes() == b"hello world"
    assert store.path_of(digest).parent.parent.name == digest[:2]
    assert incoming() == []


def test_the_same_content_is_kept_once(shop: Shop) -> None:
    first = upload([b"same"], "one.txt", by=shop["mei"], at=NINE)
    second = upload([b"sa", b"me"], "two.txt", by=shop["lei"], at=NINE)
    assert first.ref != second.ref
    assert len(on_disk()) == Blob.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_the_same_content_uploaded_at_once_is_kept_once(busy_shop: Shop) -> None:
    by = busy_shop["mei"]
    done = together(*[lambda: upload(chunks(20), "a.txt", by=by, at=NINE) for _ in range(4)])
    assert all(isinstance(each, StoredFile) for each in done)
    assert len({each.ref for each in done if isinstance(each, StoredFile)}) == 4
    assert len(on_disk()) == Blob.objects.count() == 1
    assert incoming() == []


def test_no_more_than_a_chunk_is_in_memory(shop: Shop) -> None:
    """64 MB come in; what is alive of them at any moment is one chunk."""
    alive, most = 0, 0

    class Counted(bytes):
        def __new__(cls, content: bytes) -> Counted:
            nonlocal alive, most
            alive += 1
            most = max(most, alive)
            return super().__new__(cls, content)

        def __del__(self) -> None:
            nonlocal alive
            alive -= 1

    block = b"x" * store.CHUNK

    def coming() -> Iterator[bytes]:
        for _ in range(64_000_000 // store.CHUNK):
            yield Counted(block)

    with pytest.raises(NotTaken) as refused:
        upload(coming(), "big.txt", by=shop["mei"], at=NINE)
    assert refused.value.code == "file-too-large"  # 50 MB are allowed, and were written till then
    assert most <= 2
    assert incoming() == on_disk() == []


def test_what_is_too_large_leaves_nothing(shop: Shop) -> None:
    with pytest.raises(NotTaken) as refused:
        upload(chunks(20), "a.txt", by=shop["mei"], at=NINE, largest=100_000)
    assert refused.value.code == "file-too-large"
    assert incoming() == on_disk() == []
    assert not StoredFile.objects.exists()


def test_an_upload_that_breaks_off_leaves_nothing(shop: Shop) -> None:
    def breaking() -> Iterator[bytes]:
        yield CHUNK
        raise ConnectionResetError

    with pytest.raises(ConnectionResetError):
        upload(breaking(), "a.txt", by=shop["mei"], at=NINE)
    assert incoming() == on_disk() == []


def test_an_empty_file_is_refused(shop: Shop) -> None:
    with pytest.raises(NotTaken) as refused:
        upload([], "a.txt", by=shop["mei"], at=NINE)
    assert refused.value.code == "file-empty"
    assert incoming() == on_disk() == []


@pytest.mark.django_db(transaction=True)
def test_an_upload_killed_while_it_is_written_leaves_nothing_for_long(busy_shop: Shop) -> None:
    by = busy_shop["mei"]

    def breaking() -> Iterator[bytes]:
        yield CHUNK
        os.kill(os.getpid(), signal.SIGKILL)

    assert killed_at(-1, lambda: upload(breaking(), "a.txt", by=by, at=NINE))
    assert not StoredFile.objects.exists()
    assert len(incoming()) == 1
    at = now()
    tidy(at)
    assert len(incoming()) == 1  # it may be an upload that goes on
    tidy(at + timedelta(days=2))
    assert incoming() == on_disk() == []


@pytest.mark.django_db(transaction=True)
def test_an_upload_killed_at_any_statement_is_there_whole_or_tidied_away(busy_shop: Shop) -> None:
    by = busy_shop["mei"]
    count = statements_of(lambda: upload([b"once"], "a.txt", by=by, at=NINE))
    assert count
    for number in range(1, count + 1):
        content = f"content {number}".encode()
        act = partial(upload, [content], "a.txt", by=by, at=NINE)
        assert killed_at(number, act)
        digest = hashlib.sha256(content).hexdigest()
        stored = StoredFile.objects.filter(blob=digest).count()
        assert Blob.objects.filter(pk=digest).count() == stored
        assert store.path_of(digest).read_bytes() == content
    tidy(now() + timedelta(days=400))
    assert on_disk() == []


def test_what_nobody_attaches_goes_after_a_day(shop: Shop) -> None:
    upload([b"hello"], "a.txt", by=shop["mei"], at=NINE)
    tidy(NINE + timedelta(hours=23))
    assert StoredFile.objects.count() == 1
    tidy(NINE + timedelta(hours=25))
    assert not StoredFile.objects.exists()
    assert not Blob.objects.exists()
    assert on_disk() == []
