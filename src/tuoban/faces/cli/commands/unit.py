"""`tuoban unit`: the tree of the organisation's units."""

from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import click
from django.db import IntegrityError

from tuoban.faces.cli.people import find_unit, find_user
from tuoban.runtime.people import queries, service


def _time_zone(context: click.Context, option: click.Parameter, key: str) -> str:
    try:
        ZoneInfo(key)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        raise click.BadParameter(
            f"没有时区“{key}”，请写成 Asia/Shanghai / "
            f"there is no time zone “{key}”: write it like Asia/Shanghai"
        ) from None
    return key


@click.group()
def unit() -> None:
    """Manage units."""


@unit.command()
@click.argument("key")
@click.argument("name_zh")
@click.argument("name_en")
@click.option("--parent", help="The key of the unit above; without it this is a root.")
@click.option("--time-zone", default="Asia/Shanghai", show_default=True, callback=_time_zone)
@click.option("--level", default="", help="What kind of unit it is, such as city.")
def add(
    key: str, name_zh: str, name_en: str, parent: str | None, time_zone: str, level: str
) -> None:
    """Add a unit with its Chinese and its English name."""
    above = find_unit(parent) if parent else None
    try:
        service.create_unit(key, name_zh, name_en, parent=above, time_zone=time_zone, level=level)
    except ValueError as error:
        raise click.ClickException(str(error)) from None
    except IntegrityError:
        raise click.ClickException(f"部门 {key} 已存在 / the unit {key} exists already") from None
    click.echo(f"已添加 / added: {name_zh} ({key})")


@unit.command("list")
def list_units() -> None:
    """Show the tree of units, each with its level and its head."""
    for each in queries.all_units():
        depth = each.path.count("/") - 2
        head = f"  负责人 / head: {each.head} ({each.head.username})" if each.head else ""
        level = f"  [{each.level}]" if each.level else ""
        click.echo(f"{'  ' * depth}{each.key}  {each.name_zh} / {each.name_en}{level}{head}")


@unit.command()
@click.argument("unit_key", metavar="UNIT")
@click.argument("username", metavar="USER")
def head(unit_key: str, username: str) -> None:
    """Make USER the head of UNIT."""
    where, person = find_unit(unit_key), find_user(username)
    if not person.is_active:
        raise click.ClickException(
            f"{person} 已离开，不能做负责人 / {person} has left and cannot be a head"
        )
    service.set_head(where, person)
    click.echo(f"{where}: 负责人 / head: {person} ({username})")


@unit.command()
@click.argument("unit_key", metavar="UNIT")
@click.argument("word", metavar="LEVEL", default="")
def level(unit_key: str, word: str) -> None:
    """Say what kind of unit UNIT is, such as city; without LEVEL nothing is said any more."""
    where = find_unit(unit_key)
    try:
        service.set_level(where, word)
    except ValueError as error:
        raise click.ClickException(str(error)) from None
    click.echo(f"{where}: 级别 / level: {word or '—'}")
