"""Fits out an installation for the faults: people, stock, places to book, and the tests' packs.

A program of its own (`python -m tests.faults.furnish`), because it needs the installation's
settings.
"""

from __future__ import annotations

import os
from datetime import UTC, datetime, timedelta
from pathlib import Path

import django

PACKS = Path(__file__).with_name("pack")
PASSWORD = "steht-fest-4711"
CLIENTS = tuple(f"person-{number}" for number in range(8))
UNIT = "shop"
PART, STOCK = "BP-204", 100_000
BAY, PLACES = "bay", 100_000
MISSED_DAYS = 3
"""For so many days the recurring process was published, and nothing ran."""


def furnish() -> None:
    from tuoban.runtime.cases import definitions  # noqa: PLC0415 - models load after the settings
    from tuoban.runtime.people import service as people  # noqa: PLC0415
    from tuoban.runtime.people.models import User  # noqa: PLC0415
    from tuoban.services.booking.service import provide  # noqa: PLC0415
    from tuoban.services.parts.service import deliver  # noqa: PLC0415

    at = datetime.now(UTC)  # noqa: TID251 - a face of its own
    before = at - timedelta(days=MISSED_DAYS)
    unit = people.create_unit(UNIT, "店", "Shop")
    for name in CLIENTS:
        user = people.create_user(name, name, password=PASSWORD, at=before)
        people.set_reach(user, mail=f"{name}@example.org")
        for role in ("clerk", "mender"):
            people.grant(user, role, unit)
    chief = User.objects.get(username=CLIENTS[0])
    people.grant(chief, "chief", unit)
    people.set_head(unit, chief)
    provide(BAY, PLACES, 60)
    deliver(PART, STOCK, at=before)
    for slug in ("faults-visit", "faults-order", "faults-round"):
        text = (PACKS / slug / "pack.yaml").read_text(encoding="utf-8")
        definitions.publish(slug, text, None, before)


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tuoban.site.settings")
    django.setup()
    furnish()
