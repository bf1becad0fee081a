"""`tuoban message` and `tuoban messages`: messages come in from outside, and are fetched."""

from __future__ import annotations

import json

import pytest
from click.testing import CliRunner, Result

from tests.runtime.cases.test_messages import PACK, SLUG, carry, order
from tests.runtime.shop import NINE, Shop, open_shop
from tuoban.faces.cli.commands.message import message
from tuoban.faces.cli.commands.messages import messages
from tuoban.runtime.cases import definitions
from tuoban.runtime.cases.models import Message


@pytest.fixture
def parcels(db: None) -> Shop:
    shop = open_shop()
    definitions.publish(
        SLUG, PACK.replace("{send: fetched, ", "{send: fetched, to: {system: books}, "), None, NINE
    )
    return shop


def come(*arguments: str) -> Result:
    return CliRunner().invoke(message, arguments)


def test_a_message_comes_in_once(parcels: Shop) -> None:
    arguments = ("arrived", "part=屏幕", "pieces=1", "--from", "warehouse", "--id", "A-1")
    assert "outside/warehouse/A-1" in come(*arguments).output
    assert "had come before" in come(*arguments).output
    assert Message.objects.count() == 1


def test_ids_are_those_of_one_system_and_what_is_too_long_is_told(parcels: Shop) -> None:
    arguments = ("arrived", "part=屏幕", "pieces=1", "--id", "A/1")
    assert "received" in come(*arguments, "--from", "east").output
    assert "received" in come(*arguments, "--from", "west").output
    assert Message.objects.count() == 2
    for source in ("east/A", "x" * 41, "a\nb"):
        wrong = come(*arguments, "--from", source)
        assert (wrong.exit_code, "at most 40 visible characters" in wrong.output) == (1, True)
    assert "1 to 150" in come(*arguments[:3], "--id", "y" * 151).output


def test_what_does_not_fit_is_told_with_every_problem(parcels: Shop) -> None:
    wrong = come("arrived", "pieces=x", "colour=red")
    assert wrong.exit_code == 1
    for place in ("part: ", "pieces: ", "colour: "):
        assert place in wrong.output
    assert "nothing" in come("nothing").output
    assert "FIELD=VALUE" in come("arrived", "part").output
    assert come("arrived", "--json", "[1]").exit_code == 2


def test_a_system_fetches_what_cases_sent_it(parcels: Shop) -> None:
    order(parcels, buyer="王建国")
    come("arrived", "--json", '{"part": "屏幕", "pieces": 1, "buyer": "李四"}')
    carry()

    fetched = CliRunner().invoke(messages, ["--to", "books", "--json"])

    (line,) = fetched.output.splitlines()
    told = json.loads(line)
    assert told["values"] == {"part": "屏幕", "pieces": "1", "buyer": "李四"}
    after = ["--to", "books", "--json", "--after", str(told["number"])]
    assert CliRunner().invoke(messages, after).output == ""
    shown = CliRunner().invoke(messages, ["--name", "arrived"]).output
    assert "part=屏幕" in shown
    assert "李四" not in shown
