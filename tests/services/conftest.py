"""The repair shop of the runtime's tests."""

import pytest

from tests.runtime.shop import Shop, open_shop


@pytest.fixture
def shop(db: None) -> Shop:
    """The shop inside a transaction that the test's end takes back."""
    return open_shop()


@pytest.fixture
def busy_shop(transactional_db: None) -> Shop:
    """The shop for tests in which several connections work at once."""
    return open_shop()
