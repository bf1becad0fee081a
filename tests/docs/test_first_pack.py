"""The tutorial on the first pack works when it is typed."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from click.testing import CliRunner

from tests.support.server import Installation
from tuoban.faces.cli.commands.check import check

DOCS = Path(__file__).parents[2] / "docs" / "tutorial"
PAGES = {"en": "first-pack.md", "zh": "first-pack.zh.md"}


def page(language: str) -> str:
    return (DOCS / PAGES[language]).read_text("utf-8")


def block(language: str, name: str) -> str:
    (found,) = re.findall(rf"```{re.escape(name)}\n(.*?)```", page(language), re.DOTALL)
    return str(found)


@pytest.fixture
def folder(tmp_path: Path, language: str) -> Path:
    """What somebody has written who follows the page."""
    made = tmp_path / "bike-repair"
    made.mkdir()
    for name in ("pack.yaml", "scenarios.yaml"):
        (made / name).write_text(block(language, f"yaml {name}"), "utf-8")
    return made


@pytest.mark.parametrize("language", PAGES)
def test_it_is_checked_and_a_mistake_is_found_where_the_page_says(
    folder: Path, language: str
) -> None:
    checked = CliRunner().invoke(check, [str(folder), "--language", language])
    assert checked.exit_code == 0, checked.output
    pack = folder / "pack.yaml"
    right = "by: mechanic, checklist"
    pack.write_text(pack.read_text("utf-8").replace(right, "by: mechanc, checklist"), "utf-8")
    refused = CliRunner().invoke(check, [str(folder), "--language", language])
    assert refused.exit_code == 1
    assert f"{folder}/{block(language, 'text problem').strip()}" in refused.output


@pytest.mark.parametrize("language", PAGES)
def test_it_is_rehearsed_and_published(
    installation: Installation, folder: Path, language: str
) -> None:
    played = installation.run("rehearse", "--language", language, "--steps", str(folder))
    assert (played.returncode, played.stdout.count("✓")) == (0, 2), played.stdout
    scenarios = folder / "scenarios.yaml"
    right = scenarios.read_text("utf-8")
    scenarios.write_text(right.replace("late: 1", "late: 0"), "utf-8")
    assert installation.run("rehearse", "--language", language, str(folder)).returncode == 1
    scenarios.write_text(right, "utf-8")
    installation.migrate()
    assert installation.run("publish", str(folder)).returncode == 0


def test_the_two_pages_are_the_same_pack() -> None:
    names = re.compile(r"(?:step|request|end): (\w+)")
    assert names.findall(block("en", "yaml pack.yaml")) == names.findall(
        block("zh", "yaml pack.yaml")
    )
