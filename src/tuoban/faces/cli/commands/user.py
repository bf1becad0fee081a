"""`tuoban user`: add people, give them roles in units, and let them go."""

import click
from django.db import IntegrityError

from tuoban.faces.cli.people import by_hand, check_password, check_role, find_unit, find_user
from tuoban.faces.cli.tokens import token
from tuoban.runtime.calendars.findings import ContentError
from tuoban.runtime.cases.clock import now
from tuoban.runtime.cases.queries.roles import skills_known
from tuoban.runtime.people import directory, leave, queries, service
from tuoban.runtime.people.away import UnfitDeputy
from tuoban.runtime.people.exclusions import ExclusiveRoles
from tuoban.runtime.people.models import User
from tuoban.runtime.people.particulars import as_known
from tuoban.runtime.people.personal import AbsenceText
from tuoban.runtime.people.record import of_person

_asked_password = click.password_option(
    prompt="密码 / Password",
    confirmation_prompt="再输入一次 / Repeat for confirmation",
    help="Asked for if left out.",
)


@click.group()
def user() -> None:
    """Manage users and their roles."""


user.add_command(token)


@user.command()
@click.argument("username")
@click.argument("display_name")
@_asked_password
@click.option("--language", type=click.Choice(["zh-hans", "en"]), default="zh-hans")
@click.option("--staff", is_flag=True, help="An administrator, who sees all cases.")
def add(username: str, display_name: str, password: str, language: str, staff: bool) -> None:
    """Add a user who may log in."""
    check_password(password, User(username=username, display_name=display_name))
    try:
        service.create_user(
            username,
            display_name,
            password=password,
            language=language,
            is_staff=staff,
            at=now(),
            act=by_hand(),
        )
    except IntegrityError:
        raise click.ClickException(
            f"用户名 {username} 已有人用 / the user name {username} is taken"
        ) from None
    click.echo(f"已添加 / added: {display_name} ({username})")


@user.command("list")
def list_users() -> None:
    """Show every user with the roles they hold and their skills."""
    for person in queries.everybody():
        marks = [f"{held.role} @ {held.unit}" for held in person.holdings.all()]
        marks += [f"+{skill.name}" for skill in person.skills.all()]
        if person.is_staff:
            marks.append("管理员 / staff")
        if not person.is_active:
            marks.append("已离开 / left")
        click.echo(f"{person.username}  {person}  {', '.join(marks) or '-'}")


@user.command()
@click.argument("username")
@click.option("--phone", help="The number for text messages; an empty one takes it away.")
@click.option("--mail", help="The e-mail address, likewise.")
def reach(username: str, phone: str | None, mail: str | None) -> None:
    """Say by which number and address USERNAME is told of what leaves the house."""
    person = find_user(username)
    try:
        service.set_reach(person, phone=phone, mail=mail, act=by_hand())
    except ValueError as error:
        raise click.ClickException(str(error)) from None
    click.echo(f"{person}: {person.phone or '-'}  {person.email or '-'}")


@user.command()
@click.argument("username")
@click.argument("role")
@click.argument("unit")
@click.option("--any-role", is_flag=True, help="Also a role that no published pack knows yet.")
def grant(username: str, role: str, unit: str, any_role: bool) -> None:
    """Give USERNAME the ROLE in UNIT (keys, as packs and `tuoban unit` name them)."""
    person, where = find_user(username), find_unit(unit)
    if not any_role:
        check_role(role)
    try:
        service.grant(person, role, where, act=by_hand())
    except (ExclusiveRoles, service.ClosedUnit) as error:
        raise click.ClickException(str(error)) from None
    click.echo(f"{person}: {role} @ {unit}")


@user.command()
@click.argument("username")
@click.argument("role")
@click.argument("unit")
def revoke(username: str, role: str, unit: str) -> None:
    """Take the ROLE in UNIT away from USERNAME."""
    person, where = find_user(username), find_unit(unit)
    holdings = queries.held_by(person)
    if (role, unit) not in holdings:
        held = ", ".join(f"{each} @ {there}" for each, there in holdings) or "-"
        raise click.ClickException(
            f"{person} 没有角色 {role} @ {unit}；现有：{held} / "
            f"{person} does not hold {role} @ {unit}; held: {held}"
        )
    service.revoke(person, role, where, act=by_hand())
    click.echo(f"已收回 / revoked: {person}: {role} @ {unit}")


@user.command()
@click.argument("username")
@click.argument("names", metavar="[SKILL]...", nargs=-1)
def skills(username: str, names: tuple[str, ...]) -> None:
    """Say what USERNAME is able to do; without a SKILL nothing is said any more."""
    person = find_user(username)
    kept = as_known(names, skills_known())
    try:
        service.set_skills(person, kept, act=by_hand())
    except service.Unfit as error:
        raise click.ClickException(str(error)) from None
    click.echo(f"{person}: {', '.join(kept) or '-'}")


@user.command()
@click.argument("username")
@_asked_password
def password(username: str, password: str) -> None:
    """Set a new password for USERNAME; sessions that are logged in end."""
    person = find_user(username)
    check_password(password, person)
    service.set_password(person, password, act=by_hand())
    click.echo(f"密码已更改 / password changed: {person} ({username})")


@user.command()
@click.argument("username")
@click.option("--no-more", is_flag=True, help="They are one no more.")
def staff(username: str, no_more: bool) -> None:
    """USERNAME is an administrator from now on."""
    person = find_user(username)
    try:
        service.set_administrator(person, is_administrator=not no_more, act=by_hand())
    except service.Unfit as error:
        raise click.ClickException(str(error)) from None
    told = "不再是管理员 / staff no more" if no_more else "管理员 / staff"
    click.echo(f"{person}: {told}")


@user.command("leave")
@click.argument("username")
def leave_(username: str) -> None:
    """USERNAME leaves: no log-in and no new work. What they did stays theirs; what they had to do
    is offered anew."""
    person = find_user(username)
    try:
        service.deactivate_user(person, act=by_hand())
    except service.Unfit as error:
        raise click.ClickException(str(error)) from None
    click.echo(f"已离开 / left: {person} ({username})")


@user.command("return")
@click.argument("username")
def return_(username: str) -> None:
    """USERNAME is back, with the roles that they held."""
    person = find_user(username)
    try:
        service.return_user(person, act=by_hand())
    except ExclusiveRoles as error:
        raise click.ClickException(str(error)) from None
    click.echo(f"已回来 / back: {person} ({username})")


@user.command()
@click.argument("username")
@click.option("--from", "start", help="When it begins, on the wall: 2026-03-02T09:00.")
@click.option("--until", "end", help="When it ends.")
@click.option("--deputy", help="Who does their work meanwhile.")
@click.option("--role", "roles", multiple=True, help="Only work of this role; may be repeated.")
@click.option("--empower", is_flag=True, help="The deputy also does what they lack a role for.")
@click.option("--why", default="", help="Seen by administrators and themselves.")
@click.option("--end", "number", type=click.IntRange(1), help="End the absence of this number.")
def absence(
    username: str,
    start: str | None,
    end: str | None,
    deputy: str | None,
    roles: tuple[str, ...],
    empower: bool,
    why: str,
    number: int | None,
) -> None:
    """Enter an absence of USERNAME, end one, or, without options, list them."""
    person = find_user(username)
    if number is not None:
        _end(person, number)
    elif start is not None and end is not None:
        named = find_user(deputy).person_id if deputy else ""
        _enter(person, AbsenceText(start, end, why, why, named, roles if named else (), empower))
    elif start is not None or end is not None:
        raise click.UsageError("--from 和 --until 要一起写 / --from and --until go together")
    for place, each in enumerate(leave.text_of(person).absences, start=1):
        stands_in = directory.name_of(each.deputy) if each.deputy else "-"
        marks = [*each.roles, *(["+"] if each.empowered else [])]
        click.echo(
            f"{place}  {each.start} – {each.end}  代理人 / deputy: {stands_in} {' '.join(marks)}"
        )


def _enter(person: User, wanted: AbsenceText) -> None:
    try:
        leave.be_away(person, wanted, by_hand())
    except ContentError as error:
        found = [each.finding for each in error.placed]
        lines = [f"{each.describe('zh')} / {each.describe('en')}" for each in found]
        raise click.ClickException("\n".join(lines)) from None
    except UnfitDeputy as error:
        raise click.ClickException(str(error)) from None


def _end(person: User, number: int) -> None:
    known = leave.text_of(person).absences
    if number > len(known):
        raise click.ClickException(
            f"{person} 没有第 {number} 条请假 / {person} has no absence number {number}"
        )
    leave.be_back(person, known[number - 1], by_hand())


@user.command()
@click.argument("username")
def record(username: str) -> None:
    """Show what was changed about USERNAME, the newest first."""
    for each in of_person(find_user(username)):
        words = f"{each.words.zh} / {each.words.en}"
        click.echo(f"{each.at.isoformat(timespec='minutes')}  {words}  ({each.by.zh})")
