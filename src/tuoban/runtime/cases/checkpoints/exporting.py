"""Checkpoints as a file: a line of canonical JSON for each, and a last one that closes it.

The last line holds how many there are and the digest of the last, which follows from all before
it; so a signature of it is one of the whole file.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, NamedTuple

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from tuoban.runtime.cases import canonical
from tuoban.runtime.cases.checkpoints.record import BEGINNING, Record
from tuoban.runtime.cases.models import Checkpoint

FORMAT = 1


class End(NamedTuple):
    """What closes a file. `signature` is empty where it is not signed."""

    checkpoints: int
    digest: str
    signed: bytes
    """What the signature is of."""
    signature: str


class Garbled(NamedTuple):
    """A line that is not what was written."""

    line: int


def export(path: Path, at: datetime, key: Ed25519PrivateKey | None = None) -> int:
    """Write all checkpoints to a file, which is there whole or not at all; how many those are.

    Raises:
        OSError: it cannot be written.
    """
    draft = path.with_name(f"{path.name}.{os.getpid()}.part")
    try:
        with draft.open("w", encoding="utf-8", newline="\n") as file:
            count, digest = 0, BEGINNING
            for record in kept():
                file.write(canonical.dump(record.plain()) + "\n")
                count, digest = record.number, record.digest
            file.write(canonical.dump(_end(count, digest, at, key)) + "\n")
            file.flush()
            os.fsync(file.fileno())
        draft.replace(path)
    finally:
        draft.unlink(missing_ok=True)
    return count


def kept() -> Iterator[Record]:
    """The checkpoints in the database, in their order.

    Raises:
        ValueError: the heads of one are not what was written.
    """
    rows = Checkpoint.objects.order_by("number").iterator(chunk_size=20)
    return (Record.of(row, json.loads(row.heads)) for row in rows)


def _end(count: int, digest: str, at: datetime, key: Ed25519PrivateKey | None) -> dict[str, Any]:
    end: dict[str, Any] = {
        "checkpoints": count,
        "digest": digest,
        "exported": at.astimezone(UTC).isoformat(),
        "format": FORMAT,
    }
    return end | {"signature": key.sign(_signed(end)).hex()} if key is not None else end


def _signed(end: dict[str, Any]) -> bytes:
    plain = {name: value for name, value in end.items() if name != "signature"}
    return f"tuoban checkpoints {canonical.dump(plain)}".encode()


def lines(path: Path) -> Iterator[Record | End | Garbled]:
    """What stands in a file, line by line.

    Raises:
        OSError: it cannot be read.
    """
    with path.open("rb") as file:
        for number, line in enumerate(file, 1):
            yield _read(number, line)


def _read(number: int, line: bytes) -> Record | End | Garbled:
    try:
        plain = json.loads(line)
        if isinstance(plain, dict) and "checkpoints" in plain:
            return End(
                int(plain["checkpoints"]),
                str(plain["digest"]),
                _signed(plain),
                str(plain.get("signature", "")),
            )
        return Record.read(plain)
    except (ValueError, LookupError, TypeError, ArithmeticError, RecursionError):
        return Garbled(number)
