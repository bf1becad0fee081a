"""`tuoban stock`: the parts that steps issue."""

import click

from tuoban.runtime.cases.clock import now
from tuoban.services.parts.models import Part
from tuoban.services.parts.service import deliver as deliver_part


@click.group()
def stock() -> None:
    """Look at the stock, and take up deliveries."""


@stock.command("list")
def list_parts() -> None:
    """Show every part with how many pieces there are."""
    for each in Part.objects.order_by("number"):
        click.echo(f"{each.number}  {each.stock}  {each.name}".rstrip())


@stock.command()
@click.argument("number")
@click.argument("quantity", type=click.IntRange(min=1))
@click.option("--name", default="", help="What the part is called, when it is new.")
def deliver(number: str, quantity: int, name: str) -> None:
    """QUANTITY pieces of part NUMBER came in."""
    deliver_part(number, quantity, at=now(), name=name)
    there = Part.objects.get(number=number).stock
    click.echo(f"已入库 / delivered: {number}，现有 / in stock: {there}")
