"""The check `files_kept`: files and their contents on the disk."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from tests.faults.clients import ACKNOWLEDGED
from tests.faults.evidence import Evidence


def place_of(digest: str) -> str:
    """Where a content lies, below `blobs`."""
    return f"{digest[:2]}/{digest[2:4]}/{digest}"


def files_kept(found: Evidence) -> Iterator[str]:
    """Every file that was acknowledged has its rows and the content that its client sent; every
    content is there, is what its name says, and is there once."""
    for finding in found.findings:
        if finding.is_of_file:
            yield str(finding)
    yield from _acknowledged(found)
    yield from _contents(found)


def _acknowledged(found: Evidence) -> Iterator[str]:
    files = {row["ref"]: row for row in found["files"]}
    in_cases = {(row["case_id"], row["file_id"]) for row in found["case_files"]}
    for sent in found.sent:
        if not sent.file or sent.outcome != ACKNOWLEDGED:
            continue
        file = files.get(sent.file)
        if file is None or (found.ids[sent.case], file["id"]) not in in_cases:
            yield f"{sent.verb} {sent.case} ({sent.who}): the file {sent.file} is gone"
        elif file["blob_id"] != sent.digest:
            yield f"{sent.verb} {sent.case} ({sent.who}): the file {sent.file} is another"


def _contents(found: Evidence) -> Iterator[str]:
    for row in found["blobs"]:
        there = found.contents.get(place_of(row["digest"]))
        if there != row["digest"]:
            yield f"the content {row['digest']} is {'gone' if there is None else 'another'}"
    placed = (found.contents.get(place_of(row["digest"])) for row in found["blobs"])
    for digest, count in sorted(Counter(each for each in placed if each).items()):
        if count > 1:
            yield f"the content {digest} is kept {count} times"
