"""`tuoban capacity`: what steps book places of."""

import click

from tuoban.faces.cli.bounds import MOST, Short
from tuoban.services.booking.service import capacities, provide


@click.group()
def capacity() -> None:
    """Look at what can be booked, and set it."""


@capacity.command("list")
def list_capacities() -> None:
    """Show every capacity with its places and how long one is taken."""
    for each in capacities():
        click.echo(f"{each.key}  {each.places} × {each.minutes} min")


@capacity.command("set")
@click.argument("key", type=Short(60))
@click.argument("places", type=click.IntRange(min=0, max=MOST))
@click.option("--minutes", type=click.IntRange(min=1, max=MOST), default=60, show_default=True)
def set_capacity(key: str, places: int, minutes: int) -> None:
    """There are PLACES of the capacity KEY, the name that packs give it; bookings stay."""
    provide(key, places, minutes)
    click.echo(f"已设定 / set: {key}  {places} × {minutes} min")
