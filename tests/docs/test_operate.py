"""The page about running a server is true when typed."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest

from tests.support.server import Installation

PAGE = Path(__file__).parents[2] / "docs" / "how-to" / "operate.md"
HOME = "/srv/tuoban"
PASSWORD = "a long enough password"


def lines(kind: str) -> list[str]:
    """The lines of the blocks of a kind; `sh` is what an administrator types and what ends."""
    page = PAGE.read_text("utf-8")
    blocks = re.findall(r"^```(\w*)\n(.*?)^```$", page, re.DOTALL | re.MULTILINE)
    found = [line for each, block in blocks if each == kind for line in block.splitlines()]
    assert found
    return found


@pytest.mark.long
def test_every_command_on_the_page_works_as_written(
    installation: Installation, tmp_path: Path
) -> None:
    (tmp_path / ".venv").symlink_to(sys.prefix)
    first, *commands = lines("sh")
    assert first.startswith(f"export TUOBAN_HOME={HOME} ")
    home = first.replace(HOME, f"'{installation.home}'")
    said = "".join(_type(f"{home}\n{each}", installation, tmp_path) for each in commands)
    assert "wang  王芳  dispatcher @ hq" in said
    assert "负责人 / head: 王芳 (wang)" in said
    assert "it-technician-visit：没有问题" in said
    assert "已离开 / left" in installation.run("user", "list").stdout


def _type(command: str, installation: Installation, checkout: Path) -> str:
    done = subprocess.run(
        ["bash", "-e", "-c", command],
        check=False,
        cwd=checkout,
        env=installation.environment,
        input=f"{PASSWORD}\n" * 2,
        capture_output=True,
        text=True,
        # Without a terminal the passwords are read from the input.
        start_new_session=True,
    )
    assert done.returncode == 0, f"{command}\n{done.stdout}{done.stderr}"
    return done.stdout


def test_what_is_not_typed_here_sets_up_or_serves() -> None:
    typed = [each for each in lines("") if ".venv/bin" in each or "make" in each]
    assert typed
    assert all(each.startswith((".venv/bin/tuoban serve ", "make setup")) for each in typed)
