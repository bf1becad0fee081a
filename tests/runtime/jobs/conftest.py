"""Jobs of the tests, and their carrier with nothing in it."""

from collections.abc import Iterator

import pytest
from django.db import connection

from tests.runtime.jobs.carried import Carried, Mailbox
from tuoban.runtime.jobs import registry


@pytest.fixture
def carried(transactional_db: None) -> Carried:
    """The carrier of this run's database. Django does not know Procrastinate's tables well enough
    to empty them."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("TRUNCATE procrastinate_jobs, procrastinate_workers CASCADE")
    return Carried()


@pytest.fixture
def mailbox() -> Iterator[Mailbox]:
    """What carries out the jobs of the kind `test-mail`."""
    mailbox = Mailbox()
    registry.register("test-mail", mailbox)
    yield mailbox
    registry._kinds.pop("test-mail", None)


@pytest.fixture
def quiet(caplog: pytest.LogCaptureFixture) -> None:
    """Failures that are meant to be do not fill the log."""
    caplog.set_level("CRITICAL")
