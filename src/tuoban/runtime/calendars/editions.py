"""Editions of public holidays: what was known when a calendar was saved stays readable."""

from __future__ import annotations

import hashlib
import json
from functools import lru_cache

from tuoban.kernel.calendars import PublicHolidays
from tuoban.kernel.calendars.data.cn import NAMES, YEARS
from tuoban.kernel.calendars.holidays import read_rows
from tuoban.kernel.definition import Text
from tuoban.runtime.calendars.models import HolidayEdition
from tuoban.runtime.calendars.texts import dump

COUNTRY = "CN"
_NAMES = {COUNTRY: Text("中国", "China")}


def newest() -> HolidayEdition:
    """The latest edition known to this installation, that of the product included."""
    rows = product_rows()
    HolidayEdition.objects.get_or_create(
        digest=digest(rows), defaults={"country": COUNTRY, "rows": rows}
    )
    # After a step back to an older product, what is already known stays known.
    return HolidayEdition.objects.filter(country=COUNTRY).latest("pk")


@lru_cache(maxsize=1)
def product_rows() -> str:
    """What the product knows, as canonical JSON."""
    return dump({"names": NAMES, "years": YEARS})


def digest(rows: str) -> str:
    return hashlib.sha256(rows.encode()).hexdigest()


@lru_cache(maxsize=32)
def value(country: str, rows: str) -> PublicHolidays:
    """The holidays that the rows of an edition stand for."""
    plain = json.loads(rows)
    return read_rows(_NAMES[country], plain["names"], plain["years"])
