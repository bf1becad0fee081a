"""`tuoban unit`: the tree of the organisation's units."""

from zoneinfo import ZoneInfoNotFoundError

import click
from django.db import IntegrityError

from tuoban.runtime.people import service
from tuoban.runtime.people.models import Unit


@click.group()
def unit() -> None:
    """Manage units."""


@unit.command()
@click.argument("key")
@click.argument("name_zh")
@click.argument("name_en")
@click.option("--parent", help="The key of the unit above; without it this is a root.")
@click.option("--time-zone", default="Asia/Shanghai", show_default=True)
def add(key: str, name_zh: str, name_en: str, parent: str | None, time_zone: str) -> None:
    """Add a unit with its Chinese and its English name."""
    above = Unit.objects.filter(key=parent).first() if parent else None
    if parent and above is None:
        raise click.ClickException(f"没有部门 {parent} / there is no unit {parent}")
    try:
        service.create_unit(key, name_zh, name_en, parent=above, time_zone=time_zone)
    except (ValueError, ZoneInfoNotFoundError) as error:
        raise click.ClickException(str(error)) from None
    except IntegrityError:
        raise click.ClickException(f"部门 {key} 已存在 / the unit {key} exists already") from None
    click.echo(f"已添加 / added: {name_zh} ({key})")
