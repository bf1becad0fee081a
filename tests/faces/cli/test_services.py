"""`tuoban stock`, `capacity` and `payment`: what activities need to be there."""

from __future__ import annotations

import pytest
from click import Command
from click.testing import CliRunner

from tests.runtime.shop import Shop, open_shop
from tests.services.rehearsing import begin, finish
from tuoban.faces.cli.commands.capacity import capacity
from tuoban.faces.cli.commands.payment import payment
from tuoban.faces.cli.commands.stock import stock


@pytest.fixture
def shop(db: None) -> Shop:
    return open_shop()


@pytest.mark.django_db
def test_deliveries_are_taken_up_and_listed() -> None:
    run = CliRunner().invoke
    assert "3" in run(stock, ["deliver", "W-1", "3", "--name", "Wire"]).output
    assert "5" in run(stock, ["deliver", "W-1", "2"]).output
    assert run(stock, ["list"]).output == "W-1  5  Wire\n"
    assert run(stock, ["deliver", "W-1", "0"]).exit_code == 2


@pytest.mark.django_db
def test_what_can_be_booked_is_set_and_set_again() -> None:
    run = CliRunner().invoke
    assert run(capacity, ["set", "bay", "2"]).exit_code == 0
    run(capacity, ["set", "bay", "3", "--minutes", "30"])
    assert run(capacity, ["list"]).output == "bay  3 × 30 min\n"


def test_a_payment_is_recorded_for_its_case(shop: Shop) -> None:
    case = begin(shop, "  - {step: offer, en: Offer, by: clerk, do: quote}\n  - {end: sold}")
    finish(shop, case, "offer", "mei", lines=[{"item": "灯", "quantity": "1", "price": "20"}])()
    run = CliRunner().invoke
    assert "未收 / due: 5.00" in run(payment, [case.number, "15"]).output
    assert run(payment, [case.number, "15 yuan"]).exit_code == 2
    assert "there is no case X-1" in run(payment, ["X-1", "15"]).output
    twice = [case.number, "3", "--reference", "T-1"]
    assert "due: 2.00" in run(payment, twice).output
    again = run(payment, twice).output
    assert "recorded before" in again
    assert "due: 2.00" in again


LONG = "x" * 201


@pytest.mark.parametrize("amount", ["0", "NaN", "1e400", "1e16", "-1e16", "1e-9", "0.001"])
def test_a_payment_that_nobody_could_keep_is_refused(shop: Shop, amount: str) -> None:
    case = begin(shop, "  - {step: offer, en: Offer, by: clerk, do: quote}\n  - {end: sold}")
    result = CliRunner().invoke(payment, [case.number, "--", amount])
    assert isinstance(result.exception, SystemExit), result.exception


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("command", "words"),
    [
        (stock, ["deliver", "W-1", str(10**30)]),
        (stock, ["deliver", LONG, "1"]),
        (stock, ["deliver", "", "1"]),
        (stock, ["deliver", "W-1", "1", "--name", LONG]),
        (capacity, ["set", "bay", str(10**30)]),
        (capacity, ["set", "bay", "1", "--minutes", str(10**30)]),
        (capacity, ["set", LONG, "1"]),
        (payment, ["X-1", "1", "--reference", LONG]),
        (payment, ["X-1", "1", "--method", LONG]),
    ],
)
def test_what_no_table_could_keep_is_refused(command: Command, words: list[str]) -> None:
    assert CliRunner().invoke(command, words).exit_code == 2


@pytest.mark.django_db
def test_the_stock_does_not_grow_beyond_what_can_be_kept() -> None:
    run = CliRunner().invoke
    assert run(stock, ["deliver", "W-1", str(10**9)]).exit_code == 0
    assert run(stock, ["deliver", "W-1", "1"]).exit_code == 1
