"""What the settings promise about the database, cookies and pages."""

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.db import connection
from django.template import engines
from django.test import Client
from pytest_django import Settings

_PRINT_SETTINGS = """
import json
from tuoban.site import settings
names = ["SECURE_HSTS_SECONDS", "SESSION_COOKIE_SECURE", "CSRF_COOKIE_SECURE"]
names.append("CSRF_TRUSTED_ORIGINS")
print(json.dumps({name: getattr(settings, name) for name in names}))
"""
_PRINT_APPS = "from tuoban.site import settings; print(*settings.INSTALLED_APPS)"


def _settings_with(home: Path, **environment: str) -> dict[str, Any]:
    answer = subprocess.run(
        [sys.executable, "-c", _PRINT_SETTINGS],
        check=True,
        capture_output=True,
        env={**os.environ, "TUOBAN_HOME": str(home), **environment},
        text=True,
    )
    printed: dict[str, Any] = json.loads(answer.stdout)
    return printed


def test_cookies_travel_in_clear_on_loopback_only(tmp_path: Path) -> None:
    assert not any(_settings_with(tmp_path).values())
    behind_a_proxy = _settings_with(tmp_path, TUOBAN_ALLOWED_HOSTS="desk.example,.tuoban.example")
    assert behind_a_proxy == {
        "SECURE_HSTS_SECONDS": 365 * 24 * 3600,
        "SESSION_COOKIE_SECURE": True,
        "CSRF_COOKIE_SECURE": True,
        "CSRF_TRUSTED_ORIGINS": ["https://desk.example", "https://*.tuoban.example"],
    }


def test_what_carries_jobs_follows_from_the_database(tmp_path: Path) -> None:
    kept = {each: os.environ[each] for each in os.environ if not each.startswith("TUOBAN_")}

    def apps(**environment: str) -> str:
        return subprocess.run(
            [sys.executable, "-c", _PRINT_APPS],
            check=True,
            capture_output=True,
            env={**kept, "TUOBAN_HOME": str(tmp_path), **environment},
            text=True,
        ).stdout

    assert "procrastinate" not in apps()
    assert "procrastinate" in apps(TUOBAN_DATABASE_URL="postgresql://desk@db.example/tuoban")


@pytest.mark.django_db
def test_sqlite_acknowledges_only_what_is_on_disk_and_writers_do_not_shut_out_readers() -> None:
    if connection.vendor != "sqlite":
        pytest.skip("a promise of SQLite's settings")
    with connection.cursor() as cursor:
        pragmas = {
            name: cursor.execute(f"PRAGMA {name}").fetchone()[0]
            for name in ("journal_mode", "synchronous", "foreign_keys", "busy_timeout")
        }
    assert pragmas == {
        "journal_mode": "wal",
        "synchronous": 2,
        "foreign_keys": 1,
        "busy_timeout": 15_000,
    }


@pytest.mark.django_db
def test_requests_are_not_wrapped_in_a_transaction_of_their_own() -> None:
    assert connection.settings_dict["ATOMIC_REQUESTS"] is False


@pytest.mark.django_db
def test_every_answer_carries_the_content_security_policy(client: Client) -> None:
    policy = client.get("/no-such-page/")["Content-Security-Policy"]
    assert "default-src 'self'" in policy
    assert "unsafe" not in policy


def test_where_tls_is_expected_every_answer_asks_for_it_though_a_proxy_ends_it(
    client: Client, settings: Settings
) -> None:
    assert "Strict-Transport-Security" not in client.get("/no-such-page/").headers
    settings.SECURE_HSTS_SECONDS = 3600
    assert client.get("/no-such-page/")["Strict-Transport-Security"] == "max-age=3600"


def test_templates_escape_values_and_refuse_unknown_names() -> None:
    engine = engines["jinja2"]
    assert engine.from_string("{{ a }}").render({"a": "<b>"}) == "&lt;b&gt;"
    with pytest.raises(Exception, match="'missing' is undefined"):
        engine.from_string("{{ missing }}").render({})


def test_the_interface_is_chinese_unless_english_is_asked_for() -> None:
    assert settings.LANGUAGE_CODE == "zh-hans"
    assert [code for code, _ in settings.LANGUAGES] == ["zh-hans", "en"]
