"""The operations on a case as a whole."""

from __future__ import annotations

from collections.abc import Mapping

from tuoban.faces.api import said
from tuoban.faces.api.acting import Asking, Operation
from tuoban.faces.api.finding import person_of
from tuoban.faces.api.signed_in import WORK
from tuoban.runtime.cases import service
from tuoban.runtime.cases.service import Outcome


def _correct(case: int, it: said.Correct, asked: Asking) -> Outcome:
    return service.correct_field(
        case, it.field, it.value, reason=it.reason, activation=it.activation, **asked
    )


def _hand_in(case: int, it: said.HandIn, asked: Asking) -> Outcome:
    return service.hand_in(
        case, it.paper, it.row, originals=it.originals, copies=it.copies, note=it.note, **asked
    )


def _hand_on(case: int, it: said.HandOn, asked: Asking) -> Outcome:
    sheets = {"originals": it.originals, "copies": it.copies}
    return service.hand_on(case, it.paper, it.row, to=it.to, note=it.note, **sheets, **asked)


def _move(case: int, it: said.ToVersion, asked: Asking) -> Outcome:
    return service.migrate_case(
        case, to=it.to, reason=it.reason, renames=it.renames or None, **asked
    )


ON_CASE: Mapping[str, Operation] = {
    "suspend": Operation(
        "Put a case aside; its time stands still.",
        said.Reason,
        lambda case, it, asked: service.suspend_case(case, reason=it.reason, **asked),
    ),
    "resume": Operation(
        "Go on with a suspended case.",
        said.Nothing,
        lambda case, _, asked: service.resume_case(case, **asked),
    ),
    "cancel": Operation(
        "End a case before its time.",
        said.Reason,
        lambda case, it, asked: service.cancel_case(case, reason=it.reason, **asked),
    ),
    "copy": Operation(
        "Give somebody a case to read.",
        said.Copy,
        lambda case, it, asked: service.copy_to(
            case, to=person_of(it.to), message=it.message, **asked
        ),
    ),
    "extend": Operation(
        "Give a limit a further length of time.",
        said.Extend,
        lambda case, it, asked: service.extend_clock(
            case, it.clock, length=it.length, reason=it.reason, **asked
        ),
    ),
    "correct": Operation("Give a field another value afterwards.", said.Correct, _correct),
    "react": Operation(
        "Begin a reaction.",
        said.React,
        lambda case, it, asked: service.react(
            case, it.reaction, activation=it.activation, data=it.values, **asked
        ),
        WORK,
    ),
    "add": Operation(
        "Ask for what a plan leaves to people.",
        said.Add,
        lambda case, it, asked: service.add_work(
            case, it.node, it.activation, reason=it.reason, **asked
        ),
        WORK,
    ),
    "hand-in": Operation("Take in a paper.", said.HandIn, _hand_in, WORK),
    "hand-on": Operation("Hand a paper on, or back.", said.HandOn, _hand_on, WORK),
    "attach": Operation(
        "Attach files that were uploaded.",
        said.Attach,
        lambda case, it, asked: service.attach_files(case, it.files, paper=it.paper, **asked),
        WORK,
    ),
    "withdraw-file": Operation(
        "Withdraw an attachment.",
        said.WithdrawFile,
        lambda case, it, asked: service.withdraw_file(case, it.number, reason=it.reason, **asked),
    ),
    "comment": Operation(
        "Say something about a case.",
        said.Comment,
        lambda case, it, asked: service.comment(case, it.text, it.files, **asked),
        WORK,
    ),
    "edit-comment": Operation(
        "Word a comment anew, shortly after it was made.",
        said.EditComment,
        lambda case, it, asked: service.edit_comment(case, it.number, it.text, **asked),
        WORK,
    ),
    "strike-paper": Operation(
        "Strike out what was put down of a paper by mistake.",
        said.Numbered,
        lambda case, it, asked: service.strike_paper(case, it.number, reason=it.reason, **asked),
    ),
    "give-up-call": Operation(
        "Go on without a case that was called.",
        said.Numbered,
        lambda case, it, asked: service.give_up_call(case, it.number, reason=it.reason, **asked),
    ),
    "retry-call": Operation(
        "Try again at once what failed between a case and one that it called.",
        said.OfNumber,
        lambda case, it, asked: service.retry_call(case, it.number, **asked),
    ),
    "print": Operation(
        "Record that a document is printed.",
        said.Print,
        lambda case, it, asked: service.print_document(case, it.step, it.document, **asked),
        WORK,
    ),
    "erase": Operation(
        "Erase the personal values of a case, or of one field, for good.",
        said.Erase,
        lambda case, it, asked: service.erase_personal_values(
            case, field=it.field, reason=it.reason, **asked
        ),
    ),
    "erase-file": Operation(
        "Erase a file for good.",
        said.EraseFile,
        lambda case, it, asked: service.erase_file(case, it.file, reason=it.reason, **asked),
    ),
    "erase-comment": Operation(
        "Erase for good what a comment says.",
        said.Numbered,
        lambda case, it, asked: service.erase_comment(case, it.number, reason=it.reason, **asked),
    ),
    "move": Operation("Let a case go on by another version of its process.", said.ToVersion, _move),
}
"""By the end of their address."""
