"""`tuoban payment`: money that came by itself, such as a bank transfer."""

from decimal import Decimal, InvalidOperation

import click

from tuoban.faces.cli.bounds import Short
from tuoban.faces.cli.cases import find_case
from tuoban.kernel.values import LARGEST
from tuoban.runtime.cases.clock import now
from tuoban.runtime.cases.queries.finding import process_of
from tuoban.services.billing.service import due, receive

_LEAST = Decimal("0.001")
"""No currency has smaller money."""


def _amount(context: click.Context, option: click.Parameter, text: str) -> Decimal:
    try:
        amount = Decimal(text)
    except InvalidOperation:
        amount = Decimal(0)
    if not amount.is_finite() or not _LEAST <= abs(amount) <= LARGEST:
        raise click.BadParameter(f"请写成 860.00 / write it like 860.00: {text}")
    return amount


@click.command()
@click.argument("number")
@click.argument("amount", callback=_amount)
@click.option("--method", type=Short(20), default="transfer", show_default=True)
@click.option("--reference", type=Short(100), help="What the bank calls it.")
def payment(number: str, amount: Decimal, method: str, reference: str | None) -> None:
    """Record that AMOUNT came for the case NUMBER; what waits for it goes on.

    A negative amount was given back. The same amount under the same reference is recorded once.
    """
    case_id = find_case(number).case_id
    currency = process_of(case_id).currency
    try:
        is_new = receive(
            case_id,
            amount,
            currency=currency,
            method=method,
            reference=reference or "",
            at=now(),
        )
    except ValueError:
        raise click.ClickException(
            f"{currency} 没有这么小的金额：{amount} / {currency} has no amount so small: {amount}"
        ) from None
    told = "已记 / recorded" if is_new else "早已记过 / recorded before"
    click.echo(f"{told}: {amount} {currency}，未收 / due: {due(case_id)}")
