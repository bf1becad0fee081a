"""`tuoban payment`: money that came by itself, such as a bank transfer."""

from decimal import Decimal, InvalidOperation

import click

from tuoban.runtime.cases import definitions
from tuoban.runtime.cases.clock import now
from tuoban.runtime.cases.models import Case
from tuoban.services.billing.service import due, receive


def _amount(context: click.Context, option: click.Parameter, text: str) -> Decimal:
    try:
        amount = Decimal(text)
    except InvalidOperation:
        amount = Decimal(0)
    if not amount.is_finite() or amount == 0:
        raise click.BadParameter(f"请写成 860.00 / write it like 860.00: {text}")
    return amount


@click.command()
@click.argument("number")
@click.argument("amount", callback=_amount)
@click.option("--method", default="transfer", show_default=True)
@click.option("--reference", default="", help="What the bank calls it.")
def payment(number: str, amount: Decimal, method: str, reference: str) -> None:
    """Record that AMOUNT came for the case NUMBER; what waits for it goes on.

    A negative amount was given back.
    """
    case = Case.objects.select_related("definition").filter(number=number).first()
    if case is None:
        raise click.ClickException(f"没有工单 {number} / there is no case {number}")
    currency = definitions.compiled(case.definition).currency
    receive(case.pk, amount, currency=currency, method=method, reference=reference, at=now())
    click.echo(f"已记 / recorded: {amount} {currency}，未收 / due: {due(case.pk)}")
