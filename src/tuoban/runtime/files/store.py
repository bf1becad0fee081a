"""The contents on disk: `blobs/ab/cd/<digest>`, below TUOBAN_HOME.

A content is written to `blobs/incoming/` while its digest is taken, brought to the disk, and moved
into place in one stroke; a name is never there with half a content. Its rows are written after
that: a process that is killed between the two leaves a content that no row knows, which is tidied
away.

`placing()` and `removing()` keep the two sides apart: what is moved into place is not taken away
before its rows are there.
"""

from __future__ import annotations

import fcntl
import hashlib
import os
import secrets
from collections.abc import Iterable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from django.conf import settings

CHUNK = 64 * 1024
"""Bytes that are in memory at once."""


class TooLarge(Exception):
    """More came than is allowed; nothing of it is kept."""


@dataclass(frozen=True, slots=True)
class Incoming:
    """A content that was received whole, and is not in its place yet."""

    path: Path
    digest: str
    size: int

    def place(self) -> None:
        """Move it to where its digest says. The caller holds `placing()`."""
        target = path_of(self.digest)
        for folder in (target.parent.parent, target.parent):
            if not folder.is_dir():
                folder.mkdir(exist_ok=True)
                _sync_folder(folder.parent)
        self.path.replace(target)
        _sync_folder(target.parent)

    def drop(self) -> None:
        """Forget it."""
        self.path.unlink(missing_ok=True)


def receive(chunks: Iterable[bytes], most: int) -> Incoming:
    """Write a content to disk chunk by chunk.

    Raises:
        TooLarge: it has more than `most` bytes.
        OSError: the disk is full or cannot be written. Nothing is left in any of these cases.
    """
    path = incoming_folder() / secrets.token_hex(16)
    digest, size = hashlib.sha256(), 0
    try:
        with path.open("xb") as file:
            for chunk in chunks:
                size += len(chunk)
                if size > most:
                    raise TooLarge
                digest.update(chunk)
                file.write(chunk)
            file.flush()
            os.fsync(file.fileno())
    except BaseException:
        path.unlink(missing_ok=True)
        raise
    return Incoming(path, digest.hexdigest(), size)


def root() -> Path:
    return Path(str(settings.TUOBAN_FILES["folder"]))


def incoming_folder() -> Path:
    folder = root() / "incoming"
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    return folder


def path_of(digest: str) -> Path:
    """Where a content is, or will be."""
    return root() / digest[:2] / digest[2:4] / digest


def digest_of(name: str) -> str:
    """What is in the place of a digest has this one.

    Raises:
        OSError: it is gone, or cannot be read.
    """
    with path_of(name).open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def small_path_of(digest: str) -> Path:
    """Where the small picture of a content is; it can be made again."""
    return root() / "small" / digest[:2] / f"{digest}.jpg"


def placed() -> Iterator[Path]:
    """Every content in its place."""
    yield from root().glob("[0-9a-f][0-9a-f]/[0-9a-f][0-9a-f]/*")


@contextmanager
def placing() -> Iterator[None]:
    """Held from before a content is moved into place until its rows are there."""
    with _held(fcntl.LOCK_SH):
        yield


@contextmanager
def removing() -> Iterator[None]:
    """Held while it is looked at whether a content is needed, until it is gone."""
    with _held(fcntl.LOCK_EX):
        yield


@contextmanager
def keeping() -> Iterator[None]:
    """Held while every content that is there has to stay: nothing is tidied meanwhile."""
    with _held(fcntl.LOCK_EX, "keeping"):
        yield


@contextmanager
def tidying() -> Iterator[bool]:
    """Held while contents are tidied away; False where somebody is `keeping` them all."""
    with ExitStack() as held:
        try:
            held.enter_context(_held(fcntl.LOCK_SH | fcntl.LOCK_NB, "keeping"))
            is_free = True
        except BlockingIOError:
            is_free = False
        yield is_free


@contextmanager
def _held(how: int, name: str = "lock") -> Iterator[None]:
    with (incoming_folder().parent / name).open("wb") as file:
        fcntl.flock(file, how)
        yield


def chunks(file: IO[bytes]) -> Iterator[bytes]:
    """What is in a file, `CHUNK` by `CHUNK`."""
    while chunk := file.read(CHUNK):
        yield chunk


def _sync_folder(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
