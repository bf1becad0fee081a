"""The verbs on files and comments: attaching, withdrawing, saying something and erasing it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import datetime

from tuoban.kernel import commands as c
from tuoban.kernel.commands import Sealed
from tuoban.kernel.definition import Field, Text
from tuoban.kernel.refusals import Problem, Refused, refuse_invalid
from tuoban.kernel.values import parse
from tuoban.runtime.cases import personal, policy
from tuoban.runtime.cases.carrying import Desk, Outcome, carry_out, once, open_case
from tuoban.runtime.cases.filing.rows import handed_in_by
from tuoban.runtime.cases.filing.values import filed
from tuoban.runtime.cases.models import Case, CaseComment, CaseFile, PersonalValue
from tuoban.runtime.cases.refusals import RuntimeRefused
from tuoban.runtime.cases.service.core import on_case, read_reason
from tuoban.runtime.files.models import Blob
from tuoban.runtime.people.ids import Actor
from tuoban.runtime.people.models import User

MOST_FILES = 9
"""How many files a comment may bring."""
_WORDS = Field("text", "text", Text("评论", "Comment"), required=True, long=True)
_MENTION = re.compile(r"(?<![\w.@])@([\w.@+-]{1,150})")


def attach_files(
    case_id: int, refs: Sequence[str], *, paper: str = "", by: User, at: datetime, key: str
) -> Outcome:
    """Attach uploaded files, all of them or none.

    Args:
        refs: of the uploads.
        paper: the paper of which they are a scan, if they are one.

    Raises:
        Refused: `not-visible`, `invalid` beside `file`, and as the kernel's `AttachFile`.
    """

    def act() -> Outcome:
        desk = open_case(case_id, at)
        _check_visible(by, case_id)
        if not refs:
            raise refuse_invalid([Problem("not-file", "file")])
        for sealed in _sealed(desk, refs, by):
            outcome = carry_out(desk, c.AttachFile(by.person_id, sealed, paper))
        return outcome

    return once(by, key, ("attach", case_id, list(refs), paper), at, act)


def withdraw_file(
    case_id: int, number: int, *, reason: str, by: User, at: datetime, key: str
) -> Outcome:
    """Withdraw an attachment. Raises `Refused` as the kernel's `WithdrawFile`."""

    def command(desk: Desk) -> c.Command:
        return c.WithdrawFile(by.person_id, number, read_reason(desk, reason))

    return on_case(case_id, ("withdraw-file", number, reason), by, at, key, command)


def comment(
    case_id: int,
    text: str,
    refs: Sequence[str] = (),
    *,
    party: str = "",
    by: User,
    at: datetime,
    key: str,
) -> Outcome:
    """Say something about a case; whoever is mentioned as `@name` and sees the case is told.

    Args:
        refs: of uploads that come with it.
        party: the outside party that is to read it, too.

    Raises:
        Refused: `not-visible`, `invalid` beside `text` or `file`, and as the kernel's `Comment`.
    """

    def command(desk: Desk) -> c.Command:
        _check_visible(by, case_id)
        words = _words(desk, text)
        mentions = tuple(_mentioned(words, case_id))
        sealed = desk.envelope.seal(personal.COMMENT, words)
        files = tuple(_sealed(desk, refs, by))
        return c.Comment(by.person_id, sealed, mentions, files, party)

    request = ("comment", text, list(refs), *([party] if party else ()))
    return on_case(case_id, request, by, at, key, command)


def say_from_outside(case_id: int, text: str, *, by: Actor, at: datetime, key: str) -> Outcome:
    """Let an outside party of a case say something, which whoever answers for the case is told.

    Raises:
        Refused: `invalid` beside `text`, and as the kernel's `Comment`.
    """

    def command(desk: Desk) -> c.Command:
        return c.Comment(by.person_id, desk.envelope.seal(personal.COMMENT, _words(desk, text)))

    return on_case(case_id, ("say", text), by, at, key, command)


def edit_comment(
    case_id: int, number: int, text: str, *, by: User, at: datetime, key: str
) -> Outcome:
    """Word a comment anew. Raises `Refused`: as `comment`, and as the kernel's `EditComment`."""

    def command(desk: Desk) -> c.Command:
        _check_visible(by, case_id)
        words = _words(desk, text)
        sealed = desk.envelope.seal(personal.COMMENT, words)
        return c.EditComment(by.person_id, number, sealed, tuple(_mentioned(words, case_id)))

    return on_case(case_id, ("edit-comment", number, text), by, at, key, command)


def erase_file(case_id: int, ref: str, *, reason: str, by: User, at: datetime, key: str) -> Outcome:
    """Erase for good a file that was attached, or came with a comment: its name and its content.

    Raises:
        Refused: `not-staff`, `unknown-attachment` (also of a file in a field, which is erased with
            the field), and as the kernel's `Erase`.
    """

    def act() -> Outcome:
        desk = _to_erase(case_id, by, at)
        kept = PersonalValue.objects.filter(
            case=case_id, field=personal.ATTACHMENT, erased_at=None, value__contains=f'"{ref}"'
        )
        return _erase(desk, tuple(kept.values_list("ref", flat=True)), reason, by, at)

    return once(by, key, ("erase-file", case_id, ref, reason), at, act)


def erase_comment(
    case_id: int, number: int, *, reason: str, by: User, at: datetime, key: str
) -> Outcome:
    """Erase for good what a comment says, and said before it was edited.

    Raises:
        Refused: `not-staff`, `unknown-attachment`, and as the kernel's `Erase`.
    """

    def act() -> Outcome:
        desk = _to_erase(case_id, by, at)
        return _erase(desk, _words_of(case_id, number), reason, by, at)

    return once(by, key, ("erase-comment", case_id, number, reason), at, act)


def _to_erase(case_id: int, by: User, at: datetime) -> Desk:
    if not policy.is_administrator(by):
        raise RuntimeRefused("not-staff")
    return open_case(case_id, at)


def _erase(desk: Desk, refs: tuple[str, ...], reason: str, by: User, at: datetime) -> Outcome:
    if not refs:
        raise Refused("unknown-attachment")
    outcome = carry_out(desk, c.Erase(by.person_id, refs, read_reason(desk, reason)))
    personal.erase(desk.case.row.pk, refs, at)
    return outcome


def _words_of(case_id: int, number: int) -> tuple[str, ...]:
    """The references of all that a comment has said, as far as it is not erased."""
    known = CaseComment.objects.filter(case=case_id, number=number).first()
    if known is None:
        return ()
    refs = [known.ref, *known.former.split()]
    kept = PersonalValue.objects.filter(case=case_id, ref__in=refs, erased_at=None)
    return tuple(kept.values_list("ref", flat=True))


def _check_visible(by: User, case_id: int) -> None:
    if not Case.objects.filter(policy.visible_cases(by), pk=case_id).exists():
        raise RuntimeRefused("not-visible")


def _words(desk: Desk, text: str) -> str:
    words, problem = parse(_WORDS, text, desk.surroundings.zone)
    if problem is not None:
        raise refuse_invalid([problem])
    if not words:
        raise refuse_invalid([Problem("required", "text", {"label": _WORDS.label})])
    return str(words)


def _mentioned(words: str, case_id: int) -> Iterator[str]:
    """Who is mentioned and may see the case, by id."""
    names = {found.rstrip(".@+-") for found in _MENTION.findall(words)}
    for user in User.objects.filter(username__in=names, is_active=True).order_by("pk"):
        if Case.objects.filter(policy.visible_cases(user), pk=case_id).exists():
            yield user.person_id


def _sealed(desk: Desk, refs: Sequence[str], by: User) -> list[Sealed]:
    """These uploads as personal values. What people attach may name anybody."""
    if len(refs) > MOST_FILES:
        raise refuse_invalid([Problem("too-many-files", "file", {"limit": MOST_FILES})])
    stored = handed_in_by((by.person_id,), desk.case.row.pk, refs)
    sealed = []
    for ref in dict.fromkeys(refs):
        found = stored.get(ref)
        # Once in a case: where it is needed again it is uploaded again, which costs no space.
        if found is None or CaseFile.objects.filter(case=desk.case.row, file=found).exists():
            raise refuse_invalid([Problem("not-file", "file")])
        if found.blob is not None and found.blob.scan == Blob.INFECTED:
            raise refuse_invalid([Problem("file-infected", "file", {"name": found.name})])
        sealed.append(desk.envelope.seal(personal.ATTACHMENT, filed(found)))
    return sealed
