"""`tuoban migrate`: create the database, or bring it up to this version."""

import click
from django.core.management import call_command


@click.command()
def migrate() -> None:
    """Create or upgrade the tables of the database."""
    call_command("migrate", verbosity=0)
    click.echo("数据库已就绪 / the database is ready")
