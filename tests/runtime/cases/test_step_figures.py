"""How many cases are at each step of a process, and how long it takes them."""

from __future__ import annotations

from datetime import timedelta

import pytest

from tests.runtime.shop import NINE, SLUG, Shop
from tuoban.runtime.cases.queries import StepFigures, step_figures

pytestmark = pytest.mark.django_db


def test_open_cases_are_counted_and_what_was_done_is_averaged(shop: Shop) -> None:
    first, second, _ = shop.start(), shop.start(), shop.start()
    assert step_figures(SLUG)["look"] == StepFigures(3, None)
    shop.look(first, at=NINE + timedelta(minutes=10))
    shop.look(second, at=NINE + timedelta(minutes=30))
    figures = step_figures(SLUG)
    assert figures["look"] == StepFigures(1, timedelta(minutes=20))
    assert figures["agree"] == StepFigures(2, None)
    assert step_figures("another") == {}
