"""The rows of a case's files and comments against its journal, and the contents on disk."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence

from tuoban.kernel import events as e
from tuoban.kernel.events import Event
from tuoban.kernel.expressions import Filed
from tuoban.runtime.cases.chain import Break
from tuoban.runtime.cases.filing.rows import held_by
from tuoban.runtime.cases.filing.values import files_in
from tuoban.runtime.cases.models import CaseFile, PersonalValue
from tuoban.runtime.cases.personal import read_values
from tuoban.runtime.files import store


class Contents:
    """The contents on disk. Each is looked at once, however many cases have it.

    Args:
        are_read: whether they are read whole, and held against their digests; else it is enough
            that they are there.
    """

    def __init__(self, *, are_read: bool = False) -> None:
        self._are_read = are_read
        self._known: dict[str, str] = {}

    def wrong_with(self, digest: str) -> str:
        """What is wrong with a content; empty: nothing."""
        if digest not in self._known:
            self._known[digest] = self._look_at(digest)
        return self._known[digest]

    def _look_at(self, digest: str) -> str:
        try:
            if self._are_read:
                return "" if store.digest_of(digest) == digest else "on disk is another"
            return "" if store.path_of(digest).exists() else _GONE
        except FileNotFoundError:
            return _GONE
        except OSError as error:
            return f"cannot be read: {error.strerror}"


_GONE = "is gone"


def check_files(
    rows: Mapping[str, CaseFile],
    comments: Collection[tuple[int, str]],
    events: Iterable[Sequence[Event]],
    values: Mapping[str, PersonalValue],
    contents: Contents,
) -> Iterator[Break]:
    """Every file that the journal knows and the case does not have, every comment likewise, and
    every content that is not what was proved. What was erased is told by nobody any more."""
    every = [event for each in events for event in each]
    opened = read_values(
        (ref, row.value) for ref, row in values.items() if row.erased_at is None and row.value
    )
    held = {each.ref for event in every for each in held_by(event, opened)}
    for ref in sorted(held - rows.keys()):
        yield Break(None, "rows-differ", f"the file {ref} is in the journal only")
    for ref, digest in sorted(_digests(every, opened).items()):
        blob = rows[ref].file.blob if ref in rows else None
        if blob is None:
            continue
        if blob.digest != digest:
            yield Break(None, "rows-differ", f"the file {ref} has another content")
    for ref, row in sorted(rows.items()):
        if row.file.blob is not None and (wrong := contents.wrong_with(row.file.blob.digest)):
            yield Break(None, "rows-differ", f"the content of the file {ref} {wrong}")
    for number, ref in sorted(set(_said(every)) ^ set(comments)):
        yield Break(None, "rows-differ", f"the comment {number} with the words {ref}")


def _digests(events: Iterable[Event], opened: Mapping[str, object]) -> dict[str, str]:
    """By reference, the digest that a value holds."""
    values: list[object] = list(opened.values())
    for event in events:
        for name in ("values", "data"):
            held = getattr(event, name, None)
            values += held.values() if isinstance(held, Mapping) else ()
    found: dict[str, Filed] = {each.ref: each for value in values for each in files_in(value)}
    return {ref: each.digest for ref, each in found.items()}


def _said(events: Iterable[Event]) -> Iterator[tuple[int, str]]:
    """Every comment, with the seal of its words as they are."""
    words: dict[int, str] = {}
    for event in events:
        if isinstance(event, e.Commented | e.CommentEdited):
            words[event.number] = event.values["text"].ref
    yield from words.items()
