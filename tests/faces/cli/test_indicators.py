"""`tuoban indicators`: what a process does across its cases, in a terminal."""

from __future__ import annotations

import pytest
from click.testing import CliRunner, Result

from tests.runtime.cases.test_indicators import publish
from tests.runtime.shop import SLUG, Shop, open_shop
from tuoban.faces.cli.commands.indicators import indicators
from tuoban.runtime.cases.clock import now


@pytest.fixture
def shop(db: None) -> Shop:
    return open_shop()


def run(*arguments: str) -> Result:
    return CliRunner(env={"COLUMNS": "100"}).invoke(indicators, arguments)


def test_they_are_shown_as_they_were_measured_last(shop: Shop) -> None:
    publish()
    shop.start(at=now())
    shop.start(at=now())
    assert "—" in run(SLUG).output
    shown = run(SLUG, "--measure", "--language", "en").output.splitlines()
    (line,) = (each for each in shown if each.startswith("Open"))
    assert line.split()[1:6] == ["2", "≤", "1", "missed", "2"]
    assert "未达标" in run(SLUG).output


def test_what_there_is_not_is_told(shop: Shop) -> None:
    assert run("nothing").exit_code == 1
    assert "流程包没有指标" in run(SLUG).output
