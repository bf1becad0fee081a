"""What operations are told: the bodies that they take. What they do not know is refused."""

from __future__ import annotations

from typing import Annotated, Any

from ninja import Schema
from pydantic import ConfigDict, Field

from tuoban.faces.api.parameters import Number

_USER = Field(description="A user name.")
_REASON = Field(description="Why; it stands in the journal.")
_PERHAPS = Field("", description="Why, if there is something to say.")
Word = Annotated[str, Field(pattern=r"^[^\x00]*$")]
"""What is looked for: PostgreSQL cannot even look for a NUL character."""
MOST = 1000
"""As many entries as a form of the desk may bring."""
_VALUES: dict[str, Any] = Field(
    default_factory=dict,
    max_length=MOST,
    description="What is entered, by the name of the field: as typed on the desk, or as a JSON "
    "value. A list is a list of objects, one a row; a row that stands already names its key as #.",
)


class Said(Schema):
    """A body, of which nothing goes unheard."""

    model_config = ConfigDict(extra="forbid", strict=True)


class Nothing(Said):
    """`{}`."""


class Reason(Said):
    reason: str = _REASON


class PerhapsReason(Said):
    reason: str = _PERHAPS


class PerhapsMessage(Said):
    message: str = _PERHAPS


class Person(Said):
    person: str = _USER


class ToPerson(Said):
    to: str = _USER
    reason: str = _REASON


class Start(Said):
    """A request, as the desk offers it under New."""

    process: Word = Field(description="The slug of the process; its newest version is taken.")
    request: str = Field(description="Which of its requests, by its name in the pack.")
    unit: Word | None = Field(
        None, description="The key of the unit; may be left out where you may ask in but one."
    )
    values: dict[str, Any] = _VALUES


class Signature(Said):
    """The signature of an outside party."""

    name: str = ""
    strokes: list[Any] | None = Field(
        None, description="A drawing: strokes, each a list of points [x, y, milliseconds]."
    )


class Sheets(Said):
    """How much of a paper came."""

    originals: int = 0
    copies: int = 0


class Complete(Said):
    outcome: str | None = Field(None, description="Its key, where the step has outcomes.")
    values: dict[str, Any] = _VALUES
    checked: list[str] = Field(
        default_factory=list, max_length=MOST, description="The keys of the lines ticked."
    )
    signatures: dict[str, Signature] = Field(
        default_factory=dict, max_length=MOST, description="By role."
    )
    stamped: list[str] = Field(
        default_factory=list, max_length=MOST, description="Roles whose stamp is on it."
    )
    named: dict[str, str] = Field(
        default_factory=dict,
        max_length=MOST,
        description="By step, the user name of who is to do it.",
    )
    papers: dict[str, Sheets] = Field(
        default_factory=dict, max_length=MOST, description="By the key of the paper."
    )


class Return(Said):
    to: str = Field(description="The step.")
    of: list[int] = Field(
        default_factory=list, description="The places in their lists of the elements meant."
    )
    direct: bool | None = Field(
        None, description="Whether it comes straight back; null: as the process says."
    )
    reason: str = _REASON


class AddSigner(Said):
    to: str = _USER
    before: bool = Field(
        default=True, description="Asked before it is completed, else to sign after."
    )
    reason: str = _REASON


class Opinion(Said):
    agrees: bool
    words: str = ""


class Sign(Said):
    shown: str = Field(description="`shown` of the item, as it was looked at.")
    stamped: bool = False


class Jump(Said):
    to: str = Field(description="The step.")
    reason: str = _REASON


class Copy(Said):
    to: str = _USER
    message: str = _PERHAPS


class Extend(Said):
    clock: int = Field(description="Its number in the case.")
    length: str = Field(description="Such as `2 working hours`.")
    reason: str = _REASON


class Correct(Said):
    field: str
    value: Any = Field(description="As in `values` when work is completed.")
    reason: str = _REASON
    activation: int = Field(0, description="Which copy of the field is meant; 0: the case's.")


class React(Said):
    reaction: str = Field(description="Its name in the pack.")
    activation: int | None = Field(
        None, description="Where its host is active; may be left out where there is but one."
    )
    values: dict[str, Any] = _VALUES


class Add(Said):
    node: str = Field(description="What is asked for, by its name in the pack.")
    activation: int | None = Field(
        None, description="Of its plan; may be left out where there is but one."
    )
    reason: str = _PERHAPS


class HandIn(Said):
    paper: str
    row: int = Field(0, description="The key of the row that it is for; 0: for none.")
    originals: int = 0
    copies: int = 0
    note: str = ""


class HandOn(HandIn):
    to: str = Field(description="A role.")


_FILES: Any = Field(description="`file` of each, as `uploadFile` answered.")


class Attach(Said):
    files: list[str] = _FILES
    paper: str = Field("", description="The paper of which they are a scan, if they are one.")


class WithdrawFile(Said):
    number: int = Field(description="`number` of the attachment.")
    reason: str = _REASON


class Comment(Said):
    text: str = Field(description="Whoever is named as `@name` and sees the case is told.")
    files: list[str] = Field([], description="`file` of each, as `uploadFile` answered.")


class EditComment(Said):
    number: int = Field(description="`number` of the comment.")
    text: str


class OfNumber(Said):
    number: Number = Field(description="Its number in the case.")


class Numbered(OfNumber):
    reason: str = _REASON


class Print(Said):
    step: str = Field(description="The step with which it is printed.")
    document: str = Field(description="Its name in the pack.")


class Erase(Said):
    field: Word | None = Field(None, description="Its name; null: all that the case has.")
    reason: str = _REASON


class EraseFile(Said):
    file: Word = Field(description="`file` of an attachment, or of a file of a comment.")
    reason: str = _REASON


class ToVersion(Said):
    to: Word = Field(description="The version.")
    reason: str = _PERHAPS
    renames: dict[str, str] = Field(
        default_factory=dict,
        max_length=MOST,
        description="What is called otherwise there, by its name now.",
    )


class Next(Said):
    pool: Word = Field("", description="One pool, as `key` of `listWork` tells it; empty: all.")


class NewMessage(Said):
    """A message from a system outside."""

    name: str = Field(description="As processes name it.")
    values: dict[str, Any] = _VALUES
    source: Word = Field("", description="What the system is called.")
