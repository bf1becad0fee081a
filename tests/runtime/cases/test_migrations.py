"""Migrations of rows that an older program wrote."""

from __future__ import annotations

from importlib import import_module
from types import SimpleNamespace

from django.apps import apps
from django.db import connection

from tests.runtime.shop import NINE, Shop, row
from tuoban.runtime.cases.models import WorkItem

mark = import_module("tuoban.runtime.cases.migrations.0003_what_stood_still").mark


def test_work_that_stood_still_before_clocks_were_ledgers_says_so(shop: Shop) -> None:
    case = shop.start()
    shop.look(case)
    items = WorkItem.objects.filter(case=row(case))
    items.filter(node="mend").update(clock_from=NINE)
    items.filter(node="agree").update(clock_from=NINE)

    mark(apps, SimpleNamespace(connection=connection))

    kept = items.filter(status=WorkItem.OPEN).order_by("node")
    columns = kept.values_list("node", "locked", "stands_still", "clock_from")
    assert list(columns) == [("agree", False, False, None), ("mend", True, True, None)]
