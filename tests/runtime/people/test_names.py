"""Names that can be typed, read and told apart are taken, others are refused with a reason."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from tuoban.runtime.people.service import create_unit, create_user

NOW = datetime(2026, 3, 2, 1, 0, tzinfo=UTC)


@pytest.mark.django_db
@pytest.mark.parametrize("username", ["", " wang ", "w\nang", "wang fang"])
def test_a_user_name_that_cannot_log_in_is_refused(username: str) -> None:
    with pytest.raises(ValueError, match="user name"):
        create_user(username, "王芳", at=NOW)


@pytest.mark.django_db
@pytest.mark.parametrize("name", ["", "  ", "\x1b[31mred"])
def test_a_name_that_cannot_be_read_is_refused(name: str) -> None:
    with pytest.raises(ValueError, match="visible"):
        create_user("wang", name, at=NOW)


@pytest.mark.django_db
@pytest.mark.parametrize("key", ["East", "中文", "a" * 65, "", "a/b"])
def test_unit_keys_differ_in_more_than_case(key: str) -> None:
    with pytest.raises(ValueError, match="unit key"):
        create_unit(key, "城东", "East")


@pytest.mark.django_db
def test_good_names_are_taken() -> None:
    create_unit("east-2", "城东二店", "East 2")
    assert create_user("王.fang-1", "王芳", at=NOW).display_name == "王芳"
