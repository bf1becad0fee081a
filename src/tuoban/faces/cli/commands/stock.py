"""`tuoban stock`: the parts that steps issue."""

import click

from tuoban.faces.cli.bounds import MOST, Short
from tuoban.runtime.cases.clock import now
from tuoban.services.parts.service import deliver as deliver_part
from tuoban.services.parts.service import in_stock, parts


@click.group()
def stock() -> None:
    """Look at the stock, and take up deliveries."""


@stock.command("list")
def list_parts() -> None:
    """Show every part with how many pieces there are."""
    for each in parts():
        click.echo(f"{each.number}  {each.stock}  {each.name}".rstrip())


@stock.command()
@click.argument("number", type=Short(60))
@click.argument("quantity", type=click.IntRange(min=1, max=MOST))
@click.option("--name", type=Short(200), help="What the part is called, when it is new.")
def deliver(number: str, quantity: int, name: str | None) -> None:
    """QUANTITY pieces of part NUMBER came in."""
    if in_stock(number) + quantity > MOST:
        raise click.ClickException(
            f"库存不超过 {MOST} 件 / there are at most {MOST} pieces in stock"
        )
    deliver_part(number, quantity, at=now(), name=name or "")
    there = in_stock(number)
    click.echo(f"已入库 / delivered: {number}，现有 / in stock: {there}")
