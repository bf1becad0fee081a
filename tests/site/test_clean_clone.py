"""A stranger's first minute: a fresh checkout, nothing installed, one command."""

import os
import shutil
import subprocess
from pathlib import Path

import pytest

_REPOSITORY = Path(__file__).parents[2]


@pytest.fixture
def clean_clone(tmp_path: Path) -> Path:
    """What is committed or about to be, in a folder whose name needs quoting."""
    clone = tmp_path / "fresh clone 妥办"
    listed = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        check=True,
        capture_output=True,
        cwd=_REPOSITORY,
    )
    for name in filter(None, listed.stdout.decode().split("\0")):
        source = _REPOSITORY / name
        if source.exists():
            (clone / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(source, clone / name)
    return clone


def _make(target: str, clone: Path, home: Path) -> subprocess.CompletedProcess[str]:
    # Only what a login shell gives: no active environment, no variables of this run.
    kept = ("PATH", "LANG", "SSL_CERT_FILE", "PIP_CERT", "PIP_INDEX_URL", "PIP_FIND_LINKS")
    environment = {name: os.environ[name] for name in kept if name in os.environ}
    return subprocess.run(
        ["make", target],
        check=True,
        capture_output=True,
        cwd=clone,
        env={**environment, "HOME": str(home)},
        text=True,
    )


@pytest.mark.long
def test_setup_works_from_a_clean_clone_and_has_nothing_to_do_the_second_time(
    clean_clone: Path, tmp_path: Path
) -> None:
    _make("setup", clean_clone, tmp_path)
    answer = subprocess.run(
        [clean_clone / ".venv" / "bin" / "tuoban", "--help"],
        check=True,
        capture_output=True,
        cwd=tmp_path,
        text=True,
    )
    assert "serve" in answer.stdout
    assert _make("setup", clean_clone, tmp_path).stdout == ""
