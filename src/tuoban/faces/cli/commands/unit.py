"""`tuoban unit`: the tree of the organisation's units."""

from collections.abc import Iterator
from contextlib import contextmanager
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import click
from django.db import IntegrityError

from tuoban.faces.cli.people import by_hand, find_unit, find_user
from tuoban.runtime.cases import staffing
from tuoban.runtime.cases.clock import now
from tuoban.runtime.people import queries, service, tree


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
        service.create_unit(
            key, name_zh, name_en, parent=above, time_zone=time_zone, level=level, act=by_hand()
        )
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
        closed = "  已关闭 / closed" if each.closed_at else ""
        names = f"{each.name_zh} / {each.name_en}"
        click.echo(f"{'  ' * depth}{each.key}  {names}{level}{head}{closed}")


@unit.command()
@click.argument("unit_key", metavar="UNIT")
@click.argument("username", metavar="USER", default="")
def head(unit_key: str, username: str) -> None:
    """Make USER the head of UNIT; without USER it has none of its own."""
    where = find_unit(unit_key)
    if not username:
        service.set_head(where, None, act=by_hand())
        click.echo(f"{where}: 没有自己的负责人 / no head of its own")
        return
    person = find_user(username)
    if not person.is_active:
        raise click.ClickException(
            f"{person} 已离开，不能做负责人 / {person} has left and cannot be a head"
        )
    service.set_head(where, person, act=by_hand())
    click.echo(f"{where}: 负责人 / head: {person} ({username})")


@unit.command()
@click.argument("unit_key", metavar="UNIT")
@click.argument("word", metavar="LEVEL", default="")
def level(unit_key: str, word: str) -> None:
    """Say what kind of unit UNIT is, such as city; without LEVEL nothing is said any more."""
    where = find_unit(unit_key)
    try:
        service.set_level(where, word, act=by_hand())
    except ValueError as error:
        raise click.ClickException(str(error)) from None
    click.echo(f"{where}: 级别 / level: {word or '—'}")


@unit.command()
@click.argument("unit_key", metavar="UNIT")
@click.argument("name_zh")
@click.argument("name_en")
def rename(unit_key: str, name_zh: str, name_en: str) -> None:
    """Call UNIT otherwise; its key stays."""
    where = find_unit(unit_key)
    with _told():
        tree.rename_unit(where, name_zh, name_en, act=by_hand())
    click.echo(f"{where}: {name_zh} / {name_en}")


@unit.command()
@click.argument("unit_key", metavar="UNIT")
@click.argument("parent", default="")
def move(unit_key: str, parent: str) -> None:
    """Put UNIT, with all below it, under PARENT; without PARENT to the top."""
    where = find_unit(unit_key)
    with _told():
        tree.move_unit(where, find_unit(parent) if parent else None, act=by_hand())
    click.echo(f"{where}: {where.path}")


@unit.command()
@click.argument("unit_key", metavar="UNIT")
def close(unit_key: str) -> None:
    """Close UNIT, in which nothing is open and nobody holds a role."""
    where = find_unit(unit_key)
    with _told():
        staffing.close(where, at=now(), act=by_hand())
    click.echo(f"已关闭 / closed: {where}")


@unit.command()
@click.argument("unit_key", metavar="UNIT")
def reopen(unit_key: str) -> None:
    """Let UNIT, which is closed, be used again."""
    where = find_unit(unit_key)
    with _told():
        tree.reopen_unit(where, act=by_hand())
    click.echo(f"已重新启用 / open again: {where}")


@contextmanager
def _told() -> Iterator[None]:
    """What the tree refuses, as the commands tell it."""
    try:
        yield
    except tree.TreeError as error:
        raise click.ClickException(str(error)) from None
