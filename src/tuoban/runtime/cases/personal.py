"""Personal values: sealed on their way in, opened for a decision or a reader, erased on request.

A seal is a random reference and a commitment: the SHA-256 of a random salt and the value's
canonical text. The journal and the state hold the seal alone. Erasing blanks value and salt, so
that not even a guess can be checked against the commitment any more.
"""

from __future__ import annotations

import hashlib
import logging
import secrets
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from functools import partial
from typing import Any

from tuoban.kernel.commands import Sealed
from tuoban.kernel.events import Event
from tuoban.kernel.events.held import mappings_of
from tuoban.kernel.expressions import Filed
from tuoban.kernel.forms import Place, entries, prefilled, read_form
from tuoban.kernel.refusals import Problem, refuse_invalid
from tuoban.kernel.rows import read_value
from tuoban.kernel.signatures import read_signature
from tuoban.runtime.cases import canonical, forgetting, outside
from tuoban.runtime.cases.filing.rows import handed_in_by
from tuoban.runtime.cases.filing.values import files_in, with_files
from tuoban.runtime.cases.models import Case, CaseFile, PersonalValue
from tuoban.runtime.files import service as files
from tuoban.runtime.files.models import StoredFile

SIGNATURE = "signature:"
"""What the field of a signature begins with; the signing role follows."""
EVIDENCE = "evidence:"
"""What the field begins with of what an outside party was shown and did; the role follows."""
ANYBODY = None
"""Uploads may be whosever: what hands them in is no person."""

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class SignatureInput:
    """A signature as it comes from the page: the signer's name and the strokes, as JSON types."""

    name: str
    strokes: Any = None


@dataclass(slots=True)
class Envelope:
    """The personal values of one case during one command: those kept, and those newly sealed."""

    opened: dict[str, Any]
    new: list[PersonalValue] = field(default_factory=list)
    case_id: int | None = None
    """The case; None while it is new."""

    def seal(self, name: str, value: Any) -> Sealed:
        text = canonical.to_text(value)
        row = PersonalValue(
            ref=secrets.token_hex(16), field=name, salt=secrets.token_hex(32), value=text
        )
        row.commitment = commitment(row.salt, text)
        self.new.append(row)
        self.opened[row.ref] = value
        return Sealed(row.ref, row.commitment)

    def keep(self, case: Case, events: Iterable[Event]) -> None:
        """Write the new values that the events speak of, once the command has been allowed."""
        if not self.new:
            return
        used = {seal.ref for seal in seals_in(events)}
        kept = [row for row in self.new if row.ref in used]
        for row in kept:
            row.case = case
        PersonalValue.objects.bulk_create(kept)


COMMENT, ATTACHMENT = "comment", "attachment"
"""What the words of comments, and files beside fields, are kept as."""


def open_values(case_ids: Iterable[int], *, comments: bool = False) -> dict[str, Any]:
    """The personal values of these cases by reference, without those erased; one query.

    Args:
        comments: with the words of comments, which no decision reads.
    """
    rows = PersonalValue.objects.filter(case__in=list(case_ids), erased_at=None)
    if not comments:
        rows = rows.exclude(field=COMMENT)
    return read_values(rows.values_list("ref", "value"))


def read_values(texts: Iterable[tuple[str, str]]) -> dict[str, Any]:
    """Stored personal values by reference.

    One that cannot be read is left out, as if it were not there: the case must go on for all who
    do not need it. The audit tells of it.
    """
    values: dict[str, Any] = {}
    for ref, text in texts:
        try:
            values[ref] = canonical.from_text(text)
        except ValueError:
            _log.error("the personal value %s cannot be read; see the audit", ref)
    return values


def seal_data(
    place: Place,
    data: Mapping[str, Any],
    envelope: Envelope,
    by: Collection[str | None] | None,
) -> dict[str, Any]:
    """The data with its personal values sealed, those that fields take by default included, and
    with references to the customers and assets that it names.

    A value that the case has already keeps its seal. One that cannot be read stays raw: the
    decision then tells the problem, and nothing is kept.

    Args:
        by: whose uploads the data may name beside the files of the case; `ANYBODY`: whosever.

    Raises:
        Refused: `file-gone`: somebody else uploaded one; `invalid`: one is infected.
    """
    data = outside.looked_up(place, data, envelope.opened, envelope.case_id)
    fields = {name: place.definition.field_at(place.node, name) for name in data}
    known = files.found if by is None else partial(handed_in_by, by, envelope.case_id)
    data = with_files(fields, data, found=known)
    sealed = {name: _seal_entry(place, name, raw, envelope) for name, raw in data.items()}
    return sealed | dict(_sealed_defaults(place, sealed, envelope))


def _sealed_defaults(
    place: Place, data: Mapping[str, Any], envelope: Envelope
) -> Iterator[tuple[str, Sealed]]:
    """The personal values that fields take by default, each given what is entered above it."""
    names = [entry.field for entry in entries(place) if not entry.read_only]
    taken = [name for name in names if name not in data and place.field(name).personal]
    values = read_form(place, data).values if taken else {}
    for name in taken:
        above = {each: values[each] for each in names[: names.index(name)] if each in values}
        default = prefilled(place, name, above)
        if default is not None and not isinstance(default, Sealed):
            yield name, envelope.seal(name, default)


def _seal_entry(place: Place, name: str, raw: Any, envelope: Envelope) -> Any:
    field = place.definition.field_at(place.node, name)
    if field is None or not field.personal:
        return raw
    value, problems = read_value(field, raw, place.zone)
    if problems or value in (None, ()):
        return raw
    known = None if place.is_own(name) else place.value(name)
    is_known = isinstance(known, Sealed) and envelope.opened.get(known.ref) == value
    if is_known:
        return known
    return envelope.seal(name, value)


def read_signatures(signatures: Mapping[str, SignatureInput]) -> dict[str, dict[str, Any]]:
    """The signatures by signing role; an empty one counts as missing and is left out.

    Raises:
        Refused: `invalid` with `not-text`, `too-long` or `signature-unreadable` beside signatures.
    """
    values: dict[str, dict[str, Any]] = {}
    problems: list[Problem] = []
    for role, signature in signatures.items():
        value, problem = read_signature(role, signature.name, signature.strokes)
        if problem is not None:
            problems.append(problem)
        elif value is not None:
            values[role] = value
    if problems:
        raise refuse_invalid(problems)
    return values


def seal_signatures(
    signatures: Mapping[str, Mapping[str, Any]], envelope: Envelope
) -> dict[str, Sealed]:
    """The signatures that `read_signatures` gave, sealed."""
    return {role: envelope.seal(f"{SIGNATURE}{role}", value) for role, value in signatures.items()}


def seal_evidence(
    evidence: Mapping[str, Mapping[str, Any]], envelope: Envelope
) -> dict[str, Sealed]:
    """What outside parties were shown and did, by role, sealed."""
    return {role: envelope.seal(f"{EVIDENCE}{role}", value) for role, value in evidence.items()}


def seals_in(events: Iterable[Event]) -> Iterator[Sealed]:
    """Every seal that the events speak of; seals stand in their mappings of values."""
    for event in events:
        for held in mappings_of(event):
            yield from (value for value in held.values() if isinstance(value, Sealed))


def commitment(salt: str, text: str) -> str:
    return hashlib.sha256(f"{salt}{text}".encode()).hexdigest()


def is_as_sealed(seal: Sealed) -> bool:
    """Whether what is kept behind a seal is what was sealed; what is erased is no longer told."""
    row = PersonalValue.objects.filter(ref=seal.ref).first()
    if row is None or row.erased_at is not None:
        return row is not None
    return commitment(row.salt, row.value) == seal.commitment


def refs_held(case_id: int, field: str | None = None) -> tuple[str, ...]:
    """The references of the case's personal values, or of one field's, that are not erased."""
    rows = PersonalValue.objects.filter(case=case_id, erased_at=None)
    if field is not None:
        rows = rows.filter(field=field)
    return tuple(rows.order_by("ref").values_list("ref", flat=True))


def fields_held(case_id: int) -> tuple[str, ...]:
    """The fields of which the case holds personal values that are not erased."""
    rows = PersonalValue.objects.filter(case=case_id, erased_at=None)
    return tuple(rows.order_by("field").values_list("field", flat=True).distinct())


def refs_repeating(case_id: int, texts: Collection[str]) -> tuple[str, ...]:
    """The references of the case's personal values in which one of these texts stands."""
    rows = PersonalValue.objects.filter(forgetting.repeated("value", texts), case=case_id)
    return tuple(rows.filter(erased_at=None).order_by("ref").values_list("ref", flat=True))


def erase(case_id: int, refs: Iterable[str], at: datetime) -> None:
    """Blank these values, and clear what else the case keeps of them.

    Its drafts go as a whole, so does what messages that it sent or took carry of anybody, and so do
    the reasons in notices that repeat a value. A file that another case has stays there. Must run
    in the transaction whose journal entry says so.
    """
    rows = PersonalValue.objects.filter(case=case_id, ref__in=list(refs))
    values = read_values(rows.values_list("ref", "value")).values()
    _erase_files(case_id, {each.ref for value in values for each in files_in(value)})
    texts = [text for value in values for text in _texts_in(value) if text]
    rows.update(value="", salt="", erased_at=at)
    forgetting.forget([case_id], texts)


def _erase_files(case_id: int, refs: Collection[str]) -> None:
    # Locked, so that no other case takes up one in this moment.
    held = StoredFile.objects.select_for_update().filter(ref__in=list(refs)).order_by("pk")
    ids = dict(held.values_list("pk", "ref"))
    uses = CaseFile.objects.filter(file__in=list(ids))
    elsewhere = set(uses.exclude(case=case_id).values_list("file", flat=True))
    uses.filter(case=case_id, file__in=list(elsewhere)).delete()
    files.erase({ref for pk, ref in ids.items() if pk not in elsewhere})


def _texts_in(value: Any) -> Iterator[str]:
    """What of a personal value somebody may have repeated in a sentence."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, list | tuple):
        for each in value:
            yield from _texts_in(each)
    elif isinstance(value, Filed):
        yield value.name
    elif isinstance(value, Mapping) and "strokes" in value:  # a signature
        yield value["name"]
