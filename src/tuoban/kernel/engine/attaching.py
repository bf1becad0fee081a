"""Attaching files 附件, and saying something about a case 评论: neither moves anything in it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tuoban.kernel import events as e
from tuoban.kernel.commands import AttachFile, Comment, EditComment, WithdrawFile
from tuoban.kernel.definition import Definition, Step
from tuoban.kernel.engine.pausing import is_in_charge
from tuoban.kernel.engine.performers import acting_roles
from tuoban.kernel.outsiders import role_of
from tuoban.kernel.owning import owner_of
from tuoban.kernel.refusals import Refused
from tuoban.kernel.state import State
from tuoban.kernel.surroundings import Directory

if TYPE_CHECKING:
    from tuoban.kernel.engine.flow import Flow


def attach(flow: Flow, command: AttachFile) -> None:
    """Attach a file.

    Raises:
        Refused: `case-over` before there is a case, `not-to-attach`, `unknown-paper`.
    """
    definition, state = flow.definition, flow.state
    _check_begun(state)
    if not may_attach(definition, state, flow.surroundings.directory, command.by):
        raise Refused("not-to-attach")
    if command.paper and command.paper not in definition.papers:
        raise Refused("unknown-paper", {"paper": command.paper[:40]})
    number, at = state.last_item + 1, flow.surroundings.at
    flow.emit(e.FileAttached(number, {"file": command.file}, command.by, at, command.paper))


def withdraw(flow: Flow, command: WithdrawFile) -> None:
    """Let an attachment be one no more.

    Raises:
        Refused: `unknown-attachment`, `not-to-withdraw`, `reason-missing`.
    """
    known = flow.state.files.get(command.number)
    if known is None:
        raise Refused("unknown-attachment")
    directory = flow.surroundings.directory
    if not may_withdraw(flow.definition, flow.state, directory, command.number, command.by):
        raise Refused("not-to-withdraw")
    reason = command.reason.strip()
    if not reason:
        raise Refused("reason-missing")
    flow.emit(e.FileWithdrawn(command.number, command.by, flow.surroundings.at, reason))


def comment(flow: Flow, command: Comment) -> None:
    """Say something. Whether somebody sees the case is the shell's to say.

    Raises:
        Refused: `case-over` before there is a case, `unknown-person` who says it or is told of it,
            `unknown-party` whom it is said to, or by.
    """
    _check_begun(flow.state)
    own = role_of(command.by)
    if own is None:
        _check_people(flow, (command.by,))
    _check_party(flow, command.party if own is None else own)
    mentions = command.mentions if own is None else _who_answers(flow)
    _check_people(flow, mentions)
    files = {f"file:{place}": each for place, each in enumerate(command.files, 1)}
    flow.emit(
        e.Commented(
            number=flow.state.last_item + 1,
            values={"text": command.text, **files},
            by=command.by,
            at=flow.surroundings.at,
            mentions=tuple(dict.fromkeys(mentions)),
            party=command.party if own is None else own,
        )
    )


def edit(flow: Flow, command: EditComment) -> None:
    """Say it in other words.

    Raises:
        Refused: `comment-stands`, `unknown-person`.
    """
    known = flow.state.remarks.get(command.number)
    at = flow.surroundings.at
    if known is None or not known.may_be_edited(command.by, at):
        raise Refused("comment-stands")
    _check_people(flow, command.mentions)
    new = tuple(each for each in dict.fromkeys(command.mentions) if each not in known.mentions)
    flow.emit(e.CommentEdited(command.number, {"text": command.text}, command.by, at, new))


def may_attach(definition: Definition, state: State, directory: Directory, person: str) -> bool:
    """Whether somebody acts on the case: they hold work of it or did some, asked for it, hold a
    role of one of its steps, or are in charge."""
    if person not in directory.people:
        return False
    held = (each.person for each in state.items.values())
    done = (each.by for made in state.completions.values() for each in made)
    if person in (state.by, *held, *done):
        return True
    steps = (each for each in definition.nodes.values() if isinstance(each.construct, Step))
    roles = tuple(dict.fromkeys(role for each in steps for role in each.step.by.roles))
    acting = acting_roles(definition, roles)
    units = directory.upwards(state.unit)
    return any(directory.holds(person, acting, unit) for unit in units) or is_in_charge(
        definition, state, directory, person
    )


def may_withdraw(
    definition: Definition, state: State, directory: Directory, number: int, person: str
) -> bool:
    """Whether an attachment is somebody's to withdraw: they attached it, or are in charge."""
    known = state.files.get(number)
    if known is None or person not in directory.people:
        return False
    return known.by == person or is_in_charge(definition, state, directory, person)


def _check_begun(state: State) -> None:
    if state.status == "new":
        raise Refused("case-over")


def _check_party(flow: Flow, role: str) -> None:
    known = flow.definition.roles.get(role)
    if role and not (known is not None and known.is_outside):
        raise Refused("unknown-party")


def _who_answers(flow: Flow) -> tuple[str, ...]:
    """Who is told of what an outside party says: whose case it is, else the head of its unit."""
    state, directory = flow.state, flow.surroundings.directory
    owned = owner_of(flow.definition, state)
    if owned.person in directory.people:
        return (str(owned.person),)
    unit = directory.nearest((owned.role,), state.unit) if owned.role is not None else None
    holders = directory.all_holding((owned.role or "",), unit) if unit is not None else ()
    head = directory.head(state.unit)
    return tuple(sorted(holders)) or ((head,) if head is not None else ())


def _check_people(flow: Flow, people: tuple[str, ...]) -> None:
    for person in people:
        if person not in flow.surroundings.directory.people:
            raise Refused("unknown-person", {"person": person})
