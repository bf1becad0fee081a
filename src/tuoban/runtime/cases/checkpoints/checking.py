"""Checkpoints against the journals: those in the database, and those in a file from before.

What is found is told where it is: in a case, in a checkpoint, or in the file itself, which may have
been altered as well.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from tuoban.runtime.cases.checkpoints.exporting import End, Garbled, lines
from tuoban.runtime.cases.checkpoints.keys import is_signed_by
from tuoban.runtime.cases.checkpoints.record import BEGINNING, Head, Record
from tuoban.runtime.cases.models import Case, Checkpoint, JournalEntry

_TOGETHER = 500
"""Heads that are asked for at once."""


class CheckpointBreak(NamedTuple):
    """A case, a checkpoint or a file that is not as it was; `seq` is an entry of the case."""

    place: str
    seq: int | None
    kind: str
    detail: str


def check_checkpoints() -> Iterator[CheckpointBreak]:
    """The chain of the checkpoints in the database, and every journal against it."""
    checking = _Checking("")
    for row in Checkpoint.objects.order_by("number").iterator(chunk_size=20):
        try:
            record = Record.of(row, json.loads(row.heads))
        except ValueError:
            checking.skip(row.number, row.digest)
            yield CheckpointBreak(f"checkpoint {row.number}", None, "tampered", "it is unreadable")
            continue
        yield from checking.check(record)


def check_against(path: Path, key: Ed25519PublicKey | None = None) -> Iterator[CheckpointBreak]:
    """A file's own chain, and the checkpoints and journals in the database against it.

    Args:
        key: by which the file must be signed; None: it need not be, and nothing is proved by it.

    Raises:
        OSError: the file cannot be read.
    """
    checking, name, end = _Checking(f"{path.name} "), path.name, None
    for line in lines(path):
        if isinstance(line, Garbled) or end is not None:
            detail = (
                f"line {line.line} cannot be read" if isinstance(line, Garbled) else "it goes on"
            )
            yield CheckpointBreak(name, None, "tampered", detail)
        elif isinstance(line, End):
            end = line
        else:
            yield from checking.check(line)
            yield from _check_kept(line)
    if end is None:
        yield CheckpointBreak(name, None, "missing", "its last line is gone, so it is not whole")
    elif (end.checkpoints, end.digest) != (checking.number, checking.digest):
        yield CheckpointBreak(name, None, "tampered", "it does not hold what its last line says")
    if key is not None and end is not None:
        yield from _check_signature(name, end, key)


def _check_signature(name: str, end: End, key: Ed25519PublicKey) -> Iterator[CheckpointBreak]:
    if not end.signature:
        yield CheckpointBreak(name, None, "missing", "it is not signed")
    elif not is_signed_by(key, end.signature, end.signed):
        yield CheckpointBreak(name, None, "tampered", "it is not signed by this key")


def _check_kept(record: Record) -> Iterator[CheckpointBreak]:
    """A checkpoint of a file must be the one in the database."""
    place = f"checkpoint {record.number}"
    row = Checkpoint.objects.filter(number=record.number)
    digest = row.values_list("digest", flat=True).first()
    if digest is None:
        yield CheckpointBreak(place, None, "missing", "the file has it, and the database does not")
    elif digest != record.digest:
        yield CheckpointBreak(place, None, "tampered", "it is not the one in the file")


class _Checking:
    """Checkpoints gone through in their order, each against the one before and the journals."""

    def __init__(self, where: str) -> None:
        self.number, self.digest = 0, BEGINNING
        self._where = where
        self._told: set[tuple[str, str]] = set()

    def skip(self, number: int, digest: str) -> None:
        self.number, self.digest = number, digest

    def check(self, record: Record) -> Iterator[CheckpointBreak]:
        place = f"{self._where}checkpoint {record.number}"
        if record.number != self.number + 1:
            detail = f"no checkpoint follows number {self.number}"
            yield CheckpointBreak(place, None, "missing", detail)
        elif record.previous != self.digest:
            detail = "it does not follow from the one before it"
            yield CheckpointBreak(place, None, "tampered", detail)
        if record.true_digest != record.digest:
            detail = "its content does not match its digest"
            yield CheckpointBreak(place, None, "tampered", detail)
        else:
            for start in range(0, len(record.heads), _TOGETHER):
                heads = record.heads[start : start + _TOGETHER]
                yield from self._once(_check_heads(record.number, heads))
        self.skip(record.number, record.digest)

    def _once(self, breaks: Iterable[CheckpointBreak]) -> Iterator[CheckpointBreak]:
        """What is wrong with a case is told by the first checkpoint that knows better."""
        for each in breaks:
            if (each.place, each.kind) not in self._told:
                self._told.add((each.place, each.kind))
                yield each


def _check_heads(number: int, heads: Sequence[Head]) -> Iterator[CheckpointBreak]:
    names, seqs = [each.case for each in heads], {each.seq for each in heads}
    cases = dict(Case.objects.filter(number__in=names).values_list("number", "seq"))
    rows = JournalEntry.objects.filter(case__number__in=names, seq__in=seqs)
    entries = {
        (case, seq): digest
        for case, seq, digest in rows.values_list("case__number", "seq", "digest")
    }
    for head in heads:
        found = entries.get((head.case, head.seq))
        if head.case not in cases:
            detail = f"the case is gone, of which checkpoint {number} knew {head.seq} entries"
            yield CheckpointBreak(head.case, None, "missing", detail)
        elif found is None:
            detail = f"checkpoint {number} knew this entry; the case counts {cases[head.case]}"
            yield CheckpointBreak(head.case, head.seq, "missing", detail)
        elif found != head.digest:
            detail = f"it is not the entry that checkpoint {number} knew"
            yield CheckpointBreak(head.case, head.seq, "tampered", detail)
