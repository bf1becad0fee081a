"""`tuoban user`: add people, and give them roles in units."""

import click
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.db import IntegrityError

from tuoban.runtime.cases.clock import now
from tuoban.runtime.people import service
from tuoban.runtime.people.models import Unit, User


@click.group()
def user() -> None:
    """Manage users and their roles."""


@user.command()
@click.argument("username")
@click.argument("display_name")
@click.password_option(help="Asked for if left out.")
@click.option("--language", type=click.Choice(["zh-hans", "en"]), default="zh-hans")
@click.option("--staff", is_flag=True, help="An administrator, who sees all cases.")
def add(username: str, display_name: str, password: str, language: str, staff: bool) -> None:
    """Add a user who may log in."""
    try:
        validate_password(password, User(username=username, display_name=display_name))
        service.create_user(
            username,
            display_name,
            password=password,
            language=language,
            is_staff=staff,
            at=now(),
        )
    except ValidationError as error:
        raise click.ClickException("\n".join(error.messages)) from None
    except IntegrityError:
        raise click.ClickException(
            f"用户名 {username} 已有人用 / the user name {username} is taken"
        ) from None
    click.echo(f"已添加 / added: {display_name} ({username})")


@user.command()
@click.argument("username")
@click.argument("role")
@click.argument("unit")
def grant(username: str, role: str, unit: str) -> None:
    """Give USERNAME the ROLE in UNIT (keys, as packs and `tuoban unit` name them)."""
    person = User.objects.filter(username=username).first()
    if person is None:
        raise click.ClickException(f"没有用户 {username} / there is no user {username}")
    where = Unit.objects.filter(key=unit).first()
    if where is None:
        known = ", ".join(Unit.objects.order_by("path").values_list("key", flat=True))
        raise click.ClickException(
            f"没有部门 {unit}；现有：{known} / there is no unit {unit}; there are: {known}"
        )
    service.grant(person, role, where)
    click.echo(f"{person}: {role} @ {unit}")
