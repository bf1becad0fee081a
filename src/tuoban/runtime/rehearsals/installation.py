"""An installation that is thrown away: its home, its settings and its tables."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import django

SETTINGS = "tuoban.site.settings"


@contextmanager
def installed(home: Path) -> Iterator[None]:
    """Be an installation in `home`, an empty folder, whatever the environment says of another."""
    os.environ["TUOBAN_HOME"] = str(home)
    os.environ.pop("TUOBAN_DATABASE_URL", None)
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", SETTINGS)
    django.setup()
    from django.apps import apps  # noqa: PLC0415 - the settings stand only now
    from django.conf import settings  # noqa: PLC0415
    from django.core.management import call_command  # noqa: PLC0415
    from django.db import connections  # noqa: PLC0415

    # The tables as they are now: nothing older is ever kept here that would have to come up.
    settings.MIGRATION_MODULES = {each.label: None for each in apps.get_app_configs()}
    call_command("migrate", run_syncdb=True, verbosity=0)
    try:
        yield
    finally:
        connections.close_all()
