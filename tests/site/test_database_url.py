"""Database URLs become Django's connection settings, or a sentence that says what is wrong."""

from urllib.parse import quote

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tuoban.site.database_url import DatabaseUrlError, parse_database_url


def test_a_relative_sqlite_path_has_three_slashes_and_an_absolute_one_four() -> None:
    assert parse_database_url("sqlite:///a/b.sqlite3", "FULL")["NAME"] == "a/b.sqlite3"
    assert parse_database_url("sqlite:////a/b.sqlite3", "FULL")["NAME"] == "/a/b.sqlite3"


@given(user=st.text(min_size=1), password=st.text(), name=st.text(min_size=1))
def test_any_user_password_and_name_can_be_given_percent_encoded(
    user: str, password: str, name: str
) -> None:
    name = name.replace("/", "-")
    parts = (quote(part, safe="") for part in (user, password, name))
    parsed = parse_database_url("postgresql://{}:{}@db.example:5433/{}".format(*parts), "FULL")
    assert (parsed["USER"], parsed["PASSWORD"], parsed["NAME"]) == (user, password, name)
    assert (parsed["HOST"], parsed["PORT"]) == ("db.example", "5433")


def test_a_socket_folder_and_libpq_options_are_passed_on() -> None:
    parsed = parse_database_url("postgresql:///tuoban?host=/run/pg&sslmode=require", "FULL")
    assert parsed["HOST"] == "/run/pg"
    assert parsed["OPTIONS"] == {"sslmode": "require"}


@pytest.mark.parametrize(
    ("url", "advice"),
    [
        ("mysql://u:secret@h/d", "only sqlite:///file and postgresql://"),
        ("/var/tuoban.sqlite3", "only sqlite:///file and postgresql://"),
        ("sqlite://", "for SQLite write"),
        ("sqlite://a.sqlite3", "for SQLite write"),
        ("postgresql://u:secret@h", "percent-encode"),
        ("postgresql://u:secret@h:port/d", "percent-encode"),
        ("postgresql://u:se/cret@h/d", "percent-encode"),
        ("postgresql://u:secret#@h/d", "percent-encode"),
        ("postgresql://u:secret@h/d?sslmod=require", "unknown option sslmod; known are"),
    ],
)
def test_a_url_that_cannot_be_used_is_refused_with_advice_and_without_its_password(
    url: str, advice: str
) -> None:
    with pytest.raises(DatabaseUrlError) as refusal:
        parse_database_url(url, "FULL")
    assert advice in refusal.value.en
    assert "secret" not in refusal.value.en + refusal.value.zh
