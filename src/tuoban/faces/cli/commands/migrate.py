"""`tuoban migrate`: create the database, or bring it up to this version."""

import click
from django.core.management import call_command

from tuoban.runtime.calendars.service import take_up_holidays
from tuoban.runtime.cases.clock import now


@click.command()
def migrate() -> None:
    """Create or upgrade the tables of the database, and take up newly announced holidays."""
    call_command("migrate", verbosity=0)
    for version in take_up_holidays(now()):
        click.echo(
            f"日历“{version.calendar.name_zh}”已用上最新的放假安排 / "
            f"the calendar “{version.calendar.name_en}” now has the newest public holidays"
        )
    click.echo("数据库已就绪 / the database is ready")
