"""The rows of what a case has of files and comments, kept with the events that say so."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from datetime import datetime
from typing import Any, NamedTuple

from tuoban.kernel import events as e
from tuoban.kernel.commands import Sealed
from tuoban.kernel.events import Event
from tuoban.kernel.events.held import mappings_of
from tuoban.kernel.refusals import Refused
from tuoban.runtime.cases.filing.values import files_in
from tuoban.runtime.cases.models import Case, CaseComment, CaseFile
from tuoban.runtime.files import service
from tuoban.runtime.files.models import StoredFile
from tuoban.runtime.people.ids import user_id


class Held(NamedTuple):
    """A file that an event puts into a case."""

    ref: str
    kind: str
    name: str
    number: int


def keep(
    case: Case,
    events: Iterable[Event],
    opened: Mapping[str, Any],
    by: str | None,
    at: datetime,
    *,
    in_place_of: str | None = None,
) -> None:
    """Write what these events say. Must run in the transaction in which they are written.

    Args:
        in_place_of: whose deputy acts, who goes on with what they had uploaded.

    Raises:
        Refused: `file-gone`: one was tidied away just now, or is not theirs to hand in.
    """
    events = tuple(events)
    held = {each.ref: each for event in events for each in held_by(event, opened)}
    if held:
        _keep_files(case, held, by, at, in_place_of)
    for event in events:
        match event:
            case e.FileWithdrawn():
                CaseFile.objects.filter(
                    case=case, kind=CaseFile.ATTACHED, number=event.number
                ).update(withdrawn_at=event.at, withdrawn_by=int(event.by))
            case e.Commented():
                CaseComment.objects.create(
                    case=case,
                    number=event.number,
                    by_id=user_id(event.by),
                    party=event.party,
                    at=event.at,
                    ref=event.values["text"].ref,
                )
            case e.CommentEdited():
                row = CaseComment.objects.get(case=case, number=event.number)
                row.former = f"{row.former} {row.ref}".strip()
                row.ref, row.edited_at = event.values["text"].ref, event.at
                row.save(update_fields=["former", "ref", "edited_at"])


def held_by(event: Event, opened: Mapping[str, Any]) -> Iterator[Held]:
    """The files that an event puts into its case."""
    mappings = mappings_of(event)
    if not mappings:
        return
    kind, number = CaseFile.FIELD, getattr(event, "item", 0)
    if isinstance(event, e.FileAttached):
        kind, number = CaseFile.ATTACHED, event.number
    elif isinstance(event, e.Commented):
        kind, number = CaseFile.COMMENT, event.number
    for values in mappings:
        for name, value in values.items():
            plain = opened.get(value.ref) if isinstance(value, Sealed) else value
            place = getattr(event, "paper", "") if kind == CaseFile.ATTACHED else str(name)
            for each in files_in(plain):
                yield Held(each.ref, kind, place if kind != CaseFile.COMMENT else "", number or 0)


def _keep_files(
    case: Case, held: Mapping[str, Held], by: str | None, at: datetime, in_place_of: str | None
) -> None:
    # Locked, so that they are not tidied away before the rows that keep them are there.
    rows = StoredFile.objects.select_for_update().filter(ref__in=list(held), blob__isnull=False)
    found = {ref: (pk, whose) for ref, pk, whose in rows.values_list("ref", "pk", "by_id")}
    foreign = {ref for ref, (_, of) in found.items() if by and str(of) not in (by, in_place_of)}
    if len(found) < len(held) or not _has(case.pk, foreign):
        raise Refused("file-gone")
    made = (
        CaseFile(
            case=case,
            file_id=found[each.ref][0],
            kind=each.kind,
            name=each.name[:100],
            number=each.number,
            by_id=user_id(by),
            at=at,
        )
        for each in held.values()
    )
    CaseFile.objects.bulk_create(made, ignore_conflicts=True)


def handed_in_by(
    people: Collection[str | None], case_id: int | None, refs: Collection[str]
) -> dict[str, StoredFile]:
    """These files by reference, as far as there are any. Nothing of what somebody else uploaded,
    its name least of all, is told to whoever hands in its reference.

    Args:
        people: whose uploads may be handed in; beside them, what the case has.

    Raises:
        Refused: `file-gone`: one is not theirs to hand in.
    """
    found = service.found(refs)
    foreign = {ref for ref, each in found.items() if str(each.by_id) not in people}
    if not _has(case_id, foreign):
        raise Refused("file-gone")
    return found


def _has(case_id: int | None, refs: set[str]) -> bool:
    """Whether the case has these files already. Whoever merely knows the reference of what somebody
    else uploaded must not get at it by a case of their own."""
    if not refs:
        return True
    return CaseFile.objects.filter(case=case_id, file__ref__in=refs).count() == len(refs)
