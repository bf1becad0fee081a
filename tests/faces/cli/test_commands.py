"""The program `tuoban`, run as its users run it."""

import json
import sqlite3
import subprocess
from contextlib import closing
from pathlib import Path

import psycopg
import pytest

from tests.support.server import Installation, new_installation
from tuoban import __version__

PASSWORD = "a long enough password"

BROKEN = """\
pack: broken
version: 2026.1
language: zh
title: 坏的
colour: red
"""


def output(done: subprocess.CompletedProcess[str]) -> str:
    return done.stdout + done.stderr


def test_the_version_is_told(installation: Installation) -> None:
    done = installation.start("--version")
    assert (done.returncode, done.stdout) == (0, f"tuoban, version {__version__}\n")


def test_asking_for_help_creates_nothing(installation: Installation) -> None:
    done = installation.start("--help")
    assert done.returncode == 0
    assert "serve" in done.stdout
    assert list(installation.home.iterdir()) == []


def test_checking_packs_creates_nothing(installation: Installation) -> None:
    done = installation.start("check")
    assert done.returncode == 0
    assert "it-technician-visit：没有问题" in done.stdout
    assert list(installation.home.iterdir()) == []


@pytest.mark.parametrize(("language", "said"), [("zh", "处问题"), ("en", "problem")])
def test_problems_of_a_pack_are_shown_with_their_place(
    installation: Installation, tmp_path: Path, language: str, said: str
) -> None:
    folder = tmp_path / "broken"
    folder.mkdir()
    pack = folder / "pack.yaml"
    pack.write_text(BROKEN, encoding="utf-8")
    for name in (folder, pack):
        done = installation.run("check", str(name), "--language", language)
        assert done.returncode == 1
        assert f"{pack}:5:1: " in done.stdout
        assert said in done.stderr


def test_a_pack_that_does_not_exist_is_told_with_those_that_do(
    installation: Installation,
) -> None:
    done = installation.run("check", "nothing")
    assert done.returncode == 1
    assert "it-technician-visit" in done.stderr


def test_a_wrong_configuration_is_one_line(installation: Installation) -> None:
    installation.environment["TUOBAN_DATABASE_URL"] = "mysql://somewhere"
    done = installation.run("migrate")
    assert done.returncode == 1
    assert len(done.stderr.splitlines()) == 1
    assert "TUOBAN_DATABASE_URL" in done.stderr


def test_an_installation_is_set_up_from_the_command_line(installation: Installation) -> None:
    for arguments in (
        ("migrate",),
        ("publish", "it-technician-visit"),
        ("unit", "add", "hq", "总部", "Head office"),
        ("unit", "add", "east", "城东", "East", "--parent", "hq"),
        ("user", "add", "wang", "王敏", "--password", PASSWORD),
        ("user", "grant", "wang", "dispatcher", "east"),
    ):
        done = installation.run(*arguments)
        assert done.returncode == 0, output(done)


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Installation:
    """An installation with one unit and one user."""
    installation = new_installation(tmp_path_factory.mktemp("home"))
    installation.migrate()
    for arguments in (
        ("unit", "add", "hq", "总部", "Head office"),
        ("user", "add", "li", "李雷", "--password", PASSWORD),
    ):
        assert installation.run(*arguments).returncode == 0
    return installation


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("publish", "nothing"), "it-technician-visit"),
        (("unit", "add", "hq/x", "总部", "HQ"), "hq/x"),
        (("unit", "add", "east", "城东", "East", "--parent", "none"), "no unit none"),
        (("unit", "add", "hq", "总部", "HQ"), "exists already"),
        (("user", "add", "wang", "王敏", "--password", "123"), "密码"),
        (("user", "add", "li", "李雷", "--password", PASSWORD), "is taken"),
        (("user", "grant", "nobody", "dispatcher", "hq"), "no user nobody"),
        (("user", "grant", "li", "dispatcher", "none"), "there are: hq"),
    ],
)
def test_a_mistake_is_told_with_what_to_do(
    small: Installation, arguments: tuple[str, ...], said: str
) -> None:
    done = small.run(*arguments)
    assert done.returncode == 1
    assert said in done.stderr


def test_an_audit_of_nothing_finds_nothing(installation: Installation) -> None:
    installation.migrate()
    done = installation.run("audit", "--json")
    assert done.returncode == 0
    assert json.loads(done.stdout) == {"cases": 0, "entries": 0, "findings": []}


def test_serving_takes_a_database_of_this_version(installation: Installation) -> None:
    done = installation.run("serve", "--port", "1")
    assert done.returncode == 1
    assert "tuoban migrate" in done.stderr


def test_the_demo_can_be_loaded_again(installation: Installation) -> None:
    installation.load_demo()
    first = (installation.home / "server.log").read_text(encoding="utf-8")
    with installation.serving("demo"):
        pass
    again = (installation.home / "server.log").read_text(encoding="utf-8")
    for log in (first, again):
        assert "xiaomei" in log
        assert "http://127.0.0.1:" in log
        assert "rehears" not in log, "nobody waits for a rehearsal"


def test_on_sqlite_a_second_server_is_refused(installation: Installation) -> None:
    if "TUOBAN_DATABASE_URL" in installation.environment:
        pytest.skip("PostgreSQL is shared by any number of servers")
    installation.load_demo()
    with installation.serving("demo"):
        done = installation.run("serve", "--port", "1")
    assert done.returncode == 1
    assert "SQLite" in done.stderr
    assert installation.run("audit").returncode == 0


def test_an_audit_tells_what_was_tampered_with(installation: Installation) -> None:
    installation.load_demo()
    whole = installation.run("audit")
    assert whole.returncode == 0, output(whole)
    _execute(installation, "UPDATE cases_journalentry SET command = 'Forged' WHERE seq = 1")
    done = installation.run("audit", "--json")
    report = json.loads(done.stdout)
    assert done.returncode == 1
    assert report["cases"] > 0
    assert {(each["kind"], each["seq"]) for each in report["findings"]} == {("tampered", 1)}
    told = installation.run("audit")
    assert told.returncode == 1
    assert "#1: tampered" in told.stdout


def _execute(installation: Installation, statement: str) -> None:
    """Change the database behind Tuoban's back."""
    url = installation.environment.get("TUOBAN_DATABASE_URL")
    if url is not None:
        with psycopg.connect(url, autocommit=True) as postgresql:
            postgresql.execute(statement.encode())
        return
    with closing(sqlite3.connect(installation.home / "tuoban.sqlite3")) as sqlite, sqlite:
        sqlite.execute(statement)
