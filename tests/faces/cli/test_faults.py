"""What the machine or the database refuses is told in one line that says what to do."""

from __future__ import annotations

import stat
from dataclasses import replace
from pathlib import Path

from tests.support.server import Installation


def with_database(installation: Installation, url: str) -> Installation:
    return replace(
        installation, environment={**installation.environment, "TUOBAN_DATABASE_URL": url}
    )


def test_a_command_before_migrate_says_to_migrate(installation: Installation) -> None:
    done = installation.run("audit")
    assert done.returncode == 1
    assert "tuoban migrate" in done.stderr
    assert "Traceback" not in done.stderr


def test_a_database_that_cannot_be_opened_is_named(
    installation: Installation, tmp_path: Path
) -> None:
    done = with_database(installation, f"sqlite:///{tmp_path}/missing/a.sqlite3").run("migrate")
    assert done.returncode == 1
    assert "TUOBAN_DATABASE_URL" in done.stderr
    assert "Traceback" not in done.stderr


def test_a_demo_refuses_an_installation_in_real_use(installation: Installation) -> None:
    installation.migrate()
    installation.run("user", "add", "wang", "王芳", "--password", "long-enough-47")
    done = installation.run("demo", "--port", "1")
    assert done.returncode == 1
    assert "TUOBAN_HOME" in done.stderr
    assert "wang" in installation.run("user", "list").stdout


def test_one_database_is_served_once_whatever_the_homes(
    installation: Installation, tmp_path: Path
) -> None:
    shared = with_database(installation, f"sqlite:///{tmp_path}/shared.sqlite3")
    other_home = tmp_path / "other"
    other = replace(shared, environment={**shared.environment, "TUOBAN_HOME": str(other_home)})
    shared.run("migrate")
    with shared.serving("serve"):
        second = other.run("serve", "--port", "1")
    assert second.returncode == 1
    assert "serves" in second.stderr
    mode = stat.S_IMODE((tmp_path / "shared.sqlite3").stat().st_mode)
    assert mode == stat.S_IRUSR | stat.S_IWUSR
