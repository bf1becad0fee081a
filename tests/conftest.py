"""Fixtures of the whole suite, and the marks that follow from what a test uses."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.db import connection
from hypothesis import settings as hypothesis_settings
from playwright.sync_api import Browser
from pytest_django import DjangoDbBlocker

from tests.support.browser import Visitors, running_browser
from tests.support.migrated import Kept
from tests.support.server import Installation, new_installation

# No deadlines: a slow machine is not a wrong program. What a change must pass is the same for
# everybody (CI=true): there the examples follow from the tests alone. Elsewhere every run draws
# others, which is how the rare faults are found.
_SAME_FOR_EVERYBODY = bool(os.environ.get("CI"))
hypothesis_settings.register_profile(
    "quick", deadline=None, print_blob=True, derandomize=_SAME_FOR_EVERYBODY
)
hypothesis_settings.register_profile(
    "long", hypothesis_settings.get_profile("quick"), max_examples=2000
)
hypothesis_settings.load_profile("quick")

_PROGRAM_FIXTURES = {"installation", "lived"}
_DATABASE_FIXTURES = {
    "db",
    "transactional_db",
    "django_db_serialized_rollback",
    "house",
    *_PROGRAM_FIXTURES,
}
_PAGES = Path(__file__).parent / "faces" / "desk"


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark tests by what they use, before `-m` selects among them."""
    for item in items:
        fixtures = set(getattr(item, "fixturenames", ()))
        if item.get_closest_marker("django_db") or fixtures & _DATABASE_FIXTURES:
            item.add_marker("db")
        if "browser" in fixtures:
            item.add_marker("browser")
        if fixtures & _PROGRAM_FIXTURES:
            item.add_marker("program")
        if _PAGES in item.path.parents:
            item.add_marker("page")


@pytest.fixture(scope="session")
def kept_database(pytestconfig: pytest.Config) -> Kept:
    return Kept(pytestconfig.cache.mkdir("migrated"))


@pytest.fixture(scope="session")
def django_db_keepdb() -> bool:
    """Whether Django takes the database that it finds; see `django_db_modify_db_settings`."""
    return connection.vendor == "sqlite"


@pytest.fixture(scope="session")
def django_db_modify_db_settings(
    django_db_modify_db_settings: None, kept_database: Kept, *, django_db_keepdb: bool
) -> None:
    """The settings of this process's database, and what it begins with."""
    if django_db_keepdb:
        kept_database.lay_down(Path(connection.settings_dict["TEST"]["NAME"]))


@pytest.fixture(scope="session")
def django_db_setup(
    django_db_setup: None,
    django_db_blocker: DjangoDbBlocker,
    kept_database: Kept,
    *,
    django_db_keepdb: bool,
) -> None:
    """The database with its tables."""
    if django_db_keepdb:
        with django_db_blocker.unblock():
            kept_database.keep()


@pytest.fixture
def installation(tmp_path: Path) -> Installation:
    """An empty installation with its own home and database; run `tuoban` in it."""
    home = tmp_path / "妥办 home"
    home.mkdir()
    return new_installation(home)


# By module, not by session: while Playwright runs, Django refuses its ORM in the same thread,
# so a browser must not outlive the tests that use it.
@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """A running Chromium."""
    with running_browser() as browser:
        yield browser


@pytest.fixture
def visitors(browser: Browser) -> Iterator[Visitors]:
    """Visitors of pages; at the end, no page may have reported an error."""
    visitors = Visitors(browser)
    yield visitors
    visitors.leave()
