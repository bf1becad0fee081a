"""`tuoban backup` and `tuoban restore`, on the real program, while somebody goes on working."""

from __future__ import annotations

import json
import subprocess
import sys
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from tests.support.server import Installation, new_database, new_installation
from tuoban.runtime.backups.making import make
from tuoban.runtime.backups.manifest import Manifest, read, write
from tuoban.runtime.backups.problems import BackupError
from tuoban.runtime.cases.clock import now

ROOT = Path(__file__).parents[3]


@pytest.fixture
def lived(installation: Installation) -> Installation:
    """The demo's installation."""
    installation.load_demo()
    return installation


@pytest.fixture
def empty(tmp_path: Path) -> Installation:
    """Another one, in which there is nothing."""
    return new_installation(_folder(tmp_path / "other"))


def _folder(path: Path) -> Path:
    path.mkdir()
    return path


def backed_up(installation: Installation, path: Path) -> dict[str, Any]:
    done = installation.run("backup", str(path), "--json")
    assert done.returncode == 0, done.stdout + done.stderr
    told: dict[str, Any] = json.loads(done.stdout)
    return told


def restored(installation: Installation, path: Path) -> str:
    done = installation.run("restore", str(path))
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def refused(installation: Installation, path: Path) -> str:
    done = installation.run("restore", str(path))
    assert done.returncode == 1, done.stdout
    assert "Traceback" not in done.stderr
    return done.stderr


@contextmanager
def clerk(installation: Installation) -> Iterator[Iterator[tuple[int, str]]]:
    """Somebody works while the block lasts; the cases and contents that are done, one by one."""
    process = subprocess.Popen(
        [sys.executable, "-m", "tests.faces.cli.clerk"],
        env=installation.environment,
        cwd=ROOT,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert process.stdout is not None
    lines = process.stdout
    try:
        yield ((int(case), digest) for case, digest in map(str.split, lines))
        assert process.poll() is None, "the clerk gave up"
    finally:
        process.kill()
        process.wait()
        lines.close()


def test_what_is_restored_is_what_was_backed_up(
    lived: Installation, empty: Installation, tmp_path: Path
) -> None:
    first = backed_up(lived, tmp_path / "first.backup")
    assert (tmp_path / "first.backup").stat().st_mode & 0o777 == 0o600
    assert "audited 7 cases, 0 findings" in restored(empty, tmp_path / "first.backup")
    second = backed_up(empty, tmp_path / "second.backup")
    for told in (first, second):
        del told["taken_at"]
    assert first == second
    assert first["tables"]["cases.case"]["rows"] == 7
    keys = [each.home.joinpath("secret-key").read_text() for each in (lived, empty)]
    assert keys[0] == keys[1]
    with empty.serving("serve"):
        pass  # it works


@pytest.mark.parametrize("rounds", [1, pytest.param(3, marks=pytest.mark.long)])
def test_a_backup_under_load_is_of_one_moment(
    lived: Installation, tmp_path: Path, rounds: int
) -> None:
    with clerk(lived) as done:
        for each in range(rounds):
            known = [next(done) for _ in range(5)]
            path = tmp_path / f"{each}.backup"
            told = backed_up(lived, path)
            known_later = next(done)
            other = new_installation(_folder(tmp_path / str(each)))
            assert "0 findings" in restored(other, path)
            with zipfile.ZipFile(path) as parts:
                cases = parts.read("tables/cases.case.jsonl").decode()
                names = set(parts.namelist())
            assert len(cases.splitlines()) == told["tables"]["cases.case"]["rows"]
            assert {f"contents/{digest}" for _, digest in known} <= names
            assert told["missing"] == []
            assert known_later[0] > known[-1][0]


@pytest.mark.long
@pytest.mark.parametrize("source", ["sqlite", "postgresql"])
def test_it_may_be_restored_into_the_other_database(
    source: str, lived: Installation, tmp_path: Path
) -> None:
    sqlite = dict(lived.environment)
    sqlite.pop("TUOBAN_DATABASE_URL", None)
    is_mine = source == ("postgresql" if "TUOBAN_DATABASE_URL" in lived.environment else "sqlite")
    if not is_mine:
        pytest.skip("told where that database is the one of the run")
    home = _folder(tmp_path / "moved")
    moved = Installation(home, {**sqlite, "TUOBAN_HOME": str(home)})
    if source == "sqlite":
        moved.environment["TUOBAN_DATABASE_URL"] = new_database()
    first = backed_up(lived, tmp_path / "first.backup")
    restored(moved, tmp_path / "first.backup")
    second = backed_up(moved, tmp_path / "second.backup")
    # PostgreSQL has tables more, those of the carrier of jobs, and these name every table.
    for told in (first, second):
        for naming in ("auth.permission", "contenttypes.contenttype"):
            del told["tables"][naming]
    assert (first["tables"], first["database"]) == (second["tables"], source)
    assert second["database"] != source


def test_nothing_is_written_over(lived: Installation, tmp_path: Path) -> None:
    path = tmp_path / "it.backup"
    backed_up(lived, path)
    before = path.read_bytes()
    done = lived.run("backup", str(path))
    assert (done.returncode, path.read_bytes()) == (1, before)
    assert "There is a file" in done.stderr
    assert "There are users here already" in refused(lived, path)


def test_a_draft_that_is_there_is_neither_followed_nor_written_over(tmp_path: Path) -> None:
    path, draft, elsewhere = (tmp_path / each for each in ("it", "it.part", "elsewhere"))
    elsewhere.write_bytes(b"of somebody else")
    draft.symlink_to(elsewhere)
    with pytest.raises(BackupError, match="another backup is writing it"):
        make(path, now())
    assert draft.is_symlink()  # as if it were that of the other backup
    assert elsewhere.read_bytes() == b"of somebody else"
    assert not path.exists()


def test_what_is_no_whole_backup_is_refused(
    lived: Installation, empty: Installation, tmp_path: Path
) -> None:
    path, broken = tmp_path / "it.backup", tmp_path / "broken.backup"
    backed_up(lived, path)
    whole = path.read_bytes()
    broken.write_bytes(b"no archive")
    assert "is no backup" in refused(empty, broken)
    broken.write_bytes(whole[: len(whole) // 2])
    assert "was never finished" in refused(empty, broken)
    at = whole.index(b"tables/cases.case.jsonl") + 100
    broken.write_bytes(whole[:at] + bytes([whole[at] ^ 1]) + whole[at + 1 :])
    assert "The backup is broken" in refused(empty, broken)
    with zipfile.ZipFile(broken, "w") as parts:
        parts.writestr("letter.txt", "hello")
    assert "no backup of Tuoban" in refused(empty, broken)
    assert "0 findings" in restored(empty, path)  # none of them left anything behind


@pytest.mark.long
@pytest.mark.parametrize(
    ("change", "told"),
    [
        ({"format": 99}, "made by a newer version"),
        ({"migrations": {"cases": ["9999_of_tomorrow"]}}, "whose tables this one does not know"),
        ({"contents": "many", "rows": 3}, "manifest cannot be read"),
    ],
)
def test_a_manifest_of_another_time_is_refused(
    change: dict[str, Any], told: str, lived: Installation, empty: Installation, tmp_path: Path
) -> None:
    path, other = tmp_path / "it.backup", tmp_path / "other.backup"
    manifest = backed_up(lived, path)
    rewrite(path, other, {"backup.json": json.dumps({**manifest, **change}).encode()})
    assert told in refused(empty, other)


@pytest.mark.parametrize(
    "wrong",
    [
        {"migrations": {"cases": 3}},
        {"migrations": ["cases"]},
        {"last_keys": [1]},
        {"last_keys": {"cases_case": "many"}},
        {"missing": None},
        {"tables": []},
        {"taken_at": 5},
    ],
)
def test_a_manifest_of_another_shape_is_told_to_be_broken(wrong: dict[str, Any]) -> None:
    plain = Manifest("1", "sqlite", now(), {"cases": ["0001"]}, {}, {"cases_case": 7}, 0, 0, [])
    assert read(write(plain).encode()) == plain
    with pytest.raises(BackupError, match="manifest cannot be read"):
        read(json.dumps({**plain.plain(), **wrong}).encode())


@pytest.mark.long
def test_rows_that_are_not_as_they_were_written_are_refused_as_a_whole(
    lived: Installation, empty: Installation, tmp_path: Path
) -> None:
    path, other = tmp_path / "it.backup", tmp_path / "other.backup"
    backed_up(lived, path)
    with zipfile.ZipFile(path) as parts:
        users = parts.read("tables/people.user.jsonl")
    rewrite(path, other, {"tables/people.user.jsonl": users.replace("李雷".encode(), b"Eve")})
    assert "is not as it was written" in refused(empty, other)
    rewrite(path, other, {"tables/people.user.jsonl": b"no row\n"})
    assert "is not as it was written" in refused(empty, other)
    assert "0 findings" in restored(empty, path)


def rewrite(path: Path, other: Path, changed: dict[str, bytes]) -> None:
    with zipfile.ZipFile(path) as source, zipfile.ZipFile(other, "w") as target:
        for name in source.namelist():
            target.writestr(name, changed.get(name, source.read(name)))
