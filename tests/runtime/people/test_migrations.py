"""What an upgrade does to the organisations that are there already."""

from importlib import import_module

import pytest
from django.apps import apps
from django.db import connection

from tests.runtime.shop import NINE, Shop
from tuoban.runtime.calendars.models import Calendar
from tuoban.runtime.calendars.service import take_up_holidays
from tuoban.runtime.people import hours
from tuoban.runtime.people.models import Unit

give_hours = import_module("tuoban.runtime.people.migrations.0004_roots_have_hours").give_hours


def upgrade() -> None:
    with connection.schema_editor() as editor:
        give_hours(apps, editor)


@pytest.mark.django_db(transaction=True)
def test_a_root_from_before_calendars_gets_the_standard_hours(busy_shop: Shop) -> None:
    standard = hours.snapshot().calendars["standard@1/Asia/Shanghai"]
    Unit.objects.update(calendar=None)
    Calendar.objects.all().delete()

    upgrade()

    now = hours.snapshot()
    assert now.units["east"] == "standard@1/Asia/Shanghai"
    assert now.calendars["standard@1/Asia/Shanghai"] == standard
    assert take_up_holidays(NINE) == []


@pytest.mark.django_db(transaction=True)
def test_where_nobody_works_yet_no_calendar_is_made() -> None:
    upgrade()

    assert not Calendar.objects.exists()
