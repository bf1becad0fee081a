"""One checkpoint as a value, wherever it is kept: in the database or in a file."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from datetime import UTC
from typing import Any, NamedTuple, Self

from tuoban.runtime.cases import canonical
from tuoban.runtime.cases.models import Checkpoint

_MOST = 2**63 - 1
BEGINNING = ""
"""What stands for the digest before the first checkpoint."""


class Head(NamedTuple):
    """An entry of a case's journal: the newest at the time."""

    case: str
    seq: int
    digest: str


class Record(NamedTuple):
    """A checkpoint. `at` is an instant as ISO text in UTC."""

    number: int
    at: str
    previous: str
    heads: tuple[Head, ...]
    digest: str

    @property
    def true_digest(self) -> str:
        """The digest that it must have."""
        return digest_of(self.number, self.at, self.previous, self.heads)

    @classmethod
    def of(cls, row: Checkpoint, heads: Any) -> Self:
        return cls.read(
            {
                "checkpoint": row.number,
                "at": row.at.astimezone(UTC).isoformat(),
                "previous": row.previous,
                "heads": heads,
                "digest": row.digest,
            }
        )

    @classmethod
    def read(cls, plain: Any) -> Self:
        """From JSON types.

        Raises:
            ValueError: they are no checkpoint.
        """
        match plain:
            case {
                "checkpoint": int(number),
                "at": str(at),
                "previous": str(previous),
                "heads": list(heads),
                "digest": str(digest),
            } if _are_fit((number,), (at, previous, digest)):
                return cls(number, at, previous, tuple(_head(each) for each in heads), digest)
        raise ValueError("this is no checkpoint")

    def plain(self) -> Mapping[str, Any]:
        return {
            "checkpoint": self.number,
            "at": self.at,
            "previous": self.previous,
            "heads": [list(each) for each in self.heads],
            "digest": self.digest,
        }


def _head(plain: Any) -> Head:
    match plain:
        case [str(case), int(seq), str(digest)] if _are_fit((seq,), (case, digest)):
            return Head(case, seq, digest)
    raise ValueError("this is no head of a case")


def _are_fit(numbers: Iterable[int], texts: Iterable[str]) -> bool:
    """Whether these may stand in a checkpoint: a file may hold what no database can look up, and
    what makes a terminal show something else."""
    counts = all(type(each) is int and 0 <= each <= _MOST for each in numbers)
    return counts and all(each.isprintable() for each in texts)


def digest_of(number: int, at: str, previous: str, heads: tuple[Head, ...]) -> str:
    covered = {
        "checkpoint": number,
        "at": at,
        "previous": previous,
        "heads": [list(each) for each in heads],
    }
    return hashlib.sha256(canonical.dump(covered).encode()).hexdigest()
