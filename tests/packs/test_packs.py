"""Every pack of the product: it compiles, is whole in both languages, and its scenarios hold."""

from __future__ import annotations

from pathlib import Path

import pytest

import tuoban.packs
from tuoban.kernel.language import check_pack
from tuoban.kernel.language.called import CalledPacks
from tuoban.runtime.cases.folders import around
from tuoban.runtime.rehearsal import play, read_scenarios
from tuoban.services.installed import CATALOGUE

FOLDERS = sorted(path.parent for path in Path(tuoban.packs.__path__[0]).glob("*/pack.yaml"))
SCENARIOS = [
    pytest.param(folder, number, id=f"{folder.name}-{number + 1}")
    for folder in FOLDERS
    for number in range(len(read_scenarios((folder / "scenarios.yaml").read_text("utf-8"))))
]


def translations(folder: Path) -> str:
    return (folder / "en.yaml").read_text("utf-8")


@pytest.mark.parametrize("folder", FOLDERS, ids=lambda folder: folder.name)
def test_a_pack_compiles_without_warnings_and_is_whole_in_both_languages(folder: Path) -> None:
    report = check_pack(
        (folder / "pack.yaml").read_text("utf-8"),
        translations=translations(folder),
        catalogue=CATALOGUE,
        packs=CalledPacks(around(folder), CATALOGUE),
    )
    assert not report.problems
    assert not report.warnings
    assert not report.untranslated
    assert report.definition is not None
    assert report.definition.slug == folder.name
    assert (folder / "README.md").exists()


@pytest.mark.django_db
@pytest.mark.parametrize(("folder", "number"), SCENARIOS)
def test_a_scenario_goes_as_written(folder: Path, number: int) -> None:
    scenario = read_scenarios((folder / "scenarios.yaml").read_text("utf-8"))[number]
    assert scenario.name.zh != scenario.name.en
    pack = (folder / "pack.yaml").read_text("utf-8")
    played = play(scenario, pack, translations(folder), around(folder))
    failures = [f"line {each.line}: {each.text.en}" for each in played.lines if each.failed]
    assert not failures, scenario.name.zh
    assert played.passed
