"""`tuoban user`: add people, give them roles in units, and let them go."""

import click
from django.db import IntegrityError

from tuoban.faces.cli.people import check_password, check_role, find_unit, find_user
from tuoban.runtime.cases.clock import now
from tuoban.runtime.people import queries, service
from tuoban.runtime.people.exclusions import ExclusiveRoles
from tuoban.runtime.people.models import User

_asked_password = click.password_option(
    prompt="密码 / Password",
    confirmation_prompt="再输入一次 / Repeat for confirmation",
    help="Asked for if left out.",
)


@click.group()
def user() -> None:
    """Manage users and their roles."""


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
        service.set_reach(person, phone=phone, mail=mail)
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
        service.grant(person, role, where)
    except ExclusiveRoles as error:
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
    service.revoke(person, role, where)
    click.echo(f"已收回 / revoked: {person}: {role} @ {unit}")


@user.command()
@click.argument("username")
@click.argument("names", metavar="[SKILL]...", nargs=-1)
def skills(username: str, names: tuple[str, ...]) -> None:
    """Say what USERNAME is able to do; without a SKILL nothing is said any more."""
    person = find_user(username)
    try:
        service.set_skills(person, names)
    except ValueError as error:
        raise click.ClickException(str(error)) from None
    click.echo(f"{person}: {', '.join(names) or '-'}")


@user.command()
@click.argument("username")
@_asked_password
def password(username: str, password: str) -> None:
    """Set a new password for USERNAME; sessions that are logged in end."""
    person = find_user(username)
    check_password(password, person)
    service.set_password(person, password)
    click.echo(f"密码已更改 / password changed: {person} ({username})")


@user.command()
@click.argument("username")
def leave(username: str) -> None:
    """USERNAME leaves: no log-in and no new work. What they did stays theirs."""
    person = find_user(username)
    service.deactivate_user(person)
    click.echo(f"已离开 / left: {person} ({username})")
